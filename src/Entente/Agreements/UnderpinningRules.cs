using Entente.Documentation;
using Entente.ServiceTime.Accounting;
using Entente.ServiceTime.Feasibility;
using Entente.Terms;
using Entente.Terms.Evaluation;
using NodaTime;

namespace Entente.Agreements;

/// <summary>One promise held against what underpins it.</summary>
/// <param name="Carried">What the contracts carry together; none where they say nothing that can be added up.</param>
/// <param name="Words">The sum: <c>99.95 % of hoster and 99.9 % of network, one after the other: 99.85 %</c>.</param>
public sealed record CarriedPromise(string Term, string Title, string Promised, string? Carried, bool? Holds, string Words);

/// <summary>Decides what underpins an engagement, and does the sums.</summary>
public static class UnderpinningRules
{
    public static Decision<UnderpinningFact> Begin(UnderpinningState state, Actor by, UnderpinningFact.Begun begun) =>
        by.Seat is not (Seat.Provider or Seat.ServiceLevelManager)
            ? new Refusal("underpinning.provider_only", "The provider or the service level manager opens tables with teams and suppliers.")
        : begun.Type is AgreementType.Sla
            ? new Refusal("underpinning.type", "What underpins is an OLA with a team or a UC with a supplier.")
        : !TermRules.IsKey(begun.Contract)
            ? new Refusal("underpinning.key", $"'{begun.Contract}' is no key: lower case letters, digits, hyphens and dots.")
        : state.Contracts.Exists(one => one.Contract == begun.Contract)
            ? new Refusal("underpinning.exists", $"There is a contract '{begun.Contract}' already: amend it at its own table.")
        : begun.Terms.Count == 0
            ? new Refusal("underpinning.no_terms", "Say which terms rest on it.")
        : begun;

    /// <summary>Holds promises against the contracts of their service.</summary>
    /// <remarks>
    /// Contracts are serial hops: each must hold, so shares multiply when parts fail independently, and times add up.
    /// A term that says itself what it rests on, with redundancy, is computed by that.
    /// </remarks>
    public static IReadOnlyList<CarriedPromise> Carry(IEnumerable<Term> promised, IReadOnlyList<ContractPromise> contracts) =>
        [.. promised.Select(term => Carry(term, [.. contracts.Where(one => one.Service == term.Service)
            .Select(one => (one.Contract, Term: one.Terms.FirstOrDefault(below => below.Key == term.Key)))
            .Where(one => one.Term is not null).Select(one => (one.Contract, one.Term!))])).OfType<CarriedPromise>()];

    private static CarriedPromise? Carry(Term term, IReadOnlyList<(string Contract, Term Term)> below)
    {
        if (below.Count == 0) return null;
        var label = TermEvaluation.TargetText(term);
        if (Shares(term, below) is { } best && TermEvaluation.ObjectiveOf(term) is { } objective)
        {
            var carried = Figure.Of(best.Round(6, RoundingMode.Down), true)!.Label;
            var holds = best >= Fraction.From(objective.Value);
            return new(term.Key, term.Title, label, carried, holds,
                $"{string.Join(" × ", below.Select(one => $"{one.Term.Value.Label} ({one.Contract})"))} = {carried}"
                    + (holds ? "" : $", short of {objective}"));
        }

        if (term is Term.TicketClock { Within.Duration: { } within }
            && below.All(one => one.Term is Term.TicketClock { Within.Duration: not null }))
        {
            var sum = below.Aggregate(Duration.Zero, (total, one) => total + ((Term.TicketClock)one.Term).Within.Duration!.Value);
            return new(term.Key, term.Title, label, TimeLimit.Words(sum), sum <= within,
                $"{string.Join(" + ", below.Select(one => $"{one.Term.Value.Label} ({one.Contract})"))} = {TimeLimit.Words(sum)}"
                    + (sum <= within ? "" : $", {TimeLimit.Words(sum - within)} too long"));
        }

        return new(term.Key, term.Title, label, null, null,
            string.Join(", ", below.Select(one => $"{one.Term.Value.Label} ({one.Contract})")));
    }

    private static Fraction? Shares(Term term, IReadOnlyList<(string Contract, Term Term)> below)
    {
        if (term is not (Term.Availability or Term.EventRatio)
            || below.Any(one => TermEvaluation.ObjectiveOf(one.Term) is not { Unit: Unit.Percent, MoreIsBetter: true })) return null;
        var named = below.ToDictionary(one => $"{one.Contract}.{one.Term.Key}", one => one.Term);
        var rests = term.RestsOn.Count > 0 && term.RestsOn.All(text => Dependency.TryParse(text, out var part)
            && part.Members.All(named.ContainsKey))
            ? term.RestsOn.Select(text => Dependency.TryParse(text, out var part) ? part : null).OfType<Dependency>()
            : named.Keys.Select(name => new Dependency(1, [name]));
        return FeasiblePromise.Best(Supply.All([.. rests.Select(part => part.Members.Count == 1
            ? Promise(part.Members[0]) : new Supply.Of(part.Needed, [.. part.Members.Select(Promise)]))])).Independent;

        Supply Promise(string name) => new Supply.Promise(name, Fraction.From(TermEvaluation.ObjectiveOf(named[name])!.Value));
    }
}
