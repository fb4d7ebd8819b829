using Entente.ServiceTime.Accounting;
using Entente.ServiceTime.Objectives;
using NodaTime;

namespace Entente.Terms.Evaluation;

/// <summary>The error budget of a share that must be at least something.</summary>
public static class Budgeted
{
    /// <summary>allowed = (1 − target) × total; spent = total − good; burn rate = spent share of the time that has
    /// gone.</summary>
    public static BudgetResult? Of(Attainment attained, Objective? objective, bool isShare, Span period)
    {
        if (objective is not { MoreIsBetter: true } || !isShare || attained.Attained is not { } share
            || attained.Total == Fraction.Zero) return null;
        var allowed = (Fraction.One - Fraction.From(objective.Value)) * attained.Total;
        var spent = (Fraction.One - share) * attained.Total;
        var part = allowed > Fraction.Zero ? spent / allowed : (Fraction?)null;
        var left = allowed - spent;
        var seconds = attained.Unit == "seconds" ? left : left / attained.Total * new Fraction(period.Length, 1);
        return new BudgetResult(allowed.ToDecimal(6), spent.ToDecimal(6), left.ToDecimal(6), part?.ToDecimal(6),
            part?.ToDecimal(6),
            attained.Unit is "seconds" or "slices" ? Duration.FromSeconds((long)seconds.ToDecimal(0)) : null);
    }
}
