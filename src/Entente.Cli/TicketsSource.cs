using System.CommandLine;
using System.Diagnostics;
using Entente.Formats.Tickets;
using NodaTime;

namespace Entente.Cli;

/// <summary>The options that say which log to read and what its columns mean, alike for import and discovery.</summary>
public sealed class TicketsSource
{
    public Argument<FileInfo> File { get; } = new("FILE")
    {
        Description = "The log: CSV, a workbook, JSON, JSON Lines, XES or "
        + "XML; gzip is read as it is."
    };

    public Option<FileInfo> Tickets { get; } = new("--tickets") { Description = "The ticket log.", Required = true };

    public Option<string?> Mapping { get; } = new("--mapping")
    {
        Description = "A mapping file, or the name of a shipped one: "
            + string.Join(", ", ShippedMappings.All.Select(mapping => mapping.Name)) + ".",
    };

    public Option<string?> TimeZone { get; } = new("--time-zone")
    {
        Description = "IANA zone of times that say no "
        + "offset (default UTC)."
    };

    public Option<string?> Sheet { get; } = new("--sheet")
    {
        Description = "Of a workbook, the sheet to read; none takes the first one that has a header."
    };

    public Option<bool> Guess { get; } = new("--guess")
    {
        Description = "Trust the guessed mapping of a log that no "
        + "shipped mapping fits."
    };

    /// <summary>
    /// Opens the log. A guess is refused unless it was confirmed or <paramref name="mayGuess"/> is set.
    /// </summary>
    public Opened Open(ParseResult result, bool mayGuess)
    {
        var info = result.GetResult(Tickets) is null ? result.GetValue(File)! : result.GetValue(Tickets)!;
        if (Directory.Exists(info.FullName)) throw new BadInputException(info.Name, "ticket.kind",
            "This is a folder; a file is expected.");
        if (!info.Exists) throw new FileNotFoundException($"There is no file '{info.FullName}'.");
        var file = TicketFile.At(info.FullName, result.GetValue(Sheet));
        var choice = result.GetValue(Mapping) is { } named ? new(Named(named), false, []) : MappingGuess.Choose(file);
        if (choice.IsGuess && !mayGuess && !result.GetValue(Guess))
            throw new BadInputException(file.Name, "ticket.guess",
                "No shipped mapping fits. This one is guessed; confirm it with --guess, or save and mend it for "
                    + "--mapping:\n"
                + choice.Mapping.ToYaml());
        if (choice.IsGuess) Console.Error.WriteLine("entente: the columns were guessed: "
            + string.Join("; ", choice.Reasons));
        return new(file, new(file, choice.Mapping, Zone(result.GetValue(TimeZone))), choice.IsGuess);
    }

    /// <summary>Tells rows and share on standard error, at most twice a second.</summary>
    public static Action<ImportProgress> Progress()
    {
        var last = Stopwatch.GetTimestamp();
        return progress =>
        {
            if (Stopwatch.GetElapsedTime(last).TotalSeconds < 0.5) return;
            last = Stopwatch.GetTimestamp();
            Console.Error.WriteLine(FormattableString.Invariant($"entente: {Counted.Of(progress.Rows, "row")}, {progress.Share:P0}"));
        };
    }

    private static TicketMapping Named(string mapping)
    {
        if (System.IO.File.Exists(mapping)) return TicketMapping.Parse(System.IO.File.ReadAllText(mapping),
            Path.GetFileName(mapping));
        return ShippedMappings.Find(mapping) ?? throw new BadInputException("--mapping", "mapping.unknown",
            $"There is neither a file '{mapping}' nor a shipped mapping of this name ("
            + string.Join(", ", ShippedMappings.All.Select(shipped => shipped.Name)) + ").");
    }

    private static DateTimeZone? Zone(string? id) => id is null ? null
        : DateTimeZoneProviders.Tzdb.GetZoneOrNull(id)
            ?? throw new BadInputException("--time-zone", "time.zone",
                $"There is no time zone '{id}'; an IANA name such as Europe/Berlin is expected.");

    public sealed record Opened(TicketFile File, TicketImport Import, bool IsGuess);
}
