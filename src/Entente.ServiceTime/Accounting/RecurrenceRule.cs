using System.Globalization;
using NodaTime;

namespace Entente.ServiceTime.Accounting;

/// <summary>When something repeats: RFC 5545 RRULE with FREQ from DAILY to YEARLY.</summary>
/// <remarks>
/// Understood: FREQ, INTERVAL, COUNT, UNTIL, BYDAY (with ordinals by month or year), BYMONTHDAY, BYMONTH, BYSETPOS,
/// WKST.
/// Anything else is refused, never ignored. Occurrences are wall-clock times; the zone is the caller's.
/// </remarks>
public sealed class RecurrenceRule
{
    private static readonly Dictionary<string, IsoDayOfWeek> Days = new(StringComparer.Ordinal)
    {
        ["MO"] = IsoDayOfWeek.Monday,
        ["TU"] = IsoDayOfWeek.Tuesday,
        ["WE"] = IsoDayOfWeek.Wednesday,
        ["TH"] = IsoDayOfWeek.Thursday,
        ["FR"] = IsoDayOfWeek.Friday,
        ["SA"] = IsoDayOfWeek.Saturday,
        ["SU"] =
            IsoDayOfWeek.Sunday,
    };

    private string _frequency = "";
    private int _interval = 1;
    private int? _count;
    private LocalDateTime? _until;
    private List<(int Ordinal, IsoDayOfWeek Day)> _byDay = [];
    private List<int> _byMonthDay = [];
    private List<int> _byMonth = [];
    private List<int> _bySetPosition = [];
    private IsoDayOfWeek _weekStart = IsoDayOfWeek.Monday;

    private RecurrenceRule()
    {
    }

    /// <exception cref="FormatException">Says which part is not understood.</exception>
    public static RecurrenceRule Parse(string text)
    {
        var rule = new RecurrenceRule();
        if (text.StartsWith("RRULE:", StringComparison.Ordinal)) text = text[6..];
        foreach (var part in text.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            var pair = part.Split('=', 2);
            if (pair.Length != 2) throw new FormatException($"'{part}' is no NAME=VALUE of an RRULE.");
            rule.Take(pair[0].ToUpperInvariant(), pair[1].ToUpperInvariant());
        }

        if (rule._frequency.Length == 0) throw new FormatException(
            "An RRULE needs FREQ=DAILY, WEEKLY, MONTHLY or YEARLY.");
        if (rule is { _frequency: "DAILY" or "WEEKLY" } && rule._byDay.Any(day => day.Ordinal != 0))
            throw new FormatException("An ordinal in BYDAY (such as 2TU) needs FREQ=MONTHLY or YEARLY.");
        return rule;
    }

    /// <summary>Occurrences from the first on, in order, that begin before the given wall-clock time.</summary>
    public IEnumerable<LocalDateTime> Occurrences(LocalDateTime start, LocalDateTime before)
    {
        var given = 0;
        for (var step = 0; ; step++)
        {
            var (from, to) = Frame(start.Date, step);
            if (from.AtMidnight() >= before || (_until is { } until && from.AtMidnight() > until)) yield break;
            foreach (var date in Select(from, to, start.Date))
            {
                var at = date + start.TimeOfDay;
                if (at < start) continue;
                if (at >= before || at > _until || given >= _count) yield break;
                given++;
                yield return at;
            }

            if (given >= _count) yield break;
        }
    }

    private (LocalDate From, LocalDate To) Frame(LocalDate start, int step)
    {
        var by = step * _interval;
        switch (_frequency)
        {
            case "DAILY":
                return (start.PlusDays(by), start.PlusDays(by + 1));
            case "WEEKLY":
                var week = start.Next(_weekStart).PlusWeeks(by - 1);
                return (week, week.PlusWeeks(1));
            case "MONTHLY":
                var month = new LocalDate(start.Year, start.Month, 1).PlusMonths(by);
                return (month, month.PlusMonths(1));
            default:
                var year = new LocalDate(start.Year + by, 1, 1);
                return (year, year.PlusYears(1));
        }
    }

