using System.Text.Json.Serialization;
using Entente.Agreements;
using Entente.Documentation;
using Entente.Engagements;
using Entente.Negotiation;
using Entente.Server.Documentation;
using Entente.Server.Identity;
using Entente.Storage.Agreements;
using Entente.Storage.Ledger;
using Entente.Terms;

namespace Entente.Server.Agreements;

/// <summary>What IT asks of a team or a supplier for one term.</summary>
public sealed record ContractAsk(string Term, string Value);

/// <summary>A wish for an agreement that underpins a service.</summary>
/// <param name="Contract">Short name, such as <c>hoster</c>.</param>
/// <param name="Type">ola with a team, uc with a supplier.</param>
/// <param name="Party">Who is to promise it.</param>
/// <param name="Asks">Terms of the service that rest on it, with what IT asks for.</param>
/// <param name="Representative">Somebody of the organisation who sits for that party; others are invited by the chair.</param>
public sealed record UnderpinningWish(
    string Contract, AgreementType Type, string Party, string Service, IReadOnlyList<ContractAsk> Asks, string? Representative = null);

/// <summary>One small table and what it has come to.</summary>
/// <param name="Engagement">Where it is negotiated, signed and measured.</param>
public sealed record ContractView(
    string Contract, AgreementType Type, string Party, string Service, string Engagement, string Standing, IReadOnlyList<Term> Terms)
{
    [JsonIgnore] public bool IsSigned => Standing == Signed;

    internal const string Signed = "signed";
}

/// <summary>What underpins an engagement, and whether it carries what is promised.</summary>
public sealed record UnderpinningView(IReadOnlyList<ContractView> Contracts, IReadOnlyList<CarriedPromise> Carried, long Version);

/// <summary>Opens small tables between IT and its teams and suppliers, each an engagement of its own in which IT is the
/// customer, and adds up what they carry.</summary>
public sealed class UnderpinningDesk(Recorder recorder, AgreementStore agreements) : IContractPromises
{
    /// <summary>The seats that read what is agreed below; the customer does not.</summary>
    public static IReadOnlyList<Seat> Readers { get; } = [Seat.Provider, Seat.ServiceLevelManager, Seat.Accounting];

    public async Task<UnderpinningView> Read(string engagement)
    {
        var (state, version) = await recorder.Read<UnderpinningState, UnderpinningFact>(UnderpinningState.Id(engagement));
        var contracts = new List<ContractView>();
        foreach (var begun in state.Contracts) contracts.Add(await View(begun));
        return new UnderpinningView(contracts, UnderpinningRules.Carry(await Promised(engagement), Promises(contracts)), version);
    }

    /// <summary>What the small tables of an engagement promise now.</summary>
    public async Task<IReadOnlyList<ContractPromise>> Promises(string engagement)
    {
        var (state, _) = await recorder.Read<UnderpinningState, UnderpinningFact>(UnderpinningState.Id(engagement));
        var contracts = new List<ContractView>();
        foreach (var begun in state.Contracts) contracts.Add(await View(begun));
        return Promises(contracts);
    }

    public async Task<Outcome<UnderpinningState>> Begin(
        string engagement, Write write, UnderpinningWish wish, (string Id, string Name)? representative)
    {
        var parties = (await recorder.Read<EngagementState, EngagementFact>(engagement)).State;
        var described = (await recorder.Read<DescriptionState, DescriptionFact>(engagement)).State.Services.GetValueOrDefault(wish.Service)
            ?? throw new BadInputException("$.service", "description.unknown", $"expected a service of this engagement, found \"{wish.Service}\"");
        var agenda = wish.Asks.Select((ask, i) => Asked(described, ask, $"$.asks[{i}]")).ToValueList();
        var child = Secrets.NewId("eng");
        var title = $"{described.Card.Name}: {wish.Party.Trim()}";
        return await recorder.Record<UnderpinningState, UnderpinningFact>(
            UnderpinningState.Id(engagement), write,
            (state, _) => string.Equals(wish.Party.Trim(), parties.Provider, StringComparison.OrdinalIgnoreCase)
                ? new Refusal("engagement.one_party", "Provider and customer must be two different parties.")
                : UnderpinningRules.Begin(state, write.By, new UnderpinningFact.Begun(
                    wish.Contract, wish.Type, wish.Party.Trim(), wish.Service, child, agenda.Select(term => term.Key).ToValueList())),
            (_, facts) => Task.FromResult<IReadOnlyList<StreamAppend>>(facts.Count == 0 ? [] :
            [
                StreamAppend.Of<EngagementFact>(child, 0, Seated(engagement, parties, title, wish.Party.Trim(), representative)),
                StreamAppend.Of<NegotiationFact>($"{child}.n1", 0, [new NegotiationFact.Opened(title, agenda, $"{child}.a1")]),
                StreamAppend.Of<AgreementFact>($"{child}.a1", 0, [new AgreementFact.Framed(Frame(wish, described, parties, title, agenda))]),
            ]));
    }

