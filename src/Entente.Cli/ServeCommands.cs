using System.CommandLine;
using Entente.Cli.Example;
using Entente.Server;
using Entente.Server.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Entente.Cli;

/// <summary><c>entente serve</c>: opens the front door.</summary>
public static class ServeCommands
{
    private static readonly Option<string> _urls = new("--urls")
    {
        Description = "Addresses to listen on, separated by semicolons.",
        DefaultValueFactory = _ => "http://127.0.0.1:7500",
    };

    private static readonly Option<bool> _example = new("--example") { Description = "Load the example engagement first, where it is not there yet." };

    public static Command Create()
    {
        var serve = new Command("serve", "Start the server: pages, REST and live updates.") { _urls, _example, ExampleCommands.History };
        serve.AddDatabase();
        serve.SetAction((result, cancel) => Output.Guard(result, () => Serve(result, cancel)));
        return serve;
    }

    private static async Task<int> Serve(ParseResult result, CancellationToken cancel)
    {
        await using var database = Place.Database(result);
        if (result.GetValue(_example))
            await ExampleCommands.Load(database, result.GetValue(ExampleCommands.History), simulated: false, Console.Error.WriteLine);
        await using var app = await FrontDoor.Open(database, result.GetValue(_urls)!);
        await app.StartAsync(cancel);
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        Console.Out.WriteLine($"Entente listens on {address}");
        await using (var scope = app.Services.CreateAsyncScope())
        {
            if (await scope.ServiceProvider.GetRequiredService<PeopleDesk>().OfferSetup() is { } key)
                Console.Out.WriteLine($"First administrator: open {address}/setup/{key} (works once)");
        }

        await app.WaitForShutdownAsync(cancel);
        return 0;
    }
}
