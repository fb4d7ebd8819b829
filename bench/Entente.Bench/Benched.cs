using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Entente;
using Entente.Engagements;
using Entente.Server.Identity;
using Entente.Storage.Identity;
using Entente.Storage.Ledger;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

/// <summary>An engagement to measure: people in their seats, and facts written as the desks write them.</summary>
internal static class Benched
{
    public const string Engagement = "eng_bench";

    /// <summary>The manager, both sides, accounting, and stakeholders on the rest of the seats.</summary>
    public static async Task<Dictionary<string, (HttpClient Client, Actor Actor)>> Seated(WebApplication app, int seats)
    {
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        await app.Services.GetRequiredService<PeopleStore>().AddOrganisation("org_bench", "Bench");
        var people = new Dictionary<string, (HttpClient, Actor)>();
        List<object> facts = [new EngagementFact.Opened("Bench", "org_bench", "Acme", "Globex")];
        foreach (var (name, seat) in new[] { ("ann", Seat.ServiceLevelManager), ("pia", Seat.Provider), ("cem", Seat.Customer), ("fee", Seat.Accounting) }
            .Concat(Enumerable.Range(0, seats - 4).Select(i => (i == 0 ? "sam" : $"sam{i}", Seat.Stakeholder))))
        {
            await using var scope = app.Services.CreateAsyncScope();
            var person = PeopleDesk.Newcomer("org_bench", name, $"{name}@bench.example", isAdministrator: name == "ann");
            person.NormalizedEmail = person.Email.ToUpperInvariant();
            await scope.ServiceProvider.GetRequiredService<PeopleStore>().AddPerson(person);
            var secret = (await scope.ServiceProvider.GetRequiredService<PeopleDesk>().MakeToken(person, "bench", "write")).Facts[0];
            people[name] = (new HttpClient
            {
                BaseAddress = new Uri(address),
                DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", secret) },
            }, new Actor(person.Id, name, seat));
            facts.Add(new EngagementFact.SeatGranted(person.Id, name, seat));
        }

        await Append<EngagementFact>(app, Engagement, 0, people["ann"].Item2, facts);
        return people;
    }

    public static async Task Append<TFact>(WebApplication app, string id, long expected, Actor by, IReadOnlyList<object> facts)
        where TFact : class =>
        _ = await app.Services.GetRequiredService<FactLedger>().Append(
            [new StreamAppend(FactKinds.Stream<TFact>(id), expected, facts)], by, SystemClock.Instance.GetCurrentInstant()) is Appended.Recorded recorded
            ? recorded : throw new InvalidOperationException($"{id} was not at {expected}.");

    public static async Task Send(HttpClient client, HttpMethod method, string path, object body)
    {
        using var request = new HttpRequestMessage(method, path)
        {
            Content = new StringContent(JsonSerializer.Serialize(body, body.GetType(), Entente.Json.Options), Encoding.UTF8, "application/json"),
        };
        using var answer = await client.SendAsync(request);
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"{method} {path}: {await answer.Content.ReadAsStringAsync()}");
    }
}
