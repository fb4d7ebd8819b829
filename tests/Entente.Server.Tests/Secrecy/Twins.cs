using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Entente.Negotiation;
using Entente.Server.Live;
using Entente.Server.Mail;
using Entente.Server.Negotiation;
using Entente.Storage.Ledger;
using Entente.Storage.Mail;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Entente.Server.Tests.Secrecy;

/// <summary>What is read of a pair: its hand of everything that there is, what the owner of the secret reads, or what
/// is printed once both have signed. Where nothing is read, the negotiation goes on without an end.</summary>
internal enum Reading { Nothing, Dealt, Owners, Printed }

/// <summary>Plays the same negotiation twice and gathers what those who do not know the secret receive.</summary>
/// <param name="seed">How what there is to read is shuffled before it is dealt.</param>
internal sealed partial class Twins
{
    public const string PrintedPaper = "paper";

    private const int TablesMost = 8;
    /// <summary>So many rounds share one live feed and one week's mails.</summary>
    private const int RoundsBetween = 9;
    private readonly Cast _cast;
    private readonly int _seed;
    private readonly ServerLog _log = new();
    private (string One, string Other) _engagements;
    private int _tables = TablesMost;

    public Twins(Cast cast, int seed = 0)
    {
        (_cast, _seed) = (cast, seed);
        cast.Rooms.GetRequiredService<ILoggerFactory>().AddProvider(_log);
    }

    /// <param name="round">How many pairs of this kind of secret came before: each is dealt another hand.</param>
    public async Task<Comparison> Compare(Secret secret, int seed, Reading reading, int round = 0)
    {
        if (_tables++ == TablesMost) (_engagements, _tables) = ((await Engagement(), await Engagement()), 1);
        var comparison = Comparison.Of(await Play(_engagements.One, secret, secret.First, seed, reading, round),
            await Play(_engagements.Other, secret, secret.Second, seed, reading, round));
        // What went on the table, or holds for the whole engagement, would tell the next twins apart.
        if (secret.IsOfEngagement || comparison.Differing.Any(name => name is not (Named.Sight or Named.ToldTheChair)))
            _tables = TablesMost;
        return comparison;
    }

    public async Task<Told> Play(
        string engagement, Secret secret, object value, int seed, Reading reading, int round = 0)
    {
        var random = new Random(seed);
        var ledger = _cast.Rooms.GetRequiredService<FactLedger>();
        var (told, start) = (new Told(), await ledger.Position());
        var name = (await Must(_cast.Ann.Ask(HttpMethod.Post, $"/api/v1/engagements/{engagement}/negotiations",
            new { title = "Twin" }), 201)).GetProperty("id").GetString()!;
        var table = $"/api/v1/engagements/{engagement}/negotiations/{name}";
        var reads = new Reads(_cast, engagement, name, secret);
        foreach (var (seat, client) in reads.Others.Where(one => one.Seat is not Seat.ServiceLevelManager))
        {
            if (seat.Side is null && random.Next(4) > 0) continue;
            await Must(client.Ask(HttpMethod.Put, $"{table}/room",
                new { swings = new { availability = 90, restore = 30, charge = 40 }, walkAway = 5 }));
        }

        for (var move = 0; move < 3; move++)
        {
            if (move == 0 || random.Next(3) == 0) await Tell(engagement, table, secret, value, told);
            var package = new
            {
                availability = $"99.{80 + random.Next(20)} %",
                restore = $"{1 + random.Next(8)} h",
                charge = $"EUR {42_000 + 100 * random.Next(40)}",
            };
            var by = move % 2 == 0 ? _cast.Pia : _cast.Cem;
            await Must(by.Ask(HttpMethod.Post, $"{table}/offers", new { package }));
            if (move == 0 && reading is Reading.Dealt) await Deal(Moment.AfterFirstOffer, reads.All());
        }

        await Must(_cast.Sam.Ask(HttpMethod.Post, $"{table}/concerns", new { text = $"Concern {seed}" }));
        if (reading is Reading.Nothing) return told;
        if (reading is Reading.Dealt) await Deal(Moment.BeforeTheEnd, reads.All());
        var agreement = await End(told, engagement, name, secret, random);
        await (reading switch
        {
            Reading.Dealt => Deal(Moment.AfterTheEnd, reads.All(agreement)),
            Reading.Owners => Gather(told, engagement, table, [.. reads.Owners()]),
            _ => Print(told, reads, agreement is null ? null
                : $"/api/v1/engagements/{engagement}/agreements/{agreement}/versions/1/document?format=pdf"),
        });
        await Beats(told, engagement, reads, start, agreement, isHeard: round % RoundsBetween == 0);
        if (round % RoundsBetween == 1) told.Add("outbox", await Outbox(engagement), Signed(agreement));
        told.Add("log", _log.Take().Replace(engagement, "E", StringComparison.Ordinal));
        return told;

        Task Deal(Moment moment, IEnumerable<Read> all) =>
            Gather(told, engagement, table, [.. all.Where(read => read.IsDealt(round, moment, _seed))]);
    }

