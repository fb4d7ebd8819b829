using Dapper;
using Entente.Documentation;
using Entente.Engagements;
using Entente.Storage.Engagements;
using Entente.Storage.Ledger;
using Entente.Tests.Shared;
using NodaTime;

namespace Entente.Storage.Tests.Ledger;

public sealed class SqliteLedgerTests() : LedgerSuite(() => Database.Sqlite(Path.Combine(RealPrograms.NewFolder(), "entente.db")));

public sealed class PostgresLedgerTests() : LedgerSuite(() => Database.Postgres(RealPrograms.Postgres()));

/// <summary>What the ledger promises, on both databases.</summary>
public abstract class LedgerSuite(Func<Database> open) : IAsyncLifetime
{
    private static readonly Instant _now = Instant.FromUtc(2026, 3, 2, 9, 0) + Duration.FromNanoseconds(123_456_789);
    private static readonly Actor _ann = new("per_ann", "Ann", Seat.ServiceLevelManager);
    private static readonly Actor _cem = new("per_cem", "Cem", Seat.Customer);
    private static readonly Charter _charter = new("Why", "What — “quoted” and 𝄞", ["Ann chairs"], ["signed"]);

    private Database _database = null!;
    private FactLedger _ledger = null!;
    private EngagementStore _engagements = null!;

