using System.Text.Json.Serialization;
using Entente.Bargaining;
using Entente.Bargaining.Issues;
using Entente.Bargaining.Preferences;

namespace Entente.Negotiation;

/// <summary>A term of a practice table: its options, and how much going from the first to the last matters to each
/// side.</summary>
/// <param name="Options">From what the provider likes best to what the customer likes best.</param>
public sealed record RehearsalTerm(string Title, IReadOnlyList<string> Options,
    [property: JsonIgnore] double ProviderWeight, [property: JsonIgnore] double CustomerWeight);

/// <summary>A situation to practise in; the terms have the shape of published service level agreements, the parties are
/// invented.</summary>
public sealed record RehearsalScenario(string Key, string Title, string Story, IReadOnlyList<RehearsalTerm> Terms)
{
    /// <summary>What no agreement is worth to either side, in points of 100.</summary>
    private const double WalkAway = 0.25;

    public static IReadOnlyList<RehearsalScenario> All { get; } =
    [
        new("cloud", "Cloud hosting", "A retailer moves its shop to a hosting provider before the season.",
        [
            new("Monthly uptime", ["99.5 %", "99.9 %", "99.95 %", "99.99 %"], 30, 15),
            new("Restore time, priority 1", ["8 h", "4 h", "2 h", "1 h"], 12, 35),
            new("Support hours", ["Mon-Fri 9-17", "Mon-Sat 7-22", "24x7"], 28, 10),
            new("Service credit below target", ["5 %", "10 %", "25 %"], 10, 15),
            new("Monthly charge", ["EUR 48000", "EUR 46000", "EUR 44000", "EUR 42000"], 20, 25),
        ]),
        new("desk", "Service desk", "A hospital asks its IT department for a service desk that nurses can reach.",
        [
            new("First response, urgent", ["2 h", "1 h", "30 min", "15 min"], 20, 30),
            new("Resolution, urgent", ["2 business days", "8 h", "4 h"], 25, 20),
            new("Solved at first contact", ["60 %", "70 %", "80 %"], 10, 15),
            new("Hours", ["Mon-Fri 8-18", "every day 6-22", "24x7"], 30, 25),
            new("Tickets a month up to", ["800", "1000", "1200"], 15, 10),
        ]),
        new("network", "Wide area network", "A logistics firm renews the lines to its sites.",
        [
            new("Availability per site", ["99.7 %", "99.9 %", "99.95 %"], 25, 20),
            new("Packet loss at most", ["1 %", "0.5 %", "0.1 %"], 10, 25),
            new("Mean time to repair", ["8 h", "6 h", "4 h"], 20, 25),
            new("Installation of a new site", ["60 days", "45 days", "30 days"], 25, 10),
            new("Term of the contract", ["36 months", "24 months", "12 months"], 20, 20),
        ]),
        new("database", "Managed database", "A bank moves its ledgers to a managed database that must not lose a posting.",
        [
            new("Monthly uptime", ["99.9 %", "99.95 %", "99.99 %"], 30, 20),
            new("Data lost at most", ["15 min", "5 min", "1 min"], 15, 35),
            new("Restore time", ["8 h", "4 h", "1 h"], 20, 20),
            new("Maintenance window", ["8 h a month", "4 h a month", "2 h a month"], 25, 10),
            new("Service credit below target", ["10 %", "25 %", "50 %"], 10, 15),
        ]),
        new("mail", "Office and mail", "A city rents office software for its schools.",
        [
            new("Monthly uptime", ["99.5 %", "99.9 %", "99.95 %"], 20, 20),
            new("First response, critical", ["4 h", "1 h", "30 min"], 25, 15),
            new("Support language", ["English", "English and German"], 15, 30),
            new("Price per account and month", ["EUR 6", "EUR 5", "EUR 4"], 30, 20),
            new("Notice of a change", ["14 days", "30 days", "90 days"], 10, 15),
        ]),
    ];

    internal Bargain Bargain()
    {
        var space = new Space([.. Terms.Select(term => Issue.Discrete(term.Title, term.Options))]);
        return new Bargain(space, Side("provider", term => term.ProviderWeight, falling: true),
            Side("customer", term => term.CustomerWeight, falling: false));

        Preference Side(string name, Func<RehearsalTerm, double> weight, bool falling)
        {
            var total = Terms.Sum(weight);
            return new Preference(name, [.. Terms.Select(
                term => (IReadOnlyList<double>)[.. term.Options.Select((_, v) =>
                weight(term) / total * (falling ? 1 - Share(term, v) : Share(term, v)))])])
            { Reservation = WalkAway };
        }

        static double Share(RehearsalTerm term, int option) => option / (term.Options.Count - 1.0);
    }
}
