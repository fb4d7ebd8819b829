using Entente.Agreements;
using Entente.Documentation;
using Entente.Engagements;
using Entente.Negotiation;
using Entente.Storage.Ledger;
using Entente.Storage.Negotiation;
using Entente.Terms;
using NodaTime;

namespace Entente.Server.Negotiation;

/// <summary>A wish to open a table.</summary>
/// <param name="Amends">Short name of the agreement whose version in force it starts from; none for a new
/// agreement.</param>
/// <param name="Reopen">Keys of terms that an amendment reopens beside those in which something changed.</param>
/// <param name="Document">Parties, services, calendars, sources and policy around the terms; its terms come onto the
/// agenda too.</param>
/// <param name="Asks">Where the customer starts, by term key, over what the requirement says.</param>
/// <param name="Offers">Where the provider starts, by term key, over what the spec sheet says.</param>
public sealed record NegotiationWish(
    string Title, Instant? Deadline = null, MoveOrder Order = MoveOrder.Free, string? Amends = null,
        AgreementDocument? Document = null,
    IReadOnlyDictionary<string, TermValue>? Asks = null, IReadOnlyDictionary<string, TermValue>? Offers = null,
    LocalDate? EffectiveFrom = null, LocalDate? Ends = null, IReadOnlyList<string>? Reopen = null);

