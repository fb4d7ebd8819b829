using System.Globalization;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Entente.ServiceTime.Windows;
using NodaTime;

namespace Entente.Terms;

/// <summary>
/// Over what time a term is settled: <c>month</c>, <c>quarter</c>, <c>month from day 15</c>, <c>year from 04-01</c>,
/// <c>week from sunday</c>, or <c>rolling 30 d</c>. Calendar periods lie in the agreement's time zone.
/// </summary>
[JsonConverter(typeof(TextJson<TermPeriod>))]
public sealed partial record TermPeriod : ITextual<TermPeriod>
{
    public static TermPeriod Month { get; } = new() { Unit = PeriodUnit.Month };
    public static TermPeriod Quarter { get; } = new() { Unit = PeriodUnit.Quarter };
    public static TermPeriod Year { get; } = new() { Unit = PeriodUnit.Year };

    public PeriodUnit Unit { get; init; }

    /// <summary>Length of a rolling window; none for calendar periods.</summary>
    public Duration? Length { get; init; }

    /// <summary>Day of the month on which a month, quarter or year starts; the 31st means the last day.</summary>
    public int Day { get; init; } = 1;

    /// <summary>Month in which a year, or the first quarter, starts.</summary>
    public int FirstMonth { get; init; } = 1;

    public IsoDayOfWeek FirstDay { get; init; } = IsoDayOfWeek.Monday;

    public static string Expected => "a period such as month, quarter, \"year from 04-01\" or \"rolling 30 d\"";

    public static TermPeriod Parse(string text) =>
        TryParse(text, out var value) ? value : throw new FormatException($"Expected {Expected}, found \"{text}\".");

    /// <summary>The calendar periods in a zone; none when the window rolls.</summary>
    public PeriodRule? Rule(string timeZone) => Length is not null ? null
        : new PeriodRule(1, Unit, Unit switch
        {
            PeriodUnit.Week => new LocalDate(2024, 1, 1).PlusDays(-7).Next(FirstDay),
            // From the 31st: anchored in a month that has one, so that shorter months clip it.
            PeriodUnit.Month => new LocalDate(2024, 1, Day),
            PeriodUnit.Quarter or PeriodUnit.Year => new LocalDate(2024, FirstMonth, Day),
            _ => new LocalDate(2024, 1, 1),
        } + LocalTime.Midnight, timeZone);

    public override string ToString() => Unit switch
    {
        _ when Length is { } length => $"rolling {RollingWords(length)}",
        PeriodUnit.Week when FirstDay != IsoDayOfWeek.Monday => $"week from {FirstDay.ToString().ToLowerInvariant()}",
        PeriodUnit.Month when Day != 1 => string.Create(CultureInfo.InvariantCulture, $"month from day {Day}"),
        PeriodUnit.Quarter or PeriodUnit.Year when (Day, FirstMonth) != (1, 1) =>
            string.Create(CultureInfo.InvariantCulture, $"{Name} from {FirstMonth:00}-{Day:00}"),
        _ => Name,
    };

    private string Name => Unit.ToString().ToLowerInvariant();

    private static string RollingWords(Duration length) => length == Duration.FromDays(length.Days)
        ? string.Create(CultureInfo.InvariantCulture, $"{length.Days} d") : TimeLimit.Words(length);

    public static bool TryParse(string text, out TermPeriod value)
    {
        value = Month;
        var match = Pattern().Match(text.Trim());
        if (!match.Success) return false;
        if (match.Groups["rolling"].Success)
        {
            if (!TimeLimit.TryParseDuration(match.Groups["rolling"].Value, out var length)
                || length <= Duration.Zero) return false;
            value = new TermPeriod { Length = length };
            return true;
        }

        value = new TermPeriod
        {
            Unit = Enum.Parse<PeriodUnit>(match.Groups["unit"].Value, ignoreCase: true),
            Day = Number("day", 1),
            FirstMonth = Number("month", 1),
            FirstDay = match.Groups["weekday"].Success
                ? Enum.Parse<IsoDayOfWeek>(match.Groups["weekday"].Value, ignoreCase: true) : IsoDayOfWeek.Monday,
        };
        return value is { Day: >= 1 and <= 31, FirstMonth: >= 1 and <= 12 }
            && value.Day <= CalendarSystem.Iso.GetDaysInMonth(2024, value.Unit == PeriodUnit.Month ? 1
                : value.FirstMonth);

        int Number(string group, int otherwise) => match.Groups[group].Success
            ? int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture) : otherwise;
    }

    [GeneratedRegex(
        @"^(?:rolling (?<rolling>.+)|(?<unit>day)|(?<unit>week)(?: from (?<weekday>monday|tuesday|wednesday|thursday"
        + @"|friday|saturday|sunday))?|(?<unit>month)(?: from day (?<day>\d{1,2}))?"
        + @"|(?<unit>quarter|year)(?: from (?<month>\d{2})-(?<day>\d{2}))?)$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();
}
