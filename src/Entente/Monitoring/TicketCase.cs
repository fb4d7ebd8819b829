using NodaTime;

namespace Entente.Monitoring;

/// <summary>
/// One ticket with all its events, earliest first; events of one instant keep the order of the source.
/// </summary>
public sealed class TicketCase
{
    public TicketCase(string id, IEnumerable<TicketEvent> events)
    {
        Id = id;
        Events = [.. events.OrderBy(happened => happened.At).ThenBy(happened => happened.Line)];
        var moments = new Dictionary<string, Instant>();
        foreach (var moment in Events.Where(happened => happened.IsMoment).OrderBy(happened => happened.Line))
            moments[moment.Event] = moment.At;
        Moments = moments;
    }

    public string Id { get; }

    public IReadOnlyList<TicketEvent> Events { get; }

    /// <summary>The instants its time columns name, by the moment's name, as the last row has them.</summary>
    public IReadOnlyDictionary<string, Instant> Moments { get; }

    /// <summary>The changes of state, earliest first, a state that stays counted once.</summary>
    public IEnumerable<(Instant At, string State)> States
    {
        get
        {
            string? last = null;
            foreach (var happened in Events.Where(happened => !happened.IsMoment && happened.State is not null))
            {
                if (happened.State == last) continue;
                last = happened.State;
                yield return (happened.At, last!);
            }
        }
    }

    /// <summary>
    /// The last value a column of the source has for this case, which is where a tool writes its verdict.
    /// </summary>
    public string? Last(string column) =>
        Events.OrderByDescending(happened => happened.Line)
            .Select(happened => happened.Fields[column]).FirstOrDefault(value => value is not null);

    /// <summary>Gathers events into cases, in the order in which the cases first appear.</summary>
    public static IReadOnlyList<TicketCase> Gather(IEnumerable<TicketEvent> events)
    {
        var byCase = new Dictionary<string, List<TicketEvent>>();
        var order = new List<string>();
        foreach (var happened in events)
        {
            if (!byCase.TryGetValue(happened.Case, out var list))
            {
                byCase.Add(happened.Case, list = []);
                order.Add(happened.Case);
            }

            list.Add(happened);
        }

        return [.. order.Select(id => new TicketCase(id, byCase[id]))];
    }
}