/// <summary>Opens tables and records every move at them; an accepted package becomes an agreement's draft in the same
/// transaction.</summary>
public sealed class NegotiationDesk(
    Recorder recorder, NegotiationStore store, SealedBox box, CertificateDesk certificates, EvidenceDesk evidence,
        FactLedger ledger, CostDesk costs)
{
    private const int TriesMost = 3;

    public static string Id(string engagement, string name) => $"{engagement}.{name}";

    public Task<Versioned<NegotiationState>> Read(string engagement, string name) =>
        recorder.Read<NegotiationState, NegotiationFact>(Id(engagement, name));

    public Task<IReadOnlyList<NegotiationRow>> OfEngagement(string engagement) => store.OfEngagement(engagement);

    public Instant Now => recorder.Now;

    /// <summary>What still keeps negotiation shut; empty means that the gate is open.</summary>
    /// <remarks>What underpins another engagement was described there.</remarks>
    public async Task<IReadOnlyList<Block>> Blocks(string engagement) =>
        (await recorder.Read<EngagementState, EngagementFact>(engagement)).State.Underpins is not null ? []
        : DescriptionRules.Blocks(
            (await recorder.Read<CharterState, CharterFact>(engagement)).State, await Description(engagement));

    /// <summary>What would be on the agenda of a table that opened now.</summary>
    public async Task<ValueList<AgendaTerm>> Agenda(string engagement) =>
        Agenda(await Description(engagement), document: null);

    public async Task<(string Name, Outcome<NegotiationState> Outcome)> Open(
        string engagement, Write write, NegotiationWish wish)
    {
        var refusal = (await Blocks(engagement)) is [var first, ..] ? new Refusal(first.Code, first.Message) : null;
        var tables = await store.OfEngagement(engagement);
        if (write.Key is { } key && await ledger.FindKey(write.By, key) is Appended.Repeated
            && tables.LastOrDefault(table => table.Title == wish.Title.Trim()) is { } known)
        {
            var (state, version) = await Read(engagement, known.Name);
            return (known.Name, new Outcome<NegotiationState>.Recorded(state, version));
        }

        for (var attempt = 1; ; attempt++)
        {
            var number = tables.Count + attempt;
            var name = $"n{number}";
            var agreement = Id(engagement, wish.Amends ?? $"a{number}");
            var (state, version) = await recorder.Read<AgreementState, AgreementFact>(agreement);
            refusal ??= Twice(tables, agreement, wish) ?? Amendable(state, wish);
            var description = await Description(engagement);
            var charter = (await recorder.Read<CharterState, CharterFact>(engagement)).State.Charter;
            var lastTime = state.Versions.FindLast(one => one.IsSigned) is { } signed
                ? (await recorder.Read<NegotiationState, NegotiationFact>(signed.Negotiation)).State.Agenda : [];
            var parties = (await recorder.Read<EngagementState, EngagementFact>(engagement)).State;
            refusal ??= Voiceless(charter, parties);
            var (frame, opened) = Prepare(lastTime, parties, description, state, agreement, wish);
            if (refusal is null)
                opened = opened with { Agenda = await evidence.WithOptions(engagement, opened.Agenda, frame) };
            var outcome = await recorder.Record<NegotiationState, NegotiationFact>(
                Id(engagement, name), write, (table, now) => NegotiationRules.Open(
                    table, write.By, opened with
                    {
                        Quorum = charter?.Quorum ?? 0,
                        VotingRights = charter?.VotingRights ?? default,
                    }, refusal, now),
                (_, _) => Task.FromResult<IReadOnlyList<StreamAppend>>(
                    [StreamAppend.Of(agreement, version, AgreementRules.Frame(
                        state, frame) is { IsRefused: false } framed ? framed.Facts : [])]));
            var taken = outcome is Outcome<NegotiationState>.Refused { Refusal.Code: "negotiation.exists" };
            if (!taken || attempt == TriesMost) return (name, outcome);
        }
    }

    /// <summary>Lets a rule decide a move. When the sides agree with it, the agreement's draft is recorded with
    /// it.</summary>
    public async Task<Outcome<NegotiationState>> Move(
        string engagement, string name, Write write, Func<NegotiationState, Instant, Decision<NegotiationFact>> decide)
    {
        var before = (await Read(engagement, name)).State;
        if (before.Standing is Standing.None) return new Outcome<NegotiationState>.Refused(
            new Refusal("negotiation.unknown", "There is no such table."));
        var (agreement, version) = await recorder.Read<AgreementState, AgreementFact>(before.Agreement);
        var limit = await costs.FindLimit(engagement, before);
        return await recorder.Record<NegotiationState, NegotiationFact>(
            Id(engagement, name), write,
            (state, now) => decide(state, now) is not { IsRefused: false } decision ? decide(state, now)
                : decision.Facts.OfType<NegotiationFact.Agreed>().Any()
                && state.Standing is Standing.Agreed && agreement.Draft is not { Signatures.IsEmpty: true }
                    ? new Refusal("negotiation.signing", "Signing has begun; what was agreed stands.")
                : limit is { } cost && NegotiationRules.OverCost(
                    state, decision.Facts, cost.Limit, cost.IsReadBy(write.By.Seat)) is { } beyond ? beyond
                : decision,
            async (state, facts) => facts.OfType<NegotiationFact.Agreed>().LastOrDefault() is { } agreed
                ? [StreamAppend.Of(before.Agreement, version,
                    (await Draft(Id(engagement, name), state, agreement, state.Offer(agreed.Offer)!)).Facts),
                    .. await certificates.Dividends(Id(engagement, name), state, state.Offer(agreed.Offer)!)]
                : []);
    }

    /// <summary>Accepts an offer openly.</summary>
    public async Task<Outcome<NegotiationState>> Accept(string engagement, string name, Write write, string offer)
    {
        var ballot = await BallotOf(engagement, name, offer);
        return await Move(engagement, name, write, (state, now) =>
            NegotiationRules.Accept(state, write.By, offer, ballot(state), now));
    }

    /// <summary>Accounting or a stakeholder backs an offer, or blocks it.</summary>
    public async Task<Outcome<NegotiationState>> Vote(
        string engagement, string name, Write write, string offer, bool backs, string? reason)
    {
        var ballot = await BallotOf(engagement, name, offer);
        return await Move(engagement, name, write, (state, now) =>
            NegotiationRules.Vote(state, write.By, offer, backs, reason, ballot(state), now));
    }

    /// <summary>Answers an offer in confidence: the ledger keeps a cipher, and only the rule learns what all
    /// said.</summary>
    public async Task<Outcome<NegotiationState>> AnswerInConfidence(
        string engagement, string name, Write write, string offer, bool yes)
    {
        var owner = write.By.Side?.Seat.Words ?? "";
        var cipher = box.Seal($"{Purpose(engagement, name, offer)} {write.By.Side}", yes);
        var ballot = await BallotOf(engagement, name, offer);
        return await Move(engagement, name, write, (state, now) => NegotiationRules.AnswerInConfidence(
            state, write.By, offer, new Sealed<bool>(owner, yes), cipher, ballot(state), now));
    }

    private async Task<Func<NegotiationState, Ballot>> BallotOf(string engagement, string name, string offer)
    {
        var parties = (await recorder.Read<EngagementState, EngagementFact>(engagement)).State;
        return state => Ballot.Empty with
        {
            Voices = Voices(state, parties),
            Confidences = state.Offer(offer)?.Confidences.ToDictionary(answer => answer.Key, answer => new Sealed<bool>(
                answer.Key.Seat.Words, box.Open<bool>($"{Purpose(engagement, name, offer)} {answer.Key}", answer.Value)))
                ?? Ballot.Empty.Confidences,
        };
    }

    /// <summary>What the voice of everybody beside the two sides weighs at a table.</summary>
    public static IReadOnlyDictionary<string, VoteWeight> Voices(NegotiationState state, EngagementState parties) =>
        parties.Voices.ToDictionary(holder => holder.Person,
            holder => VotingRight.Of(state.VotingRights, holder.Name, holder.Seat));

    /// <summary>A voice that the charter weighs must be somebody's, or nobody could miss it.</summary>
    private static Refusal? Voiceless(Charter? charter, EngagementState parties) =>
        (charter?.VotingRights ?? default).FirstOrDefault(right =>
            !parties.Voices.Any(holder => right.Names(holder.Name, holder.Seat))) is { Who: { } nobody }
            ? new Refusal("negotiation.voice_unseated",
                $"The charter gives {nobody} a voice at the table: seat them for accounting or as a stakeholder first.")
            : null;

    private static string Purpose(string engagement, string name, string offer) =>
        $"answer {Id(engagement, name)} {offer}";

    private async Task<Decision<AgreementFact>> Draft(
        string negotiation, NegotiationState state, AgreementState agreement, Offer offer)
    {
        var frame = agreement.Frame!;
        var today = recorder.Now.InZone(DateTimeZoneProviders.Tzdb[frame.TimeZone]).Date;
        var from = state.EffectiveFrom ?? today.With(DateAdjusters.StartOfMonth).PlusMonths(1);
        if (agreement.Versions.FindLast(one => one.IsSigned) is { } signed && from <= signed.EffectiveFrom)
            from = LocalDate.Max(today, signed.EffectiveFrom).With(DateAdjusters.StartOfMonth).PlusMonths(1);
        var document = frame with
        {
            Terms = Terms(frame, Entente.Negotiation.Agenda.Filled(state.Agenda, offer.Package, offer.Contingencies)),
            Effective = state.Ends is { } ends ? new DateRange(from, ends) : frame.Effective,
        };
        return AgreementRules.Draft(
            agreement, document, from, negotiation, await certificates.Of(negotiation, state, offer, document));
    }

    /// <summary>The terms of the frame, those that were on the table as they were agreed; the others stay.</summary>
    private static IReadOnlyList<Term> Terms(AgreementDocument frame, IReadOnlyList<Term> agreed)
    {
        var byKey = agreed.ToDictionary(term => term.Key);
        var known = frame.Terms.Select(term => term.Key).ToHashSet(StringComparer.Ordinal);
        return [.. frame.Terms.Select(term => byKey.GetValueOrDefault(term.Key) ?? term), .. agreed.Where(term => !known.Contains(term.Key))];
    }

    private (AgreementDocument Frame, NegotiationFact.Opened Opened) Prepare(
        IReadOnlyList<AgendaTerm> lastTime, EngagementState parties, DescriptionState description, AgreementState agreement, string id,
            NegotiationWish wish)
    {
        var inForce = agreement.Versions.FindLast(version => version.IsSigned);
        var wished = Agenda(description, wish.Document);
        var all = inForce is null ? wished : Entente.Negotiation.Agenda.Amending(inForce.Document.Terms, wished);
        var reopened = (wish.Reopen ?? []).Concat(wish.Asks?.Keys ?? []).Concat(wish.Offers?.Keys ?? [])
            .Concat(wish.Document?.Terms.Select(term => term.Key) ?? []).ToHashSet(StringComparer.Ordinal);
        var agenda = (inForce is null ? all : Entente.Negotiation.Agenda.Reopened(all, lastTime, reopened))
            .Select(term => term with
            {
                Asked = wish.Asks?.GetValueOrDefault(term.Key) ?? term.Asked,
                Offered = wish.Offers?.GetValueOrDefault(term.Key) ?? term.Offered,
            }).ToValueList();
        var frame = wish.Document ?? inForce?.Document ?? new AgreementDocument
        {
            Entente = AgreementDocument.Version1,
            Key = Key(wish.Title),
            Title = wish.Title,
            Terms = [],
        };
        frame = frame with
        {
            Provider = frame.Provider ?? new PartyEntry(parties.Provider),
            Customer = frame.Customer ?? new PartyEntry(parties.Customer),
            Services = frame.Services is { Count: > 0 } named ? named
                : [.. description.Current.Select(entry => new ServiceEntry(
                    entry.Key, entry.Card.Name, entry.Card.BusinessView))],
            Terms = [.. all.Select(term => term.Term)],
        };
        return (frame, new NegotiationFact.Opened(
            wish.Title.Trim(), agenda, id, wish.Amends is null ? null : inForce?.Number, wish.Deadline, wish.Order,
            wish.EffectiveFrom ?? wish.Document?.Effective?.From, wish.Ends));
    }

    private static ValueList<AgendaTerm> Agenda(DescriptionState description, AgreementDocument? document)
    {
        var agenda = Entente.Negotiation.Agenda.Of(
            description.Current.SelectMany(entry => entry.Asked.Values),
                description.Current.SelectMany(entry => entry.Offered.Values));
        var known = agenda.Select(term => term.Key).ToHashSet();
        return agenda.Concat((document?.Terms ?? []).Where(term => !known.Contains(term.Key))
            .Select(term => new AgendaTerm(term))).ToValueList();
    }

    private static Refusal? Twice(IReadOnlyList<NegotiationRow> tables, string agreement, NegotiationWish wish) =>
        wish.Amends is not null && tables.Any(table => table.Agreement == agreement
            && table.Standing is "open" or "paused")
            ? new Refusal("negotiation.amending", "Another table amends this agreement already.")
            : null;

    private static Refusal? Amendable(AgreementState agreement, NegotiationWish wish) => wish.Amends switch
    {
        null => null,
        _ when agreement.Draft is not null => new Refusal(
            "agreement.unsigned", "The newest version still waits for signatures."),
        _ when agreement.Versions.IsEmpty => new Refusal(
            "agreement.unknown", $"There is no agreement {wish.Amends} to amend."),
        _ => null,
    };

    private async Task<DescriptionState> Description(string engagement) =>
        (await recorder.Read<DescriptionState, DescriptionFact>(engagement)).State;

    /// <summary>A key for a document, from its title.</summary>
    public static string Key(string title)
    {
        var key = string.Concat(title.Trim().ToLowerInvariant()
            .Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-')).Trim('-');
        while (key.Contains("--", StringComparison.Ordinal)) key = key.Replace("--", "-", StringComparison.Ordinal);
        return key.Length == 0 ? "agreement" : key[..Math.Min(60, key.Length)].Trim('-');
    }
}
