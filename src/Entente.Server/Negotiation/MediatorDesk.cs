using Entente.Agreements;
using Entente.Bargaining.Solutions;
using Entente.Negotiation;
using Entente.Terms;

namespace Entente.Server.Negotiation;

/// <summary>Puts the engine's packages on the table as the mediator's own. It asks the same engine the same way,
/// whoever chairs.</summary>
public sealed class MediatorDesk(NegotiationDesk desk, SealedRooms rooms, Recorder recorder)
{
    public async Task<MediatorSight> Sight(string engagement, string name)
    {
        var (state, _) = await desk.Read(engagement, name);
        return await rooms.Sight(NegotiationDesk.Id(engagement, name), state);
    }

    /// <summary>How the gains were shared. Told once all have signed: before, it would weigh on what they sign.</summary>
    public async Task<Decision<FairnessReport>> Shared(string engagement, string name)
    {
        var (state, _) = await desk.Read(engagement, name);
        var id = NegotiationDesk.Id(engagement, name);
        var (agreement, _) = await recorder.Read<AgreementState, AgreementFact>(state.Agreement);
        if (state.Agreed is not { } agreed || !agreement.Versions.Exists(one => one.Negotiation == id && one.IsSigned))
            return new Refusal("fairness.unsigned", "How the gains were shared is told once all have signed.");
        var mediation = await rooms.Mediation(id, state);
        return !mediation.BothSaid ? new Refusal(
            "fairness.rooms", "Not both sides told the mediation engine what they prefer, so it cannot say.")
            : mediation.Shared(agreed.Package) is { } report ? report
            : new Refusal("fairness.limits", "The package does not keep every limit that the engine was told.");
    }

    /// <summary>A package at a point of fairness, for both to answer.</summary>
    public Task<Outcome<NegotiationState>> Propose(
        string engagement, string name, Write write, Fairness fairness, string? message) =>
        Offer(engagement, name, write, OfferKind.Proposal, message ?? Words(fairness), (mediation, _) =>
            mediation.Propose(fairness),
            state => state.OpenConcerns.Where(concern => concern.Need is not null).ToList() is { Count: > 0 } hard
                ? new Refusal("negotiation.no_zone", $"No package on this table is above both limits and meets "
                    + $"{Quoted(hard)}: answer the concern, or bring more options or terms.")
                : new Refusal("negotiation.no_zone",
                    "No package on this table is above both limits; more options or terms may open one."));

    /// <summary>The next draft of the single text, from the last draft, else from the middle of both
    /// positions.</summary>
    public Task<Outcome<NegotiationState>> Draft(string engagement, string name, Write write) =>
        Offer(engagement, name, write, OfferKind.SingleText,
            "The next draft of the single text: criticise it, do not concede on it.",
            (mediation, state) => state.Offers.FindLast(offer => offer.Kind is OfferKind.SingleText) is { } last
                ? mediation.NextDraft(last.Package) : mediation.FirstDraft(),
            NoDraft);

    /// <summary>Why there is no further draft, in what everybody at the table knows.</summary>
    private static Refusal NoDraft(NegotiationState state)
    {
        var last = state.Offers.FindLast(offer => offer.Kind is OfferKind.SingleText);
        var unmet = state.OpenConcerns.Where(concern => concern is { Need: { } need, Term: { } term }
            && (last is null || !need.IsMetBy(last.Package[term]))).ToList();
        return unmet.Count > 0 ? new Refusal("negotiation.text_concerns",
                $"No draft meets {Quoted(unmet)} with at most three terms changed and nobody worse off: "
                + "answer the concern, or propose another package.")
            : last is null ? new Refusal("negotiation.no_zone",
                "No package on this table is above both limits; more options or terms may open one.")
            : NegotiationRules.OverBudget(state, last.Package) is not null ? new Refusal("negotiation.text_budget",
                "The last draft passes accounting's limit on the charges, and none that changes at most three terms keeps it: "
                + "propose another package, or bring more options.")
            : new Refusal("negotiation.text_final",
                "No draft is left that changes at most three terms, keeps every limit and leaves nobody worse off.");
    }

    private static string Quoted(IEnumerable<Concern> concerns) =>
        $"the concern {string.Join(" and ", concerns.Select(concern => $"“{concern.Text}”"))}";

    /// <summary>After the sides agreed: something better for at least one and worse for none, in effect only if both
    /// accept.</summary>
    public Task<Outcome<NegotiationState>> Improve(string engagement, string name, Write write) =>
        Offer(engagement, name, write, OfferKind.Improvement,
            "Better for at least one of you and worse for none; if one says no, what was agreed stands.",
            (mediation, state) => state.Agreed is { } agreed ? mediation.Improvement(agreed.Package) : null,
            _ => new Refusal("negotiation.efficient",
                "No package within the terms on the table is better for one side and worse for none."));

    private async Task<Outcome<NegotiationState>> Offer(
        string engagement, string name, Write write, OfferKind kind, string message,
        Func<Mediation, NegotiationState, IReadOnlyDictionary<string, TermValue>?> find,
        Func<NegotiationState, Refusal> none)
    {
        var both = await rooms.Both(NegotiationDesk.Id(engagement, name));
        return await desk.Move(engagement, name, write, (state, now) =>
            Allowed(state, kind) is { } refusal ? refusal
            : find(both(state), state) is { } package
                ? NegotiationRules.Propose(state, write.By, new NegotiationFact.Offered(
                    "", package, kind, Message: message), now)
                : none(state));
    }

    /// <summary>What the engine need not be asked for.</summary>
    private static Refusal? Allowed(NegotiationState state, OfferKind kind) => (kind, state.Standing) switch
    {
        (OfferKind.Improvement, Standing.Agreed) => null,
        (OfferKind.Improvement, _) => new Refusal("negotiation.nothing_agreed",
            "There is nothing agreed yet that could be improved."),
        (_, Standing.Agreed) => new Refusal("negotiation.closed",
            "The sides have agreed; propose an improvement instead."),
        _ => null,
    };

    private static string Words(Fairness fairness) => fairness switch
    {
        Fairness.Nash => "At this package the product of what both gain is the largest there is.",
        Fairness.KalaiSmorodinsky => "At this package both get the same share of what each could at best gain.",
        _ => "At this package the smaller of both gains is as large as it can be.",
    };
}
