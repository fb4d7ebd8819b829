using Entente.Bargaining;
using Entente.Bargaining.Issues;
using Entente.Bargaining.Solutions;

namespace Entente.Formats.Bargaining;

/// <summary>A package in words and what it is worth to each party.</summary>
public sealed record PackageAnswer(IReadOnlyList<double> Utilities, IReadOnlyList<int> Package,
    IReadOnlyDictionary<string, string> Values)
{
    public static PackageAnswer From(Bargain bargain, Package package) =>
        new(bargain.Utilities(package), package.Values, bargain.Space.Describe(package));
}

/// <param name="CommonGainBound">No package gives every party at once more than this share of its own range.</param>
public sealed record CertifyAnswer(PackageAnswer Package, bool Efficient, bool Proved, PackageAnswer? Dominating,
    double CommonGainBound, double Seconds);

/// <param name="Measures">Distances and shares, each by one definition; null where the contract zone is empty.</param>
/// <param name="FrontierExact">Whether the frontier behind the distance is whole.</param>
public sealed record MeasureAnswer(PackageAnswer Package, DealMeasures? Measures, bool FrontierExact, double Seconds);

/// <param name="Improvement">Null when nothing improves on the package for all.</param>
/// <param name="Explanation">What the improvement gives and takes, a sentence for each party.</param>
public sealed record ImproveAnswer(
    PackageAnswer From, PackageAnswer? Improvement, IReadOnlyList<double>? Gains, int Changes, bool Proved,
        IReadOnlyList<string> Explanation, double Seconds);

/// <param name="ContractZone">Null: the run stopped before it knew.</param>
/// <param name="Smallest">Limits that cannot be met together, none of which can be left out; empty where a package
/// meets all.</param>
public sealed record ConflictsAnswer(bool? ContractZone, IReadOnlyList<Boundary> Smallest, bool Proved, double Seconds);

/// <param name="Between">The two parties that trade.</param>
/// <param name="Trades">The best first: what the first party gives and takes, and what both gain.</param>
public sealed record TradesAnswer(PackageAnswer From, IReadOnlyList<string> Between, IReadOnlyList<TradeAnswer> Trades,
    double Seconds);

public sealed record TradeAnswer(PackageAnswer Package, Change FirstGives, Change FirstTakes,
    IReadOnlyList<double> Gains);

/// <param name="Package">Null where even the best package leaves nothing to share.</param>
/// <param name="Transfers">What each party receives, or pays where below zero; they sum to zero.</param>
/// <param name="Gains">What each party has more than without agreement, in money.</param>
public sealed record TransferAnswer(IReadOnlyList<string> Parties, PackageAnswer? Package, IReadOnlyList<double>? Transfers,
    IReadOnlyList<double>? Gains, double? Surplus, bool Proved, double Seconds);

/// <param name="Target">What each package is worth to the party, within a hundredth of its range.</param>
public sealed record MesoAnswer(string Party, double Target, IReadOnlyList<PackageAnswer> Packages, double Seconds);

public sealed record ExplainAnswer(PackageAnswer From, PackageAnswer To, IReadOnlyList<ExplainedParty> Parties);

public sealed record ExplainedParty(string Party, double Total, IReadOnlyList<Change> Gains,
    IReadOnlyList<Change> Concessions, string Words);

/// <param name="Time">Units of negotiation time until it is signed.</param>
public sealed record ValueAnswer(IReadOnlyList<LotteryPart> Lottery, double Time, IReadOnlyList<ValuedParty> Parties);

public sealed record LotteryPart(double Probability, PackageAnswer Package);

/// <param name="Expected">The mean utility.</param>
/// <param name="Certainty">The sure utility that is as good to this party, by its attitude to risk.</param>
/// <param name="Discounted">The same after the time of the negotiation.</param>
/// <param name="AboveDisagreement">Whether it beats no agreement.</param>
public sealed record ValuedParty(string Party, double Expected, double Certainty, double Discounted,
    bool AboveDisagreement);
