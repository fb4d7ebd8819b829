using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Entente.ServiceTime.Calendars;
using NodaTime;
using NodaTime.Text;

namespace Entente.Agreements;

/// <summary>A service calendar as it stands in a document; the shape of a calendar file.</summary>
public sealed record CalendarFile
{
    public required string TimeZone { get; init; }

    public string? Name { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool AlwaysOpen { get; init; }

    /// <summary>Open hours by weekday, such as <c>monday: ["08:00-17:00"]</c>; an absent day is closed.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Weekly { get; init; } = new Dictionary<string,
        IReadOnlyList<string>>();

    public IReadOnlyList<HolidayEntry> Holidays { get; init; } = [];

    public IReadOnlyList<ExceptionEntry> Exceptions { get; init; } = [];

    /// <summary>The calendar, or what is wrong with it.</summary>
    public ServiceCalendar? Read(string path, List<Finding> findings)
    {
        var before = findings.Count;
        var calendar = new ServiceCalendar
        {
            TimeZone = TimeZone,
            AlwaysOpen = AlwaysOpen,
            Weekly = Weekly.Select(day =>
                (Day: DayOf(day.Key, $"{path}.weekly", findings),
                Hours: Hours(day.Value, $"{path}.weekly.{day.Key}", findings)))
                .Where(day => day is { Day: not IsoDayOfWeek.None, Hours.IsEmpty: false })
                .DistinctBy(day => day.Day).ToImmutableSortedDictionary(day => day.Day, day => day.Hours),
            Holidays = [.. Holidays.Select((entry, i) =>
                (Span: When(entry, $"{path}.holidays[{i}]", findings), entry.Name))
                .Where(entry => entry.Span is not null).Select(entry => new Holiday(entry.Span!, entry.Name))],
            Exceptions = [.. Exceptions.Select((entry, i) =>
                Exception(entry, $"{path}.exceptions[{i}]", findings)).OfType<CalendarException>()],
        };
        if (findings.Count > before) return null;
        findings.AddRange(calendar.Validate().Select(problem =>
            Finding.Error(problem.Path.Length == 0 ? path : $"{path}.{problem.Path}", problem.Code, problem.Message)));
        return findings.Count > before ? null : calendar;
    }

    private static CalendarException? Exception(ExceptionEntry entry, string path, List<Finding> findings) =>
        When(entry, path, findings) is { } span
            ? new(span, entry.Open is { } open ? Hours(open, $"{path}.open", findings) : null,
                Hours(entry.Add ?? [], $"{path}.add", findings), Hours(entry.Remove ?? [], $"{path}.remove", findings),
                    entry.Name)
            : null;

    private static IsoDayOfWeek DayOf(string name, string path, List<Finding> findings)
    {
        if (Enum.TryParse<IsoDayOfWeek>(name, ignoreCase: true, out var day)
            && day is >= IsoDayOfWeek.Monday and <= IsoDayOfWeek.Sunday
            && char.IsAsciiLetter(name[0])) return day;
        findings.Add(Finding.Error(path, "calendar.day", $"'{name}' is no weekday: expected monday to sunday."));
        return IsoDayOfWeek.None;
    }

    private static ImmutableArray<OpenHours> Hours(IReadOnlyList<string> texts, string path, List<Finding> findings)
    {
        var result = ImmutableArray.CreateBuilder<OpenHours>();
        for (var i = 0; i < texts.Count; i++)
        {
            if (OpenHours.TryParse(texts[i], out var hours)) result.Add(hours);
            else findings.Add(Finding.Error($"{path}[{i}]", "calendar.hours",
                $"\"{texts[i]}\": expected hours such as 08:00-17:00, 22:00-06:00 or 00:00-24:00."));
        }

        return result.ToImmutable();
    }

    private static DateSpan? When(DatedEntry entry, string path, List<Finding> findings)
    {
        var (first, last) = (entry.Date ?? entry.From, entry.Date ?? entry.To);
        if (first is null || last is null || (entry.Date is not null && (entry.From ?? entry.To) is not null))
        {
            findings.Add(Finding.Error(path, "calendar.dates", "Expected either date, or from and to."));
            return null;
        }

        if (entry.Yearly && Annual(first) is { } a && Annual(last) is { } b) return DateSpan.EveryYear(a, b);
        if (!entry.Yearly && LocalDatePattern.Iso.Parse(first) is { Success: true } c
            && LocalDatePattern.Iso.Parse(last) is { Success: true } d)
            return DateSpan.Between(c.Value, d.Value);
        findings.Add(Finding.Error(path, "calendar.date",
            "Expected a date such as 2026-12-25, or 12-25 with yearly: true."));
        return null;
    }

    private static AnnualDate? Annual(string text) =>
        AnnualDatePattern.CreateWithInvariantCulture("MM-dd").Parse(text) is { Success: true } day ? day.Value
        : LocalDatePattern.Iso.Parse(text) is { Success: true } date ? new AnnualDate(date.Value.Month, date.Value.Day)
            : null;
}

/// <summary>A date, or the first and last of some, once or every year.</summary>
public abstract record DatedEntry
{
    public string? Date { get; init; }

    public string? From { get; init; }

    public string? To { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Yearly { get; init; }

    public string? Name { get; init; }
}

/// <summary>A closed day or range; a bare date is one without a name.</summary>
[JsonConverter(typeof(BareDate))]
public sealed record HolidayEntry : DatedEntry
{
    private sealed class BareDate : JsonConverter<HolidayEntry>
    {
        public override HolidayEntry Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType == JsonTokenType.String) return new HolidayEntry { Date = reader.GetString() };
            var entry = JsonSerializer.Deserialize<Fields>(ref reader, options)!;
            return new HolidayEntry
            {
                Date = entry.Date,
                From = entry.From,
                To = entry.To,
                Yearly = entry.Yearly,
                Name =
                entry.Name
            };
        }

        public override void Write(Utf8JsonWriter writer, HolidayEntry value, JsonSerializerOptions options)
        {
            var fields = new Fields
            {
                Date = value.Date,
                From = value.From,
                To = value.To,
                Yearly = value.Yearly,
                Name =
                value.Name
            };
            JsonSerializer.Serialize(writer, fields, options);
        }

        private sealed record Fields : DatedEntry;
    }
}

/// <summary>Dated change of the hours: instead of them, beside them, or less.</summary>
public sealed record ExceptionEntry : DatedEntry
{
    public IReadOnlyList<string>? Open { get; init; }

    public IReadOnlyList<string>? Add { get; init; }

    public IReadOnlyList<string>? Remove { get; init; }
}
