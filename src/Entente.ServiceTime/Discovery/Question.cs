using System.Collections.Immutable;
using Entente.ServiceTime.Calendars;
using NodaTime;

namespace Entente.ServiceTime.Discovery;

/// <summary>
/// One group and what is to be explained of it: splits, searches, and measures on the cases held out.
/// </summary>
internal abstract class Question(CaseGroup group, IReadOnlyList<ObservedCase> cases)
{
    private const int FewestToHoldOut = 30;

    protected CaseGroup Group => group;

    protected IReadOnlyList<ObservedCase> Cases => cases;

    protected List<string> Notes { get; } = [];

    public (Discovered, Known?) Answer(IReadOnlyList<Known> known, Action<double>? progress)
    {
        if (CannotTell() is { } why) return (Nothing(why), null);
        var table = CaseTable.Of(cases, group.Moments);
        if (table.MomentNames.Length < 2) return (Nothing("Fewer than two different times are known of most cases."),
            null);
        Prepare(table);
        var held = cases.Count >= FewestToHoldOut ? Rows(table, row => IsHeldOut(table.Cases[row].Id)) : [];
        var learned = held.Length > 0 ? Rows(table, row => !IsHeldOut(table.Cases[row].Id)) : Rows(table, _ => true);
        var part = table.Subset(learned);
        Rule[] others = [.. known.Select(rule => rule.In(part)).OfType<Rule>()];
        var found = new Explorer(part, Measure, group.LogZone, others, progress).Find(most => Sample(part, most));
        if (found is null) return (Nothing("No two times lie in order in most cases."), null);
        var whole = new Trial(table, Measure(table));
        var rule = held.Length > 0 ? HolidaySearch.Add(whole, found) : found;
        if (IsThin is { } thin) Notes.Add(thin);
        progress?.Invoke(1);
        return Tell(table, whole, rule, held.Length > 0 ? HeldOut(part, table.Subset(held), found) : null, held.Length);
    }

    /// <summary>Why nothing can be found at all, or null.</summary>
    protected abstract string? CannotTell();

    /// <summary>Why whatever is found must not be trusted, or null.</summary>
    protected virtual string? IsThin => null;

    /// <summary>
    /// What must be known of all cases before any is measured: the sense of a verdict, the unit of a duration.
    /// </summary>
    protected abstract void Prepare(CaseTable table);

    protected abstract Yardstick Measure(CaseTable table);

    protected abstract int[] Sample(CaseTable table, int most);

    protected abstract double Baseline { get; }

    protected static int[] Spread(IReadOnlyList<int> rows, int most)
    {
        if (rows.Count <= most) return [.. rows];
        return [.. Enumerable.Range(0, most).Select(at => rows[(int)((long)at * rows.Count / most)])];
    }

    protected static int[] Rows(CaseTable table, Func<int, bool> takes) =>
        [.. Enumerable.Range(0, table.Count).Where(takes)];

    /// <remarks>FNV-1a, mixed once more, so that neighbouring numbers part; three of ten are held out.</remarks>
    private static bool IsHeldOut(string id)
    {
        var hash = 14_695_981_039_346_656_037UL;
        foreach (var letter in id) hash = (hash ^ letter) * 1_099_511_628_211UL;
        hash = (hash ^ (hash >> 32)) * 0x9E37_79B9_7F4A_7C15UL;
        return (hash >> 40) % 10 < 3;
    }

    private double HeldOut(CaseTable learned, CaseTable held, Rule rule)
    {
        var target = new Trial(learned, Measure(learned)).Rate(rule).Target;
        var calendar = Compile(rule);
        return (double)Explained(new Trial(held, Measure(held)), rule, calendar, target)
            .Count(right => right) / held.Count;
    }

