using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using Entente.ServiceTime.Calendars;
using NodaTime.Text;

namespace Entente.Formats.Calendars;

/// <summary>Writes a service calendar; what is written reads back as the same calendar.</summary>
public static class CalendarText
{
    private static readonly AnnualDatePattern MonthDay = AnnualDatePattern.CreateWithInvariantCulture("MM-dd");

    /// <summary>The calendar as a JSON object of the file's shape, to be embedded in other answers.</summary>
    public static JsonObject Json(ServiceCalendar calendar)
    {
        var result = new JsonObject { ["timeZone"] = calendar.TimeZone };
        if (calendar.AlwaysOpen) result["alwaysOpen"] = true;
        else
        {
            var weekly = new JsonObject();
            foreach (var (day, hours) in calendar.Weekly)
                weekly[day.ToString().ToLowerInvariant()] = Hours(hours);
            if (weekly.Count > 0) result["weekly"] = weekly;
        }

        if (!calendar.Holidays.IsEmpty)
            result["holidays"] = new JsonArray([.. calendar.Holidays.Select(h => Named(When(h.When), h.Name))]);
        if (!calendar.Exceptions.IsEmpty)
            result["exceptions"] = new JsonArray([.. calendar.Exceptions.Select(Exception)]);
        return result;
    }

    public static string Yaml(ServiceCalendar calendar)
    {
        var json = Json(calendar);
        var text = new StringBuilder();
        foreach (var (name, value) in json)
        {
            if (value is JsonValue) text.Append(name).Append(": ").AppendLine(Flow(value));
            else text.Append(name).AppendLine(":");
            if (value is JsonArray list)
                foreach (var item in list) text.Append("  - ").AppendLine(Flow(item!));
            if (value is JsonObject map)
                foreach (var (day, hours) in map) text.Append("  ").Append(day).Append(": ").AppendLine(Flow(hours!));
        }

        return text.ToString();
    }

    private static JsonNode Exception(CalendarException entry)
    {
        var result = When(entry.When);
        if (entry.Open is { } open) result["open"] = Hours(open);
        if (!entry.Add.IsEmpty) result["add"] = Hours(entry.Add);
        if (!entry.Remove.IsEmpty) result["remove"] = Hours(entry.Remove);
        return Named(result, entry.Name);
    }

    private static JsonObject When(DateSpan when) => when switch
    {
        DateSpan.Once(var first, var last) when first == last =>
            new() { ["date"] = LocalDatePattern.Iso.Format(first) },
        DateSpan.Once(var first, var last) =>
            new() { ["from"] = LocalDatePattern.Iso.Format(first), ["to"] = LocalDatePattern.Iso.Format(last) },
        DateSpan.Yearly(var first, var last) when first == last =>
            new() { ["date"] = MonthDay.Format(first), ["yearly"] = true },
        DateSpan.Yearly(var first, var last) =>
            new() { ["from"] = MonthDay.Format(first), ["to"] = MonthDay.Format(last), ["yearly"] = true },
        _ => throw new InvalidOperationException($"{when.GetType().Name} has no spelling yet."),
    };

    private static JsonObject Named(JsonObject entry, string? name)
    {
        if (name is not null) entry["name"] = name;
        return entry;
    }

    private static JsonArray Hours(ImmutableArray<OpenHours> hours) =>
        new([.. hours.Select(h => JsonValue.Create(h.ToString()))]);

    /// <summary>
    /// JSON is YAML's flow style; quotes around times keep older YAML readers from seeing base-60 numbers.
    /// </summary>
    private static string Flow(JsonNode node) => node.ToJsonString(Entente.Json.Options);
}
