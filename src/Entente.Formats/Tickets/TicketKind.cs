using System.IO.Compression;
using System.Text;

namespace Entente.Formats.Tickets;

/// <summary>The kinds of text a ticket log comes in.</summary>
public enum TicketKind { Csv, Json, JsonLines, Xes, Xml }

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
        if (OtherKind(bytes.AsSpan(0, length)) is { } other) throw Refuse(name, other);
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
            throw Refuse(name, "looks like an Excel 2003 workbook; export it as CSV"),
        _ when text.Contains("<log", StringComparison.Ordinal) => TicketKind.Xes,
        _ => TicketKind.Xml,
    };

    private static string? OtherKind(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [(byte)'P', (byte)'K', 3, 4, ..] => "looks like an Excel workbook or another zip file; export it as CSV",
        [(byte)'P', (byte)'K', 5, 6, ..] => "looks like an empty zip file",
        [0xD0, 0xCF, 0x11, 0xE0, ..] => "looks like an old Excel workbook; export it as CSV",
        [(byte)'%', (byte)'P', (byte)'D', (byte)'F', ..] => "looks like a PDF; export the log as CSV",
        [0x89, (byte)'P', (byte)'N', (byte)'G', ..] or [0xFF, 0xD8, 0xFF, ..] => "looks like a picture",
        [(byte)'B', (byte)'Z', (byte)'h', ..] => "looks like bzip2; unpack it or pack it with gzip",
        [0xFD, (byte)'7', (byte)'z', (byte)'X', ..] => "looks like xz; unpack it or pack it with gzip",
        [0x28, 0xB5, 0x2F, 0xFD, ..] => "looks like zstd; unpack it or pack it with gzip",
        [(byte)'P', (byte)'A', (byte)'R', (byte)'1', ..] => "looks like a Parquet file; export it as CSV",
        [(byte)'S', (byte)'Q', (byte)'L', (byte)'i', ..] => "looks like an SQLite database; export a table as CSV",
        _ when IsBinary(bytes) => "is binary and of no kind that is known; CSV, JSON, JSON Lines, XES and XML are read",
        _ => null,
    };

    private static bool IsBinary(ReadOnlySpan<byte> bytes) =>
        !(bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..]) && bytes.Contains((byte)0);

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