    private (Discovered, Known?) Tell(CaseTable table, Trial whole, Rule rule, double? heldOut, int held)
    {
        var target = whole.Rate(rule).Target;
        var right = Explained(whole, rule, Compile(rule), target);
        var explained = right.Count(one => one);
        var always = rule with { Week = WeekHours.Always, Holidays = [] };
        var aroundTheClock = (double)whole.Rate(always).Explained / table.Count;
        var (start, stop) = (table.MomentNames[rule.Start], table.MomentNames[rule.Stop]);
        string[] pauses = [.. rule.Pauses.Select(state => table.StateNames[state])];
        var confidence = Judge(heldOut, explained, held);
        Remark(rule, whole, aroundTheClock, (double)explained / table.Count, confidence);
        var answer = new Discovered(group.Name, table.Count, explained, (double)explained / table.Count, heldOut, start,
            stop,
            target is { } seconds ? Duration.FromSeconds(seconds) : null,
                rule.Week.ToCalendar(rule.Zone.Id, rule.Holidays), pauses,
            confidence, Baseline, aroundTheClock, Notes,
            [.. Enumerable.Range(0, table.Count).Where(row => !right[row]).Select(row => table.Cases[row].Id)]);
        return (answer, new(start, stop, pauses, rule));
    }

    /// <summary>
    /// The last word has the calendar itself: what it says of each case, not what the search's tables say.
    /// </summary>
    private static bool[] Explained(Trial trial, Rule rule, CompiledCalendar calendar, long? target)
    {
        var active = trial.Active(rule);
        return [.. Enumerable.Range(0, trial.Table.Count)
            .Select(row => !active.Lacks[row] && trial.Yardstick.Explains(row,
            active.Absolute(row).Sum(part => (long)calendar.Elapsed(CaseTable.At(part.From), CaseTable.At(part.To))
                .TotalSeconds), target))];
    }

    private static CompiledCalendar Compile(Rule rule) =>
        CompiledCalendar.Compile(rule.Week.ToCalendar(rule.Zone.Id, rule.Holidays));

    private Confidence Judge(double? heldOut, int explained, int held)
    {
        if (IsThin is not null) return Confidence.None;
        if (heldOut is not { } accuracy) return Confidence.Low;
        var noise = 2 * Math.Sqrt(Math.Max(Baseline * (1 - Baseline), 0.01) / held);
        if (explained == 0 || accuracy <= Math.Min(Baseline + noise, 0.9999)) return Confidence.None;
        return accuracy >= 0.98 ? Confidence.High : accuracy >= 0.9 ? Confidence.Fair : Confidence.Low;
    }

    private void Remark(Rule rule, Trial whole, double aroundTheClock, double accuracy, Confidence confidence)
    {
        if (confidence == Confidence.None && IsThin is null)
            Notes.Add($"The data cannot tell: the finding is no better on cases held out than always saying the "
                + $"commoner ({Baseline:P1}).");
        if (cases.Count < FewestToHoldOut) Notes.Add($"Only {cases.Count} cases: too few to hold any out.");
        if (!rule.Week.IsAlways && accuracy - aroundTheClock < 0.002)
            Notes.Add("A calendar that never closes explains nearly as many cases.");
        var lacking = whole.Active(rule).Lacks.Count(lacks => lacks);
        if (lacking > 0) Notes.Add($"{lacking} cases lack the start or the stop and cannot be explained.");
    }

    private Discovered Nothing(string why) =>
        new(group.Name, cases.Count, 0, 0, null, null, null, null, null, [], Confidence.None,
        Baseline, 0, [.. Notes, $"The data cannot tell: {why}"], []);
}

