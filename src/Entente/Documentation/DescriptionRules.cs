using Entente.Terms;

namespace Entente.Documentation;

/// <summary>One thing that keeps the gate shut: what is missing, and whom to ask.</summary>
/// <param name="Code">Stable code, such as <c>gate.not_yet</c>.</param>
/// <param name="Asks">The seat that can lift it.</param>
/// <param name="Person">The one person who can lift it, where it is one person's alone.</param>
/// <param name="Service">Key of the service it is about, if it is about one.</param>
public sealed record Block(string Code, string Message, Seat Asks, string? Person = null, string? Service = null);

/// <summary>Decides how services are described, when a side is satisfied, and whether the gate to negotiation is open.</summary>
public static class DescriptionRules
{
    /// <summary>What still keeps negotiation shut; empty means that the gate is open. No role can open it otherwise.</summary>
    public static IReadOnlyList<Block> Blocks(CharterState charter, DescriptionState description)
    {
        if (CharterRules.Blocks(charter) is { } refusal) return [.. CharterBlocks(charter, refusal)];
        if (!description.Current.Any())
            return [new Block("gate.no_services", "No service is described yet.", Seat.Provider)];
        return [.. description.Current.SelectMany(Blocks)];
    }

    public static Decision<DescriptionFact> Describe(CharterState charter, DescriptionState state, Actor by, string service, ServiceCard card) =>
        CharterRules.Blocks(charter) is { } refusal ? refusal
        : by.Seat is not (Seat.ServiceLevelManager or Seat.Provider or Seat.Customer)
            ? new Refusal("description.not_yours", "The two sides and the service level manager describe services.")
        : card.Status is ServiceStatus.Retired ? new Refusal("description.retire", "Retire a service with a reason instead.")
        : card.DependsOn.Contains(service) ? new Refusal("description.itself", "A service cannot depend on itself.")
        : Circle(state, service, card) is { } circle ? new Refusal("description.circle", $"This would close a circle: {circle}.")
        : state.Services.GetValueOrDefault(service)?.Card == card ? Array.Empty<DescriptionFact>()
        : new DescriptionFact.ServiceDescribed(service, card);

    public static Decision<DescriptionFact> Retire(DescriptionState state, Actor by, string service, string reason) =>
        by.Seat is not (Seat.ServiceLevelManager or Seat.Provider)
            ? new Refusal("description.not_yours", "The provider or the service level manager retires a service.")
        : Find(state, service) is { } refusal ? refusal
        : string.IsNullOrWhiteSpace(reason) ? new Refusal("description.reason_missing", "Retiring a service needs a reason.")
        : new DescriptionFact.ServiceRetired(service, reason.Trim());

    /// <summary>Says satisfied, with or without a remark, of the edition that was read.</summary>
    public static Decision<DescriptionFact> Satisfy(CharterState charter, DescriptionState state, Actor by, string service, int edition, string? remark) =>
        Voice(charter, state, by, service, edition) is { } refusal ? refusal
        : !state.Services[service].IsWhole
            ? new Refusal("description.not_whole",
                "There is nothing to be satisfied with yet: the service needs a released requirement and a released spec line.")
        : new DescriptionFact.Satisfied(service, edition, string.IsNullOrWhiteSpace(remark) ? null : remark.Trim());

    public static Decision<DescriptionFact> NotYet(CharterState charter, DescriptionState state, Actor by, string service, int edition, string reason) =>
        Voice(charter, state, by, service, edition) is { } refusal ? refusal
        : string.IsNullOrWhiteSpace(reason) ? new Refusal("description.reason_missing", "'Not yet' needs a reason the other side can act on.")
        : new DescriptionFact.NotYetSatisfied(service, edition, reason.Trim());

    public static Decision<DescriptionFact> Withdraw(DescriptionState state, Actor by, string service, string? reason) =>
        by.Side is not { } side ? new Refusal("description.sides_only", "Only provider and customer speak for themselves.")
        : Find(state, service) is { } refusal ? refusal
        : state.Services[service].Of(side) is not { Holds: true } ? new Refusal("description.nothing_said", "Your side has not said that it is satisfied.")
        : new DescriptionFact.SatisfactionWithdrawn(service, string.IsNullOrWhiteSpace(reason) ? null : reason.Trim());

    /// <summary>Shows the business view of the catalogue to everybody with its address, or no longer.</summary>
    public static Decision<DescriptionFact> Publish(DescriptionState state, Actor by) =>
        by.Seat is not (Seat.ServiceLevelManager or Seat.Customer)
            ? new Refusal("catalogue.not_yours", "The customer or the service level manager opens the catalogue to the public: it is the customer's.")
        : state.IsPublic ? Array.Empty<DescriptionFact>()
        : new DescriptionFact.CataloguePublished();

    public static Decision<DescriptionFact> Hide(DescriptionState state, Actor by) =>
        by.Seat is not (Seat.ServiceLevelManager or Seat.Customer)
            ? new Refusal("catalogue.not_yours", "The customer or the service level manager closes the public catalogue.")
        : state.IsPublic ? new DescriptionFact.CatalogueHidden()
        : Array.Empty<DescriptionFact>();

