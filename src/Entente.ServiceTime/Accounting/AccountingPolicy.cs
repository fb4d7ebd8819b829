using NodaTime;

namespace Entente.ServiceTime.Accounting;

/// <summary>How figures are made of measurements: a dated version, named on every result.</summary>
/// <remarks>Two monitors with the same data differ by what stands here, so it is written down and never a default in
/// code.</remarks>
public sealed record AccountingPolicy
{
    /// <summary>What an agreement gets that says nothing.</summary>
    public static AccountingPolicy Standard { get; } = new();

    public string Version { get; init; } = "standard-1";

    /// <summary>From when this version rules, in the agreement's zone; a period takes the version of its first
    /// day.</summary>
    public LocalDate? EffectiveFrom { get; init; }

    public Denominator Denominator { get; init; }

    public Missing Missing { get; init; }

    public ZeroTraffic ZeroTraffic { get; init; }

    /// <summary>A check's state holds until the next one, at most this long; none means until the next one.</summary>
    public Duration? StaleAfter { get; init; }

    /// <summary>An outage needs so many failed checks in a row, and then counts from the first of them.</summary>
    public int Confirmations { get; init; } = 1;

    /// <summary>How many places must see it down at once; none means a single one.</summary>
    public int? Quorum { get; init; }

    /// <summary>Checks marked as retries are observations too (for time), and events too (for counts).</summary>
    public bool CountRetries { get; init; }

    /// <summary>A shorter outage does not count at all.</summary>
    public Duration OutageMin { get; init; } = Duration.Zero;

    /// <summary>States that take a whole second away, as the data spell them, in lower case.</summary>
    public IReadOnlyList<string> Down { get; init; } = ["down", "critical", "major", "outage", "unavailable"];

    /// <summary>States that take part of a second away: 0.5 means half.</summary>
    public IReadOnlyDictionary<string, decimal> Degraded { get; init; } = new Dictionary<string, decimal>();

    /// <summary>States in which nothing is known.</summary>
    public IReadOnlyList<string> Unknown { get; init; } = ["unknown", "pending", "nodata"];

    /// <summary>States that are excluded as planned work.</summary>
    public IReadOnlyList<string> Maintenance { get; init; } = ["maintenance"];

    /// <summary>Which period a case belongs to.</summary>
    public CaseBelongs CasesBy { get; init; }

    /// <summary>Decimals, in per cent, to which the attained share is rounded before it is compared; none compares
    /// exactly.</summary>
    public int? Decimals { get; init; }

    public RoundingMode Rounding { get; init; }

    /// <summary>Decimals of a credit in its currency.</summary>
    public int MoneyDecimals { get; init; } = 2;

    public RoundingMode MoneyRounding { get; init; }

    /// <summary>The attained number as the contract compares it.</summary>
    public Fraction AsCompared(Fraction attained, bool isShare) =>
        Decimals is { } decimals ? attained.Round(isShare ? decimals + 2 : decimals, Rounding) : attained;
}

/// <summary>What a share of time is a share of.</summary>
/// <remarks>
/// ServiceHours: open time less what is excluded. MeasuredTime: of that, what was measured.
/// ContractPeriod: the whole period as the contract counts it; what is excluded is not downtime and stays in the total.
/// </remarks>
public enum Denominator { ServiceHours, ContractPeriod, MeasuredTime }

/// <summary>What time without data is.</summary>
public enum Missing { Unknown, Good, Bad, Excluded }

/// <summary>What a slice, or a period, without events is.</summary>
public enum ZeroTraffic { Unknown, Good, Bad }

/// <summary>By which of its instants a case belongs to a period.</summary>
public enum CaseBelongs { Opened, Stopped }
