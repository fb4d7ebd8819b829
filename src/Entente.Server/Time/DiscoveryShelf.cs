using Entente.Documentation;
using Entente.Formats.Tickets;
using Entente.Monitoring;
using Entente.Server.Documentation;
using Entente.Server.Monitoring;
using Entente.ServiceTime.Discovery;
using Entente.Storage.Monitoring;
using Microsoft.AspNetCore.Http;
using NodaTime;

namespace Entente.Server.Time;

/// <summary>Logs that were brought in, ready to be explained again.</summary>
public sealed class DiscoveryShelf(MeasurementDesk measurements, HistoryShelf history, CaseStore steps, CatalogueDesk catalogue)
{
    public async Task<IReadOnlyList<Import>> Logs(string engagement) =>
        [.. (await measurements.Read(engagement)).State.InUse.Where(import => import.Kinds.Contains("tickets"))];

    public async Task<IReadOnlyList<CatalogueEntry>> Services(string engagement) => [.. (await catalogue.Read(engagement)).State.Current];

    public async Task<string> NameOf(string engagement, string import) => (await Get(engagement, import)).Name;

    /// <summary>Explains an imported log by a column that its rows still carry.</summary>
    public async Task<IReadOnlyList<Discovered>> Explain(HttpContext http, WorkRoom room, string engagement, string import, IFormCollection form)
    {
        var found = await Get(engagement, import);
        var (verdict, duration, group) = (Field("verdict"), Field("duration"), Field("group"));
        var column = (verdict, duration) switch
        {
            ({ } one, null) => one,
            (null, { } one) => one,
            _ => throw new BadInputException("verdict", "discover.column", "expected either the column of the verdict or the column of the open time"),
        };
        var rows = (await history.Take(found)).Tickets;
        var happened = await steps.ReadAll(found.Id);
        var observed = rows.Select(row => (Observe(row, happened[row.Id]), row.Fields.Find(column))).ToList();
        if (rows.Count > 0 && rows.All(row => row.Fields.Find(column) is null))
            throw new BadInputException(verdict is null ? "duration" : "verdict", "discover.column",
                $"the log has no column '{column}'; it has: {string.Join(", ", rows[0].Fields.ToDictionary().Keys.Take(40))}");
        return await room.Run(http, goOn => new DiscoveryQuestion(verdict, duration, group).Explain(
            DiscoverySource.Groups(observed, verdict, duration, row => group is null ? DiscoverySource.All : rows[row].Fields.Find(group)
                ?? DiscoverySource.None,
                ["opened", "responded", "resolved"], DateTimeZone.Utc), found.Name, (_, _) => goOn()));

        string? Field(string name) => form[name].ToString().Trim() is { Length: > 0 } text ? text : null;
    }

    private static ObservedCase Observe(Terms.Evaluation.TicketRow row, IEnumerable<CaseStep> happened)
    {
        Dictionary<string, Instant> moments = new(StringComparer.Ordinal) { ["opened"] = row.Opened };
        if (row.Responded is { } responded) moments["responded"] = responded;
        if (row.Resolved is { } resolved) moments["resolved"] = resolved;
        List<(Instant At, string State)> states = [.. happened.Select(step => (step.At, step.State))];
        foreach (var (at, state) in states)
        {
            moments.TryAdd($"first {state}", at);
            moments[$"last {state}"] = at;
        }

        return new(row.Id, moments, states);
    }

    private async Task<Import> Get(string engagement, string import) =>
        (await Logs(engagement)).FirstOrDefault(one => one.Id == import)
        ?? throw new BadInputException("import", "import.unknown", "expected a ticket log that was brought in");
}
