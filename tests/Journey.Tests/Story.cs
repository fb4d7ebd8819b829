using NodaTime;

namespace Entente.Journey.Tests;

/// <summary>What the four people of the journey want and measure; every door tells the same story.</summary>
/// <remarks>Ann mediates, Pia sits for Acme IT (provider), Cem for Globex (customer), Fee is accounting.</remarks>
internal static class Story
{
    public const string Password = "a horse that staples";
    public const string Month = "2026-04";

    /// <summary>An outage of 72 minutes in a month of 720 hours: 99.8333 % are attained.</summary>
    public const string Outages = "series,start,end\ncheckout,2026-04-10T09:00:00Z,2026-04-10T10:12:00Z\n";

    /// <summary>Three tickets, one of which was solved too late for four hours.</summary>
    public const string Tickets =
        """
        id,opened_at,first_response_at,resolved_at,priority
        T1,2026-04-07T09:00:00Z,2026-04-07T09:10:00Z,2026-04-07T11:00:00Z,P1
        T2,2026-04-14T09:00:00Z,2026-04-14T09:20:00Z,2026-04-14T15:30:00Z,P1
        T3,2026-04-21T13:00:00Z,2026-04-21T13:05:00Z,2026-04-21T14:00:00Z,P2

        """;

    public const string Uptime = "checkout.uptime";
    public const string Restore = "checkout.restore";
    public const string Charge = "checkout.charge";

    public static Instant Begins { get; } = Instant.FromUtc(2026, 3, 2, 9, 0);

    /// <summary>When April has passed and its report is due.</summary>
    public static Instant AfterApril { get; } = Instant.FromUtc(2026, 5, 2, 9, 0);

    /// <summary>The terms of a side, as the room's form and as REST take them.</summary>
    public static IReadOnlyList<Dictionary<string, string>> Terms(string uptime, string within, string charge) =>
    [
        new() { ["kind"] = "availability", ["key"] = Uptime, ["title"] = "The shop is open", ["target"] = uptime },
        new()
        {
            ["kind"] = "ticketClock", ["key"] = Restore, ["title"] = "Restored quickly", ["clock"] = "resolution",
            ["within"] = within,
        },
        new() { ["kind"] = "charge", ["key"] = Charge, ["title"] = "Monthly charge", ["amount"] = charge },
    ];

    public static IReadOnlyList<Dictionary<string, string>> Asked { get; } = Terms(">= 99.95 %", "2 h", "EUR 42000");

    public static IReadOnlyList<Dictionary<string, string>> Offered { get; } = Terms(">= 99.8 %", "6 h", "EUR 45800");

    public static Dictionary<string, string> Package(string uptime, string within, string charge) =>
        new() { [Uptime] = uptime, [Restore] = within, [Charge] = charge };

    public static Dictionary<string, string> FirstOffer { get; } = Package("99.8 %", "6 h", "EUR 45000");

    public static Dictionary<string, string> Counter { get; } = Package("99.9 %", "4 h", "EUR 44500");
}
