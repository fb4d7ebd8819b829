using NodaTime;

namespace Entente.ServiceTime.Clocks;

/// <summary>The clocks of one case: a fold over its events, one moment at a time.</summary>
/// <remarks>
/// Events of one instant form one moment, whatever their order of arrival; a moment is taken in when a later event
/// shows that
/// it is over. So taking events one by one gives what replaying them gives, at every step.
/// </remarks>
public sealed class CaseClocks(ClockBook book)
{
    private readonly List<CaseEvent> _pending = [];
    private List<ClockRun> _runs = [];
    private Moment _moment = new(book.Slots);
    private int _version = -1;

    /// <summary>Takes the next event.</summary>
    /// <exception cref="ArgumentException">It happened before one already taken: replay all of them
    /// instead.</exception>
    public void Take(CaseEvent item)
    {
        if (_pending.Count > 0 && item.At != _pending[0].At)
        {
            if (item.At < _pending[0].At)
                throw new ArgumentException($"The event of {item.At} is earlier than {_pending[0].At}.", nameof(item));
            Settle();
        }

        _pending.Add(item);
    }

    /// <summary>Every clock and cycle as it stands at an instant, in the order of the definitions.</summary>
    /// <exception cref="ArgumentException">The instant lies before the last event taken.</exception>
    public IReadOnlyList<ClockReading> Read(Instant now)
    {
        var copy = Copy();
        return copy.SettleAndRead(now);
    }

    /// <summary>Replays events in any order; those after <paramref name="now"/> have not happened yet.</summary>
    public static IReadOnlyList<ClockReading> Replay(ClockBook book, IEnumerable<CaseEvent> events, Instant now)
    {
        var clocks = new CaseClocks(book);
        var sorted = events.ToList();
        if (!IsSorted(sorted)) sorted.Sort(static (a, b) => a.At.CompareTo(b.At));
        foreach (var item in sorted)
        {
            if (item.At > now) break;
            clocks.Take(item);
        }

        return clocks.SettleAndRead(now);
    }

    private static bool IsSorted(List<CaseEvent> events)
    {
        for (var i = 1; i < events.Count; i++)
            if (events[i].At < events[i - 1].At) return false;
        return true;
    }

    private IReadOnlyList<ClockReading> SettleAndRead(Instant now)
    {
        if (_pending.Count > 0 && now < _pending[0].At)
            throw new ArgumentException($"The case has an event at {_pending[0].At}, later than {now}.", nameof(now));
        Settle();
        if (_version < 0) return [];
        TakeOver(now);
        var order = book[_version].Clocks.Select(c => c.Definition.Name).ToList();
        return [.. _runs.OrderBy(r => order.IndexOf(r.Name) is >= 0 and var place ? place : int.MaxValue)
            .SelectMany(run => run.Read(now))];
    }

    private void Settle()
    {
        if (_pending.Count == 0) return;
        var at = _pending[0].At;
        var isFirst = _version < 0;
        if (isFirst)
        {
            _version = book.VersionAt(at);
            foreach (var clock in book[_version].Clocks) Add(clock);
        }

        TakeOver(at);
        _moment.Take(at, _pending);
        _pending.Clear();
        book[_version].Derive(_moment);
        for (var (i, count) = (0, _runs.Count); i < count; i++)
            if (_runs[i].Take(_moment, isFirst) is { } hop) _runs.Add(hop);
    }

    /// <summary>Versions agreed for running cases take effect between events.</summary>
    private void TakeOver(Instant upTo)
    {
        while (book.TakeOver(_version, upTo) is { } next)
        {
            _version = next;
            var version = book[next];
            var cause = new CaseEvent(version.Version.EffectiveFrom, $"version {version.Version.Label} takes effect"
                .Replace("  ", " "));
            _moment.Take(cause.At, [cause]);
            version.Derive(_moment);
            foreach (var run in _runs)
                run.Rebind(Array.Find(version.Clocks, c => c.Definition.Name == run.Name), _moment);
            foreach (var clock in version.Clocks)
                if (!_runs.Exists(r => r.Name == clock.Definition.Name)) Add(clock);
        }
    }

    private void Add(BoundClock clock) => _runs.Add(new ClockRun(clock));

    private CaseClocks Copy()
    {
        var copy = new CaseClocks(book)
        {
            _runs = [.. _runs.Select(r => r.Copy())],
            _moment = _moment.Copy(),
            _version = _version
        };
        copy._pending.AddRange(_pending);
        return copy;
    }
}
