using Entente.Formats.Histories;
using NodaTime;

namespace Entente.Cli.Example;

/// <summary>A file of the example, and by how many days its instants are moved into our time.</summary>
public sealed record ExampleFile(string Name, byte[] Bytes, int ShiftDays = 0, string? TimeZone = null);

/// <summary>What the example is measured with: public logs of others where they lie beside the checkout, else the simulator's.</summary>
/// <param name="Label">Says on every page where the history comes from.</param>
public sealed record ExampleHistory(string Label, bool IsSimulated, IReadOnlyList<ExampleFile> Files)
{
    public const int Seed = 20260101;

    private static readonly LocalDate _ticketsBegin = new(2016, 3, 1);
    private static readonly LocalDate _incidentsEnd = new(2024, 12, 31);

    public static ExampleHistory Find(string? folder, LocalDate effective, Instant now)
    {
        folder ??= Beside();
        if (folder is null) return Simulate(now);
        var tickets = Path.Combine(folder, "uci_servicenow", "incident_event_log.csv.gz");
        var incidents = Path.Combine(folder, "github_status_history", "incidents.jsonl");
        foreach (var file in (string[])[tickets, incidents])
        {
            if (!File.Exists(file)) throw new FileNotFoundException($"The folder {folder} lacks {Path.GetRelativePath(folder, file)}.");
        }

        var today = now.InUtc().Date;
        return new(
            "Measured on public logs of others (ServiceNow incident log, UCI 498; GitHub status history), moved in time; companies and people are invented",
            IsSimulated: false,
            [
                new("status-incidents.jsonl", File.ReadAllBytes(incidents), Weeks(today, _incidentsEnd)),
                new("desk-tickets.csv.gz", File.ReadAllBytes(tickets), Weeks(effective, _ticketsBegin), "Europe/Lisbon"),
            ]);
    }

    public static ExampleHistory Simulate(Instant now)
    {
        var zone = DateTimeZoneProviders.Tzdb["Europe/Berlin"];
        var simulator = new HistorySimulator(Seed, now - Duration.FromDays(730), now);
        return new("Simulated history: companies, people and figures are invented", IsSimulated: true,
        [
            .. new[]
            {
                simulator.Incidents("status-incidents.jsonl", ExampleStory.Components),
                simulator.Tickets("desk-tickets.csv", zone, perDay: 24),
                simulator.Traffic("traffic-pipeline.csv", "pipeline", zone, perHour: 4000),
            }.Select(file => new ExampleFile(file.Name, file.Bytes)),
        ]);
    }

    /// <summary>Whole weeks between two days, so that weekdays stay weekdays.</summary>
    private static int Weeks(LocalDate to, LocalDate from) => Period.DaysBetween(from, to) / 7 * 7;

    private static string? Beside()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "Entente.slnx"))) continue;
            return ((string[])["../shared/data", "../../shared/data"]).Select(place => Path.GetFullPath(Path.Combine(folder.FullName, place)))
                .FirstOrDefault(place => Directory.Exists(Path.Combine(place, "uci_servicenow")));
        }

        return null;
    }
}
