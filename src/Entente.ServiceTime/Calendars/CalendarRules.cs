using System.Collections.Immutable;
using NodaTime;
using NodaTime.TimeZones;

namespace Entente.ServiceTime.Calendars;

/// <summary>What makes a calendar unusable, each with the place and what was expected there.</summary>
public static class CalendarRules
{
    public static IReadOnlyList<CalendarProblem> Check(ServiceCalendar calendar)
    {
        List<CalendarProblem> problems = [.. Zone(calendar), .. Weekly(calendar), .. Dated(calendar)];
        if (problems.All(p => !p.IsFatal) && !CompiledCalendar.Compile(calendar).EverOpens)
            problems.Add(new("", "calendar.never_opens",
                "The calendar never opens: give weekly hours, alwaysOpen, or an exception that opens."));
        return problems;
    }

    private static IEnumerable<CalendarProblem> Zone(ServiceCalendar calendar)
    {
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(calendar.TimeZone) is null)
            yield return new("timeZone", "calendar.zone",
                $"\"{calendar.TimeZone}\" is no IANA time zone: expected a name such as Europe/Berlin.");
    }

    private static IEnumerable<CalendarProblem> Weekly(ServiceCalendar calendar)
    {
        if (calendar.AlwaysOpen && !calendar.Weekly.IsEmpty)
            yield return new("weekly", "calendar.both",
                "A calendar that is always open has no weekly hours: give one of the two.");
        foreach (var (day, hours) in calendar.Weekly)
        {
            if (day == IsoDayOfWeek.None)
                yield return new("weekly", "calendar.weekday", "Hours need a weekday, monday to sunday.");
            foreach (var problem in Overlaps(hours, $"weekly.{day.ToString().ToLowerInvariant()}"))
                yield return problem;
        }
    }

    private static IEnumerable<CalendarProblem> Dated(ServiceCalendar calendar)
    {
        for (var i = 0; i < calendar.Holidays.Length; i++)
            if (IsBackwards(calendar.Holidays[i].When))
                yield return new($"holidays[{i}].to", "calendar.dates", "The range ends before it begins.");
        for (var i = 0; i < calendar.Exceptions.Length; i++)
        {
            var (entry, path) = (calendar.Exceptions[i], $"exceptions[{i}]");
            if (IsBackwards(entry.When))
                yield return new($"{path}.to", "calendar.dates", "The range ends before it begins.");
            if (entry is { Open: null, Add.IsEmpty: true, Remove.IsEmpty: true })
                yield return new(path, "calendar.exception",
                    "An exception changes nothing without open, add or remove.");
            foreach (var problem in Overlaps(entry.Open ?? [], path + ".open"))
                yield return problem;
        }
    }

    private static bool IsBackwards(DateSpan when) => when is DateSpan.Once(var first, var last) && last < first;

    /// <remarks>An overlap counts once; it is named because one of the two is nearly always a slip of the
    /// pen.</remarks>
    private static IEnumerable<CalendarProblem> Overlaps(ImmutableArray<OpenHours> hours, string path)
    {
        for (var i = 1; i < hours.Length; i++)
            for (var j = 0; j < i; j++)
                if (hours[i].StartSecond < hours[j].EndSecond && hours[j].StartSecond < hours[i].EndSecond)
                    yield return new($"{path}[{i}]", "calendar.overlap",
                        $"{hours[i]} overlaps {hours[j]} of the same day; the overlap counts once.", IsFatal: false);
    }
}
