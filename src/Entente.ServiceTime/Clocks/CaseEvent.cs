using Entente.ServiceTime.Calendars;
using NodaTime;

namespace Entente.ServiceTime.Clocks;

/// <summary>One thing that happened to a case: a named event, fields that took new values, or both.</summary>
/// <param name="At">When it happened.</param>
/// <param name="Name">Name of the event, such as <c>created</c>; null when only fields changed.</param>
/// <param name="Changes">The fields and their values from here on.</param>
public sealed record CaseEvent(Instant At, string? Name, params IReadOnlyList<FieldChange> Changes)
{
    /// <summary>Known order among events of one instant; null when nobody recorded it.</summary>
    public long? Sequence { get; init; }

    /// <summary>A manual due date, approved.</summary>
    public DueOverride? Override { get; init; }

    /// <summary>What people read as the cause: the event's name, or the fields and their values.</summary>
    public string Label => Name ?? string.Join(", ", Changes.Select(c => $"{c.Field} = {c.Value ?? "(empty)"}"));

    /// <remarks>
    /// Events of one instant form one moment, taken together. Where two of them give one field different values, the
    /// greater
    /// sequence wins; without sequences, the value that differs from the one before; then the one later in ordinal
    /// order.
    /// </remarks>
    internal static int CompareAtOneInstant(CaseEvent a, CaseEvent b)
    {
        var bySequence = Nullable.Compare(a.Sequence, b.Sequence);
        if (bySequence != 0) return bySequence;
        var byLabel = string.CompareOrdinal(a.Label, b.Label);
        return byLabel != 0 ? byLabel : string.CompareOrdinal(Text(a), Text(b));
    }

    private static string Text(CaseEvent item) =>
        string.Join('\n', item.Changes.Select(c => $"{c.Field}={c.Value}").Order(StringComparer.Ordinal));
}

/// <summary>A field and its value from here on; null or an empty text clears it.</summary>
public readonly record struct FieldChange(string Field, string? Value);

/// <summary>
/// A due instant set by hand for one clock (by name; null for every clock): recorded, approved, not moved by pauses.
/// </summary>
public sealed record DueOverride
{
    /// <exception cref="ArgumentException">Nobody approved it.</exception>
    public DueOverride(string? clock, Instant due, string approver, string? reason = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(approver);
        (Clock, Due, Approver, Reason) = (clock, due, approver, reason);
    }

    public string? Clock { get; }

    public Instant Due { get; }

    public string Approver { get; }

    public string? Reason { get; }
}
