using Entente.Cli.Example;
using Entente.Server;
using Entente.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Entente.Journey.Tests.ExampleHouse))]

namespace Entente.Journey.Tests;

/// <summary>A server with the simulated example, loaded when the first test asks for it.</summary>
public sealed class ExampleHouse : IAsyncDisposable
{
    private readonly Lazy<Task<(WebApplication App, Database Database, Uri Address)>> _open = new(Open);

    public async Task<Uri> Address() => (await _open.Value).Address;

    /// <summary>A visitor who took a seat on the sign-in page and stands before the list of engagements.</summary>
    internal async Task<Visitor> SignIn(Chromium chromium, string account, string? init = null)
    {
        var visitor = await chromium.Visit(await Address(), init: init);
        await visitor.Look("/sign-in");
        await visitor.Press($"[data-account='{account}']");
        return visitor;
    }

    /// <summary>Every account that the sign-in page offers.</summary>
    internal async Task<string[]> Accounts(Chromium chromium)
    {
        var visitor = await chromium.Visit(await Address());
        await visitor.Look("/sign-in");
        var accounts = await visitor.Page.Locator("[data-account]")
            .EvaluateAllAsync<string[]>("all => all.map(one => one.dataset.account)");
        await visitor.Page.Context.CloseAsync();
        return accounts;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_open.IsValueCreated) return;
        var (app, database, _) = await _open.Value;
        await app.StopAsync();
        await app.DisposeAsync();
        await database.DisposeAsync();
    }

    private static async Task<(WebApplication, Database, Uri)> Open()
    {
        var database = Database.InMemory($"example-{Guid.NewGuid():N}");
        await ExampleCommands.Load(database, folder: null, simulated: true, _ => { });
        var app = await FrontDoor.Open(database, "http://127.0.0.1:0");
        await app.StartAsync();
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        return (app, database, new Uri(addresses.First()));
    }
}
