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
        // A million rows name a handful of series: each name is kept once.
        Dictionary<string, string> names = new(StringComparer.Ordinal);
        return new Measurements
        {
            Name = name,
            ListsOutagesOnly = listsOutagesOnly,
            Counts = await Rows("series, start, length, good, total, unknown, fields FROM measured_counts", "start",
                row => new CountRow(Series(row, 0), new CountBucket(
                    row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5)), Fields(Text(row, 6)))),
            States = await Rows("series, start, finish, state, reference, fields FROM measured_states", "start",
                row => new StateRow(
                    Series(row, 0), At(row.GetInt64(1)), At(Number(row, 2)), row.GetString(3), Text(row, 4), Fields(Text(row, 5)))),
            Checks = await Rows("series, at, state, place, retry, micros, fields FROM measured_checks", "at",
                row => new CheckRow(Series(row, 0), At(row.GetInt64(1)), row.GetString(2), Text(row, 3), row.GetInt64(4) != 0,
                    Number(row, 5), Fields(Text(row, 6)))),
            Values = await Rows("series, at, length, amount, count, low, fields FROM measured_values", "at",
                row => new ValueRow(Series(row, 0), At(row.GetInt64(1)), Duration.FromSeconds(row.GetInt64(2)),
                    Number(row.GetString(3)), row.GetInt64(4), Text(row, 5) is { } low ? Number(low) : null, Fields(Text(row, 6)))),
            Tickets = await Rows(
                "ticket, opened, responded, resolved, updates, pauses, priority, series, fields FROM measured_tickets",
                "opened, ticket", Ticket),
        };

        string Series(DbDataReader row, int column) =>
            names.TryGetValue(row.GetString(column), out var known) ? known : names[row.GetString(column)] = row.GetString(column);

        async Task<List<T>> Rows<T>(string what, string order, Func<DbDataReader, T> read)
        {
            await using var rows = await connection.ExecuteReaderAsync(
                new CommandDefinition($"SELECT {what} WHERE import = @import ORDER BY {order}", new { import }, cancellationToken: cancel));
            List<T> found = [];
            while (await rows.ReadAsync(cancel)) found.Add(read(rows));
            return found;
        }
    }

    private static TicketRow Ticket(DbDataReader row) => new(
        row.GetString(0), At(row.GetInt64(1)), At(Number(row, 2)), At(Number(row, 3)),
        [.. Words(Text(row, 4)).Select(text => At(long.Parse(text, CultureInfo.InvariantCulture)))],
        [.. Words(Text(row, 5)).Select(text => text.Split('/')).Select(ends => new Interval(
            At(long.Parse(ends[0], CultureInfo.InvariantCulture)),
            ends[1].Length == 0 ? null : At(long.Parse(ends[1], CultureInfo.InvariantCulture))))],
        Text(row, 6), Text(row, 7), Fields(Text(row, 8)));

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static long? Number(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

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
}
