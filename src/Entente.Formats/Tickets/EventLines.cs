using System.Text.Encodings.Web;
using System.Text.Json;
using Entente.Monitoring;
using NodaTime.Text;

namespace Entente.Formats.Tickets;

/// <summary>
/// Writes events as JSON Lines, the form <c>entente clock replay</c> reads: <c>case</c>, <c>at</c>, <c>event</c>, the
/// neutral fields, and of the log's own columns those that changed since the case's row before.
/// </summary>
public sealed class EventLines(Stream output) : IDisposable
{
    private static readonly string[] s_own = ["case", "at", "event", "isMoment", "state", "team", "actor", "priority",
        "impact", "urgency"];

    private readonly Dictionary<string, TicketFields> _before = [];
    private readonly Utf8JsonWriter _json = new(output,
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public void Write(TicketEvent happened)
    {
        _json.WriteStartObject();
        _json.WriteString("case", happened.Case);
        _json.WriteString("at", InstantPattern.ExtendedIso.Format(happened.At));
        _json.WriteString("event", happened.Event);
        if (happened.IsMoment) _json.WriteBoolean("isMoment", true);
        Field("state", happened.State);
        Field("team", happened.Team);
        Field("actor", happened.Actor);
        Field("priority", happened.Priority);
        Field("impact", happened.Impact);
        Field("urgency", happened.Urgency);
        foreach (var (column, value) in happened.Fields.ChangesSince(_before.GetValueOrDefault(happened.Case)))
            if (!s_own.Contains(column)) _json.WriteString(column, value);
        _before[happened.Case] = happened.Fields;
        _json.WriteEndObject();
        _json.Flush();
        _json.Reset();
        output.WriteByte((byte)'\n');
    }

    public void Dispose() => _json.Dispose();

    private void Field(string name, string? value)
    {
        if (value is not null) _json.WriteString(name, value);
    }
}
