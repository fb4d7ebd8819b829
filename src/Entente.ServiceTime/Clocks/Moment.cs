using NodaTime;

namespace Entente.ServiceTime.Clocks;

/// <summary>All that happened to a case at one instant, and its fields afterwards.</summary>
internal sealed class Moment(Slots slots)
{
    private readonly List<CaseEvent> _events = [];
    private ulong _changed;

    public Instant At { get; private set; }

    public string?[] Values { get; private init; } = new string?[slots.Count];

    /// <summary>What the ledger names as the cause.</summary>
    public CaseEvent Cause => _events[^1];

    public IReadOnlyList<CaseEvent> Events => _events;

    public bool HasChanged(int slot) => (_changed & (1UL << slot)) != 0;

    public bool Happens(string name)
    {
        foreach (var item in _events)
            if (string.Equals(item.Name, name, StringComparison.Ordinal)) return true;
        return false;
    }

    public void Take(Instant at, List<CaseEvent> events)
    {
        At = at;
        _events.Clear();
        _events.AddRange(events);
        _changed = 0;
        if (_events.Count > 1) _events.Sort(CaseEvent.CompareAtOneInstant);
        var before = _events.Count > 1 ? (string?[])Values.Clone() : null;
        foreach (var item in _events)
            for (var i = 0; i < item.Changes.Count; i++)
                Set(item, item.Changes[i], before);
        if (before is null) return;
        _changed = 0;
        for (var slot = 0; slot < Values.Length; slot++)
            if (Values[slot] != before[slot]) _changed |= 1UL << slot;
    }

    /// <summary>A field worked out from others, such as the priority.</summary>
    public void Derive(int slot, string? value)
    {
        if (string.Equals(Values[slot], value, StringComparison.Ordinal)) return;
        Values[slot] = value;
        _changed |= 1UL << slot;
    }

    public Moment Copy() => new(slots) { Values = (string?[])Values.Clone(), At = At };

    private void Set(CaseEvent item, FieldChange change, string?[]? before)
    {
        if (!slots.TryFind(change.Field, out var slot)) return;
        var value = string.IsNullOrEmpty(change.Value) ? null : change.Value;
        if (string.Equals(Values[slot], value, StringComparison.Ordinal)) return;
        if (before is not null && item.Sequence is null && Values[slot] != before[slot]
            && !Wins(value, Values[slot], before[slot]))
            return;
        Values[slot] = value;
        _changed |= 1UL << slot;
    }

    /// <summary>
    /// Two values at one instant and no known order: a change beats no change, then ordinal order decides.
    /// </summary>
    private static bool Wins(string? value, string? other, string? before) =>
        value != before && string.CompareOrdinal(value, other) > 0;
}
