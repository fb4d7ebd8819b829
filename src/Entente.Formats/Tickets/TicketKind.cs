using System.IO.Compression;
using System.Text;

namespace Entente.Formats.Tickets;

/// <summary>The kinds of file a ticket log comes in.</summary>
public enum TicketKind { Csv, Json, JsonLines, Xes, Xml, Workbook }

/// <summary>Looks at the first bytes of a file, opens compressed ones, and names what is no ticket log.</summary>
public static class TicketKinds
{
    private const int Peek = 4096;

    /// <summary>
    /// Opens a log and unpacks it where it is gzip; a stream that is not is given back from its start.
    /// </summary>
    public static Stream Unpack(Stream raw)
    {
        var buffered = new BufferedStream(raw, 1 << 16);
        var first = buffered.ReadByte();
        var second = buffered.ReadByte();
        buffered.Position = 0;
        return first == 0x1f && second == 0x8b
            ? new BufferedStream(new GZipStream(buffered, CompressionMode.Decompress), 1 << 16)
            : buffered;
    }

    /// <summary>
    /// The kind of a log by its content; what looks like something else is refused with the name of that.
    /// </summary>
    public static TicketKind Recognise(Stream unpacked, string name)
    {
        var bytes = new byte[Peek];
        var length = unpacked.ReadAtLeast(bytes, Peek, throwOnEndOfStream: false);
        if (length == 0) throw Refuse(name, "is empty");
        if (bytes is [(byte)'P', (byte)'K', 3, 4, ..]) return TicketKind.Workbook;
        if (FileKinds.Look(bytes.AsSpan(0, length)) is { } other) throw Refuse(name, $"looks like {other}");
        var text = Text(bytes.AsSpan(0, length)).TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        return text switch
        {
            "" => throw Refuse(name, "holds only blanks"),
            ['<', ..] => Markup(text, name),
            ['[', ..] => TicketKind.Json,
            ['{', ..] => IsOneObjectALine(text) ? TicketKind.JsonLines : TicketKind.Json,
            _ when text.StartsWith("BEGIN:VCALENDAR", StringComparison.OrdinalIgnoreCase) =>
                throw Refuse(name, "looks like an iCalendar file; holidays are read by the calendar commands"),
            _ when text.StartsWith("apiVersion:", StringComparison.Ordinal)
                || text.StartsWith("---", StringComparison.Ordinal) =>
                throw Refuse(name, "looks like YAML; a mapping is named with --mapping"),
            _ => TicketKind.Csv,
        };
    }

    private static TicketKind Markup(string text, string name) => text switch
    {
        _ when text.Contains("<html", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase) =>
            throw Refuse(name, "looks like a web page, perhaps the sign-in page of the tool; export the log again"),
        _ when text.Contains("urn:schemas-microsoft-com:office:spreadsheet", StringComparison.Ordinal) =>
            throw Refuse(name, "looks like an Excel 2003 workbook; save it as .xlsx or CSV"),
        _ when text.Contains("<log", StringComparison.Ordinal) => TicketKind.Xes,
        _ => TicketKind.Xml,
    };

    private static string Text(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xFF, 0xFE, ..] => Encoding.Unicode.GetString(bytes),
        [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode.GetString(bytes),
        _ => Encoding.UTF8.GetString(bytes),
    };

    /// <remarks>
    /// A first line that closes its braces is a record of its own; a file of one such line reads alike both ways.
    /// </remarks>
    private static bool IsOneObjectALine(string text)
    {
        var end = text.IndexOf('\n');
        var line = (end < 0 ? text : text[..end]).TrimEnd();
        if (!line.EndsWith('}')) return end < 0 && text.Length >= Peek;
        if (end >= 0 && text[end..].TrimStart() is { Length: > 0 } rest) return rest[0] == '{';
        return !line.Contains(":[{", StringComparison.Ordinal) && !line.Contains(": [{", StringComparison.Ordinal);
    }

    private static BadInputException Refuse(string name, string why) =>
        new(name, "ticket.kind", $"The file {why}.");
}
