using System.Globalization;
using System.Text;
using NodaTime;
using NodaTime.Text;

namespace Entente.Formats.Spreadsheets;

/// <summary>How a cell shows its number: ECMA-376 part 1, 18.8.31.</summary>
/// <remarks>
/// As the sheet saved as CSV would say it, but for the machine: dates are <c>2026-03-01</c> whatever their order in the
/// sheet, numbers have a point and no grouping. Rounding, percent, units, currencies and leading zeros are kept.
/// </remarks>
internal sealed class CellFormat
{
    private static readonly LocalDateTimePattern _moment =
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm:ss");
    private static readonly LocalDateTime _epoch = new(1899, 12, 30, 0, 0);

    /// <summary>The day after the last of the year 9999, where a sheet shows only hashes.</summary>
    private const double SerialsMost = 2_958_466;

    /// <summary>From here on a sheet does not know every digit.</summary>
    private const double DigitsMost = 1e15;

    private readonly CellFormatSection[] _sections;

    public CellFormat(string code) => _sections = [.. Split(code).Select(section => new CellFormatSection(section))];

    public static CellFormat General { get; } = new("General");

    public string Show(double number, bool is1904)
    {
        var isNegative = number < 0;
        var section = isNegative && _sections.Length > 1 ? _sections[1] : number == 0 && _sections.Length > 2
            ? _sections[2] : _sections[0];
        if (section.IsMoment) return Moment(section, number, is1904) ?? Plain(number);
        if (Math.Abs(number) >= DigitsMost) return Plain(number);
        if (number == 0 && _sections.Length > 2 && section.HidesZero) return "0";
        var text = (section.IsPlain ? section.Around(Plain(Math.Abs(number))) : section.Show(Math.Abs(Exact(number))))
            .Trim();
        if (!isNegative || text.StartsWith('-') || text.All(letter => !char.IsAsciiDigit(letter)
            || letter == '0')) return text;
        return "-" + text.Replace("(", "", StringComparison.Ordinal).Replace(")", "", StringComparison.Ordinal).Trim();
    }

    /// <summary>The sections of a format, apart by semicolons that are no text.</summary>
    private static IEnumerable<string> Split(string code)
    {
        var (from, isQuoted) = (0, false);
        for (var at = 0; at < code.Length; at++)
        {
            if (code[at] == '"') isQuoted = !isQuoted;
            else if (code[at] == '\\' && !isQuoted) at++;
            else if (code[at] == ';' && !isQuoted)
            {
                yield return code[from..at];
                from = at + 1;
            }
        }

        yield return code[from..];
    }

    /// <remarks>The sheet counts days since 1899-12-30; below 61 it believes in a 29th of February 1900.</remarks>
    private static string? Moment(CellFormatSection section, double serial, bool is1904)
    {
        if (serial is < 0 or >= SerialsMost) return null;
        var seconds = (long)Math.Round(serial * NodaConstants.SecondsPerDay, MidpointRounding.AwayFromZero);
        if (section.IsElapsed)
            return string.Create(CultureInfo.InvariantCulture,
                $"{seconds / 3600}:{seconds / 60 % 60:00}:{seconds % 60:00}");
        var at = _epoch.PlusDays(is1904 ? 1462 : serial < 60 ? 1 : 0).PlusSeconds(seconds);
        return (section.HasDate, section.HasTime) switch
        {
            (true, true) => _moment.Format(at),
            (true, false) => LocalDatePattern.Iso.Format(at.Date),
            _ => at.TimeOfDay.ToString("HH:mm:ss", CultureInfo.InvariantCulture),
        };
    }

    /// <summary>A number as it is kept, to the fifteen digits that a sheet knows, without an exponent.</summary>
    private static string Plain(double number) => Math.Abs(number) >= 1e28
        ? number.ToString("R", CultureInfo.InvariantCulture)
        : (Exact(number) / 1.000000000000000000000000000000m).ToString(CultureInfo.InvariantCulture);

    private static decimal Exact(double number) => Math.Abs(number) >= 1e28 ? 0m
        : decimal.Parse(number.ToString("G15", CultureInfo.InvariantCulture), NumberStyles.Float,
            CultureInfo.InvariantCulture);
}

/// <summary>One section of a format: for all numbers, or those above, below or at zero.</summary>
internal sealed class CellFormatSection
{
    private readonly List<(char Kind, string Text)> _whole = [];
    private readonly List<(char Kind, string Text)> _fraction = [];
    private bool _isFraction;
    private int _percents;
    private int _thousands;
    private int _commas;
    private bool _hasMonths;

