using Entente.Terms;
using NodaTime;

namespace Entente.Negotiation;

/// <summary>What became of accounting's cost model. It lies in a stream of its own that wakes nobody's page.</summary>
public abstract record CostFact
{
    private CostFact() { }

    /// <param name="EffectiveFrom">From this day on it rules; earlier days keep the version before.</param>
    public sealed record Written(CostModel Model, LocalDate EffectiveFrom) : CostFact;

    /// <summary>Accounting lets a further party read the model: what it costs is no secret to it any more.</summary>
    public sealed record Opened(Seat To) : CostFact;

    /// <summary>The most that a package may cost to provide by the month; none lifts the limit.</summary>
    public sealed record Limited(Money? Limit, string? Reason = null) : CostFact;
}
