using System.Data;
using Entente.Agreements;
using Entente.Documentation;
using Entente.Engagements;
using Entente.Negotiation;
using Entente.Server.Documentation;
using Entente.Server.Negotiation;
using Entente.Storage.Agreements;
using Entente.Storage.Ledger;
using NodaTime;

namespace Entente.Server.Agreements;

/// <summary>Reads agreements and gathers their signatures.</summary>
public sealed class AgreementDesk(Recorder recorder, AgreementStore store, CertificateDesk certificates, VoiceBoxDesk box)
{
    private const int TriesMost = 4;

    public Instant Now => recorder.Now;

    public Task<Versioned<AgreementState>> Read(string engagement, string name) =>
        recorder.Read<AgreementState, AgreementFact>($"{engagement}.{name}");

    public Task<IReadOnlyList<AgreementRow>> OfEngagement(string engagement) => store.OfEngagement(engagement);

    /// <summary>How many concerns of the table that a version came from are still open.</summary>
    public async Task<int> OpenConcerns(AgreementVersion version) => (await Table(version)).State.OpenConcerns.Count();

    /// <summary>Signs a version.</summary>
    /// <remarks>The table is held at the version that was read, and its box held empty, so that no concern slips in
    /// between the look and the signature.</remarks>
    public async Task<Outcome<AgreementState>> Sign(
        string engagement, string name, Write write, SigningAct act)
    {
        for (var attempt = 1; ; attempt++)
        {
            var version = (await Read(engagement, name)).State.Find(act.Version);
            var table = version is null ? null : await Table(version);
            var heardAt = version is null ? null : await box.WaitsUntil(version.Negotiation);
            try
            {
                var outcome = await recorder.Record<AgreementState, AgreementFact>(
                    $"{engagement}.{name}", write,
                    (state, _) => SigningRules.Sign(state, write.By, act, table?.State.OpenConcerns.Count() ?? 0,
                        Today(state), table is null ? null : Waiver(table.State), heardAt),
                    (_, _) => Task.FromResult<IReadOnlyList<StreamAppend>>(
                        table is null ? [] : [StreamAppend.Of<NegotiationFact>(version!.Negotiation, table.Version, [])]),
                    (connection, transaction) => box.HoldEmpty(connection, transaction, version!.Negotiation));
                if (outcome is not Outcome<AgreementState>.Stale || write.ExpectedVersion is not null
                    || attempt == TriesMost) return outcome;
            }
            catch (DBConcurrencyException) when (attempt < TriesMost)
            {
                // Somebody spoke between the look and the signature: the rule is asked again, and says when it is heard.
            }
        }
    }

    /// <summary>Why the sides may sign what could be better: a waiver, or an improvement that not all wanted.</summary>
    private static string? Waiver(NegotiationState table) => table.Waiver
        ?? (table.Offers.FindLast(offer => offer is { Kind: OfferKind.Improvement, End: OfferEnd.Rejected or OfferEnd.NotAccepted })
            is { } refused ? $"The improvement {refused.Id} was not accepted by all{(refused.Reason is { } why ? $": {why}" : "")}" : null);

    /// <summary>What a version brought a party, for its own eyes.</summary>
    public async Task<Dividend?> FindDividend(AgreementVersion version, Seat seat) =>
        version.Negotiation.Contains('.', StringComparison.Ordinal) ? await certificates.FindDividend(version.Negotiation, seat) : null;

    public async Task<Outcome<AgreementState>> OpenDividend(string engagement, string name, Write write, int number)
    {
        var version = (await Read(engagement, name)).State.Find(number);
        var mine = version is null || write.By.Seat is not { } seat ? null : await FindDividend(version, seat);
        return await recorder.Record<AgreementState, AgreementFact>($"{engagement}.{name}", write,
            (state, _) => AgreementRules.OpenDividend(state, write.By, number, mine));
    }

