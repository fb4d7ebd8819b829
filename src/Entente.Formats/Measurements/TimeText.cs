using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace Entente.Formats.Measurements;

/// <summary>Instants as measurement files spell them; a time without an offset lies in the given zone.</summary>
internal static class TimeText
{
    public const string Expected =
        "a time such as 2026-01-31T09:00:00Z, 2026-01-31 09:00, 31/1/2026 09:00 or seconds since 1970";

    private static readonly IPattern<LocalDateTime>[] Local =
    [
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:ss"),
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm:ss"),
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm"),
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm"),
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:ss.FFFFFFFFF"),
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm:ss.FFFFFFFFF"),
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd"),
        LocalDateTimePattern.CreateWithInvariantCulture("d/M/uuuu HH:mm"),
        LocalDateTimePattern.CreateWithInvariantCulture("d/M/uuuu HH:mm:ss"),
    ];

    private static readonly OffsetDateTimePattern[] Offset =
    [
        OffsetDateTimePattern.ExtendedIso,
        OffsetDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mmo<Z+HH:mm>"),
        OffsetDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm:sso<Z+HH:mm>"),
        OffsetDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:ss.FFFFFFFFFo<Z+HHmm>"),
    ];

    public static Instant? Read(string text, DateTimeZone zone)
    {
        if (Quick(text) is { } quick) return quick;
        text = text.Trim();
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            return seconds < 100_000_000_000 ? Instant.FromUnixTimeSeconds(seconds)
                : Instant.FromUnixTimeMilliseconds(seconds);
        foreach (var pattern in Offset)
            if (pattern.Parse(text) is { Success: true } offset) return offset.Value.ToInstant();
        foreach (var pattern in Local)
            if (pattern.Parse(text) is { Success: true } local) return local.Value.InZoneLeniently(zone).ToInstant();
        return null;
    }

    /// <summary>The usual spelling, <c>2026-01-31T09:00:00Z</c>, without the cost of a pattern: files have millions of
    /// them.</summary>
    private static Instant? Quick(string text)
    {
        if (text.Length != 20 || text[19] != 'Z' || text[10] != 'T' || text[4] != '-' || text[7] != '-'
            || text[13] != ':' || text[16] != ':') return null;
        var (year, month, day) = (Digits(text, 0, 4), Digits(text, 5, 2), Digits(text, 8, 2));
        var (hour, minute, second) = (Digits(text, 11, 2), Digits(text, 14, 2), Digits(text, 17, 2));
        if (year < 1 || month is < 1 or > 12 || hour is < 0 or > 23 || minute is < 0 or > 59 || second is < 0 or > 59
            || day < 1 || day > CalendarSystem.Iso.GetDaysInMonth(year, month)) return null;
        return Instant.FromUtc(year, month, day, hour, minute, second);
    }

    private static int Digits(string text, int at, int count)
    {
        var number = 0;
        for (var i = at; i < at + count; i++)
        {
            if (!char.IsAsciiDigit(text[i])) return -1;
            number = number * 10 + (text[i] - '0');
        }

        return number;
    }
}
