using System.Text.Json.Serialization;

namespace Entente.Terms;

/// <summary>What a credit depends on.</summary>
/// <remarks>
/// Attainment: the attained share or number. Breaches: how many cases or terms missed in the period.
/// OutageLength: each outage in minutes, one credit for each. Downtime: minutes of downtime in the period.
/// Shortfall: percentage points below the target.
/// </remarks>
public enum CreditBasis { Attainment, Breaches, OutageLength, Downtime, Shortfall }

/// <summary>What the customer gets back, by bands.</summary>
public sealed record CreditLadder
{
    public CreditBasis By { get; init; }

    public required IReadOnlyList<CreditBand> Bands { get; init; }

    /// <summary>The fee a share is taken of, when no <see cref="Term.Charge"/> of the agreement says it.</summary>
    public Money? Of { get; init; }

    /// <summary>Key of the charge term a share is taken of; none takes the only one for the service.</summary>
    public string? Charge { get; init; }

    /// <summary>The most that is given back in a period: a share of the fee, or money.</summary>
    public CreditAmount? Cap { get; init; }

    /// <summary>The least that is paid: a smaller credit is none.</summary>
    public Money? Min { get; init; }

    /// <summary>A credit must be greater than <see cref="Min"/>, not only reach it.</summary>
    public bool MinExclusive { get; init; }

    /// <summary>How long after the period's end the customer may claim; none means it needs no claim.</summary>
    public TimeLimit? ClaimWithin { get; init; }

    /// <summary>The fee is taken in proportion when the agreement ran for part of the period.</summary>
    public bool Prorated { get; init; }

    public EarnBack? EarnBack { get; init; }

    /// <summary>What the provider is paid on top for doing better; bands of attainment.</summary>
    public IReadOnlyList<CreditBand> Rewards { get; init; } = [];
}

/// <param name="When">The band the basis must lie in.</param>
/// <param name="Credit">What is given back then.</param>
public sealed record CreditBand(Band When, CreditAmount Credit, string? Note = null);

/// <summary>The credit is given back to the provider when the following periods attain this.</summary>
/// <param name="Periods">How many following periods must attain it.</param>
public sealed record EarnBack(Objective Target, int Periods);

/// <summary>
/// A credit: a share of the fee (<c>10 %</c>) or money (<c>EUR 500</c>), once or for each step
/// (<c>5 % per 30 min</c>, <c>EUR 50 per breach</c>, <c>1 % per 0.1 %</c>).
/// </summary>
[JsonConverter(typeof(TextJson<CreditAmount>))]
public sealed record CreditAmount(Share? Share, Money? Money, string? Per = null) : ITextual<CreditAmount>
{
    public static string Expected => "a credit such as 10 %, EUR 500, \"5 % per 30 min\" or \"EUR 50 per breach\"";

    public override string ToString() =>
        $"{(Share is { } share ? share.ToString() : Money.ToString())}{(Per is null ? "" : $" per {Per}")}";

    public static bool TryParse(string text, out CreditAmount value)
    {
        value = new CreditAmount(null, null);
        var parts = text.Split(" per ", 2, StringSplitOptions.TrimEntries);
        var per = parts.Length == 2 ? parts[1] : null;
        if (per is not (null or "breach") && !TimeLimit.TryParseDuration(per, out _)
            && !Terms.Share.TryParse(per, out _)) return false;
        if (Terms.Share.TryParse(parts[0], out var share)) value = new CreditAmount(share, null, per);
        else if (Terms.Money.TryParse(parts[0], out var money)) value = new CreditAmount(null, money, per);
        else return false;
        return true;
    }
}
