using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json.Serialization;
using Entente.Terms;

namespace Entente.Documentation;

/// <summary>A number with a known unit, spelt <c>64 GB</c> or <c>400 tickets/month</c>: what an asset can carry.</summary>
[JsonConverter(typeof(TextJson<Quantity>))]
public readonly record struct Quantity(decimal Amount, string Unit) : ITextual<Quantity>
{
    /// <summary>The units that are understood; an unknown one is refused, so that sums and comparisons mean something.</summary>
    public static FrozenSet<string> Units { get; } = FrozenSet.Create(StringComparer.Ordinal,
        "MB", "GB", "TB", "PB", "MiB", "GiB", "TiB", "vCPU", "cores", "MHz", "GHz", "Mbit/s", "Gbit/s", "kW", "kVA", "W", "U", "ports",
        "users", "licences", "seats", "calls/day", "tickets/month", "orders/hour", "requests/s", "jobs/day", "hours/week", "FTE", "pieces");

    public static string Expected => "a number with a unit such as 64 GB, 8 vCPU, 500 requests/s or 38 hours/week";

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Amount} {Unit}");

    public static bool TryParse(string text, out Quantity value)
    {
        value = default;
        var parts = text.Split(' ', 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (parts.Length != 2 || !Units.Contains(parts[1])) return false;
        if (!decimal.TryParse(parts[0], NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands, CultureInfo.InvariantCulture,
            out var amount)) return false;
        value = new Quantity(amount, parts[1]);
        return true;
    }
}
