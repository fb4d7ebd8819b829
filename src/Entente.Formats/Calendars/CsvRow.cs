using System.Text;

namespace Entente.Formats.Calendars;

/// <summary>
/// One record of a CSV file (RFC 4180) after another: quotes, doubled quotes, line breaks inside quotes.
/// </summary>
internal sealed class CsvRow(TextReader text, char delimiter)
{
    private readonly List<string> _cells = [];
    private readonly StringBuilder _quoted = new();
    private int _lines;

    /// <summary>One-based line on which the record began.</summary>
    public int Line { get; private set; }

    public int Count => _cells.Count;

    public string this[int column] => _cells[column];

    /// <summary>Reads the next record that is not blank.</summary>
    public bool Read()
    {
        while (text.ReadLine() is { } line)
        {
            Line = ++_lines;
            if (line.Length == 0) continue;
            Split(line);
            return true;
        }

        return false;
    }

    private void Split(string line)
    {
        _cells.Clear();
        var at = 0;
        while (true)
        {
            if (at < line.Length && line[at] == '"') _cells.Add(Quoted(ref line, ref at));
            else
            {
                var end = line.IndexOf(delimiter, at);
                if (end < 0) end = line.Length;
                _cells.Add(line[at..end]);
                at = end;
            }

            if (at >= line.Length) return;
            at++;
        }
    }

    private string Quoted(ref string line, ref int at)
    {
        _quoted.Clear();
        for (at++; ; at++)
        {
            if (at >= line.Length)
            {
                // The quote is still open: the record goes on in the next line.
                if (text.ReadLine() is not { } next) break;
                _lines++;
                _quoted.Append('\n');
                (line, at) = (next, -1);
            }
            else if (line[at] != '"') _quoted.Append(line[at]);
            else if (at + 1 < line.Length && line[at + 1] == '"') _quoted.Append(line[++at]);
            else
            {
                at++;
                break;
            }
        }

        var end = at >= line.Length ? line.Length : line.IndexOf(delimiter, at);
        at = end < 0 ? line.Length : end;
        return _quoted.ToString();
    }
}
