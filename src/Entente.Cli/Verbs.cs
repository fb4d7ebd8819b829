using System.CommandLine;
using System.Text.Json;
using Spectre.Console;

namespace Entente.Cli;

/// <summary>Makes verbs that ask the server one thing and show its answer.</summary>
public static class Verbs
{
    public static Command Create(
        string name, string words, IEnumerable<Symbol> takes,
        Func<Client, ParseResult, Task<JsonElement>> ask, Action<IAnsiConsole, JsonElement> show)
    {
        var verb = new Command(name, words);
        foreach (var symbol in takes)
        {
            if (symbol is Argument argument) verb.Add(argument);
            else verb.Add((Option)symbol);
        }

        verb.AddPlace();
        verb.SetAction((result, _) => Output.Guard(result, async () =>
        {
            await using var client = await Client.Connect(result);
            Output.Write(result, await ask(client, result), show);
            return 0;
        }));
        return verb;
    }
}
