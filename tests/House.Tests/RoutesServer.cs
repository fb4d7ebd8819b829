using Entente.Cli.Example;
using Entente.Server;
using Entente.Server.Identity;
using Entente.Storage;
using Entente.Storage.Engagements;
using Entente.Storage.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Entente.House.Tests;

/// <summary>A server with the example, and somebody who has an account there but no seat.</summary>
public sealed class RoutesServer : IAsyncLifetime
{
    private readonly Database _database = Database.InMemory($"routes-{Guid.NewGuid():N}");
    private WebApplication _app = null!;

    public IReadOnlyList<RouteEndpoint> Routes { get; private set; } = [];

    public string Engagement { get; private set; } = "";

    /// <summary>Follows no redirects and has no account.</summary>
    public HttpClient Visitor { get; private set; } = null!;

    public HttpClient Stranger { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Engagement = (await ExampleCommands.Load(_database, folder: null, simulated: true, _ => { }))!;
        _app = await FrontDoor.Open(_database, "http://127.0.0.1:0");
        await _app.StartAsync();
        Routes = [.. _app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];
        (Visitor, Stranger) = (Client(), Client());
        await using var scope = _app.Services.CreateAsyncScope();
        var people = scope.ServiceProvider.GetRequiredService<PeopleStore>();
        var organisation = (await people.ExamplePeople())[0].Organisation;
        var person = PeopleDesk.Newcomer(organisation, "Zoe", "zoe@house.example", isAdministrator: true);
        person.NormalizedEmail = person.Email.ToUpperInvariant();
        await people.AddPerson(person);
        var token = await scope.ServiceProvider.GetRequiredService<PeopleDesk>().MakeToken(person, "test", "administer");
        Stranger.DefaultRequestHeaders.Authorization = new("Bearer", token.Facts[0]);
    }

    public async ValueTask DisposeAsync()
    {
        Visitor.Dispose();
        Stranger.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _database.DisposeAsync();
    }

    private HttpClient Client() => new(new HttpClientHandler { AllowAutoRedirect = false })
    {
        BaseAddress = new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!
            .Addresses.First()),
    };
}
