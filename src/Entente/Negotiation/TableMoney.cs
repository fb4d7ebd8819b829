using Entente.Terms;

namespace Entente.Negotiation;

/// <summary>What one option means in money by the month, as far as it is known.</summary>
/// <param name="Cost">What providing it costs.</param>
/// <param name="Credit">What the provider is expected to pay back for missing it, by the measured history.</param>
/// <param name="Loss">What the customer loses by a service that does no better than this.</param>
public sealed record OptionMoney(TermValue Value, decimal? Cost, decimal? Credit, decimal? Loss);

/// <summary>A table in money: by term, each option on it.</summary>
public sealed record TableMoney(string? Currency, IReadOnlyDictionary<string, IReadOnlyList<OptionMoney>> Terms)
{
    public static TableMoney Unknown { get; } = new(null, new Dictionary<string, IReadOnlyList<OptionMoney>>());

    public OptionMoney? Find(string term, TermValue value) =>
        Terms.GetValueOrDefault(term)?.FirstOrDefault(option => option.Value == value);
}
