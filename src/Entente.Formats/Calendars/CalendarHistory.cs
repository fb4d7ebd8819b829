using System.Collections.Immutable;
using Entente.ServiceTime.Calendars;
using NodaTime;
using NodaTime.Text;

namespace Entente.Formats.Calendars;

/// <summary>The versions of a calendar in the order in which they take effect.</summary>
public sealed record CalendarHistory(ImmutableArray<CalendarVersion> Versions)
{
    public CompiledCalendar Compile() => CompiledCalendar.Compile(Versions);

    internal static CalendarHistory? Read(YamlMap map)
    {
        if (!map.Has("versions"))
            return CalendarYaml.Read(map) is { } only
                ? new([new CalendarVersion(CompiledCalendar.Earliest, only)]) : null;
        var versions = new List<CalendarVersion>();
        foreach (var (node, path) in map.Items("versions"))
        {
            if (map.AsMap(node, path) is not { } item
                || CalendarYaml.Read(item, "effectiveFrom") is not { } calendar) continue;
            if (EffectiveFrom(item, calendar.TimeZone) is { } from) versions.Add(new(from, calendar));
        }

        map.Text("name");
        map.RefuseOthers();
        if (versions.Count == 0)
        {
            if (map.Findings.Count == 0)
                map.Findings.Add(Finding.Error("versions", "calendar.versions", "A calendar needs a version."));
            return null;
        }

        if (versions.DistinctBy(v => v.EffectiveFrom).Count() < versions.Count)
            map.Findings.Add(
                Finding.Error("versions", "calendar.versions", "Two versions take effect at the same instant."));
        return new([.. versions.OrderBy(v => v.EffectiveFrom)]);
    }

    /// <summary>A date means its first instant in the calendar's zone; absent means since ever.</summary>
    internal static Instant? EffectiveFrom(YamlMap map, string timeZone)
    {
        if (map.Text("effectiveFrom") is not { } text) return CompiledCalendar.Earliest;
        if (InstantText.TryParse(text, out var instant)) return instant;
        if (LocalDatePattern.Iso.Parse(text) is { Success: true } date
            && DateTimeZoneProviders.Tzdb.GetZoneOrNull(timeZone) is { } zone)
            return zone.AtStartOfDay(date.Value).ToInstant();
        map.Refuse<object>(map.Find("effectiveFrom")!, map.At("effectiveFrom"), "time.instant",
            $"\"{text}\": expected a date such as 2026-07-01 or {InstantText.Expected}.");
        return null;
    }
}
