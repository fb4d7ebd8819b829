using System.Collections.Immutable;
using NodaTime;

namespace Entente.Engagements;

/// <summary>One provider and one customer over a set of services: the thing that moves through the stages.</summary>
public sealed record EngagementState : IState<EngagementState, EngagementFact>
{
    public static EngagementState Empty { get; } = new();

    public string Title { get; init; } = "";

    public string Organisation { get; init; } = "";

    public string Provider { get; init; } = "";

    public string Customer { get; init; } = "";

    public Instant? OpenedAt { get; init; }

    /// <summary>The engagement whose promises rest on this one; its agenda came from there.</summary>
    public string? Underpins { get; init; }

    /// <summary>Who sits where, by person.</summary>
    public ImmutableSortedDictionary<string, SeatHolder> Seats { get; init; } = ImmutableSortedDictionary.Create<string, SeatHolder>(StringComparer.Ordinal);

    /// <summary>Where the measured history comes from, when that must be said on every page.</summary>
    public string? HistoryLabel { get; init; }

    public bool IsOpen => OpenedAt is not null;

    public string NameOf(Side side) => side is Side.Provider ? Provider : Customer;

    public IEnumerable<SeatHolder> Holders(Seat seat) => Seats.Values.Where(holder => holder.Seat == seat);

    /// <summary>Who has a voice at a table beside the two sides: accounting and the stakeholders.</summary>
    public IEnumerable<SeatHolder> Voices => Holders(Seat.Accounting).Concat(Holders(Seat.Stakeholder));

    public EngagementState Apply(EngagementFact fact, Stamp stamp) => fact switch
    {
        EngagementFact.Opened opened => this with
        {
            Title = opened.Title,
            Organisation = opened.Organisation,
            Provider = opened.Provider,
            Customer = opened.Customer,
            OpenedAt = stamp.At,
        },
        EngagementFact.Underpins underpins => this with { Underpins = underpins.Engagement },
        EngagementFact.SeatGranted granted => this with
        {
            Seats = Seats.SetItem(granted.Person, new SeatHolder(granted.Person, granted.Name, granted.Seat)),
        },
        EngagementFact.HistoryLabelled labelled => this with { HistoryLabel = labelled.Label },
        EngagementFact.SeatLeft left => this with { Seats = Seats.Remove(left.Person) },
        _ => this,
    };
}

/// <summary>A person and the seat they hold.</summary>
public sealed record SeatHolder(string Person, string Name, Seat Seat);
