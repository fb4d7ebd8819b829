using System.Globalization;
using Entente.Terms;

namespace Entente.Documentation;

/// <summary>One question of a guided interview.</summary>
/// <param name="Key">Under which its answer is kept.</param>
/// <param name="Help">What an answer looks like.</param>
/// <param name="Unit">What is expected: words, a duration, a share, money, a number, a choice, levels with their cost, or a time of the week.</param>
public sealed record Question(string Key, string Text, string Help, AnswerKind Unit, ValueList<string> Choices = default);

/// <summary>What an answer must look like.</summary>
public enum AnswerKind { Words, Duration, Share, Money, Number, Choice, Levels, Window }

/// <summary>The two guided interviews: short questions in each side's own words, and what their answers become.</summary>
/// <remarks>
/// An outage somebody can bear once in a month of T hours, lasting t, allows an availability of 1 - t / T; a question about bearing an
/// outage is easier answered than one about per cent. A month counts 730 hours (a year of 8760 by twelve).
/// </remarks>
public static partial class Interview
{
    private const decimal HoursPerMonth = 730m;

    /// <summary>Everything wrong with the answers; an empty answer is no answer and never wrong.</summary>
    public static IReadOnlyList<Finding> Validate(Side side, IReadOnlyDictionary<string, string> answers)
    {
        List<Finding> findings = [];
        foreach (var (key, text) in answers)
        {
            var question = Of(side).FirstOrDefault(one => one.Key == key);
            if (question is null) findings.Add(Finding.Error(
                key, "interview.question", $"expected one of {string.Join(", ", Of(side).Select(one => one.Key))}"));
            else if (text.Trim().Length > 0 && Wrong(question, text.Trim()) is { } expected) findings.Add(
                Finding.Error(key, "interview.answer", $"expected {expected}, found '{text.Trim()}'"));
        }

        return findings.Count > 0 ? findings : [.. Mixed(side, answers)];
    }

    /// <summary>Terms that can be tested, drafted from the answers; each names the question it came from in its notes.</summary>
    public static IReadOnlyList<Term> Drafts(Side side, string service, string name, IReadOnlyDictionary<string, string> answers)
    {
        List<Term> drafts = [];
        var calendar = Answer("hours") is { } hours && TermRules.IsKey(hours) && hours != "always" ? hours : null;
        if (side is Side.Customer && Duration("bear") is { } bear)
            Add(new Term.Availability
            {
                Key = Key("availability"),
                Title = $"{name} is usable",
                Target = AtLeast(Usable(bear)),
                Period = TermPeriod.Month,
                Calendar = calendar,
                Clause = Answer("stops")
            }, "bear");
        if (side is Side.Provider && Answer("delivered") is { } delivered && Share.TryParse(delivered, out var share))
            Add(new Term.Availability
            {
                Key = Key("availability"),
                Title = $"{name} is usable",
                Target = AtLeast(share.Percent),
                Period = TermPeriod.Month,
                Calendar = calendar
            }, "delivered");
        if (Duration("restore") is { } restore)
            Add(Clock("restore", "is back after an outage", ClockKind.Resolution, restore, side is Side.Provider ? 90m : null), "restore");
        if (Duration("answer") is { } answer)
            Add(Clock("response", "is answered for when it is down", ClockKind.Response, answer, null), "answer");
        if (Duration(side is Side.Customer ? "slow" : "fast") is { } fast)
            Add(new Term.Latency { Key = Key("latency"), Title = $"{name} is fast enough", Threshold = fast, Target = AtLeast(95m), Period = TermPeriod.Month },
                side is Side.Customer ? "slow" : "fast");
        if (Load() is { } count)
            Add(new Term.Workload
            {
                Key = Key("workload"),
                Title = $"Requests for {name}",
                Limit = new(Comparison.AtMost, count, Unit.Number),
                Of = "requests",
                Period = TermPeriod.Month
            }, "load");
        if (calendar is not null)
            Add(new Term.SupportHours { Key = Key("hours"), Title = $"Support hours of {name}", Hours = calendar }, "hours");
        return drafts;

        string Key(string what) => $"{service}.{what}";

        string? Answer(string key) => answers.TryGetValue(key, out var text) && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;

        NodaTime.Duration? Duration(string key) => Answer(key) is { } text && TimeLimit.TryParseDuration(text, out var duration) ? duration : null;

        Term Clock(string what, string does, ClockKind kind, NodaTime.Duration within, decimal? target) => new Term.TicketClock
        {
            Key = Key(what),
            Title = $"{name} {does}",
            Clock = kind,
            Within = TimeLimit.Parse(TimeLimit.Words(within)),
            Period = TermPeriod.Month,
            Target = target is { } percent ? AtLeast(percent) : null,
            Calendar = calendar,
            UpTo = Load() is { } most ? new WorkloadBound(most, "requests", TermPeriod.Month) : null,
        };

        decimal? Load() => Answer("load") is { } said && decimal.TryParse(said, NumberStyles.Number, CultureInfo.InvariantCulture, out var most) ? most : null;

        void Add(Term term, string key) => drafts.Add(term with
        {
            Service = service,
            Notes = $"Asked: {Of(side).First(question => question.Key == key).Text} Answered: {Answer(key)}",
            Measure = new Measure { Source = Answer("source") is { } source && TermRules.IsKey(source) ? source : null, Series = [service] },
            Exclusions = term is Term.Availability && Answer("work") is { } work && WorkWindow.TryParse(work, out var window) ? [window] : [],
        });
    }

