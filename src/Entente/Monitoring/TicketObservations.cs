using Entente.ServiceTime.Discovery;
using NodaTime;

namespace Entente.Monitoring;

/// <summary>
/// Turns cases of a ticket log into what discovery looks at: moments, states, and the recorded outcome.
/// </summary>
public static class TicketObservations
{
    public const string FirstEvent = "first event";
    public const string LastEvent = "last event";

    private const int MostStates = 15;

    /// <param name="columns">The log's own names for the moments of the mapping, which the answer uses.</param>
    public static ObservedCase Observe(TicketCase ticket, IReadOnlyDictionary<string, string> columns)
    {
        var moments = ticket.Moments.ToDictionary(moment => columns.GetValueOrDefault(moment.Key, moment.Key), moment =>
            moment.Value);
        List<(Instant At, string State)> states = [.. ticket.States];
        var history = ticket.Events.Where(happened => !happened.IsMoment).ToList();
        if (history.Count > 0)
        {
            moments.TryAdd(FirstEvent, history[0].At);
            moments.TryAdd(LastEvent, history[^1].At);
        }

        var named = history.Where(happened => happened.State is null && happened.Event != TicketEvent.Updated)
            .Select(happened => (happened.At, State: happened.Event));
        foreach (var (at, state) in states.Concat(named))
        {
            moments.TryAdd($"first {state}", at);
            moments[$"last {state}"] = at;
        }

        return new(ticket.Id, moments, states);
    }

    /// <summary>
    /// The names of all moments, the plainest first: columns, then the ends of the history, then states.
    /// </summary>
    public static IReadOnlyList<string> Names(IReadOnlyList<ObservedCase> cases, IEnumerable<string> columns)
    {
        var counts = cases.SelectMany(observed => observed.Moments.Keys).CountBy(name => name).ToDictionary();
        var named = counts.Keys.Where(name => !name.StartsWith("first ", StringComparison.Ordinal)
            && !name.StartsWith("last ", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
        var plain = columns.Concat(named).Append(FirstEvent).Append(LastEvent)
            .Where(counts.ContainsKey).Distinct().ToList();
        return [.. plain, .. counts.Where(entry => !plain.Contains(entry.Key)).OrderByDescending(entry => entry.Value)
            .ThenBy(entry => entry.Key, StringComparer.Ordinal).Take(2 * MostStates).Select(entry => entry.Key)];
    }
}
