using System.Globalization;
using System.Text.RegularExpressions;
using Entente.Terms;
using NodaTime;
using NodaTime.Text;

namespace Entente.Documentation;

/// <summary>A time of the week in which work on a service does not count, as a person says it: <c>Sundays 02:00-06:00</c>.</summary>
public static partial class WorkWindow
{
    /// <summary>A Monday before every agreement: a repetition that begins there has always begun.</summary>
    private static readonly LocalDate _monday = new(2020, 1, 6);

    private static readonly string[] _days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    public static string Expected => "a day of the week and its hours, such as Sundays 02:00-06:00 or every day 03:00-04:00";

    public static bool TryParse(string text, out ExclusionClause window)
    {
        window = null!;
        if (Pattern().Match(text.Trim()) is not { Success: true } match) return false;
        if (LocalTimePattern.CreateWithInvariantCulture("H:mm").Parse(match.Groups["from"].Value) is not { Success: true, Value: var from }
            || LocalTimePattern.CreateWithInvariantCulture("H:mm").Parse(match.Groups["to"].Value) is not { Success: true, Value: var to }) return false;
        var day = Array.IndexOf(_days, match.Groups["day"].Value.ToLowerInvariant());
        // An end that is not after the beginning lies on the next day.
        var minutes = ((int)Period.Between(from, to, PeriodUnits.Minutes).Minutes + (24 * 60) - 1) % (24 * 60) + 1;
        window = new ExclusionClause
        {
            Key = "planned-work",
            Title = $"Planned work, {text.Trim()}",
            Start = _monday.PlusDays(Math.Max(0, day)) + from,
            Length = TimeLimit.Parse(TimeLimit.Words(Duration.FromMinutes(minutes))),
            Rrule = day < 0 ? "FREQ=DAILY" : string.Create(CultureInfo.InvariantCulture, $"FREQ=WEEKLY;BYDAY={_days[day][..2].ToUpperInvariant()}"),
        };
        return true;
    }

    private const string Day = "monday|tuesday|wednesday|thursday|friday|saturday|sunday";

    [GeneratedRegex($@"^(?:every day|(?:on )?(?<day>{Day})s?),? (?:from )?(?<from>\d{{1,2}}:\d{{2}})\s*(?:-|–|to)\s*(?<to>\d{{1,2}}:\d{{2}})$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
