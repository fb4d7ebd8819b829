using System.Text;
using Dapper;
using Entente.Documentation;
using Entente.Negotiation;
using Entente.Storage.Documentation;
using Entente.Storage.Ledger;
using Entente.Terms;
using Entente.Tests.Shared;
using NodaTime;

namespace Entente.Storage.Tests.Documentation;

public sealed class SqliteVoiceTests : VoiceStoreSuite
{
    private readonly string _folder = RealPrograms.NewFolder();

    protected override string Natural => "SELECT id FROM waiting_voices";

    protected override Database Open() => Database.Sqlite(Path.Combine(_folder, "entente.db"));

    /// <remarks>A page of SQLite is filled from its end, row by row as they are written, whatever their keys.</remarks>
    [Fact]
    public async Task Nor_do_the_bytes_on_the_disk()
    {
        var voices = await Say(12);
        foreach (var file in Directory.GetFiles(_folder).Where(file => !file.EndsWith(".db", StringComparison.Ordinal)))
            Bytes(file).ShouldNotContain("One fears");
        var disk = Bytes(Path.Combine(_folder, "entente.db"));
        var places = voices.OrderByDescending(voice => voice.Voice, StringComparer.Ordinal).Select(voice => Places(disk, voice.Text)).ToList();
        places.ShouldAllBe(found => found.Count == 1, "an older copy would tell which lay there before");
        places.Select(found => found[0]).ShouldBeInOrder();
    }

    private static List<int> Places(string disk, string word)
    {
        List<int> found = [];
        for (var at = disk.IndexOf(word, StringComparison.Ordinal); at >= 0; at = disk.IndexOf(word, at + 1, StringComparison.Ordinal)) found.Add(at);
        return found;
    }

    private static string Bytes(string file)
    {
        using var open = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var content = new MemoryStream();
        open.CopyTo(content);
        return Encoding.Latin1.GetString(content.ToArray());
    }
}

public sealed class PostgresVoiceTests : VoiceStoreSuite
{
    protected override string Natural => "SELECT id FROM waiting_voices ORDER BY ctid";

    protected override Database Open() => Database.Postgres(RealPrograms.Postgres());

    [Fact]
    public async Task Nor_do_the_numbers_of_transactions()
    {
        await Say(12);
        await using var connection = await Db.Open();
        (await connection.ExecuteScalarAsync<long>("SELECT COUNT(DISTINCT xmin::text) FROM waiting_voices")).ShouldBe(1);
    }
}

/// <summary>What the box of anonymous voices promises, on both databases.</summary>
public abstract class VoiceStoreSuite : IAsyncLifetime
{
    private static readonly Instant _next = Instant.FromUtc(2026, 3, 3, 6, 0);

    protected Database Db { get; private set; } = null!;

    /// <summary>Reads the box as the database happens to hold it.</summary>
    protected abstract string Natural { get; }

    private static NegotiationFact.ConcernRaised Nights { get; } = new("", "Nights", Anonymous: true);

    private VoiceStore Box => new(Db);

    public async ValueTask InitializeAsync()
    {
        Db = Open();
        await Migrations.Run(Db);
    }

    public ValueTask DisposeAsync() => Db.DisposeAsync();

