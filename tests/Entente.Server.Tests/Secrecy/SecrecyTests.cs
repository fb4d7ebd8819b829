using System.Collections.Concurrent;
using Entente.Storage.Ledger;
using Microsoft.Extensions.DependencyInjection;

namespace Entente.Server.Tests.Secrecy;

/// <summary>Pairs of negotiations that differ only in one sealed value of one party: every byte that the others receive
/// must be the same, beside what the protocol names.</summary>
public sealed class SecrecyTests(ITestOutputHelper output)
{
    /// <remarks>PAIRS=20000 runs more. Each pair is two whole negotiations.</remarks>
    private static readonly int _pairs = int.TryParse(Environment.GetEnvironmentVariable("PAIRS"), out var given)
        ? given : 1000;

    private static readonly int _seed = int.TryParse(Environment.GetEnvironmentVariable("SEED"), out var given)
        ? given : System.Random.Shared.Next();

    [Fact]
    public async Task Nothing_that_others_receive_depends_on_a_sealed_value()
    {
        output.WriteLine($"seed={_seed} pairs={_pairs}");
        var (next, compared) = (-1, 0);
        var (kinds, named) = (new int[Secret.Kinds], new int[Enum.GetValues<Named>().Length]);
        var read = new ConcurrentDictionary<string, int>();
        HashSet<string>? everything = null;
        await Task.WhenAll(Enumerable.Range(0, Math.Min(_pairs, Environment.ProcessorCount)).Select(async _ =>
        {
            await using var cast = await Cast.Assemble();
            var twins = new Twins(cast, _seed);
            everything ??= Reads.Everything(cast);
            for (var pair = Interlocked.Increment(ref next); pair < _pairs; pair = Interlocked.Increment(ref next))
            {
                var secret = Secret.Draw(new Random(_seed + pair), (SecretKind)(pair % Secret.Kinds));
                var found = await twins.Compare(secret, _seed + pair, Reading.Dealt, pair / Secret.Kinds);
                found.Leak.ShouldBeNull($"seed={_seed} pair={pair} {secret.Seat}'s {secret.Kind} is told");
                Interlocked.Add(ref compared, found.Compared);
                foreach (var where in found.Read) read.AddOrUpdate(where, 1, (_, count) => count + 1);
                Interlocked.Increment(ref kinds[(int)secret.Kind]);
                foreach (var name in found.Differing) Interlocked.Increment(ref named[(int)name]);
            }
        }));
        var least = read.MinBy(one => one.Value);
        output.WriteLine($"{2 * _pairs} negotiations, {compared} answers compared; "
            + $"{read.Keys.Count(everything!.Contains)} of {everything!.Count} routes and seats, the least often read "
            + $"{least.Value} times; pairs by what differed: "
            + $"{Told(kinds, kind => (SecretKind)kind)}; pairs in which a named output differed: "
            + Told(named, name => (Named)name));
        if (_pairs < 1000) return;
        named.ShouldAllBe(count => count > 0, "Each named output follows a sealed value, or it need not be named.");
        everything!.Except(read.Keys).ShouldBeEmpty("Each route was asked for by each seat.");
    }

    [Fact]
    public async Task A_leak_would_be_found()
    {
        await using var cast = await Cast.Assemble();
        var twins = new Twins(cast);
        // What a side answers in confidence, it does not read again itself.
        foreach (var kind in Enum.GetValues<SecretKind>().Where(kind => kind is not SecretKind.Confidence))
        {
            // Values that differ enough to show, and an end that puts nothing named on the table.
            var found = await Enumerable.Range(0, 20).ToAsyncEnumerable()
                .Select(async (int seed, CancellationToken _) => await twins.Compare(
                    Secret.Draw(new Random(seed), kind), seed, Reading.Owners))
                .FirstAsync(found => found.Leak is not null || found.Differing.Count == 0);
            found.Leak.ShouldNotBeNull($"the owner's own answers would tell its {kind}").ShouldContain("--- other");
        }
    }

    [Fact]
    public async Task A_printed_agreement_tells_no_more_than_its_page()
    {
        await using var cast = await Cast.Assemble();
        var twins = new Twins(cast);
        var found = await Enumerable.Range(0, 60).ToAsyncEnumerable()
            .Select(async (int seed, CancellationToken _) => await twins.Compare(
                Secret.Draw(new Random(seed), SecretKind.Swings), seed, Reading.Printed))
            .FirstAsync(found => found.Leak is not null
                || found.Read.Any(read => read.EndsWith(Twins.PrintedPaper, StringComparison.Ordinal))
                    && !found.Differing.Contains(Named.Certificate));
        found.Leak.ShouldBeNull();
    }

    [Fact]
    public async Task A_lone_yes_in_confidence_is_never_told()
    {
        await using var cast = await Cast.Assemble();
        var twins = new Twins(cast);
        var bodies = new List<string>();
        foreach (var yes in new[] { true, false })
        {
            var engagement = await twins.Engagement();
            var table = $"/api/v1/engagements/{engagement}/negotiations/n1";
            (await cast.Ann.Ask(HttpMethod.Post, $"/api/v1/engagements/{engagement}/negotiations",
                new { title = "Twin" })).Status.ShouldBe(201);
            await cast.Ann.Ask(HttpMethod.Post, $"{table}/proposals", new { fairness = "nash" });
            await cast.Cem.Ask(HttpMethod.Post, $"{table}/offers/o1/confidence", new { yes });
            var before = await Everything(engagement);
            await cast.Pia.Ask(HttpMethod.Post, $"{table}/offers/o1/confidence", new { yes = false });
            bodies.Add(before + await Everything(engagement));
        }

        bodies[1].ShouldBe(bodies[0]);

        async Task<string> Everything(string engagement)
        {
            var reads = new Reads(cast, engagement, "n1", new Secret(SecretKind.Confidence, Seat.Customer, 0, 0));
            List<string> heard = [];
            foreach (var read in reads.All().Where(read => read.IsNear)) heard.Add(await read.Ask(engagement));
            return string.Join('\n', heard);
        }
    }

    [Fact]
    public async Task The_ledger_tells_an_operator_no_more_than_that_somebody_wrote()
    {
        await using var cast = await Cast.Assemble();
        var twins = new Twins(cast);
        var ledger = cast.Rooms.GetRequiredService<FactLedger>();
        // What it costs to provide is written for accounting, the provider and the auditor, and is no cipher.
        foreach (var kind in Enum.GetValues<SecretKind>().Where(kind => kind is not SecretKind.Cost))
        {
            var secret = Secret.Draw(new Random(_seed), kind);
            var rows = new List<string>();
            foreach (var value in new[] { secret.First, secret.Second })
            {
                var engagement = await twins.Engagement();
                var start = await ledger.Position();
                await twins.Play(engagement, secret, value, _seed, Reading.Nothing);
                rows.Add(string.Join('\n', (await ledger.After(start, 10_000))
                    .Select(row => $"{row.Kind} {row.Id.Replace(engagement, "E", StringComparison.Ordinal)} "
                        + $"{row.Data.Replace(engagement, "E", StringComparison.Ordinal).Length}")));
            }

            rows[1].ShouldBe(rows[0], $"seed={_seed} {secret.Kind}");
        }
    }

    private static string Told<T>(int[] counts, Func<int, T> name) =>
        string.Join(", ", counts.Select((count, at) => $"{name(at)} {count}"));
}
