using System.Globalization;
using System.Text.Json.Serialization;

namespace Entente.Terms;

/// <summary>A share in per cent, with the decimals it was written with: <c>99.90 %</c> is kept apart from <c>99.9
/// %</c>.</summary>
/// <remarks>Contracts round in their own decimals, so the number of decimals is part of the promise.</remarks>
[JsonConverter(typeof(TextJson<Share>))]
public readonly record struct Share : ITextual<Share>
{
    public Share(decimal percent)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(percent);
        Percent = percent;
    }

    public decimal Percent { get; }

    /// <summary>The share as a number from 0 to 1 (above 1 where a contract pays more than the whole).</summary>
    public decimal Value => Percent / 100m;

    public int Decimals => Percent.Scale;

    public static string Expected => "a share such as 99.9 %";

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Percent} %");

    public static bool TryParse(string text, out Share value)
    {
        value = default;
        text = text.Trim();
        if (!text.EndsWith('%')) return false;
        if (!decimal.TryParse(text[..^1].Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
            out var percent)
            || percent > 100_000m) return false;
        value = new Share(percent);
        return true;
    }

    public static Share FromValue(decimal value) => new((value * 100m) / 1.0000000000000000000000000000m);
}
