using System.Collections.Immutable;
using Entente.Terms;

namespace Entente.Documentation;

/// <summary>The common description of all services of an engagement, as everybody in it may read it.</summary>
public sealed record DescriptionState : IState<DescriptionState, DescriptionFact>
{
    public static DescriptionState Empty { get; } = new();

    /// <summary>By service key; retired services stay for their history.</summary>
    public ImmutableSortedDictionary<string, CatalogueEntry> Services { get; init; } =
        ImmutableSortedDictionary.Create<string, CatalogueEntry>(StringComparer.Ordinal);

    /// <summary>Whether the business view of the catalogue is read without signing in.</summary>
    public bool IsPublic { get; init; }

    /// <summary>The services that are described and bargained over: all but the retired.</summary>
    public IEnumerable<CatalogueEntry> Current => Services.Values.Where(entry => entry.IsOffered);

    /// <summary>The service under which a term key is used, asked or offered.</summary>
    public string? FindServiceOf(string term) =>
        Current.FirstOrDefault(entry => entry.Asked.ContainsKey(term) || entry.Offered.ContainsKey(term))?.Key;

    public DescriptionState Apply(DescriptionFact fact, Stamp stamp) => fact switch
    {
        DescriptionFact.ServiceDescribed described => With(described.Service, stamp, Services.TryGetValue(described.Service, out var known)
            ? known with { Card = described.Card, RetiredBecause = null, Edition = known.Edition + 1, Provider = null, Customer = null }
            : new CatalogueEntry(described.Service, described.Card)),
        DescriptionFact.ServiceRetired retired => Changed(retired.Service, stamp, entry => entry with
        {
            Card = entry.Card with { Status = ServiceStatus.Retired },
            RetiredBecause = retired.Reason,
        }),
        DescriptionFact.Asked asked => Changed(asked.Service, stamp, entry => entry with { Asked = entry.Asked.SetItem(asked.Term.Key, asked.Term) }),
        DescriptionFact.AskWithdrawn gone => Changed(gone.Service, stamp, entry => entry with { Asked = entry.Asked.Remove(gone.Term) }),
        DescriptionFact.Offered offered => Changed(offered.Service, stamp, entry =>
            entry with { Offered = entry.Offered.SetItem(offered.Term.Key, offered.Term) }),
        DescriptionFact.OfferWithdrawn gone => Changed(gone.Service, stamp, entry => entry with { Offered = entry.Offered.Remove(gone.Term) }),
        DescriptionFact.SheetReleased released => Changed(released.Service, stamp, entry => entry with { Sheet = released.Text }),
        DescriptionFact.Satisfied satisfied => Heard(satisfied.Service, stamp, new Satisfaction(true, satisfied.Remark, stamp.By, stamp.At)),
        DescriptionFact.NotYetSatisfied notYet => Heard(notYet.Service, stamp, new Satisfaction(false, notYet.Reason, stamp.By, stamp.At)),
        DescriptionFact.SatisfactionWithdrawn withdrawn => Heard(withdrawn.Service, stamp, said: null),
        DescriptionFact.CataloguePublished => this with { IsPublic = true },
        DescriptionFact.CatalogueHidden => this with { IsPublic = false },
        DescriptionFact.TermReopened reopened => Changed(reopened.Service, stamp, entry => entry with
        {
            Reopened = entry.Reopened.SetItem(reopened.Term, new Reopening(reopened.Reason, reopened.Source, stamp.At)),
        }),
        _ => this,
    };

    /// <remarks>Any change to what is described ends what both sides said of the service it touches.</remarks>
    private DescriptionState Changed(string service, Stamp stamp, Func<CatalogueEntry, CatalogueEntry> change)
    {
        var entry = change(Services[service]);
        return With(service, stamp, entry with { Edition = entry.Edition + 1, Provider = null, Customer = null });
    }

    private DescriptionState With(string service, Stamp stamp, CatalogueEntry entry) =>
        this with { Services = Services.SetItem(service, entry with { ChangedAt = stamp.At }) };

    private DescriptionState Heard(string service, Stamp stamp, Satisfaction? said)
    {
        var entry = Services[service];
        entry = stamp.Role == Seat.Provider.Words ? entry with { Provider = said } : entry with { Customer = said };
        if (entry.IsSettled) entry = entry with { Reopened = entry.Reopened.Clear() };
        return this with { Services = Services.SetItem(service, entry) };
    }
}