    private IEnumerable<LocalDate> Select(LocalDate from, LocalDate to, LocalDate start)
    {
        List<LocalDate> dates = [];
        for (var date = from; date < to; date = date.PlusDays(1))
            if (Matches(date, from, to, start)) dates.Add(date);
        return _bySetPosition is [] ? dates : _bySetPosition
            .Select(position => position > 0 ? position - 1 : dates.Count + position)
            .Where(index => index >= 0 && index < dates.Count).Distinct().Order().Select(index => dates[index]);
    }

    private bool Matches(LocalDate date, LocalDate from, LocalDate to, LocalDate start)
    {
        if (_byMonth is not [] && !_byMonth.Contains(date.Month)) return false;
        var last = date.Calendar.GetDaysInMonth(date.Year, date.Month);
        if (_byMonthDay is not [] && !_byMonthDay.Any(day => day > 0 ? date.Day == day : date.Day == last + 1
            + day)) return false;
        if (_byDay is not []) return _byDay.Any(by => by.Day == date.DayOfWeek
            && (by.Ordinal == 0 || IsOrdinal(date, by.Ordinal, from, to)));
        if (_byMonthDay is not []) return true;
        return _frequency switch
        {
            "DAILY" => true,
            "WEEKLY" => date.DayOfWeek == start.DayOfWeek,
            "MONTHLY" => date.Day == start.Day,
            _ => date.Day == start.Day && (_byMonth is not [] || date.Month == start.Month),
        };
    }

    private bool IsOrdinal(LocalDate date, int ordinal, LocalDate from, LocalDate to)
    {
        if (_frequency == "YEARLY" && _byMonth is not [])
        {
            from = new LocalDate(date.Year, date.Month, 1);
            to = from.PlusMonths(1);
        }

        var before = Period.DaysBetween(from, date) / 7;
        var after = Period.DaysBetween(date, to.PlusDays(-1)) / 7;
        return ordinal > 0 ? before + 1 == ordinal : -(after + 1) == ordinal;
    }

    private void Take(string name, string value)
    {
        switch (name)
        {
            case "FREQ" when value is "DAILY" or "WEEKLY" or "MONTHLY" or "YEARLY":
                _frequency = value;
                break;
            case "INTERVAL":
                _interval = Number(name, value, 1, 10_000);
                break;
            case "COUNT":
                _count = Number(name, value, 1, 1_000_000);
                break;
            case "UNTIL":
                _until = Until(value);
                break;
            case "BYDAY":
                _byDay = [.. value.Split(',').Select(Day)];
                break;
            case "BYMONTHDAY":
                _byMonthDay = [.. value.Split(',').Select(day => Number(name, day, -31, 31))];
                break;
            case "BYMONTH":
                _byMonth = [.. value.Split(',').Select(month => Number(name, month, 1, 12))];
                break;
            case "BYSETPOS":
                _bySetPosition = [.. value.Split(',').Select(position => Number(name, position, -366, 366))];
                break;
            case "WKST" when Days.TryGetValue(value, out var day):
                _weekStart = day;
                break;
            default:
                throw new FormatException($"'{name}={value}' of an RRULE is not understood.");
        }
    }

    private static (int, IsoDayOfWeek) Day(string text)
    {
        if (text.Length < 2 || !Days.TryGetValue(text[^2..], out var day)) throw new FormatException(
            $"'{text}' is no weekday of an RRULE.");
        return (text.Length == 2 ? 0 : Number("BYDAY", text[..^2], -53, 53), day);
    }

    private static int Number(string name, string text, int min, int max) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
        && number >= min && number <= max && number != 0
            ? number : throw new FormatException($"{name}={text}: expected a whole number from {min} to {max}, not 0.");

    private static LocalDateTime Until(string text)
    {
        var digits = text.TrimEnd('Z').Replace("T", "", StringComparison.Ordinal);
        if (digits.Length == 8) digits += "235959";
        var pattern = NodaTime.Text.LocalDateTimePattern.CreateWithInvariantCulture("yyyyMMddHHmmss");
        return pattern.Parse(digits) is { Success: true } parsed ? parsed.Value
            : throw new FormatException($"UNTIL={text}: expected 20261231 or 20261231T235959Z.");
    }
}