    /// <remarks>Whoever sits for the provider above buys below, under the same chair.</remarks>
    private static IReadOnlyList<EngagementFact> Seated(
        string above, EngagementState parties, string title, string party, (string Id, string Name)? representative)
    {
        List<EngagementFact> facts =
        [
            new EngagementFact.Opened(title, parties.Organisation, party, parties.Provider),
            new EngagementFact.Underpins(above),
            .. parties.Holders(Seat.ServiceLevelManager).Select(chair => new EngagementFact.SeatGranted(chair.Person, chair.Name, Seat.ServiceLevelManager)),
            .. parties.Holders(Seat.Provider).Select(buyer => new EngagementFact.SeatGranted(buyer.Person, buyer.Name, Seat.Customer)),
        ];
        if (representative is { } who)
        {
            if (parties.Seats.GetValueOrDefault(who.Id)?.Seat is Seat.ServiceLevelManager or Seat.Provider or Seat.Customer)
                throw new BadInputException("$.representative", "seat.taken", "expected somebody who sits for no side and does not chair above");
            facts.Add(new EngagementFact.SeatGranted(who.Id, who.Name, Seat.Provider));
        }

        return facts;
    }

    private static AgendaTerm Asked(CatalogueEntry described, ContractAsk ask, string path)
    {
        var above = described.Offered.GetValueOrDefault(ask.Term) ?? described.Asked.GetValueOrDefault(ask.Term)
            ?? throw new BadInputException($"{path}.term", "term.unknown", $"expected a term of {described.Card.Name}, found \"{ask.Term}\"");
        var value = TermValueText.Read(above, ask.Value) ?? throw new BadInputException(
            $"{path}.value", "term.value", $"expected {TermValueText.Expected(above)}, found \"{ask.Value}\"");
        return new AgendaTerm(above.With(value).Facts[0] with { Credit = null, RestsOn = [], Contingents = [], Clause = null }, Asked: value);
    }

    private static AgreementDocument Frame(
        UnderpinningWish wish, CatalogueEntry described, EngagementState parties, string title, ValueList<AgendaTerm> agenda) => new()
        {
            Entente = AgreementDocument.Version1,
            Key = wish.Contract,
            Title = title,
            Type = wish.Type,
            Provider = new PartyEntry(wish.Party.Trim()),
            Customer = new PartyEntry(parties.Provider),
            Services = [new ServiceEntry(described.Key, described.Card.Name)],
            Terms = [.. agenda.Select(term => term.Term)],
        };

    private async Task<ContractView> View(UnderpinningFact.Begun begun)
    {
        var (table, _) = await recorder.Read<NegotiationState, NegotiationFact>($"{begun.Engagement}.n1");
        var (agreement, _) = await recorder.Read<AgreementState, AgreementFact>($"{begun.Engagement}.a1");
        var terms = agreement.Newest?.Document.Terms ?? [.. table.Agenda.Select(item =>
            table.Position(Side.Provider, item.Key) is { } offered ? item.Term.With(offered).Facts[0] : item.Term)];
        var standing = agreement.Newest is { } newest ? newest.IsSigned ? ContractView.Signed : "agreed" : "asked";
        return new ContractView(begun.Contract, begun.Type, begun.Party, begun.Service, begun.Engagement, standing, terms);
    }

    private static IReadOnlyList<ContractPromise> Promises(IEnumerable<ContractView> contracts) =>
        [.. contracts.Select(one => new ContractPromise(one.Contract, one.Party, one.Service, one.Standing, one.Terms))];

    /// <summary>What is promised above: what waits for signatures or is in force, else what IT offers.</summary>
    private async Task<IReadOnlyList<Term>> Promised(string engagement)
    {
        foreach (var row in (await agreements.OfEngagement(engagement)).Reverse())
        {
            if ((await recorder.Read<AgreementState, AgreementFact>(row.Id)).State.Newest is { } newest) return newest.Document.Terms;
        }

        return [.. (await recorder.Read<DescriptionState, DescriptionFact>(engagement)).State.Current.SelectMany(entry => entry.Offered.Values)];
    }
}
