using System.Security.Cryptography;
using Entente.Formats.Measurements;
using Entente.Formats.Tickets;
using Entente.Monitoring;
using Entente.Terms.Evaluation;
using NodaTime;

namespace Entente.Server.Monitoring;

/// <summary>How a file of measurements asks to be read.</summary>
/// <param name="Partial">Take the good rows although others are wrong; else none is taken.</param>
/// <param name="ShiftDays">Whole days by which every instant is moved, to place an old public log in our time.</param>
/// <param name="TimeZone">Zone of times that name none.</param>
/// <param name="Sheet">Of a workbook, the sheet to read; none takes the first one that has a header.</param>
public sealed record ReadingWish(
    string Name, bool Partial = false, int ShiftDays = 0, string? TimeZone = null, string? Sheet = null);

/// <summary>What a file gave.</summary>
/// <param name="Steps">The states that tickets entered, where the file tells them.</param>
public sealed record FileRead(
    Measurements Rows, string Sha256, int Refused, IReadOnlyList<Finding> Findings, IReadOnlyList<(string Ticket, CaseStep Step)> Steps);

/// <summary>Reads measurement files and ticket logs alike: a log that a shipped mapping knows is read as tickets, else by its columns.</summary>
public static class MeasurementReader
{
    /// <exception cref="BadInputException">Rows are wrong and the wish is not for the rest, or nothing can be read.</exception>
    public static FileRead Read(byte[] file, ReadingWish wish, Instant now)
    {
        var zone = wish.TimeZone is null ? null : DateTimeZoneProviders.Tzdb.GetZoneOrNull(wish.TimeZone)
            ?? throw new BadInputException("timeZone", "time.zone", $"expected an IANA zone such as Europe/Berlin, found \"{wish.TimeZone}\"");
        var (rows, findings, steps) = Tickets(file, wish, zone) ?? Measured(file, wish, zone);
        var shifted = Shifting.Move(rows, Duration.FromDays(wish.ShiftDays));
        var (past, future) = Shifting.Until(shifted, now);
        if (future > 0) findings = [.. findings, Finding.Error(wish.Name, "data.future",
            $"{Counted.Of(future, "row lies", "rows lie")} in the future, after {now}")];
        var refused = findings.Count(finding => finding.Severity == Severity.Error);
        if (refused > 0 && !wish.Partial) throw new BadInputException(findings);
        var taken = past.Tickets.Select(ticket => ticket.Id).ToHashSet(StringComparer.Ordinal);
        return new(past, Convert.ToHexStringLower(SHA256.HashData(file)), refused, findings, [.. steps.Where(one => taken.Contains(one.Ticket))
            .Select(one => (one.Ticket, one.Step with { At = one.Step.At + Duration.FromDays(wish.ShiftDays) }))]);
    }

    private static (Measurements Rows, IReadOnlyList<Finding> Findings, IReadOnlyList<(string Ticket, CaseStep Step)> Steps)? Tickets(
        byte[] file, ReadingWish wish, DateTimeZone? zone)
    {
        var log = new TicketFile(wish.Name, () => new MemoryStream(file, writable: false), wish.Sheet);
        if (log.Kind is TicketKind.Xml) return null;
        if (ShippedMappings.Recognise(log.Sample().Columns) is not { } mapping) return null;
        var import = new TicketImport(log, mapping, zone);
        var cases = TicketCase.Gather(import.Read());
        var rows = cases.Select(MeasuredTickets.Row).OfType<Terms.Evaluation.TicketRow>().ToList();
        return (new Measurements { Name = wish.Name, Tickets = rows },
        [
            .. import.Report.Notes.Select(note => Finding.Warning(wish.Name, "ticket.note", note)),
            .. import.Report.Dirty.Select(dirty => new Finding(
                dirty.Taken ? Severity.Warning : Severity.Error, $"line {dirty.Line}, column {dirty.Column ?? "?"}", dirty.Rule, dirty.Reason, dirty.Line)),
        ], [.. cases.SelectMany(one => one.States.Select(state => (one.Id, new CaseStep(state.At, state.State))))]);
    }

    private static (Measurements Rows, IReadOnlyList<Finding> Findings, IReadOnlyList<(string Ticket, CaseStep Step)> Steps) Measured(
        byte[] file, ReadingWish wish, DateTimeZone? zone)
    {
        using var stream = new MemoryStream(file, writable: false);
        var reading = MeasurementFile.Read(stream, wish.Name, zone, wish.Sheet);
        return (reading.Value ?? throw new BadInputException(reading.Findings), reading.Findings, []);
    }
}
