using System.Collections.Immutable;
using Entente.Agreements;
using Entente.ServiceTime.Calendars;
using NodaTime;

namespace Entente.Monitoring;

/// <summary>The calendars of an engagement, each with its versions.</summary>
public sealed record CalendarState : IState<CalendarState, CalendarFact>
{
    public static CalendarState Empty { get; } = new();

    public ImmutableSortedDictionary<string, ImmutableList<CalendarEdition>> Calendars { get; init; } =
        ImmutableSortedDictionary<string, ImmutableList<CalendarEdition>>.Empty.WithComparers(StringComparer.Ordinal);

    public ImmutableList<CalendarEdition> Of(string calendar) => Calendars.GetValueOrDefault(calendar) ?? [];

    public CalendarEdition? Find(string calendar, int number) => Of(calendar).Find(edition => edition.Number == number);

    /// <summary>The proposal of a calendar that waits for somebody's approval, if there is one.</summary>
    public CalendarEdition? Open(string calendar) => Of(calendar).Find(edition => edition is { IsApproved: false, Withdrawn: null });

    /// <summary>The approved version that rules on a day.</summary>
    public CalendarEdition? InForceAt(string calendar, LocalDate day) =>
        Of(calendar).Where(edition => edition.IsApproved && edition.EffectiveFrom <= day).MaxBy(edition => (edition.EffectiveFrom, edition.Number));

    public CalendarState Apply(CalendarFact fact, Stamp stamp) => fact switch
    {
        CalendarFact.Proposed proposed => this with
        {
            Calendars = Calendars.SetItem(proposed.Calendar, Of(proposed.Calendar).Add(
                new(proposed.Calendar, proposed.Number, proposed.EffectiveFrom, proposed.Hours, proposed.Source, stamp))),
        },
        CalendarFact.Approved approved => With(approved.Calendar, approved.Number, edition => edition with { Sides = edition.Sides.Add(approved.Side) }),
        CalendarFact.Withdrawn withdrawn => With(withdrawn.Calendar, withdrawn.Number, edition => edition with { Withdrawn = withdrawn.Reason }),
        _ => this,
    };

    /// <summary>As if both sides had approved a version: for looking at what it would move.</summary>
    public CalendarState AsIfApproved(string calendar, int number) =>
        With(calendar, number, edition => edition with { Sides = [Side.Provider, Side.Customer] });

    private CalendarState With(string calendar, int number, Func<CalendarEdition, CalendarEdition> change) => this with
    {
        Calendars = Calendars.SetItem(calendar, Of(calendar).ConvertAll(edition => edition.Number == number ? change(edition) : edition)),
    };
}

/// <summary>One version of a calendar.</summary>
/// <param name="By">Who proposed it, under which seat and when.</param>
public sealed record CalendarEdition(string Calendar, int Number, LocalDate EffectiveFrom, CalendarFile Hours, string Source, Stamp By)
{
    /// <summary>The sides that approved it.</summary>
    public ImmutableSortedSet<Side> Sides { get; init; } = [];

    public string? Withdrawn { get; init; }

    public bool IsApproved => Withdrawn is null && Sides.Count == 2;

    /// <summary>The calendar itself; what was proposed could be read.</summary>
    public ServiceCalendar Read() => Hours.Read(Calendar, []) ?? throw new InvalidOperationException($"The calendar {Calendar} {Number} cannot be read.");

    /// <summary>Its first instant, in its own zone.</summary>
    public Instant Start => DateTimeZoneProviders.Tzdb[Hours.TimeZone].AtStartOfDay(EffectiveFrom).ToInstant();
}
