using System.Collections.Immutable;
using NodaTime;

namespace Entente.ServiceTime.Clocks;

/// <summary>One version of the clocks of a case, and the instant from which it rules.</summary>
/// <remarks>
/// A case keeps the version in force at its first event, so that an edit does not move running clocks. A version that
/// <see cref="TakesOver"/> was agreed for running cases too: it rules them from its effective instant on.
/// </remarks>
public sealed record ClockVersion
{
    public string? Label { get; init; }

    public Instant EffectiveFrom { get; init; } = Instant.MinValue;

    public bool TakesOver { get; init; }

    public PriorityMatrix? Priority { get; init; }

    public required ImmutableArray<ClockDefinition> Clocks { get; init; }
}

/// <summary>Impact by urgency gives the priority.</summary>
/// <param name="Impact">Field with the impact.</param>
/// <param name="Urgency">Field with the urgency.</param>
/// <param name="Into">Field that takes the priority.</param>
/// <param name="Cells">Priority by impact and urgency; a pair without a cell has none.</param>
public sealed record PriorityMatrix(string Impact, string Urgency, string Into,
    ImmutableDictionary<(string Impact, string Urgency), string> Cells)
{
    public string? Of(string impact, string urgency) => Cells.GetValueOrDefault((impact, urgency));
}

/// <summary>All versions of the clocks, made ready for replay.</summary>
public sealed class ClockBook
{
    private readonly BoundVersion[] _versions;

    /// <exception cref="ArgumentException">There is no version, or more than 64 fields are asked for.</exception>
    public ClockBook(params IEnumerable<ClockVersion> versions)
    {
        _versions = [.. versions.OrderBy(v => v.EffectiveFrom).Select(v => new BoundVersion(v, Slots))];
        if (_versions.Length == 0) throw new ArgumentException("A clock book needs a version.", nameof(versions));
        if (Slots.Count > 64) throw new ArgumentException("Clocks may ask for 64 fields at most.", nameof(versions));
    }

    public IEnumerable<ClockVersion> Versions => _versions.Select(v => v.Version);

    internal Slots Slots { get; } = new();

    /// <summary>Every problem of the definitions; replay works when there is none.</summary>
    public IReadOnlyList<ClockProblem> Validate() => ClockRules.Check(this);

    /// <summary>The version in force; the first also rules the time before it took effect.</summary>
    internal int VersionAt(Instant at)
    {
        var last = 0;
        for (var i = 1; i < _versions.Length; i++)
            if (_versions[i].Version.EffectiveFrom <= at) last = i;
        return last;
    }

    internal BoundVersion this[int version] => _versions[version];

    /// <summary>The next version after this one that takes running cases over, up to the instant.</summary>
    internal int? TakeOver(int version, Instant upTo)
    {
        for (var i = version + 1; i < _versions.Length && _versions[i].Version.EffectiveFrom <= upTo; i++)
            if (_versions[i].Version.TakesOver) return i;
        return null;
    }
}

/// <summary>One thing wrong in a clock definition.</summary>
/// <param name="Path">Place, such as <c>clocks.response.pause</c>.</param>
/// <param name="Code">Stable, such as <c>clock.start</c>.</param>
/// <param name="Message">What is wrong and what was expected.</param>
public sealed record ClockProblem(string Path, string Code, string Message);

internal sealed class BoundVersion
{
    private readonly (int Impact, int Urgency, int Into) _priority;

    public BoundVersion(ClockVersion version, Slots slots)
    {
        Version = version;
        if (version.Priority is { } p) _priority = (slots.Of(p.Impact), slots.Of(p.Urgency), slots.Of(p.Into));
        Clocks = [.. version.Clocks.Select(c => new BoundClock(c, version.Label, slots))];
    }

    public ClockVersion Version { get; }

    public BoundClock[] Clocks { get; }

    public void Derive(Moment moment)
    {
        if (Version.Priority is not { } matrix) return;
        var (impact, urgency, into) = _priority;
        // A case that does not say both keeps the priority it was given.
        if (moment.Values[impact] is { } i && moment.Values[urgency] is { } u) moment.Derive(into, matrix.Of(i, u));
    }
}

/// <summary>A clock definition whose fields are numbered.</summary>
internal sealed class BoundClock(ClockDefinition definition, string? version, Slots slots)
{
    private readonly int _targetSlot = definition.Target?.Field is { } field ? slots.Of(field) : -1;

    public ClockDefinition Definition { get; } = definition;

    public string? Version { get; } = version;

    public Test? Start { get; } = definition.Start?.Bind(slots);

    public Test? Pause { get; } = definition.Pause?.Bind(slots);

    public Test? Resume { get; } = definition.Resume?.Bind(slots);

    public Test? Stop { get; } = definition.Stop?.Bind(slots);

    public Test? Reset { get; } = definition.Reset?.Bind(slots);

    public Test? Cancel { get; } = definition.Cancel?.Bind(slots);

    public Test? RetroactiveFrom { get; } = definition.RetroactiveFrom?.Bind(slots);

    public Test? ReopenWhen { get; } = definition.Reopen.When?.Bind(slots);

    public bool IsRetroactive { get; } = definition.FromFirstEvent || definition.RetroactiveFrom is not null;

    public int EachSlot { get; } = definition.Each is { } each ? slots.Of(each) : -1;

    public Duration? Target(Moment moment) =>
        Definition.Target?.For(_targetSlot < 0 ? null : moment.Values[_targetSlot]);
}
