using NodaTime;

namespace Entente.ServiceTime.Clocks;

/// <summary>The next thing to happen among many clocks: one instant a key, changed or taken back at any time.</summary>
/// <remarks>
/// A heap with lazy removal: setting and taking cost O(log n). A worker sleeps until <see cref="Next"/> and takes
/// what is
/// due; nothing is polled. A breach comes after its due instant, so <see cref="Take"/> answers what lies before now.
/// </remarks>
public sealed class TimerQueue<TKey>
    where TKey : notnull
{
    private readonly Dictionary<TKey, (Instant At, long Ticket)> _timers = [];
    private readonly PriorityQueue<(TKey Key, long Ticket), (Instant At, long Ticket)> _heap = new();
    private long _tickets;

    public int Count => _timers.Count;

    /// <summary>The earliest instant; null when the queue is empty.</summary>
    public Instant? Next => Peek() is { } key ? _timers[key.Key].At : null;

    /// <summary>Sets or moves the timer of a key; null takes it back.</summary>
    public void Set(TKey key, Instant? at)
    {
        if (at is not { } instant) _timers.Remove(key);
        else if (!_timers.TryGetValue(key, out var known) || known.At != instant)
        {
            _timers[key] = (instant, ++_tickets);
            _heap.Enqueue((key, _tickets), (instant, _tickets));
        }
    }

    /// <summary>
    /// Takes out every timer set to an instant before now, earliest first; equal instants in the order they were set.
    /// </summary>
    public IEnumerable<(TKey Key, Instant At)> Take(Instant now)
    {
        while (Peek() is { } top && _timers[top.Key].At is var at && at < now)
        {
            _heap.Dequeue();
            _timers.Remove(top.Key);
            yield return (top.Key, at);
        }
    }

    private (TKey Key, long Ticket)? Peek()
    {
        while (_heap.TryPeek(out var top, out _))
        {
            if (_timers.TryGetValue(top.Key, out var known) && known.Ticket == top.Ticket) return top;
            _heap.Dequeue();
        }

        return null;
    }
}
