using Entente.ServiceTime.Accounting;

namespace Entente.ServiceTime.Credits;

/// <summary>One step of a ladder: what is given back while the basis lies between two ends, each in or out.</summary>
/// <param name="Share">A share of the fee (0.1 for 10 %), or none.</param>
/// <param name="Amount">Money, or none.</param>
/// <param name="Step">Given once for each full step of the basis (of the length of an outage, of the shortfall), or
/// once.</param>
public sealed record CreditTier(
    Fraction? Low, bool LowIn, Fraction? High, bool HighIn, decimal? Share, decimal? Amount, Fraction? Step = null,
        string? Name = null)
{
    public bool Contains(Fraction basis) =>
        (Low is not { } low || basis > low || (LowIn && basis == low))
        && (High is not { } high || basis < high || (HighIn && basis == high));
}

/// <summary>A credit ladder with its limits and its rounding.</summary>
public sealed record CreditSchedule(IReadOnlyList<CreditTier> Tiers)
{
    public decimal? CapShare { get; init; }

    public decimal? CapAmount { get; init; }

    /// <summary>A smaller credit is not paid; with <see cref="MinExclusive"/>, one of just this size neither.</summary>
    public decimal Min { get; init; }

    public bool MinExclusive { get; init; }

    public int MoneyDecimals { get; init; } = 2;

    public RoundingMode Rounding { get; init; }

    /// <summary>The credit for these values of the basis: one attained share, or each outage of the period.</summary>
    /// <param name="fee">What a share is a share of; none leaves the credit as a share.</param>
    /// <param name="inForce">The part of the period in which the agreement ran, for a fee in proportion.</param>
    public Credit Of(IEnumerable<Fraction> bases, decimal? fee, Fraction? inForce = null)
    {
        var (share, amount) = (Fraction.Zero, Fraction.Zero);
        List<CreditHit> hits = [];
        foreach (var basis in bases)
        {
            var tiers = Tiers.Where(tier => tier.Contains(basis)).ToArray();
            if (tiers.Length == 0) continue;
            // Where a contract's bands overlap, the customer gets the better one, and the lint tells both sides.
            var best = tiers.MaxBy(tier => (tier.Share ?? 0, tier.Amount ?? 0))!;
            var times = best.Step is { } step ? Floor(basis / step) : 1;
            share += Fraction.From(best.Share ?? 0) * new Fraction(times, 1);
            amount += Fraction.From(best.Amount ?? 0) * new Fraction(times, 1);
            hits.Add(new CreditHit(basis, best, times, tiers.Length > 1));
        }

        return Limited(share, amount, fee is { } whole ? Fraction.From(whole) * (inForce ?? Fraction.One) : null, hits);
    }

    private Credit Limited(Fraction share, Fraction amount, Fraction? fee, IReadOnlyList<CreditHit> hits)
    {
        var capped = false;
        if (CapShare is { } cap && share > Fraction.From(cap)) (share, capped) = (Fraction.From(cap), true);
        if (fee is null && share > Fraction.Zero) return new Credit(share, null, capped, false, hits);
        var money = amount + share * (fee ?? Fraction.Zero);
        var limit = CapAmount is { } most ? Fraction.From(most) : (Fraction?)null;
        if (CapShare is { } part && fee is { } of && (limit is null || Fraction.From(part) * of < limit)) limit =
            Fraction.From(part) * of;
        if (limit is { } top && money > top) (money, capped) = (top, true);
        var rounded = money.Round(MoneyDecimals, Rounding);
        var least = Fraction.From(Min);
        var tooSmall = rounded > Fraction.Zero && (rounded < least || (MinExclusive && rounded == least));
        return new Credit(share, tooSmall ? 0m : rounded.ToDecimal(MoneyDecimals), capped, tooSmall, hits);
    }

    private static long Floor(Fraction value) => (long)(value.Numerator / value.Denominator);
}

/// <summary>Why a credit is what it is.</summary>
/// <param name="Basis">The attained share, the length of an outage in seconds, the number of breaches.</param>
/// <param name="InSeveral">The basis lay in more than one band.</param>
public sealed record CreditHit(Fraction Basis, CreditTier Tier, long Times, bool InSeveral);

/// <summary>What is given back: the share of the fee, and the money where the fee is known.</summary>
/// <param name="Capped">A cap took something away.</param>
/// <param name="TooSmall">It was not paid because it is too small.</param>
public sealed record Credit(Fraction Share, decimal? Amount, bool Capped, bool TooSmall, IReadOnlyList<CreditHit> Hits)
{
    public bool IsNone => Amount is null or 0m && (Share == Fraction.Zero || TooSmall);
}

/// <summary>Credits that are given back to the provider when the periods after them were good enough.</summary>
public static class EarnBack
{
    /// <summary>For each period, whether its credit was earned back by the so many periods that follow it.</summary>
    /// <param name="enough">For each period in order: it attained what earns back; none where that is unknown.</param>
    public static IReadOnlyList<bool?> Earned(IReadOnlyList<bool?> enough, int periods)
    {
        var earned = new bool?[enough.Count];
        for (var i = 0; i < earned.Length; i++)
        {
            var after = enough.Skip(i + 1).Take(periods).ToArray();
            earned[i] = after.Contains(false) ? false : after.Length < periods || after.Contains(null) ? null : true;
        }

        return earned;
    }
}
