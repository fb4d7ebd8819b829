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
        CharterFact.Written written => (this with
        {
            Charter = written.Charter,
            Edition = Edition + 1,
            Editions = Editions.Add(written.Charter),
        }).AskedAgain(),
        CharterFact.StakeholderNamed named => With(CharterVoice.Unheard(named.Person, named.Name)),
        CharterFact.StakeholderReleased released => this with { Stakeholders = Stakeholders.Remove(released.Person) },
        CharterFact.Approved approved => With(Stakeholders[stamp.By] with
        {
            Objection = null,
            At = stamp.At,
            ApprovedEdition = Edition,
            ApprovedAt = stamp.At,
            Via = approved.Via,
        }),
        CharterFact.Delegated delegated => (this with { Stakeholders = Stakeholders.Remove(stamp.By) }).With(Stakeholders[stamp.By] with
        {
            Person = delegated.To,
            Name = delegated.Name,
            For = Stakeholders[stamp.By].For ?? Stakeholders[stamp.By].Name,
            HandedOverVia = delegated.Via,
            Objection = null,
            At = Stakeholders[stamp.By].Approves ? Stakeholders[stamp.By].At : null,
        }),
        CharterFact.Objected objected => Objected(Stakeholders[stamp.By], objected, stamp.At),
        _ => this,
    };

    /// <remarks>Whoever objects to a text they had approved takes that approval back; otherwise what they approved before stays.</remarks>
    private CharterState Objected(CharterVoice voice, CharterFact.Objected objected, Instant at) => With(voice with
    {
        ApprovedEdition = voice.Approves ? 0 : voice.ApprovedEdition,
        Objection = objected.Reason,
        At = at,
        Via = objected.Via,
    });

    /// <remarks>An objection was to the older text. Whoever is asked nothing new keeps the approval and when it was given.</remarks>
    private CharterState AskedAgain() => Stakeholders.Values.Aggregate(this, (state, voice) =>
    {
        var asked = state.With(voice with { Objection = null, At = voice.ApprovedAt });
        return asked.Stakeholders[voice.Person].Approves ? asked
            : asked.With(asked.Stakeholders[voice.Person] with { At = null, Via = null });
    });

    /// <summary>Sets a voice, and what it is still asked about: the sections that differ from the edition it approved last.</summary>
    private CharterState With(CharterVoice voice)
    {
        var pending = Charter is null ? default
            : CharterDifference.Sections(voice.ApprovedEdition == 0 ? null : Editions[voice.ApprovedEdition - 1], Charter);
        var approves = Charter is not null && voice is { ApprovedEdition: > 0, Objection: null } && pending.Count == 0;
        return this with { Stakeholders = Stakeholders.SetItem(voice.Person, voice with { Approves = approves, Pending = pending }) };
    }
}

/// <summary>What one stakeholder said of the current edition.</summary>
public sealed record CharterVoice(string Person, string Name, bool Approves, string? Objection, Instant? At)
{
    /// <summary>The last edition this person approved: what changed since is what they are asked about; 0 for none.</summary>
    public int ApprovedEdition { get; init; }

    public Instant? ApprovedAt { get; init; }

    /// <summary>The sections that this person is still asked to approve.</summary>
    public ValueList<CharterSection> Pending { get; init; }

    /// <summary>How the last word came, when it was not said while signed in.</summary>
    public string? Via { get; init; }

    /// <summary>Whose voice this is, when it was handed over.</summary>
    public string? For { get; init; }

    /// <summary>How it was handed over, when that was not done while signed in.</summary>
    public string? HandedOverVia { get; init; }

    public bool IsHeard => At is not null;

    public static CharterVoice Unheard(string person, string name) => new(person, name, Approves: false, Objection: null, At: null);
}
