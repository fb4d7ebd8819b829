using NodaTime;

namespace Entente.Agreements;

/// <summary>How somebody signs: as what, and where.</summary>
/// <param name="Title">The office under which the person signs.</param>
/// <param name="Signatory">Which signature of the plan it is; none takes the one that is the signer's to give.</param>
/// <param name="Text">Which text of the version the signer read; none signs whatever stands there now.</param>
public sealed record SigningAct(int Version, string Title, string Place, string? Signatory = null, int? Text = null);

/// <summary>Decides who signs, in which order, up to which authority, and who signs instead.</summary>
public static class SigningRules
{
    /// <param name="openConcerns">How many concerns of the table are neither answered nor withdrawn.</param>
    /// <param name="heardAt">When concerns without a name are heard that wait at the table; nothing where none
    /// waits.</param>
    /// <remarks>Whether one waits is looked at last: who asks and finds none has signed, so that nobody can ask time and
    /// again to learn when somebody spoke.</remarks>
    public static Decision<AgreementFact> Sign(
        AgreementState state, Actor by, SigningAct act, int openConcerns, LocalDate today, string? waiver = null,
        string? heardAt = null)
    {
        if (state.Find(act.Version) is not { } version) return new Refusal(
            "agreement.no_version", $"There is no version {act.Version} to sign.");
        if (state.Newest != version) return new Refusal("agreement.older_version",
            $"Version {act.Version} was replaced: read version {state.Newest!.Number} first.");
        if (act.Text is { } read && read != version.Text) return new Refusal("agreement.text_changed",
            $"The text of version {act.Version} changed since you opened it: read it again, then sign.");
        var needed = version.Signatories.Where(one => act.Signatory is null || one.Key == act.Signatory).ToList();
        var mine = needed.Where(one => MaySign(state, one, by, today)).ToList();
        if (mine.Count == 0) return NotYours(state, needed, by, today);
        if (openConcerns > 0)
            return new Refusal("agreement.open_concern",
                $"{(openConcerns == 1 ? "A concern is" : $"{openConcerns} concerns are")} still open: answer or "
                    + $"withdraw before signing.");
        if (mine.TrueForAll(one => version.SignatureOf(one.Key) is not null))
            return new Refusal("agreement.signed_already",
                $"{version.SignatureOf(mine[0].Key)!.Name} signed this version for the {mine[0].Seat.Words} already.");
        if (version.Signatures.Exists(signature => signature.Person == by.Id))
            return new Refusal("agreement.signed_already",
                "You signed this version already; a further signature is another person's.");
        var signatory = mine.Where(one => version.SignatureOf(one.Key) is null).OrderBy(one => one.Step).First();
        if (version.Before(signatory) is { } first)
            return new Refusal("agreement.order",
                $"It is not your turn: {first.Words} signs first, for the {first.Seat.Words}.");
        if (Beyond(version, signatory) is { } beyond) return beyond;
        var signed = new AgreementFact.Signed(
            version.Number, by.Side, by.Name, act.Title, act.Place, signatory.Key,
            state.DelegationOf(signatory, today) is { } delegated && delegated.By != by.Id ? delegated.ByName : null,
            version.Signatories.All(one => one == signatory || version.SignatureOf(one.Key) is not null));
        var isWon = version.Certificate is not ({ Efficient: false, Waiver: null } or { AboveLimits: false, Waiver: null });
        return !isWon && waiver is null ? new Refusal("agreement.not_efficient",
                "The win-win test is not passed: take an improvement, or let the service level manager waive it with a reason.")
            : heardAt is not null ? new Refusal("agreement.concern_waits",
                $"Something was said at the table without a name: it is heard at {heardAt}, and answered before you sign.")
            : isWon ? signed
            : new AgreementFact[] { new AgreementFact.Waived(version.Number, waiver!), signed };
    }

    /// <summary>Who must sign, in which order and up to which authority. It stands once signing has begun.</summary>
    public static Decision<AgreementFact> Plan(AgreementState state, Actor by, SigningPlan plan)
    {
        if (by.Seat != Seat.ServiceLevelManager) return new Refusal(
            "agreement.chair_only", "Only the service level manager plans the signatures.");
        if (state.Draft is { Signatures.IsEmpty: false }) return new Refusal(
            "agreement.signing", "Signing has begun; the plan stands.");
        foreach (var side in Enum.GetValues<Side>())
        {
            if (!plan.Signatories.Any(one => one.Seat.Side == side && one.Above is null)) return new Refusal(
                "agreement.plan_sides", $"The {side.Seat.Words} signs whatever it is worth: plan a signature without a lower limit.");
        }

        if (plan.Signatories.Any(one => one.Seat is Seat.ServiceLevelManager)) return new Refusal(
            "agreement.plan_chair", "The service level manager is neutral and signs for nobody.");
        if (plan.Signatories.Where(one => one.Person is not null).GroupBy(one => one.Person).FirstOrDefault(all => all.Count() > 1)
            is { } twice) return new Refusal(
            "agreement.plan_twice", $"{twice.First().Name} stands in the plan twice: one person gives one signature.");
        return plan == state.Plan ? Array.Empty<AgreementFact>() : new AgreementFact.SigningPlanned(plan);
    }

