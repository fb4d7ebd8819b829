using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;
using NodaTime.Calendars;

namespace Entente.Formats.Measurements;

/// <summary>Periods as people name them: <c>2024</c>, <c>2024-Q1</c>, <c>2024-05</c>, <c>2024-W20</c>,
/// <c>2024-05-17</c>, <c>FROM/TO</c>.</summary>
public static partial class PeriodText
{
    public const string Expected =
        "2024-Q1, 2024-05, 2024, 2024-W20, 2024-05-17 or FROM/TO such as 2024-01-01/2024-04-01";

    public static bool IsName(string text) => !text.Contains('/', StringComparison.Ordinal);

    /// <summary>The interval in the zone; none when it is no period or is empty.</summary>
    public static Interval? Read(string text, DateTimeZone zone)
    {
        text = text.Trim();
        var ends = text.Split('/');
        if (ends.Length == 2)
            return ReadInstant(ends[0], zone) is { } from && ReadInstant(ends[1], zone) is { } to && from < to
                ? new Interval(from, to) : null;
        var match = Pattern().Match(text);
        if (!match.Success || Number("y") is < 1800 or > 2390) return null;
        var year = new LocalDate(Number("y"), 1, 1);
        if (match.Groups["q"].Success) return Between(year.PlusMonths(3 * (Number("q") - 1)), Period.FromMonths(3));
        if (match.Groups["w"].Success)
            return Number("w") >= 1 && Number("w") <= WeekYearRules.Iso.GetWeeksInWeekYear(year.Year)
                ? Between(WeekYearRules.Iso.GetLocalDate(year.Year, Number("w"), IsoDayOfWeek.Monday),
                    Period.FromWeeks(1)) : null;
        if (!match.Groups["m"].Success) return Between(year, Period.FromYears(1));
        if (Number("m") is < 1 or > 12) return null;
        var month = year.PlusMonths(Number("m") - 1);
        if (!match.Groups["d"].Success) return Between(month, Period.FromMonths(1));
        return Number("d") >= 1 && Number("d") <= CalendarSystem.Iso.GetDaysInMonth(month.Year, month.Month)
            ? Between(month.PlusDays(Number("d") - 1), Period.FromDays(1)) : null;

        int Number(string group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);
        Interval Between(LocalDate first, Period length) =>
            new(first.AtStartOfDayInZone(zone).ToInstant(), (first + length).AtStartOfDayInZone(zone).ToInstant());
    }

    public static Instant? ReadInstant(string text, DateTimeZone zone) => TimeText.Read(text, zone);

    [GeneratedRegex(@"^(?<y>\d{4})(-[Qq](?<q>[1-4])|-[Ww](?<w>\d{1,2})|-(?<m>\d{2})(-(?<d>\d{2}))?)?$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();
}
