using NodaTime;

namespace Entente.ServiceTime.Budgets;

/// <summary>The published burn-rate tables, with their exact factors.</summary>
/// <remarks>
/// A table that is written as shares of the budget gives other factors in another window (14.4 at 30 days is 13.44 at
/// 28 days); a table that is written as factors keeps them and gives other shares.
/// </remarks>
public static class BurnRatePresets
{
    public const string Page = "page";
    public const string Ticket = "ticket";

    /// <summary>The names that <see cref="Find"/> knows.</summary>
    public static IReadOnlyList<string> Names { get; } = ["google", "sloth", "pyrra", "grafana", "elastic"];

    /// <summary>A preset by its name, for an objective's window; null when the name is unknown.</summary>
    public static IReadOnlyList<BurnRateAlert>? Find(string name, Duration window) => name switch
    {
        "google" => Google(window),
        "sloth" => Sloth(window),
        "pyrra" => Pyrra(window),
        "grafana" => Grafana,
        "elastic" => Elastic,
        _ => null,
    };

    /// <summary>
    /// Google SRE workbook, table 5-8: 2 % in 1 h, 5 % in 6 h, 10 % in 3 d; 14.4, 6 and 1 at 30 days.
    /// </summary>
    public static IReadOnlyList<BurnRateAlert> Google(Duration window) =>
    [
        Share(5, 60, 0.02m, window, Page), Share(30, 360, 0.05m, window, Page), Share(360, 4320, 0.10m, window, Ticket),
    ];

    /// <summary>
    /// Sloth's catalogues: 2, 5, 10 and 10 % of the budget (14.4, 6, 3, 1 at 30 days; 13.44, 5.6, 2.8, 0.9333 at 28),
    /// and its own shares of 8, 12.5, 20 and 42 % for a week (13.44, 3.5, 1.4, 0.98).
    /// </summary>
    public static IReadOnlyList<BurnRateAlert> Sloth(Duration window) => window == Duration.FromDays(7)
        ? Four(0.08m, 0.125m, 0.20m, 0.42m, window)
        : Four(0.02m, 0.05m, 0.10m, 0.10m, window);

    /// <summary>
    /// Pyrra: factors 14, 7, 2 and 1; all windows and delays shrink and grow with the objective's window.
    /// </summary>
    /// <remarks>
    /// The table is written for 28 days and scaled by window / 28 d, rounded to minutes (half up). Pyrra rounds the
    /// short window of objectives under 2.8 days to zero; here it is never shorter than a minute.
    /// </remarks>
    public static IReadOnlyList<BurnRateAlert> Pyrra(Duration window)
    {
        return
        [
            new(Scaled(5), Scaled(60), 14m, Page, For: Scaled(2)),
            new(Scaled(30), Scaled(360), 7m, Page, For: Scaled(15)),
            new(Scaled(120), Scaled(1440), 2m, Ticket, For: Scaled(60)),
            new(Scaled(360), Scaled(5760), 1m, Ticket, For: Scaled(180)),
        ];

        Duration Scaled(int minutes)
        {
            var exact = minutes * (decimal)window.ToInt64Nanoseconds() / Duration.FromDays(28).ToInt64Nanoseconds();
            return Duration.FromMinutes(Math.Max(1, (long)Math.Round(exact, MidpointRounding.AwayFromZero)));
        }
    }

    /// <summary>Grafana SLO: 14.4, 6, 3 and 1 whatever the window is, compared with ≥.</summary>
    public static IReadOnlyList<BurnRateAlert> Grafana { get; } =
        [.. FixedFactors.Select(pair => pair with { Comparison = BurnRateComparison.AtLeast })];

    /// <summary>
    /// Elastic: 14.4, 6, 3 and 1 whatever the window is; the short window is a twelfth of the long one.
    /// </summary>
    public static IReadOnlyList<BurnRateAlert> Elastic { get; } = FixedFactors;

    private static BurnRateAlert[] FixedFactors =>
    [
        new(Duration.FromMinutes(5), Duration.FromHours(1), 14.4m, Page),
        new(Duration.FromMinutes(30), Duration.FromHours(6), 6m, Page),
        new(Duration.FromHours(2), Duration.FromHours(24), 3m, Ticket),
        new(Duration.FromHours(6), Duration.FromHours(72), 1m, Ticket),
    ];

    private static BurnRateAlert[] Four(
        decimal pageQuick, decimal pageSlow, decimal ticketQuick, decimal ticketSlow, Duration window) =>
    [
        Share(5, 60, pageQuick, window, Page), Share(30, 360, pageSlow, window, Page),
        Share(120, 1440, ticketQuick, window, Ticket), Share(360, 4320, ticketSlow, window, Ticket),
    ];

    private static BurnRateAlert Share(
        int shortMinutes, int longMinutes, decimal budgetShare, Duration window, string severity) =>
        BurnRateAlert.FromBudgetShare(
            Duration.FromMinutes(shortMinutes), Duration.FromMinutes(longMinutes), budgetShare, window, severity);
}
