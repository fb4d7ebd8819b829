using System.Xml;
using Entente.Monitoring;

namespace Entente.Formats.Tickets;

/// <summary>
/// Records of a flat XML export, such as iTop's: each child of the root is a row, each of its children a column.
/// </summary>
public sealed class XmlRows(Stream text, string name) : ITicketRows
{
    public TicketColumns Columns { get; } = new();

    public IEnumerable<TicketRow> Read()
    {
        using var reader = MarkupReader.Open(text);
        var number = 0;
        while (MarkupReader.Advance(reader, name))
            if (reader is { NodeType: XmlNodeType.Element, Depth: 1 }) yield return new(++number, Record(reader));
    }

    public void Dispose() => text.Dispose();

    private string?[] Record(XmlReader reader)
    {
        var values = new List<string?>();
        if (reader.GetAttribute("id") is { Length: > 0 } id) Put("id", id, values);
        using var inside = reader.ReadSubtree();
        inside.Read();
        string? column = null;
        while (MarkupReader.Advance(inside, name))
        {
            if (inside is { NodeType: XmlNodeType.Element, Depth: 1 }) column = inside.IsEmptyElement ? null
                : inside.Name;
            else if (inside.NodeType is XmlNodeType.Text or XmlNodeType.CDATA && inside.Depth == 2
                && column is not null)
                Put(column, inside.Value.Trim(), values);
        }

        return [.. values];
    }

    private void Put(string column, string value, List<string?> into)
    {
        if (value.Length == 0) return;
        var place = Columns.Place(column);
        while (into.Count <= place) into.Add(null);
        into[place] = value;
    }
}

/// <summary>Forward reading of XML without entities or anything fetched; a break in the text names its line.</summary>
internal static class MarkupReader
{
    public static XmlReader Open(Stream text) => XmlReader.Create(text, new XmlReaderSettings
    {
        DtdProcessing = DtdProcessing.Ignore,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreWhitespace = true,
    });

    public static bool Next(XmlReader reader, string name, string element)
    {
        while (Advance(reader, name))
            if (reader.NodeType == XmlNodeType.Element && reader.Name == element) return true;
        return false;
    }

    public static bool Advance(XmlReader reader, string name)
    {
        try
        {
            return reader.Read();
        }
        catch (XmlException bad)
        {
            throw new BadInputException($"{name}: line {bad.LineNumber}, character {bad.LinePosition}", "ticket.xml",
                "The XML text is broken here.");
        }
    }
}
