using System.Diagnostics;
using System.Globalization;
using System.Net;
using Entente;
using Entente.Negotiation;
using Entente.Server;
using Entente.Storage;
using Entente.Terms;
using Microsoft.AspNetCore.Builder;

/// <summary>Every page of a table with eight terms, 500 moves and 30 seats: looked at again, and looked at right after a move;
/// and how long a move takes to another browser.</summary>
public static class TableBench
{
    private const int Moves = 500;
    private const int Seats = 30;
    private const int Rounds = 15;
    private const double PageMost = 50;
    private const double BeatMost = 200;

    private static readonly (string Reader, string Page)[] _pages =
    [
        ("ann", ""), ("pia", ""), ("cem", ""), ("sam", ""), ("fee", ""), ("pia", "/offers/new"), ("cem", "/offers/o301"), ("ann", "/offers"),
        ("sam", "/concerns"), ("ann", "/participation"), ("pia", "/trades"), ("cem", "/room"), ("pia", "/room"), ("cem", "/equal-worth"),
        ("pia", "/equal-worth"), ("ann", "/mediator"), ("ann", "/fairness"),
    ];

    public static async Task<int> Run(string[] arguments)
    {
        var folder = Directory.CreateTempSubdirectory("entente-bench-").FullName;
        await using var database = Database.Sqlite(Path.Combine(folder, "entente.db"));
        await using var app = await FrontDoor.Open(database, "http://127.0.0.1:0");
        await app.StartAsync();
        var people = await Benched.Seated(app, Seats);
        await Fill(app, people);
        foreach (var (who, seed) in new[] { ("pia", 1), ("cem", 2) })
            await Benched.Send(people[who].Client, HttpMethod.Put, $"{Api}/room", new
            {
                swings = Enumerable.Range(0, 8).ToDictionary(i => $"t{i}", i => 10 + i * seed * 37 % 90),
                walkAway = 5,
            });
        var slowest = await Measure(people);
        var beat = await Beat(people);
        await app.StopAsync();
        Directory.Delete(folder, recursive: true);
        Say($"The slowest page takes {slowest:0.0} ms at the median; {PageMost} are allowed.");
        Say($"A move reaches another browser in {beat:0.0} ms at the median; {BeatMost} are allowed.");
        return slowest < PageMost && beat < BeatMost ? 0 : 1;
    }

    private const string Engagement = Benched.Engagement;
    private const string Api = $"/api/v1/engagements/{Engagement}/negotiations/n1";
    private const string Pages = $"/engagements/{Engagement}/negotiation/n1";

    /// <summary>Offers in turn, each fourth move a concern and each eighth its answer.</summary>
    private static async Task Fill(WebApplication app, Dictionary<string, (HttpClient Client, Actor Actor)> people)
    {
        var terms = Enumerable.Range(0, 8).Select(i => new AgendaTerm(
            new Term.Availability { Key = $"t{i}", Title = $"Promise {i}", Target = new Objective(Comparison.AtLeast, 99.5m, Unit.Percent) },
            new TermValue.Share(new Share(99.9m)), new TermValue.Share(new Share(99.0m)))).ToList();
        await Benched.Append<NegotiationFact>(app, $"{Engagement}.n1", 0, people["ann"].Actor,
            [new NegotiationFact.Opened("Bench", terms.ToValueList(), $"{Engagement}.a1")]);
        var (random, offers, concerns) = (new Random(1), 0, 0);
        for (var move = 0; move < Moves; move++)
        {
            var (who, fact) = (move % 8) switch
            {
                3 => ($"sam{1 + move % (Seats - 5)}", new NegotiationFact.ConcernRaised($"c{++concerns}", "Nights are thinly staffed", $"t{move % 8}")),
                7 => ("pia", new NegotiationFact.ConcernAnswered($"c{concerns}", "A third person is hired")),
                _ => (move % 2 == 0 ? "pia" : "cem", (NegotiationFact)new NegotiationFact.Offered(
                    $"o{++offers}", terms.ToDictionary(term => term.Key, _ => (TermValue)new TermValue.Share(new Share(99m + random.Next(10) / 10m))),
                    CounterTo: offers > 1 ? $"o{offers - 1}" : null)),
            };
            await Benched.Append<NegotiationFact>(app, $"{Engagement}.n1", move + 1, people[who].Actor, [fact]);
        }
    }

    private static async Task<double> Measure(Dictionary<string, (HttpClient Client, Actor Actor)> people)
    {
        var slowest = 0d;
        foreach (var (reader, page) in _pages)
        {
            List<double> again = [], moved = [];
            for (var round = 0; round < Rounds; round++)
            {
                await Benched.Send(people[round % 2 == 0 ? "pia" : "cem"].Client, HttpMethod.Post, $"{Api}/marks",
                    new { term = $"t{round % 8}", value = $"99.{round % 10} %" });
                moved.Add(await Time(people[reader].Client, Pages + page));
                again.Add(await Time(people[reader].Client, Pages + page));
            }

            var (first, second) = (Median(moved), Median(again));
            slowest = Math.Max(slowest, Math.Max(first, second));
            Say($"{first,8:0.0} ms after a move {second,8:0.0} ms again ({again.Min():0.0} at least)  {reader} {(page.Length == 0 ? "/" : page)}");
        }

        return slowest;
    }

    /// <summary>From sending a move to its arrival on the feed of somebody else's open page.</summary>
    private static async Task<double> Beat(Dictionary<string, (HttpClient Client, Actor Actor)> people)
    {
        using var feed = await people["cem"].Client.GetAsync($"/engagements/{Engagement}/events", HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await feed.Content.ReadAsStreamAsync());
        await reader.ReadLineAsync();
        List<double> times = [], shown = [];
        for (var round = 0; round < Rounds; round++)
        {
            var clock = Stopwatch.StartNew();
            var sent = Benched.Send(people["pia"].Client, HttpMethod.Post, $"{Api}/marks", new { term = "t1", value = $"99.{round % 10} %" });
            string? line;
            do line = await reader.ReadLineAsync();
            while (line?.StartsWith("data:", StringComparison.Ordinal) is false);
            times.Add(clock.Elapsed.TotalMilliseconds);
            using var page = await people["cem"].Client.GetAsync(Pages);
            await page.Content.ReadAsByteArrayAsync();
            shown.Add(clock.Elapsed.TotalMilliseconds);
            await sent;
        }

        Say($"{Median(times),8:0.0} ms median {times.Max(),8:0.0} ms most  a move reaches another browser; with its page read again {Median(shown):0.0} ms");
        return Median(shown);
    }

    private static async Task<double> Time(HttpClient reader, string address)
    {
        var clock = Stopwatch.StartNew();
        using var answer = await reader.GetAsync(address);
        await answer.Content.ReadAsByteArrayAsync();
        if (answer.StatusCode is not HttpStatusCode.OK) throw new InvalidOperationException($"{address}: {answer.StatusCode}");
        return clock.Elapsed.TotalMilliseconds;
    }

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);

    private static void Say(FormattableString words) => Console.WriteLine(words.ToString(CultureInfo.InvariantCulture));
}
