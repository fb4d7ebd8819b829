using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Spectre.Console;

namespace Entente.Cli;

/// <summary><c>entente negotiation agent</c>: a program holds a side's seat at a real table, by the same routes and rules
/// as a person.</summary>
public static class NegotiationAgent
{
    private static readonly Argument<string> _engagement = new(
        "engagement")
    { Description = "Identifier of the engagement." };
    private static readonly Argument<string> _table = new(
        "table")
    { Description = "Short name of the table, such as n1." };
    private static readonly Option<string> _character = new(
        "--character")
    { Description = "tough, conceding, tit-for-tat, fair or erratic.", DefaultValueFactory = _ => "fair" };
    private static readonly Option<int> _rounds = new(
        "--rounds")
    { Description = "Offers it makes at most (1 to 50).", DefaultValueFactory = _ => 12 };
    private static readonly Option<int> _seconds = new(
        "--seconds")
    { Description = "How long it sits at most.", DefaultValueFactory = _ => 60 };
    private static readonly Option<int> _seed = new(
        "--seed")
    { Description = "The same seed, room and table give the same moves.", DefaultValueFactory = _ => 1 };
    private static readonly TimeSpan _lookAgain = TimeSpan.FromMilliseconds(250);

    public static Command Create() => Verbs.Create(
        "agent", "Let a simulated character hold the seat of your token's side until the sides agree or time is up.",
        [_engagement, _table, _character, _rounds, _seconds, _seed], Sit, (console, answer) =>
        {
            foreach (var move in answer.GetProperty("moves").EnumerateArray())
                console.WriteLine($"{move.GetProperty("kind").GetString()}: {move.GetProperty("name").GetString()}, "
                    + move.GetProperty("offer").GetString());
            console.WriteLine($"The table is {answer.GetProperty("standing").GetString()}.");
        });

    private static async Task<JsonElement> Sit(Client client, ParseResult result)
    {
        var table = $"/api/v1/engagements/{result.GetValue(_engagement)}/negotiations/{result.GetValue(_table)}";
        var ask = $"{table}/next-move?character={Uri.EscapeDataString(result.GetValue(_character)!)}"
            + $"&seed={result.GetValue(_seed)}&rounds={result.GetValue(_rounds)}";
        var patience = TimeSpan.FromSeconds(result.GetValue(_seconds));
        var (moves, sat) = (new List<object>(), Stopwatch.StartNew());
        var state = await client.Get(table);
        while (sat.Elapsed < patience && state.GetProperty("standing").GetString() is "open" or "paused")
        {
            var next = await client.Get(ask);
            var kind = next.GetProperty("kind").GetString();
            var offer = next.TryGetProperty("offer", out var named) ? named.GetString() : null;
            if (kind == "wait")
            {
                await Task.Delay(_lookAgain);
                state = await client.Get(table);
                continue;
            }

            try
            {
                state = kind == "accept" ? await client.Post($"{table}/offers/{offer}/acceptance")
                    : await client.Post($"{table}/offers", new { package = next.GetProperty("package"), counterTo = offer });
                var made = state.GetProperty("offers").EnumerateArray().Last(one =>
                    kind != "accept" || one.GetProperty("id").GetString() == offer);
                moves.Add(new { kind, offer = made.GetProperty("id"), name = made.GetProperty("name") });
            }
            catch (RefusedException)
            {
                // The table moved on between the question and the move, as it does for people: look again.
                await Task.Delay(_lookAgain);
                state = await client.Get(table);
            }
        }

        return JsonSerializer.SerializeToElement(
            new { moves, standing = state.GetProperty("standing").GetString() }, Json.Options);
    }
}
