using NodaTime;

namespace Entente.Terms;

/// <summary>How a term is measured: which data, which part of it, and what in it is good.</summary>
public sealed record Measure
{
    /// <summary>Key of a data source of the agreement.</summary>
    public string? Source { get; init; }

    /// <summary>Names of the series (component, site, check); empty takes the term's service, then its key.</summary>
    public IReadOnlyList<string> Series { get; init; } = [];

    /// <summary>Fields a row must have to be counted: any of the values named for each field.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Where { get; init; } =
        new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>States, or impacts of incidents, that count as down; none takes those of the accounting
    /// policy.</summary>
    public IReadOnlyList<string>? Down { get; init; }

    /// <summary>Partial degradation: the share of each second that a state takes away, from 0 to 1.</summary>
    public IReadOnlyDictionary<string, decimal> Weights { get; init; } = new Dictionary<string, decimal>();

    /// <summary>How several series become one; none means that one down is all down.</summary>
    public Combination? Combine { get; init; }
}

/// <summary>How members make a whole: all needed, any one, k of n, a weighted mean, or the worst of them.</summary>
public enum CombinationKind { Serial, Parallel, KOfN, Weighted, Worst }

/// <summary>What a member without data does to the whole.</summary>
public enum LateMember { Unknown, Ignore, Good, Bad }

/// <summary>A composite over series: the kind, and what it needs to be computed.</summary>
/// <param name="K">How many members must be up, for k of n.</param>
/// <param name="Weights">Weight of each series by name, for the weighted mean; 1 where none is named.</param>
public sealed record Combination(CombinationKind Kind, int? K = null, IReadOnlyDictionary<string, decimal>? Weights =
    null)
{
    public LateMember Late { get; init; }
}

/// <summary>Budgeting by slices of time, as OpenSLO defines it.</summary>
public enum SlicingKind { Timeslices, RatioTimeslices }

/// <param name="Length">Length of a slice; slices are aligned to the epoch.</param>
/// <param name="Target">The share of good in a slice from which the slice is good; not used for ratio
/// timeslices.</param>
public sealed record Slicing(SlicingKind Kind, Duration Length, Objective? Target = null);

/// <summary>Up to how much work a promise holds, and what becomes of it beyond.</summary>
public sealed record WorkloadBound(decimal Max, string Of, TermPeriod? Per = null, Beyond Beyond = Beyond.Excluded);

/// <summary>Beyond the bound: the surplus is not counted, the whole promise is void, or nothing changes but a
/// note.</summary>
public enum Beyond { Excluded, Void, BestEffort }
