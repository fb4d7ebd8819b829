using System.Text;

namespace Entente.Formats.Measurements;

/// <summary>Rows of a CSV file, RFC 4180: quotes, line breaks inside quotes, and comma, semicolon or tab between
/// cells.</summary>
internal sealed class CsvLines(TextReader reader)
{
    private readonly List<string> _cells = [];
    private readonly StringBuilder _cell = new();
    private char _delimiter = '\0';
    private int _next = 1;

    /// <summary>Line on which the row that was read last began.</summary>
    public int Line { get; private set; }

    /// <summary>The next row that is not empty; none at the end.</summary>
    /// <exception cref="InvalidDataException">A quote is never closed.</exception>
    public string[]? Read()
    {
        while (reader.ReadLine() is { } text)
        {
            Line = _next++;
            if (text.Length == 0) continue;
            if (_delimiter == '\0') _delimiter = new[] { ',', ';', '\t' }.MaxBy(one => text.Count(c => c == one));
            if (!text.Contains('"', StringComparison.Ordinal)) return Trimmed(text.Split(_delimiter));
            return Quoted(text);
        }

        return null;
    }

    private string[] Quoted(string text)
    {
        _cells.Clear();
        _cell.Clear();
        var inside = false;
        while (true)
        {
            for (var i = 0; i < text.Length; i++)
            {
                if (text[i] == '"' && inside && i + 1 < text.Length && text[i + 1] == '"') _cell.Append(text[i++]);
                else if (text[i] == '"') inside = !inside;
                else if (text[i] == _delimiter && !inside) Close();
                else _cell.Append(text[i]);
            }

            if (!inside) break;
            text = reader.ReadLine() ?? throw new InvalidDataException(
                $"The quote that opens on line {Line} is never closed.");
            _next++;
            _cell.Append('\n');
        }

        Close();
        return [.. _cells];
    }

    private void Close()
    {
        _cells.Add(_cell.ToString().Trim());
        _cell.Clear();
    }

    private static string[] Trimmed(string[] cells)
    {
        for (var i = 0; i < cells.Length; i++) cells[i] = cells[i].Trim();
        return cells;
    }
}
