using System.Globalization;
using System.Text;
using System.Text.Json;
using Entente.Monitoring;

namespace Entente.Formats.Tickets;

/// <summary>
/// Rows of a JSON text: an array, an object that holds one, or JSON Lines. Inner objects become columns with dots
/// (<c>fields.status.name</c>), and a list of changes inside a ticket becomes rows of its own.
/// </summary>
/// <param name="nested">Path of such a list, outer and inner, as in <c>changelog.histories.items</c>; or null.</param>
public sealed class JsonRows(Stream text, string name, TicketKind kind, string? rows, string? nested) : ITicketRows
{
    private static readonly JsonDocumentOptions s_lenient = new() { AllowTrailingCommas = true, MaxDepth = 128 };

    public TicketColumns Columns { get; } = new();

    public IEnumerable<TicketRow> Read() => kind == TicketKind.JsonLines ? Lines() : Documents();

    public void Dispose() => text.Dispose();

    private IEnumerable<TicketRow> Lines()
    {
        using var reader = new StreamReader(text, Encoding.UTF8);
        for (var line = 1; reader.ReadLine() is { } content; line++)
        {
            if (string.IsNullOrWhiteSpace(content)) continue;
            foreach (var row in Parsed(content, line)) yield return row;
        }
    }

    private IEnumerable<TicketRow> Parsed(string content, int line)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(content, s_lenient);
        }
        catch (JsonException bad)
        {
            return [new(line, [], $"The line is no JSON object (character {bad.BytePositionInLine + 1}).")];
        }

        using (document) return [.. Flatten(document.RootElement, line)];
    }

    /// <remarks>A bare array is read record by record; an object that holds the array is read whole.</remarks>
    private IEnumerable<TicketRow> Documents()
    {
        var number = 0;
        foreach (var record in Records())
            foreach (var row in Flatten(record, ++number))
                yield return row;
    }

    private IEnumerable<JsonElement> Records()
    {
        var first = text.ReadByte();
        while (first is ' ' or '\t' or '\r' or '\n' or 0xEF or 0xBB or 0xBF) first = text.ReadByte();
        var whole = new Prefixed((byte)first, text);
        return first == '[' ? Streamed(whole) : Inside(whole);
    }

    private IEnumerable<JsonElement> Streamed(Stream whole)
    {
        var options = new JsonSerializerOptions { AllowTrailingCommas = true };
        using var records = JsonSerializer.DeserializeAsyncEnumerable<JsonElement>(whole, options)
            .ToBlockingEnumerable().GetEnumerator();
        while (true)
        {
            try
            {
                if (!records.MoveNext()) yield break;
            }
            catch (JsonException bad)
            {
                throw Broken(bad);
            }

            yield return records.Current;
        }
    }

    private IEnumerable<JsonElement> Inside(Stream whole)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(whole, s_lenient);
        }
        catch (JsonException bad)
        {
            throw Broken(bad);
        }

        using (document)
        {
            foreach (var record in Array(document.RootElement).EnumerateArray()) yield return record;
        }
    }

    private JsonElement Array(JsonElement root)
    {
        var arrays = root.EnumerateObject().Where(member => member.Value.ValueKind == JsonValueKind.Array).ToList();
        var found = rows is null ? arrays : [.. arrays.Where(member => member.NameEquals(rows))];
        return found switch
        {
            [var only] => only.Value,
            [] => throw new BadInputException(name, "ticket.rows", rows is null
                ? "The JSON object holds no array of tickets."
                : $"The JSON object has no array \"{rows}\"; it has {Names(arrays.Select(member => member.Name))}."),
            _ => found.MaxBy(member => member.Value.GetArrayLength()).Value,
        };
    }

    private IEnumerable<TicketRow> Flatten(JsonElement record, int line)
    {
        if (record.ValueKind != JsonValueKind.Object) return [new(line, [], "The record is no JSON object.")];
        var values = new List<string?>();
        var path = nested?.Split('.');
        Spread(record, "", values, path is null ? null : string.Join('.', path[..^1]));
        var row = new TicketRow(line, [.. values]);
        return path is null ? [row] : [row, .. Changes(record, path, row)];
    }

    /// <remarks>The changes of one ticket carry the ticket's own columns and theirs.</remarks>
    private IEnumerable<TicketRow> Changes(JsonElement record, string[] path, TicketRow row)
    {
        var outer = record;
        foreach (var step in path[..^1])
            if (outer.ValueKind != JsonValueKind.Object || !outer.TryGetProperty(step, out outer)) yield break;
        if (outer.ValueKind != JsonValueKind.Array) yield break;
        foreach (var history in outer.EnumerateArray())
        {
            if (history.ValueKind != JsonValueKind.Object || !history.TryGetProperty(path[^1], out var items)) continue;
            foreach (var item in items.EnumerateArray())
            {
                var values = row.Values.ToList();
                Spread(history, path[^2] + ".", values, path[^2] + "." + path[^1]);
                Spread(item, path[^1] + ".", values, skip: null);
                yield return row with { Values = [.. values] };
            }
        }
    }

    private void Spread(JsonElement from, string prefix, List<string?> into, string? skip)
    {
        foreach (var member in from.EnumerateObject())
        {
            var column = prefix + member.Name;
            if (column == skip) continue;
            if (member.Value.ValueKind == JsonValueKind.Object)
            {
                Spread(member.Value, column + ".", into, skip);
                continue;
            }

            var place = Columns.Place(column);
            while (into.Count <= place) into.Add(null);
            into[place] = Text(member.Value);
        }
    }

    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        JsonValueKind.String => value.GetString() is { Length: > 0 } words ? words : null,
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => value.GetRawText(),
    };

    private BadInputException Broken(JsonException bad) => new(
        string.Create(CultureInfo.InvariantCulture,
            $"{name}: line {bad.LineNumber + 1}, character {bad.BytePositionInLine + 1}"),
        "ticket.json", "The JSON text is broken here.");

    private static string Names(IEnumerable<string> names) => string.Join(", ", names) is { Length: > 0 } some ? some
        : "none";

    /// <summary>A stream whose first byte was already looked at.</summary>
    private sealed class Prefixed(byte first, Stream rest) : Stream
    {
        private bool _given;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException(); set =>
            throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            if (_given || buffer.IsEmpty) return rest.Read(buffer);
            _given = true;
            buffer[0] = first;
            return 1;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