    public async ValueTask InitializeAsync()
    {
        _database = open();
        await Migrations.Run(_database);
        _engagements = new EngagementStore(_database);
        _ledger = new FactLedger(_database, [_engagements], new LedgerPulse());
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Facts_come_back_as_they_were_recorded()
    {
        await Append("eng_1", 0, new CharterFact.Written(_charter), new CharterFact.StakeholderNamed("per_cem", "Cem"));
        await _ledger.Append([StreamAppend.Of<CharterFact>("eng_1", 2, [new CharterFact.Approved(1)])], _cem, _now);

        var (state, version) = await new States(_ledger).Read<CharterState, CharterFact>("eng_1");
        version.ShouldBe(3);
        state.Charter.ShouldBe(_charter);
        state.ApprovedAt.ShouldBe(_now);
        (await _ledger.Stream("charter/eng_1")).Select(fact => (fact.Actor, fact.Role, fact.Kind))
            .ShouldBe([("per_ann", "service level manager", "charter.written"), ("per_ann", "service level manager", "charter.stakeholderNamed"),
                ("per_cem", "customer", "charter.approved")]);
    }

    [Fact]
    public async Task An_older_expected_version_is_told_the_newer_one_and_writes_nothing()
    {
        await Append("eng_1", 0, new CharterFact.Written(_charter));
        (await Append("eng_1", 0, new CharterFact.Written(_charter))).ShouldBe(new Appended.Stale("charter/eng_1", 1));
        (await _ledger.Position()).ShouldBe(1);
    }

    [Fact]
    public async Task Appends_to_several_streams_are_all_or_nothing()
    {
        await Append("eng_1", 0, new CharterFact.Written(_charter));
        var appended = await _ledger.Append(
            [
                StreamAppend.Of<EngagementFact>("eng_1", 0, [new EngagementFact.Opened("T", "org", "Acme IT", "Globex")]),
                StreamAppend.Of<CharterFact>("eng_1", 0, [new CharterFact.Written(_charter)]),
            ], _ann, _now);
        appended.ShouldBeOfType<Appended.Stale>();
        (await _ledger.Position()).ShouldBe(1);
        (await _engagements.OfPerson("per_ann")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Lists_are_written_with_the_facts_they_show()
    {
        await Append("eng_1", 0,
            new EngagementFact.Opened("T", "org", "Acme IT", "Globex"), new EngagementFact.SeatGranted("per_ann", "Ann", Seat.ServiceLevelManager));
        (await _engagements.FindSeat("eng_1", "per_ann")).ShouldBe(Seat.ServiceLevelManager);
        (await _engagements.OfPerson("per_ann")).Single().Title.ShouldBe("T");
        await Append("eng_1", 2, new EngagementFact.SeatLeft("per_ann"));
        (await _engagements.FindSeat("eng_1", "per_ann")).ShouldBeNull();
    }

    [Fact]
    public async Task A_failing_list_leaves_no_fact_behind()
    {
        await Append("eng_1", 0, new EngagementFact.Opened("T", "org", "Acme IT", "Globex"), new EngagementFact.SeatGranted("per_a", "A", Seat.Provider));
        await Should.ThrowAsync<Exception>(() => Append("eng_1", 2, new EngagementFact.SeatGranted("per_a", "A", Seat.Customer)));
        (await _ledger.Position()).ShouldBe(2);
        (await _ledger.Verify()).ShouldBeNull();
    }

    [Fact]
    public async Task The_same_key_is_recorded_once_and_serves_no_other_request()
    {
        var key = new WriteKey("k", "digest");
        (await _ledger.Append([StreamAppend.Of<CharterFact>("eng_1", 0, [new CharterFact.Written(_charter)])], _ann, _now, key))
            .ShouldBe(new Appended.Recorded(1));
        (await _ledger.Append([StreamAppend.Of<CharterFact>("eng_1", 1, [new CharterFact.Written(_charter)])], _ann, _now, key))
            .ShouldBe(new Appended.Repeated(1));
        (await _ledger.FindKey(_ann, new WriteKey("k", "another"))).ShouldBe(new Appended.KeyReused());
        (await _ledger.FindKey(_cem, key)).ShouldBeNull("a key belongs to who used it");
        (await _ledger.Position()).ShouldBe(1);
    }

    [Fact]
    public async Task Of_many_writers_at_one_version_exactly_one_wins()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => Append("eng_1", 0, new CharterFact.Written(_charter)))));
        answers.Count(answer => answer is Appended.Recorded).ShouldBe(1);
        (await _ledger.Position()).ShouldBe(1);
    }

    [Fact]
    public async Task Writers_of_different_streams_build_one_chain_without_gaps()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(
            i => Task.Run(() => Append($"eng_{i}", 0, new CharterFact.Written(_charter), new CharterFact.StakeholderNamed("p", "P")))));
        (await _ledger.After(0, 1000)).Select(fact => fact.Position).ShouldBe(Enumerable.Range(1, 40).Select(i => (long)i));
        (await _ledger.Verify()).ShouldBeNull();
    }

    [Theory]
    [InlineData("UPDATE facts SET data = replace(data, 'Cem', 'Eve') WHERE position = 2", 2)]
    [InlineData("UPDATE facts SET actor = 'per_eve' WHERE position = 3", 3)]
    [InlineData("DELETE FROM facts WHERE position = 2", 2)]
    [InlineData("DELETE FROM facts WHERE position = 4", 4)]
    [InlineData("UPDATE facts SET at = '2020-01-01T00:00:00Z' WHERE position = 1", 1)]
    public async Task Verifying_finds_the_first_broken_link_after_a_row_was_edited_by_hand(string edit, long broken)
    {
        await Append("eng_1", 0, new CharterFact.Written(_charter), new CharterFact.StakeholderNamed("per_cem", "Cem"),
            new CharterFact.StakeholderNamed("per_pia", "Pia"), new CharterFact.StakeholderReleased("per_pia"));
        (await _ledger.Verify()).ShouldBeNull();
        await using var connection = await _database.Open();
        await connection.ExecuteAsync(edit);
        (await _ledger.Verify())!.Position.ShouldBe(broken);
    }

    [Fact]
    public async Task Migrations_run_once_also_when_two_nodes_start_together()
    {
        await Task.WhenAll(Migrations.Run(_database), Migrations.Run(_database));
        await using var connection = await _database.Open();
        (await connection.QueryAsync<string>("SELECT name FROM migrations ORDER BY name")).ShouldBe(Migrations.Names());
    }

    [Fact]
    public async Task A_waiting_reader_is_woken_by_the_next_fact()
    {
        var pulse = new LedgerPulse();
        var ledger = new FactLedger(_database, [], pulse);
        var next = pulse.Next;
        await ledger.Append([StreamAppend.Of<CharterFact>("eng_9", 0, [new CharterFact.Written(_charter)])], _ann, _now);
        (await next.WaitAsync(TimeSpan.FromSeconds(5))).ShouldBe(1);
    }

    private Task<Appended> Append(string id, long expected, params CharterFact[] facts) =>
        _ledger.Append([StreamAppend.Of<CharterFact>(id, expected, facts)], _ann, _now);

    private Task<Appended> Append(string id, long expected, params EngagementFact[] facts) =>
        _ledger.Append([StreamAppend.Of<EngagementFact>(id, expected, facts)], _ann, _now);
}
