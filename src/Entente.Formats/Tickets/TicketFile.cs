using Entente.Formats.Spreadsheets;
using Entente.Monitoring;

namespace Entente.Formats.Tickets;

/// <summary>A log that can be opened again and again: once to look at it, once to read it.</summary>
/// <param name="Open">Opens the raw bytes from their start; gzip is unpacked here.</param>
/// <param name="Sheet">Of a workbook, the sheet to read; none takes the first one that has a header.</param>
public sealed record TicketFile(string Name, Func<Stream> Open, string? Sheet = null)
{
    private const int SampleRows = 5_000;

    public TicketKind Kind => _kind ??= Recognise();

    private TicketKind? _kind;

    public static TicketFile At(string path, string? sheet = null) =>
        new(Path.GetFileName(path), () => File.OpenRead(path), sheet);

    /// <summary>
    /// The rows from the start; <paramref name="opened"/> is told the raw stream, whose position is the progress.
    /// </summary>
    public ITicketRows Rows(TicketMapping? mapping = null, Action<Stream>? opened = null)
    {
        var kind = Kind;
        var raw = Open();
        opened?.Invoke(raw);
        var text = TicketKinds.Unpack(raw);
        return kind switch
        {
            TicketKind.Csv => new DelimitedRows(text, Name),
            TicketKind.Workbook => Workbook.Read(text, Name).Rows(Sheet),
            TicketKind.Json or TicketKind.JsonLines => new JsonRows(text, Name, kind, mapping?.Rows, mapping?.Nested),
            TicketKind.Xes => new XesRows(text, Name),
            _ => new XmlRows(text, Name),
        };
    }

    /// <summary>The columns and the first rows, to recognise or guess what they mean.</summary>
    public (TicketColumns Columns, IReadOnlyList<string?[]> Rows) Sample(TicketMapping? mapping = null)
    {
        using var rows = Rows(mapping);
        List<string?[]> sample = [.. rows.Read().Where(row => row.Trouble is null).Take(SampleRows)
            .Select(row => row.Values)];
        return (rows.Columns, sample);
    }

    private TicketKind Recognise()
    {
        try
        {
            using var text = TicketKinds.Unpack(Open());
            return TicketKinds.Recognise(text, Name);
        }
        catch (InvalidDataException)
        {
            throw new BadInputException(Name, "ticket.gzip", "The gzip file is damaged.");
        }
    }
}
