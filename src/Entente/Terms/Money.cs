using System.Globalization;
using System.Text.Json.Serialization;

namespace Entente.Terms;

/// <summary>An amount with its currency (ISO 4217), spelt <c>EUR 44500</c>; the decimals written are kept.</summary>
[JsonConverter(typeof(TextJson<Money>))]
public readonly record struct Money : ITextual<Money>
{
    public Money(decimal amount, string currency)
    {
        if (currency is not { Length: 3 } || !currency.All(char.IsAsciiLetterUpper))
            throw new ArgumentException($"'{currency}' is no currency code such as EUR.", nameof(currency));
        (Amount, Currency) = (amount, currency);
    }

    public decimal Amount { get; }

    public string Currency { get; } = "XXX";

    public static string Expected => "money such as EUR 44500";

    /// <summary>For the eye: <c>€ 44,500</c>, with cents only where there are some.</summary>
    public string Label => string.Create(CultureInfo.InvariantCulture,
        $"{Symbol} {(Amount == decimal.Truncate(Amount) ? Amount.ToString("#,0", CultureInfo.InvariantCulture)
            : Amount.ToString("#,0.00##", CultureInfo.InvariantCulture))}");

    private string Symbol => Currency switch
    {
        "EUR" => "€",
        "USD" => "$",
        "GBP" => "£",
        "JPY" => "¥",
        var other =>
        other
    };

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Currency} {Amount}");

    public static bool TryParse(string text, out Money value)
    {
        value = default;
        var parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (parts.Length != 2) return false;
        if (!parts[0].All(char.IsAsciiLetter)) parts = [parts[1], parts[0]];
        if (parts[0].Length != 3 || !parts[0].All(char.IsAsciiLetterUpper)) return false;
        if (!decimal.TryParse(parts[1],
            NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign | NumberStyles.AllowThousands,
            CultureInfo.InvariantCulture, out var amount)) return false;
        value = new Money(amount, parts[0]);
        return true;
    }
}
