using System.Globalization;
using NodaTime;

namespace Entente.Formats.Tickets;

/// <summary>In which order a date is written where it does not begin with the year.</summary>
public enum DateOrder { Dmy, Mdy }

/// <summary>A point in time as a log writes it: a local time, with the offset where the log says one.</summary>
public readonly record struct Stamp(LocalDateTime Local, Offset? Offset)
{
    private static readonly string[] s_months =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    /// <summary>
    /// Reads ISO 8601, <c>31/1/2026 9:05 PM</c>, <c>31.01.26 09:05:00</c>, <c>31/Jan/26 9:05 AM</c>, and seconds or
    /// milliseconds since 1970. A date alone is its midnight.
    /// </summary>
    public static Stamp? Read(ReadOnlySpan<char> text, DateOrder order)
    {
        var scan = new Scanner(text.Trim());
        if (!scan.Date(order, out var date, out var bare)) return bare is { } number ? FromEpoch(number) : null;
        if (scan.AtEnd) return new(date.AtMidnight(), null);
        if (!scan.Time(out var time, out var daysMore)) return null;
        if (!scan.Zone(out var offset) || !scan.AtEnd) return null;
        return new(date.PlusDays(daysMore) + time, offset);
    }

    /// <summary>
    /// The first two numbers of a date that does not begin with the year, to tell its order; or null.
    /// </summary>
    public static (int First, int Second)? Leading(ReadOnlySpan<char> text)
    {
        var scan = new Scanner(text.Trim());
        return scan.Number(2) is { } first && scan.Separator() && scan.Number(2) is { } second && scan.Separator()
            ? (first, second) : null;
    }

    private static Stamp? FromEpoch(decimal number) => number switch
    {
        >= 300_000_000m and < 5_000_000_000m => At((long)(number * 1000m)),
        >= 300_000_000_000m and < 5_000_000_000_000m => At((long)number),
        _ => null,
    };

    private static Stamp At(long milliseconds) =>
        new(Instant.FromUnixTimeMilliseconds(milliseconds).InUtc().LocalDateTime, NodaTime.Offset.Zero);

    private ref struct Scanner(ReadOnlySpan<char> text)
    {
        private ReadOnlySpan<char> _rest = text;

        public readonly bool AtEnd => _rest.IsEmpty;

        public int? Number(int most)
        {
            var length = 0;
            while (length < _rest.Length && length < most && char.IsAsciiDigit(_rest[length])) length++;
            if (length == 0) return null;
            var value = int.Parse(_rest[..length], NumberStyles.None, CultureInfo.InvariantCulture);
            _rest = _rest[length..];
            return value;
        }

        public bool Separator() => Take('-') || Take('/') || Take('.');

        public bool Date(DateOrder order, out LocalDate date, out decimal? bare)
        {
            date = default;
            bare = null;
            var start = _rest;
            if (Number(4) is not { } first) return false;
            var yearFirst = start.Length - _rest.Length == 4;
            if (!Separator()) return Whole(start, out bare);
            var named = Month();
            if ((named ?? Number(2)) is not { } second || !Separator() || Number(4) is not { } third)
                return Whole(start, out bare);
            var (year, month, day) = (yearFirst, named is not null || order == DateOrder.Dmy) switch
            {
                (true, _) => (first, second, third),
                (false, true) => (third, second, first),
                (false, false) => (third, first, second),
            };
            if (year < 100) year += 2000;
            if (year is < 1900 or > 2200 || month is < 1 or > 12) return false;
            if (day < 1 || day > CalendarSystem.Iso.GetDaysInMonth(year, month)) return false;
            date = new(year, month, day);
            return true;
        }

        public bool Time(out LocalTime time, out int daysMore)
        {
            (time, daysMore) = (default, 0);
            if (!Take('T') && !Take('t') && !Take(',')) { if (_rest[0] != ' ') return false; }
            while (Take(' ')) { }
            if (Number(2) is not { } hour || !Take(':') || Number(2) is not { } minute) return false;
            int second = 0, millisecond = 0;
            if (Take(':'))
            {
                if (Number(2) is not { } read) return false;
                second = Math.Min(read, 59);
                if (Take('.') || Take(',')) millisecond = Fraction();
            }

            while (Take(' ')) { }
            if (_rest.Length >= 2 && _rest[1] is 'M' or 'm' && _rest[0] is 'A' or 'a' or 'P' or 'p')
            {
                if (hour is < 1 or > 12) return false;
                hour = (hour % 12) + (_rest[0] is 'P' or 'p' ? 12 : 0);
                _rest = _rest[2..].TrimStart();
            }

            if (hour == 24 && minute == 0 && second == 0) (hour, daysMore) = (0, 1);
            if (hour > 23 || minute > 59) return false;
            time = new(hour, minute, second, millisecond);
            return true;
        }

        public bool Zone(out Offset? offset)
        {
            offset = null;
            if (AtEnd) return true;
            if (Take('Z') || Take('z') || TakeWord("UTC") || TakeWord("GMT"))
            {
                offset = NodaTime.Offset.Zero;
                if (AtEnd) return true;
            }

            var sign = Take('+') ? 1 : Take('-') ? -1 : 0;
            if (sign == 0 || Number(2) is not { } hours) return false;
            Take(':');
            var minutes = Number(2) ?? 0;
            if (hours > 18 || minutes > 59) return false;
            offset = NodaTime.Offset.FromSeconds(sign * ((hours * 60) + minutes) * 60);
            return true;
        }

        private int? Month()
        {
            if (_rest.Length < 3 || !char.IsAsciiLetter(_rest[0])) return null;
            var length = 0;
            while (length < _rest.Length && char.IsAsciiLetter(_rest[length])) length++;
            for (var month = 0; month < 12; month++)
            {
                if (!_rest.StartsWith(s_months[month], StringComparison.OrdinalIgnoreCase)) continue;
                _rest = _rest[length..];
                return month + 1;
            }

            return null;
        }

        private int Fraction()
        {
            var (value, scale) = (0, 100);
            while (!_rest.IsEmpty && char.IsAsciiDigit(_rest[0]))
            {
                value += (_rest[0] - '0') * scale;
                scale /= 10;
                _rest = _rest[1..];
            }

            return value;
        }

        private static bool Whole(ReadOnlySpan<char> start, out decimal? bare)
        {
            bare = decimal.TryParse(start, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                ? number : null;
            return false;
        }

        private bool Take(char letter)
        {
            if (_rest.IsEmpty || _rest[0] != letter) return false;
            _rest = _rest[1..];
            return true;
        }

        private bool TakeWord(string word)
        {
            if (!_rest.StartsWith(word, StringComparison.OrdinalIgnoreCase)) return false;
            _rest = _rest[word.Length..];
            return true;
        }
    }
}
