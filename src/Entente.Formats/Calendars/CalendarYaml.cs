using System.Collections.Immutable;
using Entente.ServiceTime.Calendars;
using NodaTime;
using NodaTime.Text;
using YamlDotNet.RepresentationModel;

namespace Entente.Formats.Calendars;

/// <summary>A service calendar as a YAML or JSON file (JSON is YAML too); see <c>docs/service-time.md</c>.</summary>
public static class CalendarYaml
{
    private static readonly string[] Days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday",
        "sunday"];
    private static readonly AnnualDatePattern MonthDay = AnnualDatePattern.CreateWithInvariantCulture("MM-dd");

    public static Reading<ServiceCalendar> Read(string text)
    {
        var findings = new List<Finding>();
        var map = YamlMap.Read(text, "timeZone and weekly", findings);
        return new(map is null ? null : Read(map), findings);
    }

    /// <summary>
    /// A calendar, or a list of <c>versions</c>, each a calendar with the date or instant it takes effect.
    /// </summary>
    public static Reading<CalendarHistory> ReadVersions(string text)
    {
        var findings = new List<Finding>();
        var map = YamlMap.Read(text, "timeZone and weekly", findings);
        return new(map is null ? null : CalendarHistory.Read(map), findings);
    }

    public static string Write(ServiceCalendar calendar) => CalendarText.Yaml(calendar);

    internal static ServiceCalendar? Read(YamlMap map, params ReadOnlySpan<string> alsoKnown)
    {
        foreach (var name in alsoKnown) map.Find(name);
        var before = map.Findings.Count;
        var zone = map.Text("timeZone");
        if (zone is null) map.Refuse<object>(map.Node, map.At("timeZone"), "calendar.zone",
            "Expected an IANA zone such as Europe/Berlin.");
        var calendar = new ServiceCalendar
        {
            TimeZone = zone ?? "UTC",
            AlwaysOpen = map.Flag("alwaysOpen"),
            Weekly = Weekly(map),
            Holidays = [.. map.Items("holidays")
                .Select(item => HolidayOf(map, item.Node, item.Path)).OfType<Holiday>()],
            Exceptions = [.. map.Items("exceptions")
                .Select(item => ExceptionOf(map, item.Node, item.Path)).OfType<CalendarException>()],
        };
        map.Text("name");
        map.RefuseOthers();
        if (map.Findings.Skip(before).Any(f => f.Severity == Severity.Error)) return null;
        map.Findings.AddRange(calendar.Validate().Select(problem => new Finding(
            problem.IsFatal ? Severity.Error : Severity.Warning,
            problem.Path.Length == 0 ? map.Path : map.At(problem.Path), problem.Code, problem.Message)));
        return calendar;
    }

    private static ImmutableSortedDictionary<IsoDayOfWeek, ImmutableArray<OpenHours>> Weekly(YamlMap map)
    {
        var result = ImmutableSortedDictionary.CreateBuilder<IsoDayOfWeek, ImmutableArray<OpenHours>>();
        if (map.Map("weekly") is not { } weekly) return result.ToImmutable();
        for (var i = 0; i < Days.Length; i++)
            if (Hours(weekly, Days[i]) is { Length: > 0 } hours)
                result[(IsoDayOfWeek)(i + 1)] = hours;
        weekly.RefuseOthers();
        return result.ToImmutable();
    }

    private static Holiday? HolidayOf(YamlMap parent, YamlNode node, string path)
    {
        // A bare date is a holiday without a name.
        if (node is YamlScalarNode { Value: { } text })
            return Date(text) is { } date ? new Holiday(DateSpan.On(date)) : BadDate<Holiday>(parent, node, path, text);
        if (parent.AsMap(node, path) is not { } map) return null;
        var (when, name) = (When(map), map.Text("name"));
        map.RefuseOthers();
        return when is null ? null : new Holiday(when, name);
    }

    private static CalendarException? ExceptionOf(YamlMap parent, YamlNode node, string path)
    {
        if (parent.AsMap(node, path) is not { } map) return null;
        var entry = (When: When(map), Open: map.Has("open") ? Hours(map, "open") : (ImmutableArray<OpenHours>?)null,
            Add: Hours(map, "add"), Remove: Hours(map, "remove"), Name: map.Text("name"));
        map.RefuseOthers();
        return entry.When is null ? null : new(entry.When, entry.Open, entry.Add, entry.Remove, entry.Name);
    }

    private static ImmutableArray<OpenHours> Hours(YamlMap map, string name)
    {
        // One interval needs no list.
        var items = map.Find(name) is YamlScalarNode single ? [(Node: single, Path: map.At(name))] : map.Items(name);
        var result = ImmutableArray.CreateBuilder<OpenHours>();
        foreach (var (node, path) in items)
        {
            var text = (node as YamlScalarNode)?.Value;
            if (OpenHours.TryParse(text, out var hours)) result.Add(hours);
            else map.Refuse<object>(node, path, "calendar.hours",
                $"\"{text}\": expected hours such as 08:00-17:00, 22:00-06:00 or 00:00-24:00.");
        }

        return result.ToImmutable();
    }

    private static DateSpan? When(YamlMap map)
    {
        var (date, from, to, yearly) = (map.Find("date"), map.Find("from"), map.Find("to"), map.Flag("yearly"));
        if ((date is null) == (from is null && to is null) || (from is null) != (to is null))
            return map.Refuse<DateSpan>(map.Node, map.Path, "calendar.dates", "Expected either date, or from and to.");
        var (first, last) = ((date ?? from)!, (date ?? to)!);
        var (firstText, lastText) = ((first as YamlScalarNode)?.Value ?? "", (last as YamlScalarNode)?.Value ?? "");
        if (yearly)
        {
            if (Annual(firstText) is not { } firstDay) return BadDate<DateSpan>(map, first, map.Path, firstText);
            return Annual(lastText) is { } lastDay
                ? DateSpan.EveryYear(firstDay, lastDay) : BadDate<DateSpan>(map, last, map.Path, lastText);
        }

        if (Date(firstText) is not { } start) return BadDate<DateSpan>(map, first, map.Path, firstText);
        return Date(lastText) is { } end ? DateSpan.Between(start, end)
            : BadDate<DateSpan>(map, last, map.Path, lastText);
    }

    private static T? BadDate<T>(YamlMap map, YamlNode node, string path, string text)
        where T : class =>
        map.Refuse<T>(node, path, "calendar.date",
            $"\"{text}\": expected a date such as 2026-12-25, or 12-25 with yearly: true.");

    private static LocalDate? Date(string text) => LocalDatePattern.Iso.Parse(text) is { Success: true } date
        ? date.Value : null;

    private static AnnualDate? Annual(string text) =>
        MonthDay.Parse(text) is { Success: true } day ? day.Value
        : Date(text) is { } date ? new AnnualDate(date.Month, date.Day) : null;
}
