using Entente.Bargaining.Issues;
using Entente.Terms;

namespace Entente.Negotiation;

/// <summary>The most that a package may cost to provide by the month, and what packages cost by accounting's
/// model.</summary>
/// <remarks>It lies with the cost model and is as secret: whoever does not read that learns only that a package passes a
/// limit.</remarks>
/// <param name="OpenHours">Open hours of a calendar in a mean month, by its key.</param>
public sealed record CostLimit(Money Most, CostModel Model, Func<string?, decimal> OpenHours)
{
    /// <summary>What a package costs to provide by the month, with what is paid whatever is promised.</summary>
    public Money Of(NegotiationState state, IReadOnlyDictionary<string, TermValue> package) => new(
        Fixed + state.Agenda.Sum(term => package.GetValueOrDefault(term.Key) is { } value ? Of(term.Term, value) : 0m),
        Model.Currency);

    /// <summary>The refusal of a package that costs more: with the figures for whoever reads the cost model.</summary>
    public Refusal? Beyond(NegotiationState state, IReadOnlyDictionary<string, TermValue> package, bool isReader)
    {
        var cost = Of(state, package);
        return cost.Amount <= Most.Amount ? null
            : new Refusal("negotiation.cost_limit", isReader
                ? $"Providing this costs {cost.Label} a month; accounting's limit is {Most.Label}, "
                    + $"{new Money(cost.Amount - Most.Amount, Most.Currency).Label} less, and only accounting raises it."
                : "This package passes a limit that accounting has set, and only accounting raises it.");
    }

    /// <summary>The limit as the engine keeps it.</summary>
    internal Constraint AsConstraint(TableSpace table) => new Constraint.Budget("what providing may cost",
        [.. table.Agenda.Select((term, i) =>
            (IReadOnlyList<double>)[.. table.Options[i].Select(value => (double)Of(term.Term, value))])],
        (double)(Most.Amount - Fixed));

    private decimal Fixed => CostOf.Fixed(Model).Sum(part => part.Amount);

    private decimal Of(Term term, TermValue value) =>
        CostOf.Value(Model, term, value, OpenHours)?.Sum(part => part.Amount) ?? 0m;
}
