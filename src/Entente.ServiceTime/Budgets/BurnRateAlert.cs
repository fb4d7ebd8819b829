using NodaTime;

namespace Entente.ServiceTime.Budgets;

/// <summary>How a burn rate is compared with its factor: strictly above it, or at it and above.</summary>
public enum BurnRateComparison { Above, AtLeast }

/// <summary>
/// One pair of a multi-window burn-rate alert: it burns when both the short and the long window use up the error
/// budget faster than <paramref name="Factor"/> times the even pace.
/// </summary>
/// <remarks>
/// Burn rate = (bad / total) / (1 − target); source: Google SRE workbook, chapter 5. The bad and total counts of a
/// window are compared by multiplication, so that the verdict is exact. A window without events does not burn.
/// </remarks>
/// <param name="ShortWindow">Makes the alert clear soon after the trouble ends.</param>
/// <param name="LongWindow">Makes sure that enough of the budget was used.</param>
/// <param name="Factor">Burn rate to exceed; 1 uses up the budget exactly at the end of the objective's window.</param>
/// <param name="Severity"><c>page</c> wakes somebody, <c>ticket</c> waits for the morning.</param>
/// <param name="Comparison">Sloth and Pyrra compare with &gt;, Grafana with ≥.</param>
/// <param name="For">How long the pair must burn without a break before it fires.</param>
public sealed record BurnRateAlert(
    Duration ShortWindow, Duration LongWindow, decimal Factor, string Severity,
    BurnRateComparison Comparison = BurnRateComparison.Above, Duration For = default)
{
    /// <summary>The ratio of bad events from which on a window burns: factor × (1 − target).</summary>
    public decimal Threshold(decimal target) => Factor * (1m - target);

    /// <summary>
    /// Whether any share of bad events can fire the alert; with low targets the threshold passes 100 %.
    /// </summary>
    /// <remarks>The condition is factor × (1 − target) &lt; 1, or ≤ 1 where the threshold itself fires.</remarks>
    public bool CanFire(decimal target) =>
        Comparison == BurnRateComparison.AtLeast ? Threshold(target) <= 1m : Threshold(target) < 1m;

    /// <summary>Whether one window burns, from its exact counts.</summary>
    public bool Burns(long bad, long total, decimal target)
    {
        if (total <= 0) return false;
        var limit = Threshold(target) * total;
        return Comparison == BurnRateComparison.AtLeast ? bad >= limit : bad > limit;
    }

    /// <summary>
    /// Share of the budget of <paramref name="window"/> that is gone when the long window just burns.
    /// </summary>
    public decimal BudgetShare(Duration window) => Factor * Seconds(LongWindow) / Seconds(window);

    /// <summary>
    /// The pair that fires when <paramref name="budgetShare"/> of the budget is used within its long window:
    /// factor = share × window / long window.
    /// </summary>
    public static BurnRateAlert FromBudgetShare(
        Duration shortWindow, Duration longWindow, decimal budgetShare, Duration window, string severity) =>
        new(shortWindow, longWindow, budgetShare * Seconds(window) / Seconds(longWindow), severity);

    private static decimal Seconds(Duration duration) => (decimal)duration.ToInt64Nanoseconds() / 1_000_000_000m;
}