/// <summary>Recorded verdicts of one group.</summary>
internal sealed class VerdictQuestion(CaseGroup group)
    : Question(group, [.. group.Cases.Where(observed => observed.Verdict is not null)])
{
    private const int FewestOfEach = 5;

    private bool _trueIsKept = true;
    private long _widest = 1;

    protected override double Baseline =>
        Cases.Count == 0 ? 0 : Math.Max(Ayes, Cases.Count - Ayes) / (double)Cases.Count;

    private int Ayes => Cases.Count(observed => observed.Verdict == true);

    protected override string? CannotTell() => Math.Min(Ayes, Cases.Count - Ayes) switch
    {
        _ when Cases.Count == 0 => "no case has a verdict.",
        0 => $"all {Cases.Count} cases have the same verdict.",
        _ => null,
    };

    protected override string? IsThin => Math.Min(Ayes, Cases.Count - Ayes) is < FewestOfEach and var few
        ? $"The data cannot tell: only {few} of {Cases.Count} cases have the rarer verdict." : null;

    /// <remarks>
    /// Kept cases are the quicker ones; the pair of times that parts them best says which verdict is which.
    /// </remarks>
    protected override void Prepare(CaseTable table)
    {
        var part = table.Subset(Sample(table, 2_000));
        var zone = ZoneShift.Fixed(0);
        var best = double.MaxValue;
        foreach (var trueIsKept in (bool[])[true, false])
        {
            var yardstick = new VerdictYardstick(Kept(part, trueIsKept), 86_400L * 365);
            var trial = new Trial(part, yardstick);
            var clock = WideSearch.Clocks(trial, zone, [], 1).FirstOrDefault();
            if (clock is null) return;
            var fit = trial.Rate(clock);
            if (fit.Bits >= best) continue;
            (best, _trueIsKept, _widest) = (fit.Bits, trueIsKept, Math.Max(28_800, 2 * (fit.Target ?? 0)));
        }

        if (!_trueIsKept) Notes.Add("The verdict was read as: true means breached.");
    }

    protected override Yardstick Measure(CaseTable table) => new VerdictYardstick(Kept(table, _trueIsKept), _widest);

    /// <summary>As many of the rarer verdict as of the commoner where there are so many: those tell most.</summary>
    protected override int[] Sample(CaseTable table, int most)
    {
        var (ayes, noes) = (Rows(table, row => table.Cases[row].Verdict == true),
            Rows(table, row => table.Cases[row].Verdict == false));
        var share = Math.Max(most / 2, most - Math.Min(ayes.Length, noes.Length));
        return [.. Spread(ayes, share).Concat(Spread(noes, share)).Order()];
    }

    private static bool[] Kept(CaseTable table, bool trueIsKept) =>
        [.. table.Cases.Select(observed => observed.Verdict == trueIsKept)];
}

/// <summary>Recorded open times of one group.</summary>
internal sealed class DurationQuestion(CaseGroup group)
    : Question(group, [.. group.Cases.Where(observed => observed.Recorded is >= 0)])
{
    private const int Fewest = 10;

    private static readonly (string Name, decimal Seconds)[] s_units =
        [("days", 86_400), ("hours", 3_600), ("minutes", 60), ("seconds", 1), ("milliseconds", 0.001m)];

    private decimal _unit = 1;
    private long _tolerance = 1;

    protected override double Baseline => 0;

    protected override string? CannotTell() =>
        Cases.Count < Fewest ? $"only {Cases.Count} cases have a recorded duration."
        : Cases.All(observed => observed.Recorded == 0) ? "every recorded duration is zero." : null;

    /// <remarks>
    /// An open time is never longer than the time from start to stop, so the unit is the largest that keeps to this.
    /// Two
    /// readings agree within the precision in which times and durations were written.
    /// </remarks>
    protected override void Prepare(CaseTable table)
    {
        if (!Group.SecondsKnown)
        {
            var longest = table.Cases.Select((_, row) => Longest(table, row)).ToArray();
            var fits = s_units.Where(unit => Share(table, longest, unit.Seconds) >= 0.9).ToList();
            (var name, _unit) = fits.Count > 0 ? fits[0] : s_units[3];
            Notes.Add($"The recorded numbers were read as {name}.");
        }

        var precise = table.Times.Any(column => column.Any(time => time != CaseTable.Missing && time % 60 != 0));
        _tolerance = Math.Max(precise ? 1 : 60, (long)Math.Ceiling(Step(table) * _unit));
    }

    protected override Yardstick Measure(CaseTable table) =>
        new DurationYardstick([.. table.Cases.Select(observed => (long)Math.Round(observed.Recorded!.Value * _unit))],
            _tolerance);

    protected override int[] Sample(CaseTable table, int most) => Spread([.. Enumerable.Range(0, table.Count)], most);

    private static double Share(CaseTable table, long[] longest, decimal unit) =>
        table.Cases.Where((observed, row) => observed.Recorded * unit <= longest[row] + 61)
            .Count() / (double)table.Count;

    private static long Longest(CaseTable table, int row)
    {
        var times = table.Times.Select(column => column[row]).Where(time => time != CaseTable.Missing).ToList();
        return times.Count == 0 ? 0 : times.Max() - times.Min();
    }

    /// <summary>
    /// The step in which numbers were written: 0.01 where there are two decimals, 60 where all are whole minutes.
    /// </summary>
    private static decimal Step(CaseTable table)
    {
        foreach (var step in (decimal[])[3600, 900, 60, 1, 0.5m, 0.25m, 0.1m, 0.01m])
            if (table.Cases.All(observed => observed.Recorded!.Value % step == 0)) return step;
        return 0.001m;
    }
}
