using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Dapper;
using Entente.ServiceTime.Indicators;
using Entente.Terms.Evaluation;
using NodaTime;

namespace Entente.Storage.Monitoring;

/// <summary>Keeps measured rows by import, each kind in its table, as counts and intervals and never as ratios.</summary>
public sealed class MeasurementStore(Database database)
{
    /// <summary>Writes the rows of one import inside the transaction of its fact.</summary>
    public static async Task Add(DbConnection connection, DbTransaction transaction, string import, Measurements rows)
    {
        await Insert("measured_counts (import, series, start, length, good, total, unknown, fields) VALUES (@import, @Series, @Start, @Length, @Good, @Total, "
            + "@Unknown, @fields)",
            rows.Counts.Select(row => new
            {
                import,
                row.Series,
                row.Bucket.Start,
                row.Bucket.Length,
                row.Bucket.Good,
                row.Bucket.Total,
                row.Bucket.Unknown,
                fields = Text(row.Fields)
            }));
        await Insert("measured_states (import, series, start, finish, state, reference, fields) VALUES (@import, @Series, @start, @finish, @State, @Id, "
            + "@fields)",
            rows.States.Select(row => new
            {
                import,
                row.Series,
                start = Seconds(row.Start),
                finish = Seconds(row.End),
                row.State,
                row.Id,
                fields = Text(row.Fields)
            }));
        await Insert("measured_checks (import, series, at, state, place, retry, micros, fields) VALUES (@import, @Series, @at, @State, @Place, @retry, "
            + "@Micros, @fields)",
            rows.Checks.Select(row => new
            {
                import,
                row.Series,
                at = Seconds(row.At),
                row.State,
                row.Place,
                retry = row.IsRetry ? 1L : 0L,
                row.Micros,
                fields = Text(row.Fields)
            }));
        await Insert("measured_values (import, series, at, length, amount, count, low, fields) VALUES (@import, @Series, @at, @length, @amount, @Count, @low, "
            + "@fields)",
            rows.Values.Select(row => new
            {
                import,
                row.Series,
                at = Seconds(row.At),
                length = (long)row.Length.TotalSeconds,
                amount = Text(row.Value),
                row.Count,
                low = row.Low is { } low ? Text(low) : null,
                fields = Text(row.Fields),
            }));
        await Insert("measured_tickets (import, ticket, opened, responded, resolved, updates, pauses, priority, series, fields) VALUES (@import, @Id, @opened, "
            + "@responded, @resolved, @updates, @pauses, @Priority, @Series, @fields)",
            rows.Tickets.Select(row => new
            {
                import,
                row.Id,
                opened = Seconds(row.Opened),
                responded = Seconds(row.Responded),
                resolved = Seconds(row.Resolved),
                updates = row.Updates.Count == 0 ? null : string.Join(' ', row.Updates.Select(at => Seconds(at))),
                pauses = row.Pauses.Count == 0 ? null : string.Join(
                    ' ', row.Pauses.Select(one => $"{Seconds(one.Start)}/{(one.HasEnd ? Seconds(one.End) : null)}")),
                row.Priority,
                row.Series,
                fields = Text(row.Fields),
            }));

        Task Insert(string into, IEnumerable<object> values) => connection.ExecuteAsync($"INSERT INTO {into}", values, transaction);
    }

