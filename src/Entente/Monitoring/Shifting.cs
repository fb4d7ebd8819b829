using Entente.Terms.Evaluation;
using NodaTime;

namespace Entente.Monitoring;

/// <summary>Moves measured rows in time, and cuts off what has not happened yet.</summary>
public static class Shifting
{
    public static Measurements Move(Measurements rows, Duration by) => by == Duration.Zero ? rows : rows with
    {
        Counts = [.. rows.Counts.Select(row => row with { Bucket = row.Bucket with { Start = row.Bucket.Start + (long)by.TotalSeconds } })],
        States = [.. rows.States.Select(row => row with { Start = row.Start + by, End = row.End + by })],
        Checks = [.. rows.Checks.Select(row => row with { At = row.At + by })],
        Values = [.. rows.Values.Select(row => row with { At = row.At + by })],
        Tickets = [.. rows.Tickets.Select(row => row with
        {
            Opened = row.Opened + by,
            Responded = row.Responded + by,
            Resolved = row.Resolved + by,
            Updates = [.. row.Updates.Select(at => at + by)],
            Pauses = [.. row.Pauses.Select(pause => new Interval(pause.Start + by, pause.HasEnd ? pause.End + by : null))],
        })],
    };

    /// <summary>The rows that begin no later than <paramref name="now"/>, their later ends open, and how many rows did not.</summary>
    public static (Measurements Past, int Future) Until(Measurements rows, Instant now)
    {
        var past = rows with
        {
            Counts = [.. rows.Counts.Where(row => row.Bucket.Start <= now.ToUnixTimeSeconds())],
            States = [.. rows.States.Where(row => row.Start <= now).Select(row => row with { End = Past(row.End, now) })],
            Checks = [.. rows.Checks.Where(row => row.At <= now)],
            Values = [.. rows.Values.Where(row => row.At <= now)],
            Tickets = [.. rows.Tickets.Where(row => row.Opened <= now).Select(row => row with
            {
                Responded = Past(row.Responded, now),
                Resolved = Past(row.Resolved, now),
                Updates = [.. row.Updates.Where(at => at <= now)],
                Pauses = [.. row.Pauses.Where(pause => pause.Start <= now).Select(pause =>
                    new Interval(pause.Start, pause.HasEnd ? Past(pause.End, now) : null))],
            })],
        };
        return (past, Size(rows) - Size(past));
    }

    /// <summary>An end that has not come yet is open.</summary>
    private static Instant? Past(Instant? at, Instant now) => at <= now ? at : null;

    public static int Size(Measurements rows) =>
        rows.Counts.Count + rows.States.Count + rows.Checks.Count + rows.Values.Count + rows.Tickets.Count;
}
