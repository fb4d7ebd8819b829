using Entente.Documentation;
using Entente.Storage.Ledger;

namespace Entente.Server.Documentation;

/// <summary>Describes services, hears both sides about them, and holds the gate.</summary>
public sealed class CatalogueDesk(Recorder recorder, CharterDesk charters, ServiceHistories histories)
{
    public Task<Versioned<DescriptionState>> Read(string engagement) => recorder.Read<DescriptionState, DescriptionFact>(engagement);

    /// <summary>What still keeps negotiation shut; empty means open.</summary>
    public async Task<IReadOnlyList<Block>> Blocks(string engagement) =>
        DescriptionRules.Blocks((await charters.Read(engagement)).State, (await Read(engagement)).State);

    public Task<Outcome<DescriptionState>> Describe(string engagement, Write write, string service, ServiceCard card) =>
        Record(engagement, write, (charter, state) => DescriptionRules.Describe(charter, state, write.By, service, card));

    /// <summary>Describes a service from an older version: what others wrote since is merged, unless both changed the same lines.</summary>
    public Task<(Outcome<DescriptionState> Outcome, Merge<ServiceCard>? Difference)> Merge(string engagement, Write write, string service, ServiceCard card) =>
        Merging.Record(write, card, CardFields.Spelling, Kept(engagement, service), (again, text) => Describe(engagement, again, service, text));

    public Task<Outcome<DescriptionState>> Retire(string engagement, Write write, string service, string reason) =>
        Record(engagement, write, (_, state) => DescriptionRules.Retire(state, write.By, service, reason));

    public Task<Outcome<DescriptionState>> Satisfy(string engagement, Write write, string service, int edition, string? remark) =>
        Record(engagement, write, (charter, state) => DescriptionRules.Satisfy(charter, state, write.By, service, edition, remark));

    public Task<Outcome<DescriptionState>> NotYet(string engagement, Write write, string service, int edition, string reason) =>
        Record(engagement, write, (charter, state) => DescriptionRules.NotYet(charter, state, write.By, service, edition, reason));

    public Task<Outcome<DescriptionState>> Withdraw(string engagement, Write write, string service, string? reason) =>
        Record(engagement, write, (_, state) => DescriptionRules.Withdraw(state, write.By, service, reason));

    public Task<Outcome<DescriptionState>> Publish(string engagement, Write write) =>
        Record(engagement, write, (_, state) => DescriptionRules.Publish(state, write.By));

    public Task<Outcome<DescriptionState>> Hide(string engagement, Write write) =>
        Record(engagement, write, (_, state) => DescriptionRules.Hide(state, write.By));

    /// <summary>What became of one service, newest first.</summary>
    public async Task<IReadOnlyList<ServiceEvent>> History(string engagement, string service) =>
        [.. ((await histories.Read(engagement)).Events.GetValueOrDefault(service) ?? []).Reverse()];

    /// <summary>Every edition of a service, the first first, with who made it.</summary>
    public async Task<IReadOnlyList<ServiceEdition>> Editions(string engagement, string service) =>
        (await histories.Read(engagement)).Editions.GetValueOrDefault(service) ?? [];

    public async Task<GlossaryState> Glossary(string engagement) => (await recorder.Read<GlossaryState, GlossaryFact>(engagement)).State;

    /// <summary>Sends a term back from a later stage.</summary>
    public Task<Outcome<DescriptionState>> Reopen(string engagement, Write write, string service, string term, string reason, string source) =>
        Record(engagement, write, (_, state) => DescriptionRules.Reopen(state, service, term, reason, source));

    private Kept<ServiceCard> Kept(string engagement, string service) => new(
        async version => (await recorder.ReadAt<DescriptionState, DescriptionFact>(engagement, version)).Services.GetValueOrDefault(service)?.Card,
        async () => await Read(engagement) is var (state, version) ? (state.Services.GetValueOrDefault(service)?.Card, version) : default);

    private async Task<Outcome<DescriptionState>> Record(
        string engagement, Write write, Func<CharterState, DescriptionState, Decision<DescriptionFact>> decide)
    {
        var charter = (await charters.Read(engagement)).State;
        return await recorder.Record<DescriptionState, DescriptionFact>(engagement, write, (state, _) => decide(charter, state));
    }
}

/// <summary>A service as it was described at one edition.</summary>
/// <param name="By">Identifier of the person whose change made it.</param>
public sealed record ServiceEdition(CatalogueEntry Entry, string By, NodaTime.Instant At);
