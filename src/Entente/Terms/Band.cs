using System.Globalization;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Entente.Terms;

/// <summary>
/// A range of numbers with open or closed ends, spelt as contracts do: <c>99.0 % &lt;= x &lt; 99.99 %</c>, <c>x &lt; 95
/// %</c>,
/// <c>x &gt;= 5</c>, <c>1-2</c>, <c>90-95 %</c>; a range with a hyphen has both ends in it.
/// </summary>
/// <param name="Low">The lower end as written, in per cent when <see cref="Unit"/> says so; none is unbounded.</param>
[JsonConverter(typeof(TextJson<Band>))]
public sealed partial record Band(decimal? Low, bool LowIn, decimal? High, bool HighIn, Unit Unit) : ITextual<Band>
{
    public static string Expected => "a band such as \"99.0 % <= x < 99.9 %\", \"x < 95 %\" or \"1-2\"";

    /// <summary>Decimals of the ends as the contract writes them.</summary>
    [JsonIgnore]
    public int Decimals => Math.Max(Low?.Scale ?? 0, High?.Scale ?? 0);

    /// <summary>True when the number, in the band's own unit (99.5 for 99.5 %), lies inside.</summary>
    public bool Contains(decimal number) =>
        (Low is not { } low || number > low || (LowIn && number == low))
        && (High is not { } high || number < high || (HighIn && number == high));

    public static Band Parse(string text) =>
        TryParse(text, out var band) ? band : throw new FormatException($"Expected {Expected}, found \"{text}\".");

    public override string ToString()
    {
        var (low, high) = (Text(Low), Text(High));
        return (Low, High) switch
        {
            ({ } a, { } b) when a == b => $"x = {low}",
            (not null, not null) => $"{low} {(LowIn ? "<=" : "<")} x {(HighIn ? "<=" : "<")} {high}",
            (not null, null) => $"x {(LowIn ? ">=" : ">")} {low}",
            (null, not null) => $"x {(HighIn ? "<=" : "<")} {high}",
            _ => "any",
        };
    }

    private string Text(decimal? end) => end is { } number
        ? string.Create(CultureInfo.InvariantCulture, $"{number}{(Unit == Unit.Percent ? " %" : "")}") : "";

    public static bool TryParse(string text, out Band value)
    {
        text = text.Trim().Replace('≤', '≦').Replace("≦", "<=", StringComparison.Ordinal)
            .Replace("≥", ">=", StringComparison.Ordinal);
        value = new Band(null, false, null, false, text.Contains('%', StringComparison.Ordinal) ? Unit.Percent
            : Unit.Number);
        if (text == "any") return true;
        var match = Between().Match(text);
        if (match.Success)
        {
            var rising = match.Groups["first"].Value[0] == '<';
            if (rising != (match.Groups["second"].Value[0] == '<')) return false;
            var (firstIn, secondIn) = (match.Groups["first"].Value.Length == 2,
                match.Groups["second"].Value.Length == 2);
            value = rising
                ? value with { Low = Of("a"), LowIn = firstIn, High = Of("b"), HighIn = secondIn }
                : value with { Low = Of("b"), LowIn = secondIn, High = Of("a"), HighIn = firstIn };
            return value.Low <= value.High;
        }

        if ((match = OneSided().Match(text)).Success)
        {
            var sign = match.Groups["sign"].Value;
            var closed = sign.Length == 2 || sign == "=";
            if (sign[0] != '<') value = value with { Low = Of("a"), LowIn = closed };
            if (sign[0] != '>') value = value with { High = Of("a"), HighIn = closed };
            return true;
        }

        if (!(match = Hyphen().Match(text)).Success) return false;
        value = value with { Low = Of("a"), LowIn = true, High = Of("b"), HighIn = true };
        return value.Low <= value.High;

        decimal Of(string group) => decimal.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(
        @"^(?<a>\d{1,15}(\.\d{1,10})?)\s*%?\s*(?<first><=?|>=?)\s*[a-z]\w*\s*(?<second><=?|>=?)\s*(?<b>\d{1,15}(\.\d{1,10})?)\s*%?$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Between();

    [GeneratedRegex(@"^([a-z]\w*\s*)?(?<sign><=?|>=?|=)\s*(?<a>\d{1,15}(\.\d{1,10})?)\s*%?$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex OneSided();

    [GeneratedRegex(@"^(?<a>\d{1,15}(\.\d{1,10})?)\s*%?\s*(-|–|to)\s*(?<b>\d{1,15}(\.\d{1,10})?)\s*%?$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Hyphen();
}
