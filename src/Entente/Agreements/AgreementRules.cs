using NodaTime;

namespace Entente.Agreements;

/// <summary>Decides how an agreement is framed, drafted and worded. A signed version is amended only by a further
/// one.</summary>
public static class AgreementRules
{
    public static Decision<AgreementFact> Frame(AgreementState state, AgreementDocument document) =>
        state.Draft is null ? new AgreementFact.Framed(document)
        : new Refusal("agreement.drafted",
            "A version waits for signatures; what stands around its terms changes with the next one.");

    /// <summary>What the table agreed on becomes the version that waits for signatures.</summary>
    public static Decision<AgreementFact> Draft(
        AgreementState state, AgreementDocument document, LocalDate effectiveFrom, string negotiation,
            Certificate? certificate)
    {
        var signed = state.Versions.FindLast(version => version.IsSigned);
        if (signed is not null && effectiveFrom <= signed.EffectiveFrom)
            return new Refusal("agreement.effective",
                $"A new version begins after {signed.EffectiveFrom:uuuu-MM-dd}, when version {signed.Number} began.");
        var number = (signed?.Number ?? 0) + 1;
        var numbered = document with
        {
            Version = $"{number}",
            Effective = new DateRange(effectiveFrom, document.Effective?.To > effectiveFrom ? document.Effective.To
                : null),
            Signatures = [],
        };
        return new AgreementFact.Drafted(number, numbered, effectiveFrom, negotiation, certificate);
    }

    /// <remarks>Words may change until the first signature: whoever signs, signs the words.</remarks>
    public static Decision<AgreementFact> Word(
        AgreementState state, Actor by, int number, string term, string text, string source)
    {
        if (by.Seat is not (Seat.ServiceLevelManager or Seat.Provider or Seat.Customer)) return new Refusal(
            "clause.not_yours", "The service level manager, the provider and the customer word the draft.");
        if (state.Draft is not { } draft || draft.Number != number) return new Refusal(
            "agreement.no_draft", $"Version {number} is no draft: only what waits for signatures takes another wording.");
        if (!draft.Signatures.IsEmpty) return new Refusal(
            "agreement.signing", "Signing has begun; the words stand.");
        if (draft.Document.Terms.FirstOrDefault(one => one.Key == term) is not { } found) return new Refusal(
            "agreement.no_term", $"There is no term '{term}' in this draft.");
        if (ClauseRules.Unknown(found.GetType(), text) is { } unknown) return unknown;
        return found.Clause == text.Trim() ? Array.Empty<AgreementFact>()
            : new AgreementFact.Worded(number, term, text.Trim(), source);
    }

    /// <param name="dividend">What the package brought the party, out of its own room.</param>
    public static Decision<AgreementFact> OpenDividend(
        AgreementState state, Actor by, int number, Negotiation.Dividend? dividend) =>
        state.Find(number) is not { } version ? new Refusal("agreement.no_version", $"There is no version {number}.")
        : dividend is null || by.Seat is not { } seat ? new Refusal(
            "dividend.unknown", "Nothing is known in money of what this version brought you.")
        : version.Dividends.ContainsKey(seat) ? Array.Empty<AgreementFact>()
        : new AgreementFact.DividendOpened(number, seat, dividend);

    /// <summary>A side says that what ends a contingent term has happened.</summary>
    public static Decision<AgreementFact> MeetCondition(
        AgreementState state, Actor by, string condition, LocalDate on, string remark, LocalDate today)
    {
        if (by.Side is not { } side) return new Refusal(
            "agreement.sides_say", "The provider and the customer say whether a condition has come about.");
        var known = state.Versions.Where(version => version.IsSigned)
            .SelectMany(version => version.Document.Terms).SelectMany(term => term.Contingents)
            .Select(contingent => contingent.Until).Distinct().ToList();
        if (!known.Contains(condition)) return new Refusal("agreement.no_condition", known.Count == 0
            ? "No signed term of this agreement waits for anything."
            : $"No signed term waits for '{condition}'; there is: {string.Join("; ", known)}.");
        if (on > today) return new Refusal(
            "agreement.condition_future", "Say it when it has happened: the day lies in the future.");
        return state.Conditions.GetValueOrDefault(condition)?.TryGetValue(side, out var said) == true && said == on
            ? Array.Empty<AgreementFact>() : new AgreementFact.ConditionMet(condition, on, remark.Trim());
    }
}
