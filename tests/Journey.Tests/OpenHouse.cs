using Entente.Server;
using Entente.Server.Documentation;
using Entente.Server.Identity;
using Entente.Storage;
using Entente.Storage.Ledger;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Entente.Journey.Tests;

/// <summary>A clock that a test moves.</summary>
internal sealed class MovableClock(Instant now) : IClock
{
    public Instant Now { get; set; } = now;

    public Instant GetCurrentInstant() => Now;
}

/// <summary>A server over an empty database, before anybody has come in.</summary>
internal sealed class OpenHouse : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Database _database;

    private OpenHouse(WebApplication app, Database database, MovableClock clock)
    {
        (_app, _database, Clock) = (app, database, clock);
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!
            .Addresses.First());
    }

    public MovableClock Clock { get; }

    public Uri Address { get; }

    public static async Task<OpenHouse> Over(Database database, Instant? now = null)
    {
        var clock = new MovableClock(now ?? Story.Begins);
        var app = await FrontDoor.Open(database, "http://127.0.0.1:0", clock);
        await app.StartAsync();
        return new(app, database, clock);
    }

    /// <summary>The path that the program prints on its first start.</summary>
    public async Task<string> SetupPath()
    {
        await using var scope = _app.Services.CreateAsyncScope();
        return $"/setup/{await scope.ServiceProvider.GetRequiredService<PeopleDesk>().OfferSetup()}";
    }

    /// <summary>Waits for the hour at which anonymous voices are heard.</summary>
    public async Task HearVoices()
    {
        await using var scope = _app.Services.CreateAsyncScope();
        var desk = scope.ServiceProvider.GetRequiredService<VoiceBoxDesk>();
        Clock.Now = await desk.NextHearing();
        await desk.HearWaiting();
    }

    public async Task LedgerIsWhole()
    {
        var ledger = _app.Services.GetRequiredService<FactLedger>();
        (await ledger.Verify()).ShouldBeNull();
        (await ledger.Position()).ShouldBeGreaterThan(30);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _database.DisposeAsync();
    }
}
