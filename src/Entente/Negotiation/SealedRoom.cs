using Entente.Terms;

namespace Entente.Negotiation;

/// <summary>What a side wrote in its sealed room. The ledger keeps the cipher alone.</summary>
public abstract record SealedRoomFact
{
    private SealedRoomFact() { }

    public sealed record Written(string Cipher) : SealedRoomFact;

    /// <summary>What an agreed offer brought the party, when it was agreed.</summary>
    public sealed record Certified(string Offer, string Cipher) : SealedRoomFact;
}

/// <summary>The newest cipher of a sealed room.</summary>
public sealed record SealedRoomState : IState<SealedRoomState, SealedRoomFact>
{
    public static SealedRoomState Empty { get; } = new();

    public string? Cipher { get; init; }

    /// <summary>By offer: what it brought the party, still a cipher.</summary>
    public System.Collections.Immutable.ImmutableSortedDictionary<string, string> Certificates { get; init; } =
        System.Collections.Immutable.ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>Identifier of a side's room at a table. It does not begin with the engagement: no beat of it reaches
    /// others.</summary>
    public static string Id(string table, Side side) => Id(table, side.Seat);

    public static string Id(string table, Seat seat) => $"{seat.Words}.{table}";

    public SealedRoomState Apply(SealedRoomFact fact, Stamp stamp) => fact switch
    {
        SealedRoomFact.Written written => this with { Cipher = written.Cipher },
        SealedRoomFact.Certified certified => this with { Certificates = Certificates.SetItem(certified.Offer, certified.Cipher) },
        _ => this,
    };
}

/// <summary>What one side wants, in confidence: how much each term matters, how far it may go, and what it would rather
/// sign.</summary>
public sealed record SidePreference
{
    public static SidePreference Empty { get; } = new();

    /// <summary>Points from 0 to 100 for lifting a term from its worst option to its best.</summary>
    public IReadOnlyDictionary<string, int> Swings { get; init; } = new Dictionary<string, int>();

    public IReadOnlyDictionary<string, Playbook> Playbooks { get; init; } = new Dictionary<string, Playbook>();

    public ValueList<GivenAnswer> Answers { get; init; }

    /// <summary>Keys of terms, from the one whose whole range matters most to the one that matters least; a term that is
    /// not named is not ranked.</summary>
    public ValueList<string> Ranking { get; init; }

    /// <summary>What no agreement is worth, in points from 0 (the worst package) to 100 (the best).</summary>
    public int WalkAway { get; init; }

    /// <summary>Words for one's own side.</summary>
    public string? Notes { get; init; }

    /// <summary>What the system takes it to want by what is known in money, before it says anything; computed anew, never
    /// kept.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public FirstPreference? First { get; init; }

    /// <summary>Whether the side has said anything that the engine may rely on.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsSaid => Swings.Count > 0 || Playbooks.Count > 0 || Answers.Count > 0 || Ranking.Count > 0 || WalkAway > 0;

    /// <summary>Terms put in order: points that were given before no longer count.</summary>
    public SidePreference Ranked(IEnumerable<string> terms) =>
        this with { Ranking = terms.ToValueList(), Swings = new Dictionary<string, int>() };

    /// <summary>Points given: an order of the terms that says otherwise no longer counts.</summary>
    public SidePreference Weighed(IReadOnlyDictionary<string, int> swings) => this with
    {
        Swings = swings,
        Ranking = Ranking.Zip(Ranking.Skip(1)).All(pair =>
            swings.GetValueOrDefault(pair.First, Middle) >= swings.GetValueOrDefault(pair.Second, Middle)) ? Ranking : default,
    };

    /// <summary>Points of a term that nothing is said of.</summary>
    internal const int Middle = 50;
}

/// <summary>What a side prefers, accepts, and would rather walk away than pass, for one term.</summary>
/// <param name="Clause">The wording the side brings for it.</param>
public sealed record Playbook(
    TermValue? Preferred = null, TermValue? Acceptable = null, TermValue? WalkAway = null, string? Clause = null);

/// <summary>Which of two packages a side would rather sign.</summary>
public enum Rather { First, Second, Either }

/// <summary>A term that goes from one value to another.</summary>
public sealed record TermStep(string Term, TermValue From, TermValue To);

public sealed record GivenAnswer(
    IReadOnlyDictionary<string, TermValue> First, IReadOnlyDictionary<string, TermValue> Second, Rather Choice);