    /// <summary>Somebody else of the seat gives a signature instead, for this agreement or until a day.</summary>
    public static Decision<AgreementFact> Delegate(
        AgreementState state, Actor by, (string Id, string Name, Seat Seat) to, string reason, LocalDate? until,
        LocalDate today, string? key = null)
    {
        var plan = state.Plan.Signatories.Where(one => key is null || one.Key == key).ToList();
        if (plan.Find(one => IsDelegate(state, one, by, today)) is not null) return new Refusal("agreement.delegation_chain",
            "A signature that was delegated to you is not passed on: who delegated it names somebody else.");
        if (plan.Find(one => one.IsHeldBy(by)) is not { } signatory) return new Refusal(
            "agreement.authority", "The signing plan gives you no signature that you could delegate.");
        if (to.Seat != signatory.Seat) return new Refusal(
            "agreement.other_side", $"{to.Name} does not sit for the {signatory.Seat.Words}.");
        if (state.Plan.Signatories.Any(one => one.Key != signatory.Key
            && (one.Person == to.Id || state.DelegationOf(one, today)?.Person == to.Id))) return new Refusal(
            "agreement.delegate_signs", $"{to.Name} gives another signature already: one person signs once.");
        if (state.Draft?.SignatureOf(signatory.Key) is not null) return new Refusal(
            "agreement.signed_already", "This signature is given already.");
        return until < today ? new Refusal("agreement.delegation_over", "The delegation would end before it begins.")
            : new AgreementFact.SigningDelegated(to.Id, to.Name, reason, by.Side, signatory.Key, until, by.Name);
    }

    public static Decision<AgreementFact> Revoke(AgreementState state, Actor by, string signatory) =>
        state.Plan.Find(signatory) is not { } found || !state.Delegations.TryGetValue(signatory, out var delegation)
            ? new Refusal("agreement.no_delegation", "This signature is delegated to nobody.")
        : delegation.By != by.Id && !(found.IsHeldBy(by) && delegation.Person != by.Id)
            ? new Refusal("agreement.authority", $"{delegation.ByName} takes this delegation back.")
        : state.Draft?.SignatureOf(signatory) is not null ? new Refusal(
            "agreement.signed_already", "This signature is given already.")
        : new AgreementFact.DelegationRevoked(signatory);

    /// <summary>Whether somebody may give a signature today: as the plan says, or as delegate.</summary>
    public static bool MaySign(AgreementState state, Signatory signatory, Actor by, LocalDate today) =>
        state.DelegationOf(signatory, today) is { } delegation ? delegation.Person == by.Id : signatory.IsHeldBy(by);

    private static bool IsDelegate(AgreementState state, Signatory signatory, Actor by, LocalDate today) =>
        state.DelegationOf(signatory, today) is { } delegation && delegation.Person == by.Id && delegation.By != by.Id;

    private static Refusal NotYours(AgreementState state, List<Signatory> needed, Actor by, LocalDate today)
    {
        if (needed.Find(one => one.IsHeldBy(by)) is { } delegated)
            return new Refusal("agreement.delegated",
                $"This signature is delegated to {state.DelegationOf(delegated, today)!.Name}: take that back to sign yourself.");
        var own = needed.Where(one => one.Seat == by.Seat).ToList();
        return own.Count == 0
            ? new Refusal("agreement.sides_sign",
                $"Only who the signing plan names signs: {string.Join(", ", needed.Select(one => one.Words))}.")
            : new Refusal("agreement.authority",
                $"You have no authority to sign: {string.Join(" and ", own.Select(one => state.DelegationOf(one, today)?.Name ?? one.Words))} "
                + $"{(own.Count == 1 ? "signs" : "sign")} for the {by.Seat!.Value.Words}.");
    }

    /// <summary>The refusal where nobody who signs for the seat has the authority for what the agreement is worth.</summary>
    private static Refusal? Beyond(AgreementVersion version, Signatory signatory) =>
        signatory.Covers(version.Document)
        || version.Signatories.Any(one => one.Seat == signatory.Seat && one.Covers(version.Document)) ? null
        : new Refusal("agreement.limit",
            $"{signatory.Words} may sign up to {signatory.UpTo!.Value.Label} a year and this agreement is worth "
            + $"{string.Join(" and ", YearlyValue.Of(version.Document).Select(money => money.Label))} a year: plan a second signature.");
}
