using Entente.ServiceTime.Calendars;
using NodaTime;

namespace Entente.Formats.Calendars;

/// <summary>Open time between two instants.</summary>
public sealed record ElapsedAnswer(Duration Elapsed);

/// <summary>The earliest instant at which the elapsed time equals the target.</summary>
public sealed record DueAnswer(Instant Due);

/// <summary>The latest instant from which the target fits before the end.</summary>
public sealed record LatestStartAnswer(Instant LatestStart);

/// <summary>A half-open interval, its end not included.</summary>
public sealed record TimeSpanOf(Instant Start, Instant End);

/// <summary>Open intervals, earliest first.</summary>
public sealed record OpenAnswer(IReadOnlyList<TimeSpanOf> Open);

/// <summary>Periods, each whole and half-open.</summary>
public sealed record PeriodsAnswer(IReadOnlyList<TimeSpanOf> Periods);

/// <summary>What every door asks of a calendar, in texts as people write them.</summary>
public static class TimeQuestions
{
    public static CompiledCalendar Calendar(string text) => CalendarYaml.ReadVersions(text).Get().Compile();

    /// <exception cref="BadInputException">No instant, or outside what calendars know.</exception>
    public static Instant At(string text, string path) => InRange(InstantText.Parse(text, path), path);

    public static Instant InRange(Instant at, string path) =>
        at >= CompiledCalendar.Earliest && at <= CompiledCalendar.Latest ? at
            : throw new BadInputException(path, "time.range",
                $"{at} is out of range: calendars know {CompiledCalendar.Earliest} to {CompiledCalendar.Latest}.");

    public static Duration Target(string text, string path)
    {
        if (!IsoDuration.TryParse(text, out var target))
            throw new BadInputException(path, "time.duration",
                $"\"{text}\": expected a duration such as PT4H or PT30M.");
        return target >= Duration.Zero ? target
            : throw new BadInputException(path, "time.target", "A target is zero or more.");
    }

    public static ElapsedAnswer Elapsed(CompiledCalendar calendar, Instant from, Instant to) =>
        new(calendar.Elapsed(from, to));

    /// <summary>The due instant; null where no open time adds up to the target: see <see cref="Unreachable"/>.</summary>
    public static DueAnswer? Due(CompiledCalendar calendar, Instant from, Duration target) =>
        calendar.Due(from, target) is { } due ? new(due) : null;

    public static LatestStartAnswer? LatestStart(CompiledCalendar calendar, Instant to, Duration target) =>
        calendar.LatestStart(to, target) is { } start ? new(start) : null;

    /// <param name="most">How many intervals may be answered.</param>
    public static OpenAnswer Open(CompiledCalendar calendar, Instant from, Instant to, int most = int.MaxValue) =>
        new(Bounded(calendar.Open(from, to), most));

    public static Refusal Unreachable(Instant at, Duration target) => new("calendar.unreachable",
        $"No open time of the calendar adds up to {IsoDuration.Format(target)} counted from {at} "
            + "in the years 1800 to 2399.");

    internal static IReadOnlyList<TimeSpanOf> Bounded(IEnumerable<Interval> intervals, int most)
    {
        List<TimeSpanOf> taken = [];
        foreach (var interval in intervals)
        {
            if (taken.Count == most)
                throw new BadInputException("to", "work.too_large",
                    $"The answer would be longer than {most} intervals: ask for a shorter range.");
            taken.Add(new(interval.Start, interval.End));
        }

        return taken;
    }
}
