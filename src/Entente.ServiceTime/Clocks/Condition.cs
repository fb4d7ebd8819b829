using System.Collections.Immutable;

namespace Entente.ServiceTime.Clocks;

/// <summary>
/// What starts, pauses or stops a clock: an event that happens, or a state of the case's fields that holds.
/// </summary>
public abstract record Condition
{
    private Condition()
    {
    }

    /// <summary>Whether it can only be true in a moment (an event, a change), not between events.</summary>
    public abstract bool IsMomentary { get; }

    internal abstract Test Bind(Slots slots);

    /// <summary>An event of this name happens.</summary>
    public sealed record Happens(string Event) : Condition
    {
        public override bool IsMomentary => true;

        internal override Test Bind(Slots slots) => new Test.Named(Event);
    }

    /// <summary>A field takes another value.</summary>
    public sealed record Changes(string Field) : Condition
    {
        public override bool IsMomentary => true;

        internal override Test Bind(Slots slots) => new Test.Changed(slots.Of(Field));
    }

    /// <summary>A field has one of the values; compared exactly.</summary>
    public sealed record Is(string Field, params ImmutableArray<string> Values) : Condition
    {
        public override bool IsMomentary => false;

        internal override Test Bind(Slots slots) => new Test.OneOf(slots.Of(Field), [.. Values]);
    }

    /// <summary>A field has any value.</summary>
    public sealed record IsSet(string Field) : Condition
    {
        public override bool IsMomentary => false;

        internal override Test Bind(Slots slots) => new Test.Filled(slots.Of(Field));
    }

    public sealed record Not(Condition Inner) : Condition
    {
        public override bool IsMomentary => Inner.IsMomentary;

        internal override Test Bind(Slots slots) => new Test.Inverse(Inner.Bind(slots));
    }

    public sealed record All(params ImmutableArray<Condition> Parts) : Condition
    {
        public override bool IsMomentary => Parts.Any(p => p.IsMomentary);

        internal override Test Bind(Slots slots) => new Test.Every([.. Parts.Select(p => p.Bind(slots))]);
    }

    public sealed record Any(params ImmutableArray<Condition> Parts) : Condition
    {
        public override bool IsMomentary => Parts.Any(p => p.IsMomentary);

        internal override Test Bind(Slots slots) => new Test.Some([.. Parts.Select(p => p.Bind(slots))]);
    }
}
