namespace Entente.ServiceTime.Clocks;

/// <summary>A condition whose fields are looked up already, so that replays of millions of events stay cheap.</summary>
internal abstract class Test
{
    /// <summary>
    /// Whether it is true in this moment: events that happen, changes, and fields as they are after it.
    /// </summary>
    public abstract bool Holds(Moment moment);

    /// <summary>Whether it stays true after the moment, until the next one: events and changes are over then.</summary>
    public abstract bool Stays(Moment moment);

    public sealed class Named(string name) : Test
    {
        public override bool Holds(Moment moment) => moment.Happens(name);

        public override bool Stays(Moment moment) => false;
    }

    public sealed class Changed(int slot) : Test
    {
        public override bool Holds(Moment moment) => moment.HasChanged(slot);

        public override bool Stays(Moment moment) => false;
    }

    public sealed class OneOf(int slot, string[] values) : Test
    {
        public override bool Holds(Moment moment)
        {
            var value = moment.Values[slot];
            foreach (var candidate in values)
                if (string.Equals(candidate, value, StringComparison.Ordinal)) return true;
            return false;
        }

        public override bool Stays(Moment moment) => Holds(moment);
    }

    public sealed class Filled(int slot) : Test
    {
        public override bool Holds(Moment moment) => moment.Values[slot] is not null;

        public override bool Stays(Moment moment) => Holds(moment);
    }

    public sealed class Inverse(Test inner) : Test
    {
        public override bool Holds(Moment moment) => !inner.Holds(moment);

        public override bool Stays(Moment moment) => !inner.Stays(moment);
    }

    public sealed class Every(Test[] parts) : Test
    {
        public override bool Holds(Moment moment) => Array.TrueForAll(parts, p => p.Holds(moment));

        public override bool Stays(Moment moment) => Array.TrueForAll(parts, p => p.Stays(moment));
    }

    public sealed class Some(Test[] parts) : Test
    {
        public override bool Holds(Moment moment)
        {
            foreach (var part in parts)
                if (part.Holds(moment)) return true;
            return false;
        }

        public override bool Stays(Moment moment)
        {
            foreach (var part in parts)
                if (part.Stays(moment)) return true;
            return false;
        }
    }
}

/// <summary>The fields that any definition of a book asks for, numbered.</summary>
internal sealed class Slots
{
    private readonly Dictionary<string, int> _slots = new(StringComparer.Ordinal);

    public int Count => _slots.Count;

    public int Of(string field)
    {
        if (!_slots.TryGetValue(field, out var slot)) _slots[field] = slot = _slots.Count;
        return slot;
    }

    public bool TryFind(string field, out int slot) => _slots.TryGetValue(field, out slot);
}
