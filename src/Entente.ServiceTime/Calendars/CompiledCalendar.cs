using NodaTime;

namespace Entente.ServiceTime.Calendars;

/// <summary>
/// A calendar made ready for questions: elapsed open time, due instant and latest start are look-ups without
/// allocation.
/// </summary>
/// <remarks>
/// Years are compiled when first asked for and kept; the answers never depend on the order of the questions, and any
/// number
/// of threads may ask. Instants from <see cref="Earliest"/> to <see cref="Latest"/> are known; others are refused.
/// </remarks>
public sealed partial class CompiledCalendar
{
    private const int FirstYear = 1800;
    private const int EndYear = 2400;
    private readonly Lock _growing = new();
    private readonly IReadOnlyList<Version> _versions;
    private readonly bool _isPlain;
    private volatile OpenTable? _table;

    private CompiledCalendar(IReadOnlyList<Version> versions)
    {
        _versions = versions;
        _isPlain = versions.All(v => v.Definition is
        {
            AlwaysOpen: true, Holidays.IsEmpty: true,
            Exceptions.IsEmpty: true
        });
    }

    public static Instant Earliest { get; } = Instant.FromUtc(FirstYear, 1, 1, 0, 0);

    public static Instant Latest { get; } = Instant.FromUtc(EndYear, 1, 1, 0, 0);

    /// <summary>Open around the clock in UTC.</summary>
    public static CompiledCalendar Always { get; } =
        Compile(new ServiceCalendar { TimeZone = "UTC", AlwaysOpen = true });

    /// <summary>The definition in force last.</summary>
    public ServiceCalendar Definition => _versions[^1].Definition;

    /// <summary>Whether any second is ever open; looks year by year and stops at the first.</summary>
    public bool EverOpens => _isPlain || Enumerable.Range(0, EndYear - FirstYear)
        .Select(i => 2000 + i < EndYear ? 2000 + i : FirstYear + i - (EndYear - 2000))
        .Any(year => Build(YearStart(year), YearStart(year + 1)).Count > 0);

    /// <exception cref="ArgumentException">The zone is unknown. Other problems are <see
    /// cref="ServiceCalendar.Validate"/>'s.</exception>
    public static CompiledCalendar Compile(ServiceCalendar definition) =>
        new([new Version(Second(Earliest), definition, ZoneOf(definition))]);

    /// <summary>
    /// One calendar of several versions: each rules from its effective instant until the next begins.
    /// </summary>
    /// <remarks>The first version also rules the time before it took effect.</remarks>
    public static CompiledCalendar Compile(IEnumerable<CalendarVersion> versions)
    {
        var sorted = versions.OrderBy(v => v.EffectiveFrom).ToList();
        if (sorted.Count == 0) throw new ArgumentException("A calendar needs a version.", nameof(versions));
        return new([.. sorted.Select((v, i) => new Version(
            i == 0 ? Second(Earliest) : Second(v.EffectiveFrom), v.Definition, ZoneOf(v.Definition)))]);
    }

    /// <summary>
    /// Open time in <c>[from, to)</c>; zero when <paramref name="to"/> is not after <paramref name="from"/>.
    /// </summary>
    public Duration Elapsed(Instant from, Instant to)
    {
        if (to <= from) return Duration.Zero;
        if (_isPlain) return to - from;
        var (fromSecond, fromNano) = Split(from);
        var (toSecond, toNano) = Split(to);
        var table = Covering(fromSecond, toSecond);
        var seconds = -table.Sum(fromSecond, out var fromOpen) + table.Sum(toSecond, out var toOpen);
        return Seconds(seconds, (toOpen ? toNano : 0) - (fromOpen ? fromNano : 0));
    }

    /// <summary>
    /// The earliest instant at which the time elapsed since <paramref name="from"/> equals the target; null when no
    /// open
    /// time before <see cref="Latest"/> reaches it. A target of zero is due at once.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The target is negative.</exception>
    public Instant? Due(Instant from, Duration target)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(target, Duration.Zero);
        if (target == Duration.Zero) return from;
        if (target >= Latest - Earliest) return null;
        if (_isPlain) return from + target is var due && due <= Latest ? due : null;
        var (second, nano) = Split(from);
        var (targetSecond, targetNano) = Split(target);
        var table = Covering(second, second);
        while (true)
        {
            var sum = table.Sum(second, out var isOpen) + targetSecond;
            var rest = (isOpen ? nano : 0) + targetNano;
            if (rest >= 1_000_000_000) (sum, rest) = (sum + 1, rest - 1_000_000_000);
            // The earliest instant with this sum ends the stretch that reaches it; a fraction lies in the next second.
            var i = table.FindBySum(rest > 0 ? sum : sum - 1);
            if (i < table.Count)
                return At(table[i].Start + sum - table.SumBefore(i), rest);
            if (table.To >= Second(Latest)) return null;
            table = GrownToward(table.To + 1);
        }
    }

    /// <summary>
    /// The latest instant from which the target fits exactly before <paramref name="to"/>: the inverse of <see
    /// cref="Due"/>.
    /// Null when no open time after <see cref="Earliest"/> is enough. For a target of zero it is <paramref name="to"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The target is negative.</exception>
    public Instant? LatestStart(Instant to, Duration target)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(target, Duration.Zero);
        if (target == Duration.Zero) return to;
        if (target >= Latest - Earliest) return null;
        if (_isPlain) return to - target is var start && start >= Earliest ? start : null;
        var (second, nano) = Split(to);
        var (targetSecond, targetNano) = Split(target);
        var table = Covering(second, second);
        while (true)
        {
            var sum = table.Sum(second, out var isOpen) - targetSecond;
            var rest = (isOpen ? nano : 0) - targetNano;
            if (rest < 0) (sum, rest) = (sum - 1, rest + 1_000_000_000);
            if (sum >= 0)
            {
                var i = table.FindBySum(sum);
                return At(table[i].Start + sum - table.SumBefore(i), rest);
            }

            if (table.From <= Second(Earliest)) return null;
            table = GrownToward(table.From - 1);
        }
    }

    public bool IsOpen(Instant at)
    {
        if (_isPlain) return true;
        var (second, _) = Split(at);
        Covering(second, second).Sum(second, out var isOpen);
        return isOpen;
    }

    /// <summary>Open intervals inside <c>[from, to)</c>, sorted; what touches is one interval.</summary>
    public IEnumerable<Interval> Open(Instant from, Instant to)
    {
        if (to <= from) yield break;
        if (_isPlain)
        {
            yield return new Interval(from, to);
            yield break;
        }

        var table = Covering(Split(from).Second, Split(to).Second);
        for (var i = table.FindByTime(Split(from).Second); i < table.Count && At(table[i].Start, 0) < to; i++)
            yield return new Interval(Instant.Max(from, At(table[i].Start, 0)), Instant.Min(to, At(table[i].End, 0)));
    }

    private sealed record Version(long From, ServiceCalendar Definition, DateTimeZone Zone);
}

/// <summary>A calendar and the instant from which it rules.</summary>
public sealed record CalendarVersion(Instant EffectiveFrom, ServiceCalendar Definition);
