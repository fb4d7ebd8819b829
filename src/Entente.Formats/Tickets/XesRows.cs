using System.Xml;
using Entente.Monitoring;

namespace Entente.Formats.Tickets;

/// <summary>
/// Events of an XES log (IEEE 1849); what a trace says of itself is repeated with each event under <c>case:</c>.
/// </summary>
public sealed class XesRows(Stream text, string name) : ITicketRows
{
    public TicketColumns Columns { get; } = new();

    public IEnumerable<TicketRow> Read()
    {
        using var reader = MarkupReader.Open(text);
        var number = 0;
        while (MarkupReader.Next(reader, name, "trace"))
        {
            var trace = new List<string?>();
            using var inside = reader.ReadSubtree();
            inside.Read();
            while (MarkupReader.Advance(inside, name))
            {
                if (inside.NodeType != XmlNodeType.Element) continue;
                if (inside.Name == "event") yield return new(++number, Event(inside, trace));
                else if (inside.Depth == 1) Attribute(inside, "case:", trace);
            }
        }
    }

    public void Dispose() => text.Dispose();

    private string?[] Event(XmlReader reader, List<string?> trace)
    {
        var values = trace.ToList();
        using var inside = reader.ReadSubtree();
        inside.Read();
        while (MarkupReader.Advance(inside, name))
            if (inside.NodeType == XmlNodeType.Element && inside.Depth == 1) Attribute(inside, "", values);
        return [.. values];
    }

    private void Attribute(XmlReader reader, string prefix, List<string?> into)
    {
        if (reader.GetAttribute("key") is not { } key
            || reader.GetAttribute("value") is not { Length: > 0 } value) return;
        var place = Columns.Place(prefix + key);
        while (into.Count <= place) into.Add(null);
        into[place] = value;
    }
}
