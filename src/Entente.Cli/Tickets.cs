using System.CommandLine;
using System.Diagnostics;
using Entente.Formats.Tickets;
using NodaTime;
using Spectre.Console;

namespace Entente.Cli;

/// <summary><c>entente tickets</c>: brings ticket logs of other tools in.</summary>
public static class Tickets
{
    private const int RowsShown = 20;

    public static Command Create()
    {
        var source = new TicketsSource();
        var save = new Option<FileInfo?>("--out")
        {
            Description = "Write the events as JSON Lines, for 'entente "
            + "clock replay'."
        };
        var partial = new Option<bool>("--partial")
        {
            Description = "Take the good rows although others had to be "
            + "left out."
        };
        var import = new Command("import", "Read a ticket log, report every row that is wrong, and write it as events.")
        {
            source.File, source.Mapping, source.TimeZone, source.Sheet, source.Guess, save, partial,
        };
        import.SetAction(result => Output.Guard(result, () =>
            Import(result, source.Open(result, mayGuess: false), result.GetValue(save), result.GetValue(partial))));
        return new("tickets",
            "Ticket logs of ServiceNow, Jira, Zammad, GLPI, iTop, and of any tool as CSV, JSON or XES.") { import };
    }

    private static int Import(ParseResult result, TicketsSource.Opened opened, FileInfo? save, bool partial)
    {
        var started = Stopwatch.GetTimestamp();
        var written = save is null ? 0 : Write(opened.Import, save, partial);
        if (save is null) foreach (var _ in opened.Import.Read(TicketsSource.Progress())) { }
        var taken = opened.Import.IsWhole || partial;
        Output.Write(result, Answer(opened, save, written, taken, Stopwatch.GetElapsedTime(started)), Show);
        if (taken) return 0;
        Console.Error.WriteLine(
            $"entente: {Counted.Of(opened.Import.Report.Refused, "row")} cannot be used, so nothing was taken; mend them, or take "
                + $"the rest with --partial.");
        return 1;
    }

    /// <remarks>
    /// Written beside its place and moved there at the end: a log that is refused leaves no half file behind.
    /// </remarks>
    private static int Write(TicketImport import, FileInfo save, bool partial)
    {
        var draft = save.FullName + ".part";
        var written = 0;
        try
        {
            using (var file = new BufferedStream(File.Create(draft), 1 << 16))
            using (var lines = new EventLines(file))
            {
                foreach (var happened in import.Read(TicketsSource.Progress()))
                {
                    lines.Write(happened);
                    written++;
                }
            }

            if (!import.IsWhole && !partial) return 0;
            File.Move(draft, save.FullName, overwrite: true);
            return written;
        }
        finally
        {
            File.Delete(draft);
        }
    }

    private static ImportAnswer Answer(
        TicketsSource.Opened opened, FileInfo? save, int written, bool taken, TimeSpan time)
    {
        var (import, report) = (opened.Import, opened.Import.Report);
        var found = import.Mapping.Roles().Select(role =>
            (role.Role, Places: ColumnNames.Find(import.Columns, role.Column)))
            .Where(role => role.Places.Length > 0)
            .ToDictionary(role => role.Role, role =>
                string.Join(" + ", role.Places.Select(place => import.Columns.Names[place])));
        return new(opened.File.Name, opened.File.Kind, import.Mapping.Name, opened.IsGuess, import.Shape,
            import.Zone.Id, taken,
            report.Rows, report.Events, report.Cases, report.From, report.To, report.Refused, report.Duplicates,
                report.Counts,
            found, report.Notes, report.Dirty, taken && save is not null ? save.FullName : null, written,
            Math.Round((decimal)time.TotalSeconds, 3));
    }

    private static void Show(IAnsiConsole console, ImportAnswer answer)
    {
        console.WriteLine($"{answer.File}: {Counted.Of(answer.Rows, "row")}, {Counted.Of(answer.Events, "event")} of {Counted.Of(answer.Cases, "case")}, "
            + $"read as {answer.Mapping} ({answer.Format}, {answer.TimeZone}) in {answer.Seconds} s.");
        if (answer.From is { } from && answer.To is { } to) console.WriteLine($"From {from} to {to}.");
        foreach (var note in answer.Notes) console.WriteLine($"Note: {note}");
        foreach (var (rule, count) in answer.Counts) console.WriteLine($"{rule}: {count}");
        if (answer.BadRows.Count > 0)
        {
            var table = new Table().AddColumns("Line", "Column", "Reason", "Taken");
            foreach (var bad in answer.BadRows.Take(RowsShown))
                table.AddRow($"{bad.Line}", Markup.Escape(bad.Column ?? ""), Markup.Escape(bad.Reason), bad.Taken
                    ? "yes" : "no");
            console.Write(table);
            if (answer.BadRows.Count > RowsShown) console.WriteLine($"… and {answer.BadRows.Count - RowsShown} "
                + $"more: --json lists all.");
        }

        if (answer.Out is { } saved) console.WriteLine($"{Counted.Of(answer.Written, "event")} written to {saved}.");
    }

    /// <summary>
    /// The answer of an import. <c>taken</c> is false where rows had to be left out and nobody said <c>--partial</c>.
    /// </summary>
    private sealed record ImportAnswer(
        string File, TicketKind Format, string Mapping, bool Guessed, TicketShape Shape, string TimeZone, bool Taken,
        int Rows, int Events, int Cases, Instant? From, Instant? To, int Refused, int Duplicates,
        IReadOnlyDictionary<string, int> Counts, IReadOnlyDictionary<string, string> Columns,
            IReadOnlyList<string> Notes,
        IReadOnlyList<DirtyRow> BadRows, string? Out, int Written, decimal Seconds);
}
