namespace Entente;

/// <summary>A rule says no: a stable code and one sentence a person can act on. Doors answer 409 or 422.</summary>
public sealed record Refusal(string Code, string Message);

/// <summary>What a rule answers: facts to record, in order, or a refusal. Never both.</summary>
public readonly struct Decision<TFact>
{
    private readonly IReadOnlyList<TFact>? _facts;

    private Decision(IReadOnlyList<TFact>? facts, Refusal? refusal) => (_facts, Refusal) = (facts, refusal);

    public Refusal? Refusal { get; }

    public bool IsRefused => Refusal is not null;

    /// <summary>The facts to record; may be empty when the command changes nothing.</summary>
    public IReadOnlyList<TFact> Facts =>
        _facts ?? throw new InvalidOperationException($"The decision is a refusal: {Refusal?.Code}.");

    public static implicit operator Decision<TFact>(TFact fact) => new([fact], refusal: null);

    public static implicit operator Decision<TFact>(TFact[] facts) => new(facts, refusal: null);

    public static implicit operator Decision<TFact>(List<TFact> facts) => new(facts, refusal: null);

    public static implicit operator Decision<TFact>(Refusal refusal) => new(facts: null, refusal);
}