    /// <summary>Sends a term back to documentation, from the table or from a review.</summary>
    public static Decision<DescriptionFact> Reopen(DescriptionState state, string service, string term, string reason, string source) =>
        Find(state, service) is { } refusal ? refusal
        : !state.Services[service].Asked.ContainsKey(term) && !state.Services[service].Offered.ContainsKey(term)
            ? new Refusal("description.term_unknown", $"'{service}' has no term '{term}'.")
        : string.IsNullOrWhiteSpace(reason) ? new Refusal("description.reason_missing", "Sending a term back needs a reason.")
        : new DescriptionFact.TermReopened(service, term, reason.Trim(), source);

    /// <summary>What a release from a side's room adds to the common description.</summary>
    /// <param name="terms">The side's terms that are released now; those that say the same as before add nothing.</param>
    public static Decision<DescriptionFact> Release(DescriptionState state, Side side, string service, IReadOnlyList<Term> terms, string? sheet)
    {
        if (Find(state, service) is { } refusal) return refusal;
        var entry = state.Services[service];
        var before = side is Side.Customer ? entry.Asked : entry.Offered;
        List<DescriptionFact> facts = [];
        foreach (var term in terms)
        {
            if (state.FindServiceOf(term.Key) is { } other && other != service)
                return new Refusal("description.key_taken",
                    $"The term key '{term.Key}' is used for '{other}' already; rename yours, for example to '{service}.{term.Key}'.");
            if (TermText.Same(before.GetValueOrDefault(term.Key), term)) continue;
            facts.Add(side is Side.Customer ? new DescriptionFact.Asked(service, term) : new DescriptionFact.Offered(service, term));
        }

        if (sheet is not null && sheet != entry.Sheet) facts.Add(new DescriptionFact.SheetReleased(service, sheet));
        return facts;
    }

    private static IEnumerable<Block> CharterBlocks(CharterState charter, Refusal refusal)
    {
        var waiting = charter.Charter is null ? [] : charter.Stakeholders.Values.Where(voice => !voice.Approves).ToList();
        if (waiting.Count == 0) yield return new Block(refusal.Code, refusal.Message, Seat.ServiceLevelManager);
        foreach (var voice in waiting)
        {
            yield return voice.Objection is { } objection
                ? new Block("charter.objection", $"{voice.Name} objects to the charter: {objection}", Seat.ServiceLevelManager)
                : new Block("charter.not_approved", $"{voice.Name} has not approved the charter yet.", Seat.Stakeholder, voice.Person);
        }
    }

    private static IEnumerable<Block> Blocks(CatalogueEntry entry)
    {
        var name = entry.Card.Name;
        if (entry.Asked.IsEmpty) yield return new("gate.no_requirement", $"No requirement is released for {name}.", Seat.Customer, Service: entry.Key);
        if (entry.Offered.IsEmpty) yield return new("gate.no_spec", $"No spec sheet is released for {name}.", Seat.Provider, Service: entry.Key);
        if (!entry.IsWhole) yield break;
        foreach (var (key, why) in entry.Reopened)
            yield return new("gate.reopened", $"{key} of {name} came back from {why.Source}: {why.Reason}", Seat.Provider, Service: entry.Key);
        foreach (var side in new[] { Side.Customer, Side.Provider })
        {
            if (entry.Of(side) is { Holds: false, Remark: var reason })
                yield return new("gate.not_yet", $"The {side.Seat.Words} is not yet satisfied with {name}: {reason}", side.Other.Seat, Service: entry.Key);
            else if (entry.Of(side) is null)
                yield return new("gate.unheard", $"The {side.Seat.Words} has not said whether it is satisfied with {name}.", side.Seat, Service: entry.Key);
        }
    }

    private static Refusal? Voice(CharterState charter, DescriptionState state, Actor by, string service, int edition) =>
        CharterRules.Blocks(charter) is { } blocked ? blocked
        : by.Side is null ? new Refusal("description.sides_only", "Only provider and customer say whether they are satisfied.")
        : Find(state, service) is { } refusal ? refusal
        : state.Services[service].Edition != edition
            ? new Refusal("description.older_edition", $"Edition {edition} was replaced: read edition {state.Services[service].Edition} first.")
        : null;

    private static Refusal? Find(DescriptionState state, string service) =>
        !state.Services.TryGetValue(service, out var entry) ? new Refusal("description.unknown", $"There is no service '{service}'.")
        : !entry.IsOffered ? new Refusal("description.retired", $"{entry.Card.Name} is retired.")
        : null;

    private static string? Circle(DescriptionState state, string service, ServiceCard card)
    {
        return card.DependsOn.Select(next => Back(next, [service])).FirstOrDefault(path => path is not null);

        string? Back(string at, IReadOnlyList<string> path) =>
            at == service ? string.Join(" → ", path.Append(at))
            : path.Contains(at) || !state.Services.TryGetValue(at, out var entry) ? null
            : entry.Card.DependsOn.Select(next => Back(next, [.. path, at])).FirstOrDefault(found => found is not null);
    }
}
