namespace Entente.Documentation;

/// <summary>Decides how a charter is written and approved. Nothing else starts before its last approval.</summary>
public static class CharterRules
{
    public static Decision<CharterFact> Write(CharterState state, Actor by, Charter charter) =>
        by.Seat != Seat.ServiceLevelManager ? new Refusal("charter.chair_only", "Only the service level manager writes the charter.")
        : state.Charter == charter ? Array.Empty<CharterFact>()
        : new CharterFact.Written(charter);

    public static Decision<CharterFact> NameStakeholder(CharterState state, Actor by, string person, string name) =>
        by.Seat != Seat.ServiceLevelManager ? new Refusal("charter.chair_only", "Only the service level manager names stakeholders.")
        : state.Stakeholders.ContainsKey(person) ? Array.Empty<CharterFact>()
        : new CharterFact.StakeholderNamed(person, name);

    public static Decision<CharterFact> ReleaseStakeholder(CharterState state, Actor by, string person) =>
        by.Seat != Seat.ServiceLevelManager ? new Refusal("charter.chair_only", "Only the service level manager releases stakeholders.")
        : !state.Stakeholders.ContainsKey(person) ? new Refusal("charter.not_a_stakeholder", "This person is not a stakeholder of the charter.")
        : new CharterFact.StakeholderReleased(person);

    public static Decision<CharterFact> Approve(CharterState state, Actor by, int edition, string? via = null) =>
        Voice(state, by, edition) is { } refusal ? refusal
        : state.Stakeholders[by.Id].Approves ? Array.Empty<CharterFact>()
        : new CharterFact.Approved(edition, via);

    public static Decision<CharterFact> Object(CharterState state, Actor by, int edition, string reason, string? via = null) =>
        Voice(state, by, edition) is { } refusal ? refusal
        : string.IsNullOrWhiteSpace(reason) ? new Refusal("charter.reason_missing", "An objection needs a reason the others can answer.")
        : new CharterFact.Objected(edition, reason.Trim(), via);

    /// <summary>Hands a stakeholder's voice to somebody else who sits in the engagement.</summary>
    public static Decision<CharterFact> Delegate(CharterState state, Actor by, string to, string name, string? via = null) =>
        !state.Stakeholders.ContainsKey(by.Id) ? new Refusal("charter.not_a_stakeholder", "Only a named stakeholder hands their voice over.")
        : to == by.Id ? new Refusal("charter.delegate_self", "Hand your voice to somebody else.")
        : state.Stakeholders.ContainsKey(to) ? new Refusal("charter.delegate_speaks", $"{name} speaks for themselves already; choose somebody else.")
        : new CharterFact.Delegated(to, name, via);

    /// <summary>The refusal that every later step of the engagement gives while the charter is not approved; nothing when it is.</summary>
    public static Refusal? Blocks(CharterState state) =>
        state.IsApproved ? null
        : state.Charter is null ? new Refusal("charter.missing", "Write the process charter first: it opens the work.")
        : state.Stakeholders.IsEmpty ? new Refusal("charter.no_stakeholders", "Name the stakeholders who approve the charter first.")
        : new Refusal("charter.not_approved", $"The charter waits for {Waiting(state)}; nothing else starts before the last approval.");

    private static string Waiting(CharterState state) =>
        string.Join(", ", state.Stakeholders.Values.Where(voice => !voice.Approves).Select(voice => voice.Name));

    private static Refusal? Voice(CharterState state, Actor by, int edition) =>
        state.Charter is null ? new Refusal("charter.missing", "There is no charter to approve yet.")
        : !state.Stakeholders.ContainsKey(by.Id) ? new Refusal("charter.not_a_stakeholder", "Only a named stakeholder approves the charter or objects.")
        : edition != state.Edition ? new Refusal("charter.older_edition", $"Edition {edition} was replaced: read edition {state.Edition} first.")
        : null;
}
