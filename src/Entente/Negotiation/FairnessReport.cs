using Entente.Terms;

namespace Entente.Negotiation;

/// <summary>How both sides can see, once all have signed, that the gains were shared fairly.</summary>
/// <param name="Tenths">Whole tenths that each side reached of what it could at best have gained.</param>
/// <param name="JointTenths">Whole tenths of the largest product of both gains.</param>
/// <param name="CameNearer">How often each side moved towards the other, less how often away.</param>
public sealed record FairnessReport(
    IReadOnlyDictionary<Side, int> Tenths, int JointTenths, IReadOnlyDictionary<Side, int> CameNearer,
    IReadOnlyList<FairnessReport.Settled> PerTerm)
{
    /// <summary>Where a term ended between the two starts.</summary>
    /// <param name="TowardsCustomerPercent">0 where the provider started, 100 where the customer did; none where that is
    /// no question of more or less.</param>
    public sealed record Settled(
        string Term, string Title, TermValue? Offered, TermValue? Asked, TermValue Value,
        int? TowardsCustomerPercent);

    internal static IReadOnlyList<Settled> Terms(
        NegotiationState state, IReadOnlyDictionary<string, TermValue> package) =>
        [.. state.Agenda.Select(term => new Settled(
            term.Key, term.Term.Title, term.Offered, term.Asked, package[term.Key],
            Towards(term.Offered, term.Asked, package[term.Key])))];

    private static int? Towards(TermValue? offered, TermValue? asked, TermValue value) =>
        (offered?.Number, asked?.Number, value.Number) is ({ } from, { } to, { } at) && from != to
            && offered!.GetType() == value.GetType() && asked!.GetType() == value.GetType()
            ? (int)Math.Round(100 * (at - from) / (to - from)) : null;
}
