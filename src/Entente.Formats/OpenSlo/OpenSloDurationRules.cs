using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;
using NodaTime.Text;

namespace Entente.Formats.OpenSlo;

/// <summary>The shorthand of durations, <c>5m 1h 1d 1w 1M 1Q 1Y</c>, and the windows that are made of it.</summary>
internal static partial class OpenSloDurationRules
{
    public static void Duration(OpenSloPlace place, OpenSloVersion version)
    {
        if (!place.HasText) return;
        if (place.Node is YamlDotNet.RepresentationModel.YamlScalarNode scalar
            && YamlTree.Kind(scalar) == ScalarKind.Number)
        {
            place.Forgive().Fail("type", "A bare number is taken as minutes; write 5m.");
            return;
        }

        var match = Shorthand().Match(place.Value!);
        if (!match.Success)
        {
            place.Fail("type", $"'{place.Value}' is no duration such as 5m, 1h, 30d or 1M.");
            return;
        }

        var unit = match.Groups["unit"].Value;
        if (!"mhdwMQY".Contains(unit, StringComparison.Ordinal) || unit.Length != 1)
            place.Fail("one_of", $"'{unit}' is no unit: m, h, d, w, M, Q and Y are (m is minutes, M is months).");
        else if (version == OpenSloVersion.V2Alpha && "MQY".Contains(unit, StringComparison.Ordinal))
            place.Forgive().Fail("one_of", $"v2alpha has no unit '{unit}'; it ends at weeks.");
        if (match.Groups["count"].Value.StartsWith('-'))
            place.Fail("greater_than_or_equal_to", "A duration is not negative.");
    }

    /// <summary>Count and unit of a shorthand; a bare number is minutes.</summary>
    public static (int Count, char Unit)? Parse(string? text)
    {
        if (text is null) return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes)) return (minutes, 'm');
        var match = Shorthand().Match(text);
        return match.Success && match.Groups["unit"].Length == 1
            && int.TryParse(
                match.Groups["count"].Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var count)
            ? (count, match.Groups["unit"].Value[0]) : null;
    }

    public static void TimeWindows(OpenSloPlace windows, OpenSloVersion version)
    {
        var items = windows.Items();
        if (items.Count != 1)
            (items.Count == 0 ? windows.Forgive() : windows)
                .Fail("slice_length", $"Exactly one window is expected, found {items.Count}.");
        foreach (var window in items)
        {
            if (version == OpenSloVersion.V1Alpha) UnitAndCount(window);
            else
            {
                window.Map("duration", "isRolling", "calendar");
                Duration(window["duration"].Required(), version);
            }

            window["isRolling"].Flag();
            var (isRolling, calendar) = (window.Node.IsTrue("isRolling"), window["calendar"]);
            if (isRolling && calendar.Exists)
                window.Fail("time_window", "A rolling window has no calendar.");
            if (!isRolling && !calendar.Exists)
                (window["isRolling"].Exists ? window : window.Forgive())
                    .Fail("time_window", "A window that does not roll needs a calendar.");
            Calendar(calendar);
        }
    }

    private static void UnitAndCount(OpenSloPlace window)
    {
        window.Map("unit", "count", "isRolling", "calendar");
        window["unit"].Required().OneOf("Second", "Day", "Week", "Month", "Quarter");
        if (window["count"].Number() is not > 0)
            window["count"].Fail("greater_than", "A window counts at least one unit.");
    }

    private static void Calendar(OpenSloPlace calendar)
    {
        if (!calendar.Map("startTime", "timeZone")) return;
        var (start, zone) = (calendar["startTime"].Value, calendar["timeZone"].Value);
        if (start is null || !StartTime.Parse(start).Success)
            calendar["startTime"].Fail("string_date_time", "Expected a start such as 2022-01-01 12:00:00.");
        if (string.IsNullOrEmpty(zone) || DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is null)
            calendar["timeZone"]
                .Fail("string_time_zone", "Expected a zone of the IANA database such as Europe/Berlin.");
    }

    public static LocalDateTimePattern StartTime { get; } =
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm:ss");

    [GeneratedRegex(@"^\s*(?<count>[+-]?\d{1,9})\s*(?<unit>\S+)", RegexOptions.CultureInvariant)]
    private static partial Regex Shorthand();
}