    public Task<Outcome<AgreementState>> Delegate(
        string engagement, string name, Write write, SeatHolder to, string reason, LocalDate? until, string? signatory) =>
        recorder.Record<AgreementState, AgreementFact>($"{engagement}.{name}", write, (state, _) => SigningRules.Delegate(
            state, write.By, (to.Person, to.Name, to.Seat), reason, until, Today(state), signatory));

    public Task<Outcome<AgreementState>> Revoke(string engagement, string name, Write write, string signatory) =>
        recorder.Record<AgreementState, AgreementFact>(
            $"{engagement}.{name}", write, (state, _) => SigningRules.Revoke(state, write.By, signatory));

    /// <summary>The plan that follows from the charter's table of who does what; nothing where that says nothing of
    /// signing.</summary>
    public async Task<SigningProposal?> FindProposal(string engagement, AgreementState state) => SigningProposal.Of(
        (await recorder.Read<CharterState, CharterFact>(engagement)).State,
        (await recorder.Read<EngagementState, EngagementFact>(engagement)).State, state.Plan);

    public Task<Outcome<AgreementState>> Plan(string engagement, string name, Write write, SigningPlan plan) =>
        recorder.Record<AgreementState, AgreementFact>(
            $"{engagement}.{name}", write, (state, _) => SigningRules.Plan(state, write.By, plan));

    /// <summary>What both sides will argue about one day in a version, found before they sign.</summary>
    public static IReadOnlyList<Finding> Findings(AgreementVersion version) =>
        [.. AgreementDocumentRules.Validate(version.Document), .. AgreementDocumentLint.Find(version.Document)];

    /// <summary>Gives a term of the draft other words.</summary>
    /// <param name="clause">Key of an own clause to take the words of; none takes <paramref name="text"/>.</param>
    public async Task<Outcome<AgreementState>> Word(
        string engagement, string name, Write write, int number, string term, string? clause, string? text, string source)
    {
        if (clause is not null)
        {
            var own = (await Clauses(engagement)).State.Clauses.GetValueOrDefault(clause);
            if (own is null or { IsRetired: true }) return new Outcome<AgreementState>.Refused(
                new Refusal("clause.unknown", $"There is no clause '{clause}'."));
            (text, source) = (own.Text, own.Source);
        }

        return await recorder.Record<AgreementState, AgreementFact>($"{engagement}.{name}", write,
            (state, _) => AgreementRules.Word(state, write.By, number, term, text ?? "", source));
    }

    public Task<Versioned<ClauseShelfState>> Clauses(string engagement) =>
        recorder.Read<ClauseShelfState, ClauseFact>(engagement);

    public Task<Outcome<ClauseShelfState>> WriteClause(
        string engagement, Write write, string clause, string kind, string text) =>
        recorder.Record<ClauseShelfState, ClauseFact>(
            engagement, write, (state, _) => ClauseRules.Write(state, write.By, clause, kind, text));

    public Task<Outcome<ClauseShelfState>> RetireClause(string engagement, Write write, string clause) =>
        recorder.Record<ClauseShelfState, ClauseFact>(
            engagement, write, (state, _) => ClauseRules.Retire(state, clause));

    public Task<Outcome<AgreementState>> MeetCondition(
        string engagement, string name, Write write, string condition, LocalDate on, string remark) =>
        recorder.Record<AgreementState, AgreementFact>($"{engagement}.{name}", write, (state, _) =>
            AgreementRules.MeetCondition(state, write.By, condition, on, remark, Today(state)));

    /// <summary>The signatures whose turn it is.</summary>
    public IEnumerable<SignatoryView> Awaited(AgreementState state) =>
        SignatoryView.Of(state, state.Draft, Today(state)).Where(one => one.Waits);

    /// <summary>Today in the zone of an agreement.</summary>
    public LocalDate Today(AgreementState state) => state is { Frame: null, Newest: null }
        ? recorder.Now.InUtc().Date
        : recorder.Now.InZone(DateTimeZoneProviders.Tzdb[(state.Newest?.Document ?? state.Frame!).TimeZone]).Date;

    private Task<Versioned<NegotiationState>> Table(AgreementVersion version) =>
        recorder.Read<NegotiationState, NegotiationFact>(version.Negotiation);
}
