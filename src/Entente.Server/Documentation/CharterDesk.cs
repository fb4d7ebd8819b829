using Entente.Documentation;
using Entente.Storage.Ledger;
using NodaTime;

namespace Entente.Server.Documentation;

/// <summary>Writes the process charter and gathers its approvals.</summary>
public sealed class CharterDesk(Recorder recorder)
{
    public Task<Versioned<CharterState>> Read(string engagement) => recorder.Read<CharterState, CharterFact>(engagement);

    public Task<Outcome<CharterState>> Write(string engagement, Write write, Charter charter) =>
        Record(engagement, write, state => CharterRules.Write(state, write.By, charter));

    /// <summary>Writes a charter that began from an older version: what others wrote since is merged, unless both changed the same lines.</summary>
    public Task<(Outcome<CharterState> Outcome, Merge<Charter>? Difference)> Merge(string engagement, Write write, Charter charter) =>
        Merging.Record(write, charter, CharterForm.Spelling, Kept(engagement), (again, text) => Write(engagement, again, text));

    public LocalDate Today => recorder.Now.InUtc().Date;

    public Task<Outcome<CharterState>> NameStakeholder(string engagement, Write write, string person, string name) =>
        Record(engagement, write, state => CharterRules.NameStakeholder(state, write.By, person, name));

    public Task<Outcome<CharterState>> ReleaseStakeholder(string engagement, Write write, string person) =>
        Record(engagement, write, state => CharterRules.ReleaseStakeholder(state, write.By, person));

    public Task<Outcome<CharterState>> Approve(string engagement, Write write, int edition, string? via = null) =>
        Record(engagement, write, state => CharterRules.Approve(state, write.By, edition, via));

    public Task<Outcome<CharterState>> Object(string engagement, Write write, int edition, string reason, string? via = null) =>
        Record(engagement, write, state => CharterRules.Object(state, write.By, edition, reason, via));

    public Task<Outcome<CharterState>> Delegate(string engagement, Write write, string to, string name) =>
        Record(engagement, write, state => CharterRules.Delegate(state, write.By, to, name));

    private Kept<Charter> Kept(string engagement) => new(
        async version => (await recorder.ReadAt<CharterState, CharterFact>(engagement, version)).Charter,
        async () => await Read(engagement) is var (state, version) ? (state.Charter, version) : default);

    private Task<Outcome<CharterState>> Record(string engagement, Write write, Func<CharterState, Decision<CharterFact>> decide) =>
        recorder.Record<CharterState, CharterFact>(engagement, write, (state, _) => decide(state));
}
