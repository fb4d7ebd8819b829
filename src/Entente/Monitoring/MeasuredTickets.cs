using System.Text.RegularExpressions;
using Entente.Terms.Evaluation;
using NodaTime;

namespace Entente.Monitoring;

/// <summary>Reads from a ticket's events the instants that its clocks need.</summary>
/// <remarks>
/// Opened and resolved are the moments the log names (resolved, else closed). Responded is the first change of state after the
/// first. It waits, and its clocks stand still, in every state whose name says so: awaiting, waiting, pending, on hold.
/// A state that is left only by being resolved ends there.
/// </remarks>
public static partial class MeasuredTickets
{
    public static TicketRow? Row(TicketCase ticket)
    {
        if (ticket.Events.Count == 0) return null;
        var opened = ticket.Moments.TryGetValue("opened", out var moment) ? moment : ticket.Events[0].At;
        Instant? resolved = ticket.Moments.TryGetValue("resolved", out var end) || ticket.Moments.TryGetValue("closed", out end) ? end : null;
        var states = ticket.States.ToList();
        List<Interval> pauses = [];
        for (var i = 0; i < states.Count; i++)
        {
            var until = i + 1 < states.Count ? states[i + 1].At : resolved;
            if (Waiting().IsMatch(states[i].State) && !(until <= states[i].At)) pauses.Add(new Interval(states[i].At, until));
        }

        var last = ticket.Events[^1];
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in last.Fields.Present) fields.TryAdd(name, value);
        return new TicketRow(
            ticket.Id, opened, states.Count > 1 ? states[1].At : null, resolved < opened ? null : resolved, [], pauses,
            ticket.Events.Select(happened => happened.Priority).LastOrDefault(priority => priority is not null), Series: null, new Fields(fields));
    }

    [GeneratedRegex("await|wait|pending|on.?hold|suspend", RegexOptions.IgnoreCase)]
    private static partial Regex Waiting();
}
