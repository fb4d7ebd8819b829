using System.CommandLine;
using Entente.Server;
using Entente.Storage;
using Entente.Storage.Identity;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Spectre.Console;

namespace Entente.Cli.Example;

/// <summary><c>entente example load</c>: plays a whole relationship into a database.</summary>
public static class ExampleCommands
{
    public static Option<string?> History { get; } = new("--history")
    {
        Description = "Folder of public logs to measure the example with. Default: ../shared/data beside the checkout; without it the history is simulated.",
    };

    private static readonly Option<bool> _simulated = new("--simulated") { Description = "Simulate the history although public logs are there." };

    public static Command Create()
    {
        var load = new Command("load", "Play the example engagement, from the charter to a report.") { History, _simulated };
        load.AddDatabase();
        load.SetAction((result, _) => Output.Guard(result, async () =>
        {
            await using var database = Place.Database(result);
            var loaded = await Load(database, result.GetValue(History), result.GetValue(_simulated), Console.Error.WriteLine);
            Output.Write(result, new { loaded = loaded is not null, engagement = loaded }, (console, it) => console.WriteLine(
                it.loaded ? $"The example engagement {it.engagement} is loaded." : "The example was loaded before."));
            return 0;
        }));
        return new Command("example", "An invented relationship that has lived, to look around in.") { load };
    }

    /// <summary>Loads the example once; answers its engagement, or nothing when it was there already.</summary>
    public static async Task<string?> Load(Database database, string? folder, bool simulated, Action<string> tell)
    {
        var present = Instant.FromUnixTimeSeconds(SystemClock.Instance.GetCurrentInstant().ToUnixTimeSeconds());
        var clock = new StoryClock(present);
        await using var server = await FrontDoor.Open(database, "http://127.0.0.1:0", clock);
        if (await ExampleCast.IsLoaded(server.Services.GetRequiredService<PeopleStore>())) return null;
        await server.StartAsync();
        // Three whole months lie between the first day of the agreement and this month.
        var effective = present.InUtc().Date.With(DateAdjusters.StartOfMonth).PlusMonths(-3);
        var history = simulated ? ExampleHistory.Simulate(present) : ExampleHistory.Find(folder, effective, present);
        await using var cast = await ExampleCast.Assemble(server, clock);
        var engagement = await new ExampleStory(cast, history, effective, step => tell($"example: {step}")).Play();
        await server.StopAsync();
        return engagement;
    }
}
