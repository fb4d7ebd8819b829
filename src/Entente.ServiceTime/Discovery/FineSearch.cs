using System.Collections.Immutable;

namespace Entente.ServiceTime.Discovery;

/// <summary>Bends a rule in small steps for as long as the description gets shorter: plain changes first.</summary>
internal static class FineSearch
{
    private const int MostSteps = 60;

    private static readonly int[] s_steps = [60, -60, 120, -120, 30, -30, 15, -15, 5, -5];

    public static Rule Climb(Trial trial, Rule rule) => Climb(trial, rule, Plain, Particular);

    /// <summary>The same without breaks and days of their own, which is quick.</summary>
    public static Rule ClimbPlainly(Trial trial, Rule rule) => Climb(trial, rule, Plain, _ => []);

    private static Rule Climb(
        Trial trial, Rule rule, Func<WeekHours, IEnumerable<WeekHours>> plain, Func<WeekHours,
            IEnumerable<WeekHours>> particular)
    {
        var cost = trial.Cost(rule);
        for (var step = 0; step < MostSteps; step++)
        {
            var better = Best(trial, rule, plain(rule.Week), cost) ?? Best(trial, rule, particular(rule.Week), cost);
            if (better is not var (found, price)) break;
            (rule, cost) = (found, price);
        }

        return rule;
    }

    /// <summary>Adds and takes away states that pause the clock, one by one.</summary>
    public static Rule Pauses(Trial trial, Rule rule)
    {
        var cost = trial.Cost(rule);
        while (true)
        {
            var changes = Enumerable.Range(0, trial.Table.StateNames.Length).Select(state =>
                rule with
                {
                    Pauses = rule.Pauses.Contains(state) ? rule.Pauses.Remove(state)
                    : rule.Pauses.Add(state)
                });
            if (Best(trial, changes, cost) is not var (better, price)) return rule;
            (rule, cost) = (better, price);
        }
    }

    /// <summary>Tries other starts and stops under the week that was found.</summary>
    public static Rule Clock(Trial trial, Rule rule)
    {
        var moments = Enumerable.Range(0, trial.Table.MomentNames.Length).ToList();
        var changes = moments.Where(moment => moment != rule.Stop).Select(moment => rule with { Start = moment })
            .Concat(moments.Where(moment => moment != rule.Start).Select(moment => rule with { Stop = moment }));
        return Best(trial, changes, trial.Cost(rule))?.Rule ?? rule;
    }

    private static (Rule Rule, double Cost)? Best(Trial trial, Rule rule, IEnumerable<WeekHours> weeks, double cost) =>
        Best(trial, weeks.DistinctBy(week => week.Key).Where(week => week.Key != rule.Week.Key)
            .Select(week => rule with { Week = week }), cost);

    private static (Rule Rule, double Cost)? Best(Trial trial, IEnumerable<Rule> rules, double cost)
    {
        Rule? best = null;
        foreach (var rule in rules)
        {
            var price = trial.Cost(rule);
            if (price < cost - 1e-6) (best, cost) = (rule, price);
        }

        return best is null ? null : (best, cost);
    }

    /// <summary>Changes that every open day shares, and whole days more or less.</summary>
    private static IEnumerable<WeekHours> Plain(WeekHours week)
    {
        if (!week.IsAlways) yield return WeekHours.Always;
        foreach (var step in s_steps)
        {
            yield return week.With((_, spans) =>
                spans.Select((span, at) => at == 0 ? span with { From = span.From + step } : span));
            yield return week.With((_, spans) =>
                spans.Select((span, at) => at == spans.Length - 1 ? span with { To = span.To + step } : span));
            if (week.Moved(step) is { DayShift: 0 } moved) yield return moved.Week;
        }

        var typical = week.Days.MaxBy(spans => spans.Sum(span => span.To - span.From));
        for (var day = 0; day < 7; day++)
        {
            var one = day;
            yield return week.With((other, spans) => other == one ? (spans.IsEmpty ? typical : []) : spans);
            if (week.Days[one].Length > 0) yield return week.With((_, spans) => spans.IsEmpty ? spans : week.Days[one]);
        }
    }

    /// <summary>Breaks in the day, and days that differ from the others.</summary>
    private static IEnumerable<WeekHours> Particular(WeekHours week)
    {
        foreach (var broken in Breaks(week)) yield return broken;
        for (var day = 0; day < 7; day++)
        {
            var one = day;
            foreach (var step in s_steps)
            {
                yield return week.With((other, spans) => other != one ? spans
                    : spans.Select((span, at) => at == 0 ? span with { From = span.From + step } : span));
                yield return week.With((other, spans) => other != one ? spans
                    : spans.Select((span, at) => at == spans.Length - 1 ? span with { To = span.To + step } : span));
            }

            if (week.Days[one].Length > 0) continue;
            for (var from = 360; from <= 720; from += 60)
                for (var length = 180; length <= 600; length += 60)
                    yield return week.With((other, spans) => other == one ? [new(from, from + length)] : spans);
        }
    }

    private static IEnumerable<WeekHours> Breaks(WeekHours week)
    {
        var spans = week.Days.SelectMany(day => day).ToList();
        if (spans.Count == 0) yield break;
        foreach (var length in (int[])[60, 30, 90, 120])
            for (var from = spans.Min(span => span.From) + 30; from < spans.Max(span => span.To) - length; from += 30)
            {
                var (begin, end) = (from, from + length);
                yield return week.With((_, day) => day.SelectMany(span => Cut(span, begin, end)));

                // A break may hide in a day that is too short by as much: it begins earlier, or ends later.
                yield return week.With((_, day) =>
                    day.SelectMany(span => Cut(span with { From = span.From - length }, begin, end)));
                yield return week.With((_, day) =>
                    day.SelectMany(span => Cut(span with { To = span.To + length }, begin, end)));
            }

        if (week.Days.All(day => day.Length < 2)) yield break;
        yield return week.With((_, day) => day.IsEmpty ? day : [new(day[0].From, day[^1].To)]);
        foreach (var step in s_steps)
        {
            yield return week.With((_, day) =>
                day.Select((span, at) => at < day.Length - 1 ? span with { To = span.To + step } : span));
            yield return week.With((_, day) =>
                day.Select((span, at) => at > 0 ? span with { From = span.From + step } : span));
            yield return week.With((_, day) => day.Select((span, at) =>
                new MinuteSpan(at > 0 ? span.From + step : span.From, at < day.Length - 1 ? span.To + step : span.To)));
        }
    }

    private static IEnumerable<MinuteSpan> Cut(MinuteSpan span, int from, int to) =>
        to <= span.From || from >= span.To ? [span]
            : [new(span.From, Math.Max(span.From, from)), new(Math.Min(to, span.To), span.To)];
}
