using Entente.ServiceTime.Accounting;
using Entente.ServiceTime.Feasibility;
using Entente.Terms;
using Entente.Terms.Evaluation;
using NodaTime;

namespace Entente.Agreements;

/// <summary>What a term can promise on what it rests on, and what is too weak.</summary>
/// <param name="Weak">Underpinning promises that would have to be stronger, one at a time.</param>
public sealed record TermFeasibility(string Term, Fraction Target, BestPromise Best, IReadOnlyList<WeakPromise> Weak)
{
    /// <summary>True when it holds if underpinning parts fail independently of each other.</summary>
    public bool IsFeasible => Best.Independent >= Target;

    /// <summary>True when it holds whatever they do, as long as each keeps its own promise.</summary>
    public bool IsGuaranteed => Best.Guaranteed >= Target;
}

/// <summary>Feasibility of the terms of a document.</summary>
public static class AgreementDocumentFeasibility
{
    public static IReadOnlyList<TermFeasibility> Of(AgreementDocument document) =>
        [.. document.Terms.Where(term => term.RestsOn.Count > 0 && term is Term.Availability or Term.EventRatio)
            .Select(term => Of(term, document)).OfType<TermFeasibility>()];

    public static TermFeasibility? Of(Term term, AgreementDocument document)
    {
        if (TermEvaluation.ObjectiveOf(term) is not { MoreIsBetter: true } objective
            || SupplyOf(term, document, [term.Key]) is not { } supply) return null;
        var target = Fraction.From(objective.Value);
        var best = FeasiblePromise.Best(supply);
        return new(term.Key, target, best, FeasiblePromise.Weak(supply, target, guaranteed: false));
    }

    /// <summary>The terms that a term rests on, by name.</summary>
    public static IReadOnlyDictionary<string, Term> Named(AgreementDocument document) =>
        document.Underpinning.SelectMany(contract => contract.Named)
            .Concat(document.Terms.Select(term => (Name: term.Key, Term: term)))
            .DistinctBy(pair => pair.Name).ToDictionary(pair => pair.Name, pair => pair.Term);

    private static Supply? SupplyOf(Term term, AgreementDocument document, HashSet<string> above)
    {
        var named = Named(document);
        var parts = term.RestsOn.Select(text => Dependency.TryParse(text, out var part) ? part
            : null).OfType<Dependency>()
            .Select(part => Part(part)).OfType<Supply>().ToArray();
        return parts.Length == 0 ? null : Supply.All(parts);

        Supply? Part(Dependency part)
        {
            var members = part.Members.Select(name => Member(name)).OfType<Supply>().ToArray();
            return members.Length < part.Members.Count ? null : members.Length == 1 ? members[0]
                : new Supply.Of(part.Needed, members);
        }

        Supply? Member(string name) => named.TryGetValue(name, out var one)
            && TermEvaluation.ObjectiveOf(one) is { Unit: Unit.Percent } objective
            ? new Supply.Promise(name, Fraction.From(objective.Value)) : null;
    }
}

/// <summary>An SLA stricter than what underpins it.</summary>
internal static class FeasibilityLint
{
    public static IEnumerable<Finding> Find(AgreementDocument document)
    {
        var named = AgreementDocumentFeasibility.Named(document);
        for (var i = 0; i < document.Terms.Count; i++)
        {
            var (term, path) = (document.Terms[i], $"terms[{i}]");
            if (term.RestsOn.Count == 0 || term is Term.CountLimit) continue;
            foreach (var finding in Shares(term, document, path).Concat(Clocks(term, named, path))
                .Concat(Hours(term, named, path))) yield return finding;
        }
    }

    private static IEnumerable<Finding> Shares(Term term, AgreementDocument document, string path)
    {
        if (AgreementDocumentFeasibility.Of(term, document) is not { } feasibility) yield break;
        var best = Figure.Of(feasibility.Best.Independent, true)!.Label;
        if (!feasibility.IsFeasible)
        {
            var lever = feasibility.Weak.FirstOrDefault(weak => weak.Needed is not null);
            yield return Finding.Warning($"{path}.target", "underpinning.weak",
                $"{TermEvaluation.TargetText(term)} is stricter than what underpins it: at best {best} "
                + (lever is null ? "and no single part could carry it."
                    : $"'{lever.Name}' alone would have to promise {Up(lever.Needed!.Value)}, {Up(lever.Short!.Value)} more."));
        }
        else if (!feasibility.IsGuaranteed)
            yield return Finding.Warning($"{path}.target", "underpinning.independence",
                $"This holds only if underpinning parts fail independently: otherwise as little as {Figure.Of(feasibility.Best.Guaranteed, true)!.Label} is "
                    + $"certain.");
    }

    /// <summary>What is asked of a part is rounded up, so that keeping it is enough.</summary>
    private static string Up(Fraction share) => Figure.Of(share.Round(6, RoundingMode.Up), true)!.Label;

    /// <summary>Hand-overs follow each other, so their times add up.</summary>
    private static IEnumerable<Finding> Clocks(Term term, IReadOnlyDictionary<string, Term> named, string path)
    {
        if (term is not Term.TicketClock { Within.Duration: { } within }) yield break;
        var below = term.RestsOn.Select(name => named.GetValueOrDefault(name)).OfType<Term.TicketClock>()
            .Where(one => one.Within.Duration is not null).ToArray();
        var sum = below.Aggregate(Duration.Zero, (total, one) => total + one.Within.Duration!.Value);
        if (below.Length > 0 && sum > within)
            yield return Finding.Warning($"{path}.within", "underpinning.weak",
                $"{TimeLimit.Words(within)} is shorter than what underpins it: {string.Join(" + ", below.Select(one => one.Within.Text))} = "
                    + $"{TimeLimit.Words(sum)}, {TimeLimit.Words(sum - within)} too long.");
    }

    private static IEnumerable<Finding> Hours(Term term, IReadOnlyDictionary<string, Term> named, string path) =>
        term.RestsOn.Select(name => (name, Below: named.GetValueOrDefault(name)))
            .Where(pair => pair.Below?.Calendar is { } below && below != term.Calendar)
            .Select(pair => Finding.Warning($"{path}.calendar", "underpinning.hours",
                $"Promised in {term.Calendar ?? "all hours"}, but '{pair.name}' holds in '{pair.Below!.Calendar}' only."));
}
