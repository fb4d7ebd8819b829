using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using NodaTime;

namespace Entente;

/// <summary>ISO 8601 durations of exact time: <c>PT4H</c>, <c>PT35H30M</c>, <c>PT0.5S</c>; a day is 24 hours here.</summary>
/// <remarks>Years and months have no exact length and are refused; weeks and days are taken as 168 and 24 hours.</remarks>
public static partial class IsoDuration
{
    public static string Format(Duration value)
    {
        if (value == Duration.Zero) return "PT0S";
        var text = new StringBuilder(value < Duration.Zero ? "-PT" : "PT");
        var nanoseconds = Int128.Abs((Int128)value.ToBigIntegerNanoseconds());
        var seconds = nanoseconds / 1_000_000_000;
        var fraction = (long)(nanoseconds % 1_000_000_000);
        if (seconds / 3600 != 0) text.Append(CultureInfo.InvariantCulture, $"{seconds / 3600}H");
        if (seconds / 60 % 60 != 0) text.Append(CultureInfo.InvariantCulture, $"{seconds / 60 % 60}M");
        if (seconds % 60 == 0 && fraction == 0) return text.ToString();
        text.Append(CultureInfo.InvariantCulture, $"{seconds % 60}");
        if (fraction != 0) text.Append('.').Append(fraction.ToString("D9", CultureInfo.InvariantCulture).TrimEnd('0'));
        return text.Append('S').ToString();
    }

    public static bool TryParse(string text, out Duration value)
    {
        value = default;
        var match = Pattern().Match(text);
        if (!match.Success || text.EndsWith('P') || text.EndsWith('T')) return false;
        decimal seconds = Part("w") * 604_800m + Part("d") * 86_400m + Part("h") * 3_600m + Part("m") * 60m + Part("s");
        if (seconds > 9_000_000_000m) return false;
        var nanoseconds = (Int128)(seconds * 1_000_000_000m);
        value = Duration.FromNanoseconds(match.Groups["sign"].Value == "-" ? -nanoseconds : nanoseconds);
        return true;

        decimal Part(string name) =>
            match.Groups[name] is { Success: true, Value.Length: < 20 } group
                ? decimal.Parse(group.Value, CultureInfo.InvariantCulture) : 0m;
    }

    [GeneratedRegex(@"^(?<sign>[+-])?P(?:(?<w>\d+(\.\d+)?)W)?(?:(?<d>\d+(\.\d+)?)D)?"
        + @"(?:T(?:(?<h>\d+(\.\d+)?)H)?(?:(?<m>\d+(\.\d+)?)M)?(?:(?<s>\d+(\.\d+)?)S)?)?$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();
}
