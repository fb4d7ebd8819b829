using System.Collections.Immutable;
using NodaTime;

namespace Entente.Documentation;

/// <summary>Where the charter stands: its current edition and what each stakeholder said of it.</summary>
public sealed record CharterState : IState<CharterState, CharterFact>
{
    public static CharterState Empty { get; } = new();

    public Charter? Charter { get; init; }

    /// <summary>One-based number of the current text; 0 before the first.</summary>
    public int Edition { get; init; }

    /// <summary>Every text there was, in order.</summary>
    public ImmutableList<Charter> Editions { get; init; } = [];

    public ImmutableSortedDictionary<string, CharterVoice> Stakeholders { get; init; } = ImmutableSortedDictionary.Create<string,
        CharterVoice>(StringComparer.Ordinal);

    public bool IsApproved => Charter is not null && !Stakeholders.IsEmpty && Stakeholders.Values.All(voice => voice.Approves);

    public Instant? ApprovedAt => IsApproved ? Stakeholders.Values.Max(voice => voice.At) : null;

    public CharterState Apply(CharterFact fact, Stamp stamp) => fact switch
    {
        CharterFact.Written written => this with
        {
            Charter = written.Charter,
            Edition = Edition + 1,
            Editions = Editions.Add(written.Charter),
            Stakeholders = Stakeholders.ToImmutableSortedDictionary(
                voice => voice.Key, voice => voice.Value with { Approves = false, Objection = null, At = null }, StringComparer.Ordinal),
        },
        CharterFact.StakeholderNamed named => this with
        {
            Stakeholders = Stakeholders.SetItem(named.Person, CharterVoice.Unheard(named.Person, named.Name)),
        },
        CharterFact.StakeholderReleased released => this with { Stakeholders = Stakeholders.Remove(released.Person) },
        CharterFact.Approved => Heard(stamp, approves: true, reason: null),
        CharterFact.Delegated delegated => this with
        {
            Stakeholders = Stakeholders.Remove(stamp.By).SetItem(
                delegated.To, CharterVoice.Unheard(delegated.To, delegated.Name) with { For = Stakeholders[stamp.By].For ?? Stakeholders[stamp.By].Name }),
        },
        CharterFact.Objected objected => Heard(stamp, approves: false, objected.Reason),
        _ => this,
    };

    private CharterState Heard(Stamp stamp, bool approves, string? reason) => this with
    {
        Stakeholders = Stakeholders.SetItem(stamp.By, Stakeholders[stamp.By] with
        {
            Approves = approves,
            Objection = reason,
            At = stamp.At,
            ApprovedEdition = approves ? Edition : Stakeholders[stamp.By].ApprovedEdition,
        }),
    };
}

/// <summary>What one stakeholder said of the current edition.</summary>
public sealed record CharterVoice(string Person, string Name, bool Approves, string? Objection, Instant? At)
{
    /// <summary>The last edition this person approved: what changed since is what they are asked about; 0 for none.</summary>
    public int ApprovedEdition { get; init; }

    /// <summary>Whose voice this is, when it was handed over.</summary>
    public string? For { get; init; }

    public bool IsHeard => At is not null;

    public static CharterVoice Unheard(string person, string name) => new(person, name, Approves: false, Objection: null, At: null);
}
