using Entente.Agreements;
using NodaTime;

namespace Entente.Monitoring;

/// <summary>How the service calendars of an engagement came about: somebody proposes a version, both sides approve it.</summary>
public abstract record CalendarFact
{
    private CalendarFact() { }

    /// <param name="Calendar">Key of the calendar, as agreements name it.</param>
    /// <param name="Number">One-based number of the version.</param>
    /// <param name="EffectiveFrom">First day it rules, in its own zone.</param>
    /// <param name="Source">Where it comes from: written by hand, a feed of holidays, a finding in a ticket log.</param>
    public sealed record Proposed(string Calendar, int Number, LocalDate EffectiveFrom, CalendarFile Hours, string Source) : CalendarFact;

    public sealed record Approved(string Calendar, int Number, Side Side) : CalendarFact;

    /// <summary>A proposal was taken back or turned down; it never ruled.</summary>
    public sealed record Withdrawn(string Calendar, int Number, string Reason) : CalendarFact;
}