    public CellFormatSection(string code)
    {
        for (var at = 0; at < code.Length; at++) at = Take(code, at);
        _thousands += _commas;
        HasDate |= _hasMonths && !HasTime;
    }

    /// <summary>Shown as it is kept: General, and what has no simple digits such as exponents and fractions.</summary>
    public bool IsPlain { get; private set; }

    public bool HasDate { get; private set; }

    public bool HasTime { get; private set; }

    public bool IsElapsed { get; private set; }

    public bool IsMoment => HasDate || HasTime;

    /// <summary>A dash or nothing in place of a zero, as bookkeepers like it.</summary>
    public bool HidesZero => !IsPlain && !_whole.Concat(_fraction).Any(part => part is ('d', "0"));

    /// <summary>The text of the section around a number.</summary>
    public string Around(string number)
    {
        var parts = _whole.Concat(_fraction).Where(part => part.Kind is 't' or 'g').ToList();
        return parts.Exists(part => part.Kind == 'g') ? string.Concat(parts.Select(part => part.Kind == 'g' ? number
            : part.Text)) : number;
    }

    public string Show(decimal number)
    {
        for (var times = 0; times < Math.Min(_percents, 3); times++) number *= 100;
        for (var times = 0; times < _thousands; times++) number /= 1000;
        var digits = _fraction.Count(part => part.Kind == 'd');
        number = Math.Round(number, Math.Min(digits, 28), MidpointRounding.AwayFromZero);
        var parts = number.ToString("F" + Math.Min(digits, 28).ToString(CultureInfo.InvariantCulture),
            CultureInfo.InvariantCulture).Split('.');
        return Whole(parts[0] == "0" ? "" : parts[0]) + Fraction(parts.ElementAtOrDefault(1) ?? "");
    }

    private int Take(string code, int at)
    {
        var letter = code[at];
        switch (letter)
        {
            case '"':
                var end = code.IndexOf('"', at + 1) is var found and >= 0 ? found : code.Length;
                Text(code[(at + 1)..end]);
                return end;
            case '\\' when at + 1 < code.Length:
                Text(code[at + 1].ToString());
                return at + 1;
            case '_' or '*':
                return at + 1;
            case '[':
                return Bracket(code, at);
            case '0' or '#' or '?':
                (_isFraction ? _fraction : _whole).Add(('d', letter.ToString()));
                _commas = 0;
                return at;
            case '.' when !IsMoment:
                (_isFraction, _thousands, _commas) = (true, _thousands + _commas, 0);
                return at;
            case ',':
                _commas++;
                return at;
            case '%':
                _percents++;
                Text("%");
                return at;
            default:
                return Word(code, at);
        }
    }

    private int Word(string code, int at)
    {
        var rest = code.AsSpan(at);
        if (rest.StartsWith("General", StringComparison.OrdinalIgnoreCase))
        {
            IsPlain = true;
            _whole.Add(('g', ""));
            return at + 6;
        }

        if (rest.StartsWith("AM/PM", StringComparison.OrdinalIgnoreCase)) return at + 4;
        if (rest.StartsWith("A/P", StringComparison.OrdinalIgnoreCase)) return at + 2;
        switch (char.ToLowerInvariant(code[at]))
        {
            case 'e' when rest.Length > 1 && rest[1] is '+' or '-':
            case '/' when !IsMoment && _whole.Exists(part => part.Kind == 'd'):
                IsPlain = true;
                return code.Length;
            case 'y' or 'd' or 'e' or 'g':
                HasDate = true;
                return at;
            case 'h' or 's':
                HasTime = true;
                return at;
            case 'm':
                _hasMonths = true;
                return at;
            case '@':
                return at;
            default:
                Text(code[at].ToString());
                return at;
        }
    }

    /// <summary>A currency, an elapsed time, or a colour, a condition or a language, which say nothing here.</summary>
    private int Bracket(string code, int at)
    {
        var end = code.IndexOf(']', at);
        if (end < 0) return code.Length;
        var inner = code[(at + 1)..end];
        if (inner.StartsWith('$')) Text(inner[1..].Split('-')[0]);
        else if (inner.Length > 0 && inner.All(letter => letter is 'h' or 'm' or 's' or 'H' or 'M' or 'S')) (IsElapsed,
            HasTime) = (true, true);
        return end;
    }

    private void Text(string text) => (_isFraction ? _fraction : _whole).Add(('t', text));

