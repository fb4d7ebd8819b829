using Entente.ServiceTime.Indicators;
using NodaTime;

namespace Entente.ServiceTime.Budgets;

/// <summary>One thing wrong in a set of alerts: which, a stable code, and a sentence a person can act on.</summary>
public sealed record AlertProblem(int Index, string Code, string Message);

/// <summary>Refuses alerts that can never do their work.</summary>
public static class BurnRateRules
{
    /// <summary>Every problem of the alerts of an objective; empty when all can fire.</summary>
    public static IReadOnlyList<AlertProblem> Check(IReadOnlyList<BurnRateAlert> alerts, decimal target,
        Duration window)
    {
        List<AlertProblem> problems = [];
        for (var i = 0; i < alerts.Count; i++)
        {
            var alert = alerts[i];
            if (alert.Factor <= 0) Refuse("alert.factor", "The factor must be above 0.");
            if (alert.ShortWindow <= Duration.Zero || alert.ShortWindow >= alert.LongWindow)
                Refuse("alert.windows", "The short window must be shorter than the long one, and longer than nothing.");
            if (alert.LongWindow > window) Refuse("alert.window",
                "The long window is longer than the objective's: nobody keeps what it asks for.");
            if (target >= 1m) Refuse("alert.budget", "A target of 100 % has no budget that could burn.");
            else if (!alert.CanFire(target))
                Refuse("alert.never", FormattableString.Invariant(
                    $"It can never fire: {alert.Factor:0.####} times the budget of {(1 - target) * 100:0.####} % is ")
                    + FormattableString.Invariant($"{alert.Threshold(target) * 100:0.##} % of all events. ")
                    + FormattableString.Invariant($"The factor must stay below {1 / (1 - target):0.##}."));
            if (alert.BudgetShare(window) > 1m)
                Refuse("alert.late", "It fires only after the whole budget is gone.");

            void Refuse(string code, string message) => problems.Add(new(i, code, message));
        }

        return problems;
    }
}

/// <summary>Guards for low traffic, both ways: no page for one failure among few, and no silence over a slow
/// trickle.</summary>
/// <param name="EventsMin">A window with fewer events does not burn by itself.</param>
/// <param name="BadMin">Nor does one with fewer failures.</param>
/// <param name="TrickleBad">So many failures within the long window burn, however few windows have events.</param>
public sealed record LowTrafficGuard(long EventsMin = 0, long BadMin = 0, long? TrickleBad = null)
{
    /// <summary>Whether the pair burns, from the counts of its two windows.</summary>
    public bool Burns(BurnRateAlert alert, Counts shortWindow, Counts longWindow, decimal target)
    {
        if (TrickleBad is { } trickle && longWindow.Bad >= trickle
            && alert.Burns(longWindow.Bad, longWindow.Total, target)) return true;
        return longWindow.Total >= EventsMin && longWindow.Bad >= BadMin
            && alert.Burns(shortWindow.Bad, shortWindow.Total, target)
                && alert.Burns(longWindow.Bad, longWindow.Total, target);
    }

    /// <summary>
    /// The ratio of a quiet window weighed by its traffic: ratio * (events of the window / usual events of such a
    /// window),
    /// at most the ratio itself. Source: the denominator-corrected rules of Sloth, pull request 459.
    /// </summary>
    public static decimal Corrected(Counts window, decimal usualEvents) => window.Total == 0 ? 0m
        : (decimal)window.Bad / window.Total * (usualEvents <= 0 ? 1m : Math.Min(1m, window.Total / usualEvents));
}
