using System.Globalization;
using System.Text.RegularExpressions;

namespace Entente.ServiceTime.Calendars;

/// <summary>
/// Wall-clock hours of one day, <c>[Start, End)</c>; an end at or before the start lies on the next day.
/// </summary>
/// <remarks>In seconds after midnight: start 0 to 86,399; end up to 86,400 on the same day, up to 172,799 on the
/// next.</remarks>
public readonly partial record struct OpenHours
{
    public const int Day = 86_400;

    public OpenHours(int startSecond, int endSecond)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(startSecond);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(startSecond, Day);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(endSecond, startSecond);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(endSecond, Day + startSecond);
        (StartSecond, EndSecond) = (startSecond, endSecond);
    }

    public static OpenHours WholeDay { get; } = new(0, Day);

    public int StartSecond { get; }

    public int EndSecond { get; }

    public bool EndsNextDay => EndSecond > Day;

    public static OpenHours Parse(string text) => TryParse(text, out var hours)
        ? hours : throw new FormatException(
            $"\"{text}\": expected hours such as 08:00-17:00, 22:00-06:00 or 00:00-24:00.");

    /// <summary>
    /// Reads <c>08:00-12:00</c>, <c>22:00-06:00</c> (ends the next day), <c>00:00-24:00</c>; seconds may follow.
    /// </summary>
    /// <remarks>Equal times are refused: they could mean nothing or a whole day, which is <c>00:00-24:00</c>.</remarks>
    public static bool TryParse(string? text, out OpenHours hours)
    {
        hours = default;
        var match = Pattern().Match(text ?? "");
        if (!match.Success) return false;
        var (start, end) = (Second("a"), Second("b"));
        if (start >= Day || end > Day || start == end) return false;
        hours = new OpenHours(start, end > start ? end : end + Day);
        return true;

        int Second(string side) => (Part(side + "h") * 3600) + (Part(side + "m") * 60) + Part(side + "s");
        int Part(string name) => match.Groups[name] is { Success: true } group
            ? int.Parse(group.ValueSpan, CultureInfo.InvariantCulture) : 0;
    }

    public override string ToString() => $"{Show(StartSecond)}-{Show(EndsNextDay ? EndSecond - Day : EndSecond)}";

    private static string Show(int second) => second % 60 == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{second / 3600:00}:{second / 60 % 60:00}")
        : string.Create(CultureInfo.InvariantCulture, $"{second / 3600:00}:{second / 60 % 60:00}:{second % 60:00}");

    [GeneratedRegex(@"^\s*(?<ah>\d{1,2}):(?<am>[0-5]\d)(:(?<as>[0-5]\d))?\s*[-–]"
        + @"\s*(?<bh>\d{1,2}):(?<bm>[0-5]\d)(:(?<bs>[0-5]\d))?\s*$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();
}