    /// <summary>The share of a month that is left when it may be down for so long, to a hundredth of a per cent, rounded towards what was said.</summary>
    public static decimal Usable(NodaTime.Duration bear) =>
        Math.Max(0m, Math.Floor((1m - ((decimal)bear.TotalHours / HoursPerMonth)) * 10_000m) / 100m);

    private static Objective AtLeast(decimal percent) => new(Comparison.AtLeast, percent, Unit.Percent);

    private static string? Wrong(Question question, string text) => question.Unit switch
    {
        AnswerKind.Duration => TimeLimit.TryParseDuration(text, out _) ? null : $"a time such as {question.Help}",
        AnswerKind.Share => Share.TryParse(text, out _) ? null : Share.Expected,
        AnswerKind.Money => Money.TryParse(text, out _) ? null : Money.Expected,
        AnswerKind.Number => decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out _) ? null : $"a number such as {question.Help}",
        AnswerKind.Window => WorkWindow.TryParse(text, out _) ? null : WorkWindow.Expected,
        AnswerKind.Levels => Capability.Lines(text).FirstOrDefault(line => !LevelCost.TryParse("service", line, out _)) is { } line
            ? $"{LevelCost.Expected} on each line; '{line}' is none" : null,
        AnswerKind.Choice => question.Choices.Contains(text) ? null : $"one of {string.Join(", ", question.Choices)}",
        _ => null,
    };

    /// <summary>Amounts that are added or compared must be in one currency; the first that differs is named.</summary>
    private static IEnumerable<Finding> Mixed(Side side, IReadOnlyDictionary<string, string> answers)
    {
        var amounts = Of(side).Where(question => question.Unit is AnswerKind.Money or AnswerKind.Levels).SelectMany(question => Amounts(question)
            .Select(money => (question.Key, money.Currency))).ToList();
        return amounts.Where(one => one.Currency != amounts[0].Currency).Take(1).Select(one => Finding.Error(one.Key, "money.currency",
            $"'{amounts[0].Key}' is in {amounts[0].Currency} and this in {one.Currency}; use one currency, so that they can be added"));

        IEnumerable<Money> Amounts(Question question) => question.Unit is AnswerKind.Levels
            ? Capability.Lines(answers.GetValueOrDefault(question.Key, ""))
                .SelectMany(line => LevelCost.TryParse("service", line, out var level) ? level.Amounts : [])
            : Money.TryParse(answers.GetValueOrDefault(question.Key, ""), out var money) ? [money] : [];
    }
}
