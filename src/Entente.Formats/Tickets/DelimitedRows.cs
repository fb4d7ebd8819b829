using System.Text;
using Entente.Monitoring;

namespace Entente.Formats.Tickets;

/// <summary>
/// Rows of a delimited text with a header; the delimiter (comma, semicolon, tab, bar) is told by the header.
/// </summary>
/// <remarks>
/// Quoting as in RFC 4180: a quoted field may hold delimiters, line breaks and doubled quotation marks.
/// </remarks>
public sealed class DelimitedRows : ITicketRows
{
    private readonly StreamReader _reader;
    private readonly char _delimiter;
    private readonly int[] _places;
    private readonly List<string?> _fields = [];
    private readonly StringBuilder _quoted = new();
    private int _line;

    public DelimitedRows(Stream text, string name)
    {
        _reader = new(text, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, 1 << 16);
        var header = NextLine();
        while (header is not null && string.IsNullOrWhiteSpace(header)) header = NextLine();
        if (header is null) throw new BadInputException(name, "ticket.kind", "The file holds only blanks.");
        _delimiter = Delimiter(header)
            ?? throw new BadInputException(name, "ticket.kind",
                "The first line names no columns: neither comma, semicolon, tab nor bar stands in it. "
                + "A CSV file with a header, JSON, JSON Lines, XES or XML is expected.");
        Split(header);
        _places = [.. _fields.Select((column, place) =>
            Columns.Place(column?.Trim() is { Length: > 0 } named ? named : $"column {place + 1}"))];
    }

    public TicketColumns Columns { get; } = new();

    /// <remarks>Some tools repeat a column for each value of a list: the first value that is there is taken.</remarks>
    public IEnumerable<TicketRow> Read()
    {
        while (NextLine() is { } content)
        {
            if (content.Length == 0) continue;
            var line = _line;
            var trouble = Split(content);
            if (_fields.Count != _places.Length)
                trouble ??= $"The row has {_fields.Count} fields, the header has {_places.Length}.";
            var values = new string?[Columns.Names.Count];
            for (var place = 0; place < _fields.Count
                && place < _places.Length; place++) values[_places[place]] ??= _fields[place];
            yield return new(line, values, trouble);
        }
    }

    public void Dispose() => _reader.Dispose();

    private string? NextLine()
    {
        _line++;
        return _reader.ReadLine();
    }

    /// <summary>
    /// Splits one record, reading on where a quoted field spans lines; answers what is wrong with it.
    /// </summary>
    private string? Split(string content)
    {
        _fields.Clear();
        string? trouble = null;
        var at = 0;
        while (at <= content.Length)
        {
            if (at < content.Length && content[at] == '"') (content, at) = Quoted(content, at + 1, ref trouble);
            else
            {
                var end = content.IndexOf(_delimiter, at);
                if (end < 0) end = content.Length;
                _fields.Add(end == at ? null : content[at..end]);
                at = end + 1;
            }
        }

        return trouble;
    }

    private (string Content, int At) Quoted(string content, int at, ref string? trouble)
    {
        _quoted.Clear();
        while (true)
        {
            var end = content.IndexOf('"', at);
            if (end < 0)
            {
                _quoted.Append(content, at, content.Length - at).Append('\n');
                if (NextLine() is { } more)
                {
                    (content, at) = (more, 0);
                    continue;
                }

                trouble = "A quotation mark is opened and never closed.";
                break;
            }

            _quoted.Append(content, at, end - at);
            at = end + 1;
            if (at >= content.Length || content[at] != '"') break;
            _quoted.Append('"');
            at++;
        }

        _fields.Add(_quoted.Length == 0 ? null : _quoted.ToString());
        if (trouble is not null) return (content, content.Length + 1);
        var next = content.IndexOf(_delimiter, at);
        if (next < 0) next = content.Length;
        if (next != at) trouble = $"Text stands after the closing quotation mark of field {_fields.Count}.";
        return (content, next + 1);
    }

    private static char? Delimiter(string header)
    {
        var quoted = false;
        var counts = new Dictionary<char, int> { [','] = 0, [';'] = 0, ['\t'] = 0, ['|'] = 0 };
        foreach (var letter in header)
        {
            if (letter == '"') quoted = !quoted;
            else if (!quoted && counts.TryGetValue(letter, out var count)) counts[letter] = count + 1;
        }

        var best = counts.MaxBy(entry => entry.Value);
        return best.Value == 0 ? null : best.Key;
    }
}
