using System.IO.Compression;
using System.Text.Json;
using Entente.Formats.Spreadsheets;
using Entente.Terms.Evaluation;
using NodaTime;
using TableRow = Entente.Formats.Tickets.TicketRow;

namespace Entente.Formats.Measurements;

/// <summary>A file of measurements: counts, intervals, checks, values, tickets or incidents, in CSV, a workbook, JSON
/// Lines or JSON.</summary>
/// <remarks>What it holds is told by its columns, not by its name; gzip is seen by its first bytes.</remarks>
public static class MeasurementFile
{
    /// <param name="sheet">Of a workbook, the sheet to read; none takes the first one that has a header.</param>
    public static Reading<Entente.Terms.Evaluation.Measurements> Read(
        Stream stream, string name, DateTimeZone? zone = null, string? sheet = null)
    {
        var log = new MeasurementLog(name, zone ?? DateTimeZone.Utc);
        try
        {
            var rows = new RowBuilder(log);
            var (unpacked, isWorkbook) = Unpacked(stream);
            if (isWorkbook)
            {
                SheetRows(unpacked, name, sheet, rows, log);
                return new(rows.Build(name), log.Findings);
            }

            using var reader = new StreamReader(unpacked);
            while (char.IsWhiteSpace((char)Math.Max(0, reader.Peek()))) reader.Read();
            switch (reader.Peek())
            {
                case -1:
                    log.Error("line 1", "The file is empty.");
                    break;
                case '{' or '[':
                    JsonRows(reader, rows, log);
                    break;
                default:
                    CsvRows(reader, rows, log);
                    break;
            }

            return new(rows.Build(name), log.Findings);
        }
        catch (BadInputException bad)
        {
            return new(null, [.. log.Findings, .. bad.Findings]);
        }
        catch (InvalidDataException bad)
        {
            log.Error("file", bad.Message);
            return new(null, log.Findings);
        }
    }

    private static (Stream Whole, bool IsWorkbook) Unpacked(Stream stream)
    {
        var buffered = new BufferedStream(stream, 1 << 16);
        Span<byte> magic = stackalloc byte[2];
        var count = buffered.ReadAtLeast(magic, 2, throwOnEndOfStream: false);
        Stream whole = stream.CanSeek ? Rewound(stream) : new Rejoined(magic[..count].ToArray(), buffered);
        return magic[..count] is [0x1f, 0x8b] ? (new GZipStream(whole, CompressionMode.Decompress), false)
            : (whole, magic[..count] is [(byte)'P', (byte)'K']);
    }

    private static Stream Rewound(Stream stream)
    {
        stream.Position = 0;
        return stream;
    }

    private static void CsvRows(StreamReader reader, RowBuilder rows, MeasurementLog log)
    {
        var csv = new CsvLines(reader);
        if (csv.Read() is { } header) TableRows(header, Lines(), rows, log);

        IEnumerable<TableRow> Lines()
        {
            while (csv.Read() is { } cells) yield return new(csv.Line, cells, cells.Length == header.Length ? null
                : $"Expected {header.Length} columns as in the header, found {cells.Length}.");
        }
    }

    /// <remarks>The row of the sheet stands where a text file has its line.</remarks>
    private static void SheetRows(Stream workbook, string name, string? sheet, RowBuilder rows, MeasurementLog log)
    {
        using var table = Workbook.Read(workbook, name).Rows(sheet);
        TableRows([.. table.Columns.Names], table.Read().Select(row => row with
        {
            Values = [.. row.Values.Select(value => value ?? "")],
        }), rows, log);
        foreach (var (_, message) in table.Notes) log.Warning($"sheet {table.Sheet}", message);
    }

    private static void TableRows(string[] header, IEnumerable<TableRow> table, RowBuilder rows, MeasurementLog log)
    {
        var index = header.Select((name, i) => (name, i)).DistinctBy(pair => pair.name)
            .ToDictionary(pair => pair.name, pair => pair.i);
        var words = Columns.Resolve(header);
        if (!rows.Begin(words, header)) return;
        foreach (var (line, cells, trouble) in table)
        {
            if (log.IsFull) return;
            if (trouble is not null) log.Error($"line {line}", trouble, line);
            else rows.Add(new Record(
                line, words, name => index.TryGetValue(name, out var i) ? cells[i] : null, null, log));
        }
    }

    private static void JsonRows(StreamReader reader, RowBuilder rows, MeasurementLog log)
    {
        var line = 1;
        if (reader.Peek() == '[')
        {
            if (Parse(reader.ReadToEnd(), 1, log) is { } list)
                foreach (var item in list.EnumerateArray()) Take(item, line++);
            return;
        }

        // A document over several lines does not end on its first; JSON Lines do.
        var first = reader.ReadLine()!;
        if (!IsWhole(first))
        {
            if (Parse(first + "\n" + reader.ReadToEnd(), 1, log) is { } whole) Unwrap(whole);
            return;
        }

        if (Parse(first, 1, log) is { } one)
        {
            if (reader.Peek() == -1) Unwrap(one);
            else Take(one, 1);
        }

        while (!log.IsFull && reader.ReadLine() is { } text)
        {
            line++;
            if (!string.IsNullOrWhiteSpace(text) && Parse(text, line, log) is { } item) Take(item, line);
        }

        // Statuspage answers { "incidents": [...] }.
        void Unwrap(JsonElement whole)
        {
            var inner = whole.ValueKind == JsonValueKind.Object
                ? whole.EnumerateObject().FirstOrDefault(p => p.Value.ValueKind == JsonValueKind.Array
                    && p.Name is "incidents" or "rows" or "data" or "items").Value
                : default;
            if (inner.ValueKind != JsonValueKind.Array) Take(whole, 1);
            else
                foreach (var item in inner.EnumerateArray()) Take(item, line++);
        }

        void Take(JsonElement item, int at)
        {
            if (item.ValueKind != JsonValueKind.Object)
            {
                log.Error($"line {at}", "Expected an object with fields.", at);
                return;
            }

            var names = item.EnumerateObject().Select(property => property.Name).ToArray();
            var words = Columns.Resolve(names);
            if (!rows.Begin(words, names)) return;
            rows.Add(new Record(at, words, name => Cell(item, name), item, log));
        }
    }

    private static string? Cell(JsonElement item, string name) => !item.TryGetProperty(name, out var value) ? null
        : value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Null or JsonValueKind.Undefined => null,
            JsonValueKind.Array => value.GetArrayLength() == 0 ? null : value.GetRawText(),
            _ => value.GetRawText(),
        };

    private static bool IsWhole(string text)
    {
        try
        {
            using var _ = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static JsonElement? Parse(string text, int line, MeasurementLog log)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException bad)
        {
            var at = line + (int)(bad.LineNumber ?? 0);
            log.Error($"line {at}", $"This is no JSON: {bad.Message.Split(" LineNumber")[0]}", at);
            return null;
        }
    }

    /// <summary>A stream that cannot be rewound, with its first bytes put back.</summary>
    private sealed class Rejoined(byte[] first, Stream rest) : Stream
    {
        private int _given;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (_given >= first.Length) return rest.Read(buffer, offset, count);
            var taken = Math.Min(count, first.Length - _given);
            Array.Copy(first, _given, buffer, offset, taken);
            _given += taken;
            return taken;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