    /// <summary>Digits fill the places from the right; what is left over stands before the first place.</summary>
    private string Whole(string digits)
    {
        StringBuilder text = new();
        var first = _whole.FindIndex(part => part.Kind == 'd');
        for (var (place, left) = (_whole.Count - 1, digits.Length); place >= 0; place--)
        {
            if (_whole[place].Kind != 'd') text.Insert(0, _whole[place].Text);
            else if (place == first)
            {
                text.Insert(0, left > 0 ? digits[..left] : _whole[place].Text == "0" ? "0" : "");
                left = 0;
            }
            else if (left > 0) text.Insert(0, digits[--left]);
            else if (_whole[place].Text == "0") text.Insert(0, '0');
        }

        return text.ToString();
    }

    private string Fraction(string digits)
    {
        var kept = digits.Length;
        var optional = _fraction.Where(part => part.Kind == 'd').Select(part => part.Text != "0").ToList();
        while (kept > 0 && optional[kept - 1] && digits[kept - 1] == '0') kept--;
        StringBuilder text = new(kept > 0 ? "." : "");
        var at = 0;
        foreach (var (kind, words) in _fraction)
        {
            if (kind != 'd') text.Append(words);
            else if (at++ < kept) text.Append(digits[at - 1]);
        }

        return text.ToString();
    }
}

/// <summary>The formats of a workbook's cells, by the number that a cell names.</summary>
internal static class CellFormats
{
    /// <remarks>Currencies among the numbers that every workbook knows are those of the reader's own machine: no
    /// currency is claimed.</remarks>
    private static readonly Dictionary<int, string> _known = new()
    {
        [1] = "0",
        [2] = "0.00",
        [3] = "#,##0",
        [4] = "#,##0.00",
        [5] = "#,##0",
        [6] = "#,##0",
        [7] = "#,##0.00",
        [8] = "#,##0.00",
        [9] = "0%",
        [10] = "0.00%",
        [14] = "yyyy-mm-dd",
        [15] = "d-mmm-yy",
        [16] = "d-mmm",
        [17] = "mmm-yy",
        [18] = "h:mm",
        [19] = "h:mm:ss",
        [20] = "h:mm",
        [21] = "h:mm:ss",
        [22] = "yyyy-mm-dd h:mm",
        [37] = "#,##0",
        [38] = "#,##0",
        [39] = "#,##0.00",
        [40] = "#,##0.00",
        [41] = "#,##0",
        [42] = "#,##0",
        [43] = "#,##0.00",
        [44] = "#,##0.00",
        [45] = "mm:ss",
        [46] = "[h]:mm:ss",
        [47] = "mm:ss",
    };

    public static IEnumerable<CellFormat> Read(DocumentFormat.OpenXml.Packaging.WorkbookStylesPart? part)
    {
        if (part is null) yield break;
        Dictionary<int, string> own = [];
        Dictionary<int, CellFormat> made = [];
        using var reader = DocumentFormat.OpenXml.OpenXmlReader.Create(part);
        var isOfCells = false;
        while (reader.Read())
        {
            if (reader.ElementType == typeof(DocumentFormat.OpenXml.Spreadsheet.CellFormats))
                isOfCells = reader.IsStartElement;
            else if (!reader.IsStartElement) continue;
            else if (reader.ElementType == typeof(DocumentFormat.OpenXml.Spreadsheet.NumberingFormat))
                own[Number(reader)] = reader.Attributes.FirstOrDefault(one => one.LocalName == "formatCode")
                    .Value ?? "General";
            else if (isOfCells && reader.ElementType == typeof(DocumentFormat.OpenXml.Spreadsheet.CellFormat))
                yield return Made(Number(reader));
        }

        CellFormat Made(int id) => made.TryGetValue(id, out var format) ? format
            : made[id] = new(own.TryGetValue(id, out var code) ? code
            : _known.TryGetValue(id, out var known) ? known
            : id is (>= 27 and <= 31) or 36 or (>= 50 and <= 54) or 57 or 58 ? "yyyy-mm-dd" : id is >= 32 and <= 35
                or 55 or 56 ? "h:mm:ss"
            : "General");
    }

    private static int Number(DocumentFormat.OpenXml.OpenXmlReader reader) =>
        int.TryParse(reader.Attributes.FirstOrDefault(one => one.LocalName == "numFmtId").Value,
            CultureInfo.InvariantCulture, out var id) ? id : 0;
}