    public async Task<string> Engagement()
    {
        var opened = await _cast.Ann.PostAsJsonAsync(
            "/api/v1/engagements", new { title = "Twin", provider = "Acme IT", customer = "Globex" });
        var engagement = (await opened.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
        foreach (var (person, seat) in new[] { (_cast.PiaId, "provider"), (_cast.CemId, "customer"),
            (_cast.FeeId, "accounting"), (_cast.SamId, "stakeholder") })
            (await _cast.Ann.PostAsJsonAsync($"/api/v1/engagements/{engagement}/seats", new { person, seat }))
                .EnsureSuccessStatusCode();
        await _cast.OpenGate(engagement);
        return engagement;
    }

    private HttpClient Of(Seat seat) => seat switch
    {
        Seat.Provider => _cast.Pia,
        Seat.Customer => _cast.Cem,
        Seat.Accounting => _cast.Fee,
        _ => _cast.Sam,
    };

    private async Task Tell(string engagement, string table, Secret secret, object value, Told told)
    {
        var mine = Of(secret.Seat);
        if (secret.Kind is SecretKind.Caucus or SecretKind.Pulse)
            told.Name(Named.ToldTheChair, JsonSerializer.Serialize(value));
        await (secret.Kind switch
        {
            SecretKind.Answer => Answer(mine, table, (string)value),
            SecretKind.Caucus => Must(mine.Ask(
                HttpMethod.Post, $"{table}/caucus/{secret.Seat.Words}", new { text = value })),
            SecretKind.Pulse => Must(mine.Ask(HttpMethod.Put, $"{table}/pulse", value)),
            SecretKind.Confidence => Confide(mine, table, (bool)value),
            SecretKind.Cost => Must(mine.Ask(HttpMethod.Put, $"/api/v1/engagements/{engagement}/cost", value)),
            SecretKind.Loss or SecretKind.Levels => Must(mine.Ask(
                HttpMethod.Put, $"/api/v1/engagements/{engagement}/services/checkout/interview", value)),
            _ => Must(mine.Ask(HttpMethod.Put, $"{table}/room", value)),
        });
    }

    private static async Task Answer(HttpClient mine, string table, string choice)
    {
        var room = await Must(mine.Ask(HttpMethod.Get, $"{table}/room"));
        if (!room.TryGetProperty("question", out var question))
        {
            // What is asked next follows from the answers: whoever is done early writes once all the same.
            await Must(mine.Ask(HttpMethod.Put, $"{table}/room/ranking", new { terms = Array.Empty<string>() }));
            return;
        }

        await Must(mine.Ask(HttpMethod.Post, $"{table}/room/answers", new
        {
            first = question.GetProperty("first"),
            second = question.GetProperty("second"),
            choice,
        }));
    }

    /// <summary>The chair puts a package on the table that needs both, and one side answers it in confidence; a second
    /// time there may be no further draft, and the answer stands.</summary>
    private async Task Confide(HttpClient mine, string table, bool yes)
    {
        await _cast.Ann.Ask(HttpMethod.Post, $"{table}/drafts");
        if (await Last(table, "serviceLevelManager") is { } draft)
            await mine.Ask(HttpMethod.Post, $"{table}/offers/{draft}/confidence", new { yes });
    }

    /// <summary>The newest package of a seat; none when there is none.</summary>
    private async Task<string?> Last(string table, string seat)
    {
        var state = await Must(_cast.Ann.Ask(HttpMethod.Get, table));
        var last = state.GetProperty("offers").EnumerateArray()
            .LastOrDefault(offer => offer.GetProperty("seat").GetString() == seat);
        return last.ValueKind is JsonValueKind.Undefined ? null : last.GetProperty("id").GetString();
    }

    /// <summary>Ends as the protocol lets it end, or goes on: in a hint, a package of the chair's, an agreement.</summary>
    private async Task<string?> End(Told told, string engagement, string name, Secret secret, Random random)
    {
        var table = $"/api/v1/engagements/{engagement}/negotiations/{name}";
        switch (random.Next(4))
        {
            case 0 when secret.Kind is SecretKind.Confidence && await Last(table, "serviceLevelManager") is { } draft:
                var answered = await Must(Of(secret.Seat.Side!.Value.Other.Seat).Ask(
                    HttpMethod.Post, $"{table}/offers/{draft}/confidence", new { yes = true }));
                told.Tell(Named.BothAnswered, answered.GetProperty("standing").ToString());
                return null;
            case 1:
                foreach (var side in new[] { _cast.Pia, _cast.Cem })
                    await Must(side.Ask(HttpMethod.Put, $"{table}/hints", new { allowed = true }));
                told.Tell(Named.Hint, await Hint(engagement, name));
                return null;
            case 2:
                var (status, body) = await _cast.Ann.Ask(
                    HttpMethod.Post, $"{table}/proposals", new { fairness = "nash" });
                told.Tell(Named.Package, status == 200
                    ? body.GetProperty("offers").EnumerateArray().Last().GetProperty("package").ToString()
                    : body.ToString());
                return null;
            case 3:
                await _cast.Cem.Ask(HttpMethod.Post, $"{table}/offers/{await Last(table, "provider")}/acceptance");
                var agreed = await Must(_cast.Ann.Ask(HttpMethod.Get, table));
                if (agreed.GetProperty("standing").GetString() != "agreed") return null;
                if (random.Next(3) == 0) await Improve(told, table);
                return await Sign(told, engagement, name, agreed.GetProperty("agreement").GetString()!);
            default: return null;
        }
    }

    private async Task<string> Hint(string engagement, string name)
    {
        await using var scope = _cast.Rooms.CreateAsyncScope();
        var id = NegotiationDesk.Id(engagement, name);
        var (state, _) = await scope.ServiceProvider.GetRequiredService<NegotiationDesk>().Read(engagement, name);
        var mediation = await scope.ServiceProvider.GetRequiredService<SealedRooms>().Mediation(id, state);
        return mediation.Hint() ?? "";
    }

    /// <summary>The chair asks for something better than what was agreed; where there is, both take it.</summary>
    private async Task Improve(Told told, string table)
    {
        var (status, body) = await _cast.Ann.Ask(HttpMethod.Post, $"{table}/improvements");
        told.Tell(Named.Package, status == 200
            ? body.GetProperty("offers").EnumerateArray().Last().GetProperty("package").ToString() : body.ToString());
        if (status != 200) return;
        foreach (var side in new[] { _cast.Pia, _cast.Cem })
        {
            await Must(side.Ask(
                HttpMethod.Post, $"{table}/offers/{await Last(table, "serviceLevelManager")}/acceptance"));
        }
    }

    /// <summary>Nothing is left open, something better is waived, and both sides sign.</summary>
    private async Task<string> Sign(Told told, string engagement, string name, string agreement)
    {
        var (table, paper) = ($"/api/v1/engagements/{engagement}/negotiations/{name}",
            $"/api/v1/engagements/{engagement}/agreements/{agreement}");
        var drafted = await Must(_cast.Ann.Ask(HttpMethod.Get, paper));
        told.Name(Named.Certificate,
            drafted.GetProperty("versions")[0].GetProperty("certificate").GetProperty("words").ToString());
        await Must(_cast.Sam.Ask(HttpMethod.Delete, $"{table}/concerns/c1"));
        await Must(_cast.Ann.Ask(HttpMethod.Post, $"{table}/waiver", new { reason = "Both want this one" }));
        foreach (var side in new[] { _cast.Pia, _cast.Cem })
        {
            await Must(side.Ask(HttpMethod.Post, $"{paper}/signatures",
                new { version = 1, title = "Head", place = "Berlin" }));
        }

        var (status, shared) = await _cast.Ann.Ask(HttpMethod.Get, $"{table}/fairness");
        told.Name(Named.Fairness, status == 200
            ? $"{shared.GetProperty("tenths")} {shared.GetProperty("jointTenths")}"
            : shared.GetProperty("code").ToString());
        return agreement;
    }

    private async Task Gather(Told told, string engagement, string table, IReadOnlyList<Read> dealt)
    {
        if (dealt.Any(read => read.Under.Contains(Named.Sight)))
            told.Name(Named.Sight, (await Must(_cast.Ann.Ask(HttpMethod.Get, $"{table}/mediator"))).ToString());
        foreach (var read in dealt)
            told.Add(read.Key, await read.Ask(engagement), read.Under);
    }

    /// <summary>The paper that somebody prints who does not know the secret, without the time of its printing.</summary>
    private static async Task Print(Told told, Reads reads, string? paper)
    {
        if (paper is null) return;
        var (seat, client) = reads.Others.First();
        var printed = Encoding.Latin1.GetString(await client.GetByteArrayAsync(paper));
        printed.ShouldStartWith("%PDF");
        told.Add($"{seat} {PrintedPaper}", Time().Replace(printed, ""), Named.Certificate);
    }

    /// <summary>That a signature waived what the test found is a fact more.</summary>
    private static Named[] Signed(string? agreement) => agreement is null ? [] : [Named.Certificate];

    /// <summary>When the open pages of each seat were told that something moved, and the live feed itself.</summary>
    private async Task Beats(Told told, string engagement, Reads reads, long start, string? agreement, bool isHeard)
    {
        var streams = _cast.Rooms.GetRequiredService<StreamsOfEngagement>();
        var facts = await _cast.Rooms.GetRequiredService<FactLedger>().After(start, most: 500);
        foreach (var (seat, client) in reads.Others)
        {
            var beats = facts.Where(fact => streams.Belongs(fact, engagement, seat)).Select(fact => fact.Kind);
            told.Add($"beats for {seat}", string.Join(' ', beats), Signed(agreement));
            if (!isHeard) continue;
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/engagements/{engagement}/events");
            request.Headers.Add("Last-Event-ID", _cast.Rooms.GetRequiredService<FeedPlaces>().Of(start));
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            using var lines = new StreamReader(await response.Content.ReadAsStreamAsync());
            List<string> heard = [];
            while (await lines.ReadLineAsync() is { } line && !(line.Length == 0 && heard.Count > 1)) heard.Add(line);
            // A place is a cipher, another one each time; only its length could tell something.
            told.Add($"events for {seat}", string.Join('\n', heard.Select(line => line.StartsWith("retry", StringComparison.Ordinal)
                ? line : $"{line.Split(' ')[0]} {line.Length}")), Signed(agreement));
        }
    }

    /// <summary>Every mail that a week of waiting puts into the outbox.</summary>
    private async Task<string> Outbox(string engagement)
    {
        var (now, rooms) = (_cast.Clock.Now, _cast.Rooms);
        var scopes = rooms.GetRequiredService<IServiceScopeFactory>();
        await MailWorker.Round(scopes, [engagement], CancellationToken.None);
        _cast.Clock.Now = now + Duration.FromDays(7) + Duration.FromHours(2);
        await MailWorker.Round(scopes, [engagement], CancellationToken.None);
        _cast.Clock.Now = now;
        var letters = (await rooms.GetRequiredService<MailStore>().Newest("org_cast", most: 1000))
            .Where(letter => letter.Engagement == engagement).OrderBy(letter => letter.About, StringComparer.Ordinal);
        return string.Join('\n', letters.Select(one => $"{one.About} {one.Person} {one.Subject}\n{one.Body}"))
            .Replace(engagement, "E", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"/(CreationDate|ModDate) \(D:[^)]*\)")]
    private static partial Regex Time();

    private static async Task<JsonElement> Must(Task<(int Status, JsonElement Body)> asked, int status = 200)
    {
        var answer = await asked;
        answer.Status.ShouldBe(status, answer.Body.ToString());
        return answer.Body;
    }

    /// <summary>What an operator reads of a server, from the level at which it writes.</summary>
    private sealed class ServerLog : ILoggerProvider, ILogger
    {
        private readonly List<string> _lines = [];

        public string Take()
        {
            lock (_lines)
            {
                var text = string.Join('\n', _lines);
                _lines.Clear();
                return text;
            }
        }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            lock (_lines) _lines.Add($"{logLevel} {formatter(state, exception)} {exception}");
        }

        public void Dispose() { }
    }
}