    [Fact]
    public async Task What_waits_tells_neither_when_nor_in_which_order_it_was_said()
    {
        var said = (await Say(12)).Select(voice => voice.Voice).ToList();
        await using var connection = await Db.Open();
        var row = (IDictionary<string, object?>)(await connection.QueryAsync("SELECT * FROM waiting_voices")).First();
        row.Keys.ShouldBe(["id", "place", "kind", "voice"], ignoreOrder: true);
        row["voice"]!.ToString()!.ShouldNotContain("2026");
        (await connection.QueryAsync<string>(Natural)).ShouldBe(said.Order(StringComparer.Ordinal));
        (await Box.Waiting()).Select(one => one.Id).ShouldBe(said.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_same_words_sent_again_wait_once()
    {
        foreach (var (to, service) in new (Hearer, string?)[]
        {
            (Hearer.Everybody, null), (Hearer.Everybody, null), (Hearer.ServiceLevelManager, null), (Hearer.Everybody, "shop"),
        })
            await Put("eng_1", new VoiceFact.Spoken(Name(), "Nights", to, service));
        await Put("eng_2", new VoiceFact.Spoken(Name(), "Nights", Hearer.Everybody));
        foreach (var (table, term) in new[] { ("eng_1.n1", "restore"), ("eng_1.n1", "restore"), ("eng_1.n1", "charge"), ("eng_1.n2", "charge") })
            await Box.Put(new(Name(), table, Nights with { Term = term, Need = new(Comparison.AtLeast, new TermValue.Span(Duration.FromHours(4))) }));
        (await Box.Waiting()).Count.ShouldBe(7);
    }

    [Fact]
    public async Task Whatever_stops_the_hearing_half_way_loses_nothing_and_doubles_nothing()
    {
        await Say(3);
        await Box.SetNext(_next);
        var (waiting, ledger) = (await Box.Waiting(), new FactLedger(Db, [], new LedgerPulse()));
        StreamAppend[] appends = [new(waiting[0].Stream, 0, [.. waiting.Select(one => one.Fact)])];
        await Should.ThrowAsync<IOException>(() => ledger.Append(appends, VoiceRules.Nobody, _next, rows: async (connection, transaction) =>
        {
            await Box.Take(connection, transaction, waiting, _next + Duration.FromDays(1));
            throw new IOException("the power fails between taking out and writing down");
        }));
        ((await Box.Waiting()).Count, await ledger.Position(), await Box.Next()).ShouldBe((3, 0L, _next));
        await ledger.Append(appends, VoiceRules.Nobody, _next, rows: (connection, transaction) =>
            Box.Take(connection, transaction, waiting, _next + Duration.FromDays(1)));
        ((await Box.Waiting()).Count, await ledger.Position(), await Box.Next()).ShouldBe((0, 3L, _next + Duration.FromDays(1)));
        await Should.ThrowAsync<System.Data.DBConcurrencyException>(() => ledger.Append(
            [new(waiting[0].Stream, 3, [.. waiting.Select(one => one.Fact)])], VoiceRules.Nobody, _next,
            rows: (connection, transaction) => Box.Take(connection, transaction, waiting, _next)));
        (await ledger.Position()).ShouldBe(3, "what was heard already is not heard again");
    }

    [Fact]
    public async Task What_waits_at_a_table_holds_back_what_would_outrun_it_there_and_nowhere_else()
    {
        await Box.Put(new(Name(), "eng_1.n1", Nights));
        (await Box.Waits("eng_1.n1"), await Box.Waits("eng_1.n2"), await Box.Waits("eng_1")).ShouldBe((true, false, false));
        await using var connection = await Db.Open();
        await using var transaction = await connection.BeginTransactionAsync();
        await Should.ThrowAsync<System.Data.DBConcurrencyException>(() => Box.HoldEmpty(connection, transaction, "eng_1.n1"));
        await Box.HoldEmpty(connection, transaction, "eng_1.n2");
        (await Box.Waiting()).ShouldBe([new((await Box.Waiting())[0].Id, "eng_1.n1", Nights)]);
    }

    [Fact]
    public async Task What_waited_in_a_box_of_an_earlier_version_is_heard_where_it_was_said()
    {
        await using var connection = await Db.Open();
        await connection.ExecuteAsync("INSERT INTO waiting_voices (id, place, voice) VALUES ('voi_1', 'eng_1', @voice)",
            new { voice = FactKinds.Write(new VoiceFact.Spoken("voi_1", "Nights", Hearer.Everybody)) });
        (await Box.Waiting()).ShouldBe([new("voi_1", "eng_1", new VoiceFact.Spoken("voi_1", "Nights", Hearer.Everybody))]);
        (await Box.Waiting())[0].Stream.ShouldBe(FactKinds.Stream<VoiceFact>("eng_1"));
    }

    [Fact]
    public async Task Many_who_speak_at_once_are_all_kept()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(one => Put("eng_1", new VoiceFact.Spoken(Name(), $"One fears {one}.", Hearer.Everybody))));
        (await Box.Waiting()).Select(one => ((VoiceFact.Spoken)one.Fact).Text).Distinct().Count().ShouldBe(20);
    }

    protected abstract Database Open();

    /// <summary>Says that many things, every second name first, so that the order of telling is neither that of the names nor its reverse.</summary>
    protected async Task<IReadOnlyList<VoiceFact.Spoken>> Say(int count)
    {
        var names = Enumerable.Range(0, count).Select(_ => Name()).Order(StringComparer.Ordinal).Index()
            .OrderByDescending(one => one.Index % 2).Select(one => one.Item);
        var said = names.Select((name, one) => new VoiceFact.Spoken(name, $"One fears night {one}.", Hearer.Everybody)).ToList();
        foreach (var voice in said) await Put("eng_1", voice);
        return said;
    }

    private Task Put(string engagement, VoiceFact.Spoken voice) => Box.Put(new WaitingVoice(voice.Voice, engagement, voice));

    private static string Name() => $"voi_{Guid.NewGuid():N}";
}
