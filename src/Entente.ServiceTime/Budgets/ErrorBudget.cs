using Entente.ServiceTime.Accounting;
using Entente.ServiceTime.Indicators;
using NodaTime;

namespace Entente.ServiceTime.Budgets;

/// <summary>What may still go wrong: allowed, spent and left, in events, in time and in money.</summary>
/// <remarks>allowed = (1 - target) * total; the burn rate is spent / allowed, 1 uses the budget up exactly at the
/// end.</remarks>
public sealed record ErrorBudget(Fraction Allowed, Fraction Spent)
{
    public Fraction Left => Allowed - Spent;

    /// <summary>None when the target leaves no budget at all.</summary>
    public Fraction? SpentShare => Allowed > Fraction.Zero ? Spent / Allowed : null;

    public static ErrorBudget Of(Counts counts, Fraction target) =>
        new((Fraction.One - target) * new Fraction(counts.Total, 1), new Fraction(counts.Bad, 1));

    /// <summary>What is left as a share of the window's time: how long everything could be bad.</summary>
    public Duration TimeLeft(Duration window, Fraction target) => SpentShare is { } spent
        ? Duration.FromSeconds((double)((Fraction.One - spent) * (Fraction.One - target))
            .ToDecimal(18) * window.TotalSeconds) : Duration.Zero;

    /// <summary>What is left of the money that the budget is worth.</summary>
    public decimal? MoneyLeft(decimal worth) => SpentShare is { } spent
        ? ((Fraction.One - spent) * Fraction.From(worth)).ToDecimal(2) : null;

    /// <summary>How fast a window uses the budget up: (bad / total) / (1 - target); none without events or
    /// budget.</summary>
    public static Fraction? BurnRate(Counts window, Fraction target) => window.Total == 0 || target >= Fraction.One
        ? null
        : new Fraction(window.Bad, window.Total) / (Fraction.One - target);

    /// <summary>When the budget is used up if it burns on like this; none when it does not burn.</summary>
    public Duration? TimeToExhaustion(Fraction burnRate, Duration window)
    {
        if (SpentShare is not { } spent || burnRate <= Fraction.Zero) return null;
        var share = Fraction.One - spent;
        return share <= Fraction.Zero ? Duration.Zero
            : Duration.FromSeconds((share / burnRate).ToDouble() * window.TotalSeconds);
    }
}