    /// <summary>The rows of one import, as they were read from its file.</summary>
    public async Task<Measurements> Read(string import, string name, bool listsOutagesOnly, CancellationToken cancel = default)
    {
        await using var connection = await database.Open(cancel);
        var counts = await connection.QueryAsync<(string Series, long Start, long Length, long Good, long Total, long Unknown, string? Fields)>(
            "SELECT series, start, length, good, total, unknown, fields FROM measured_counts WHERE import = @import ORDER BY start", new { import });
        var states = await connection.QueryAsync<(string Series, long Start, long? Finish, string State, string? Reference, string? Fields)>(
            "SELECT series, start, finish, state, reference, fields FROM measured_states WHERE import = @import ORDER BY start", new { import });
        var checks = await connection.QueryAsync<(string Series, long At, string State, string? Place, long Retry, long? Micros, string? Fields)>(
            "SELECT series, at, state, place, retry, micros, fields FROM measured_checks WHERE import = @import ORDER BY at", new { import });
        var values = await connection.QueryAsync<(string Series, long At, long Length, string Amount, long Count, string? Low, string? Fields)>(
            "SELECT series, at, length, amount, count, low, fields FROM measured_values WHERE import = @import ORDER BY at", new { import });
        var tickets = await connection.QueryAsync<TicketCells>(
            """
            SELECT ticket AS Ticket, opened AS Opened, responded AS Responded, resolved AS Resolved, updates AS Updates, pauses AS Pauses,
                priority AS Priority, series AS Series, fields AS Fields
            FROM measured_tickets WHERE import = @import ORDER BY opened, ticket
            """, new { import });
        // A million rows name a handful of series: each name is kept once.
        Dictionary<string, string> names = new(StringComparer.Ordinal);
        return new Measurements
        {
            Name = name,
            ListsOutagesOnly = listsOutagesOnly,
            Counts = [.. counts.Select(row => new CountRow(
                Once(row.Series), new CountBucket(row.Start, row.Length, row.Good, row.Total, row.Unknown), Fields(row.Fields)))],
            States = [.. states.Select(row => new StateRow(Once(row.Series), At(row.Start), At(row.Finish), row.State, row.Reference, Fields(row.Fields)))],
            Checks = [.. checks.Select(row => new CheckRow(Once(row.Series), At(row.At), row.State, row.Place, row.Retry != 0, row.Micros, Fields(row.Fields)))],
            Values = [.. values.Select(row => new ValueRow(
                Once(row.Series), At(row.At), Duration.FromSeconds(row.Length), Number(row.Amount), row.Count, row.Low is { } low ? Number(low) : null,
                Fields(row.Fields)))],
            Tickets = [.. tickets.Select(Ticket)],
        };

        string Once(string series) => names.TryGetValue(series, out var known) ? known : names[series] = series;
    }

    private static TicketRow Ticket(TicketCells row) => new(
        row.Ticket, At(row.Opened), At(row.Responded), At(row.Resolved),
        [.. Words(row.Updates).Select(text => At(long.Parse(text, CultureInfo.InvariantCulture)))],
        [.. Words(row.Pauses).Select(text => text.Split('/')).Select(ends => new Interval(
            At(long.Parse(ends[0], CultureInfo.InvariantCulture)), ends[1].Length == 0 ? null : At(long.Parse(ends[1], CultureInfo.InvariantCulture))))],
        row.Priority, row.Series, Fields(row.Fields));

    private static string[] Words(string? text) => text?.Split(' ') ?? [];

    private static Instant At(long seconds) => Instant.FromUnixTimeSeconds(seconds);

    private static Instant? At(long? seconds) => seconds is { } known ? Instant.FromUnixTimeSeconds(known) : null;

    private static long Seconds(Instant at) => at.ToUnixTimeSeconds();

    private static long? Seconds(Instant? at) => at?.ToUnixTimeSeconds();

    private static string Text(decimal number) => number.ToString(CultureInfo.InvariantCulture);

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    private static string? Text(Fields fields) => fields.Count == 0 ? null : JsonSerializer.Serialize(fields.ToDictionary(), Json.Options);

    private static Fields Fields(string? text) =>
        text is null ? Terms.Evaluation.Fields.None : new Fields(JsonSerializer.Deserialize<Dictionary<string, string>>(text, Json.Options)!);

    private sealed class TicketCells
    {
        public string Ticket { get; init; } = "";

        public long Opened { get; init; }

        public long? Responded { get; init; }

        public long? Resolved { get; init; }

        public string? Updates { get; init; }

        public string? Pauses { get; init; }

        public string? Priority { get; init; }

        public string? Series { get; init; }

        public string? Fields { get; init; }
    }
}
