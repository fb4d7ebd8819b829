using System.Collections.Immutable;
using NodaTime;

namespace Entente.ServiceTime.Calendars;

/// <summary>
/// When a service is promised to be served: one dated definition, in the wall-clock time of one zone.
/// </summary>
/// <remarks>
/// Layers, each over the one before: weekly hours; holidays close their dates from 00:00 to 24:00, the tail of a
/// shift that
/// began the evening before included; an exception's <c>open</c> closes its dates the same way and opens the given
/// hours
/// instead; then every <c>add</c>, then every <c>remove</c>. The order of entries inside a list changes nothing.
/// </remarks>
public sealed record ServiceCalendar
{
    /// <summary>IANA name of the zone, such as <c>Europe/Berlin</c>.</summary>
    public required string TimeZone { get; init; }

    /// <summary>
    /// Open around the clock; <see cref="Weekly"/> is then empty. Holidays and exceptions still count.
    /// </summary>
    public bool AlwaysOpen { get; init; }

    /// <summary>Open hours by the weekday on which they begin; an absent day is closed.</summary>
    public ImmutableSortedDictionary<IsoDayOfWeek, ImmutableArray<OpenHours>> Weekly { get; init; } =
        ImmutableSortedDictionary<IsoDayOfWeek, ImmutableArray<OpenHours>>.Empty;

    public ImmutableArray<Holiday> Holidays { get; init; } = [];

    public ImmutableArray<CalendarException> Exceptions { get; init; } = [];

    /// <summary>Every problem of the definition; it can be used when none is fatal.</summary>
    public IReadOnlyList<CalendarProblem> Validate() => CalendarRules.Check(this);
}

/// <summary>One thing wrong in a calendar: where, a stable code, and a sentence a person can act on.</summary>
/// <param name="Path">Place inside the definition, such as <c>weekly.monday[1]</c>.</param>
/// <param name="Code">Stable, such as <c>calendar.overlap</c>.</param>
/// <param name="Message">What is wrong and what was expected.</param>
/// <param name="IsFatal">Whether the calendar cannot be used; otherwise a person should look.</param>
public sealed record CalendarProblem(string Path, string Code, string Message, bool IsFatal = true);

/// <summary>A day, or a range of days, that is closed.</summary>
public sealed record Holiday(DateSpan When, string? Name = null);

/// <summary>Dated change of the open hours.</summary>
/// <param name="When">The dates on which the hours begin.</param>
/// <param name="Open">Replaces everything on the dates; empty closes them. Null leaves the hours as they are.</param>
/// <param name="Add">Opens these hours as well, on a holiday too.</param>
/// <param name="Remove">Closes these hours, whatever opened them.</param>
/// <param name="Name">What people call it, such as "Works outing".</param>
public sealed record CalendarException(DateSpan When, ImmutableArray<OpenHours>? Open = null,
    ImmutableArray<OpenHours> Add = default, ImmutableArray<OpenHours> Remove = default, string? Name = null)
{
    public ImmutableArray<OpenHours> Add { get; init; } = Add.IsDefault ? [] : Add;

    public ImmutableArray<OpenHours> Remove { get; init; } = Remove.IsDefault ? [] : Remove;
}
