using NodaTime;

namespace Entente.Formats.Calendars;

/// <summary>
/// Instants as people and programs write them: ISO 8601 with <c>Z</c> or an offset, to the nanosecond.
/// </summary>
/// <remarks>Read by hand: replays and batches read millions. A time without an offset is refused, never
/// guessed.</remarks>
public static class InstantText
{
    public const string Expected = "an instant such as 2026-01-31T09:00:00Z or 2026-01-31T10:00:00+01:00";

    public static Instant Parse(string text, string path) => TryParse(text, out var instant)
        ? instant : throw new BadInputException(path, "time.instant", $"\"{text}\": expected {Expected}.");

    public static bool TryParse(ReadOnlySpan<char> text, out Instant instant)
    {
        instant = default;
        text = text.Trim();
        if (!TryParseLocal(text, out var seconds, out var nanos, out var rest)) return false;
        if (!TryParseOffset(text[rest..], out var offset)) return false;
        instant = Instant.FromUnixTimeSeconds(seconds - offset);
        if (nanos > 0) instant = instant.PlusNanoseconds(nanos);
        return true;
    }

    /// <summary>
    /// <c>yyyy-MM-ddTHH:mm</c>, seconds and fraction may follow; gives seconds since 1970 as if it were UTC.
    /// </summary>
    public static bool TryParseLocal(ReadOnlySpan<char> text, out long seconds, out int nanos, out int length)
    {
        (seconds, nanos, length) = (0, 0, 0);
        if (text.Length < 16 || text[4] != '-' || text[7] != '-' || text[13] != ':') return false;
        if (text[10] is not ('T' or 't' or ' ')) return false;
        if (!Digits(text, 0, 4, out var year) || !Digits(text, 5, 2, out var month) || !Digits(text, 8, 2, out var day)
            || !Digits(text, 11, 2, out var hour) || !Digits(text, 14, 2, out var minute)) return false;
        if (year == 0 || month is < 1 or > 12 || day < 1 || hour > 23 || minute > 59
            || day > CalendarSystem.Iso.GetDaysInMonth(year, month)) return false;
        (var second, length) = (0, 16);
        if (text.Length > 16 && text[16] == ':')
        {
            if (!Digits(text, 17, 2, out second) || second > 59) return false;
            length = 19;
            if (text.Length > 19 && text[19] is '.' or ',' && !Fraction(text, ref length, out nanos)) return false;
        }

        seconds = (DaysSince1970(year, month, day) * 86_400) + (hour * 3600) + (minute * 60) + second;
        return true;
    }

    private static bool Fraction(ReadOnlySpan<char> text, ref int length, out int nanos)
    {
        nanos = 0;
        var (at, scale) = (length + 1, 100_000_000);
        for (; at < text.Length && char.IsAsciiDigit(text[at]); at++, scale /= 10) nanos += (text[at] - '0') * scale;
        var digits = at - length - 1;
        length = at;
        return digits is >= 1 and <= 9;
    }

    /// <summary><c>Z</c>, <c>+01:00</c>, <c>+0100</c> or <c>+01</c>, up to 18 hours.</summary>
    private static bool TryParseOffset(ReadOnlySpan<char> text, out int seconds)
    {
        seconds = 0;
        if (text is "Z" or "z") return true;
        if (text.Length is not (3 or 5 or 6) || text[0] is not ('+' or '-')) return false;
        if (!Digits(text, 1, 2, out var hours)) return false;
        var minutes = 0;
        if (text.Length == 5 && !Digits(text, 3, 2, out minutes)) return false;
        if (text.Length == 6 && (text[3] != ':' || !Digits(text, 4, 2, out minutes))) return false;
        seconds = (hours * 3600) + (minutes * 60);
        if (minutes > 59 || seconds > 18 * 3600) return false;
        if (text[0] == '-') seconds = -seconds;
        return true;
    }

    private static bool Digits(ReadOnlySpan<char> text, int at, int count, out int value)
    {
        value = 0;
        if (at + count > text.Length) return false;
        for (var i = at; i < at + count; i++)
        {
            if (!char.IsAsciiDigit(text[i])) return false;
            value = (value * 10) + text[i] - '0';
        }

        return true;
    }

    /// <summary>Days of the proleptic Gregorian calendar, counted from March so that the leap day comes last.</summary>
    private static long DaysSince1970(int year, int month, int day)
    {
        var y = month <= 2 ? year - 1 : year;
        var dayOfYear = (((153 * (month > 2 ? month - 3 : month + 9)) + 2) / 5) + day - 1;
        return (y * 365L) + (y / 4) - (y / 100) + (y / 400) + dayOfYear - 719_468;
    }
}
