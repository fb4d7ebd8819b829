using System.CommandLine;
using System.Globalization;
using Spectre.Console;

namespace Entente.Cli;

/// <summary>The verbs around the offers: voices, trades, marks, hints, rounds.</summary>
public static partial class NegotiationCommands
{
    private static readonly Argument<string> _trade = new("trade") { Description = "Name of the trade, such as t1." };
    private static readonly Argument<int> _mood = new("mood") { Description = "From 1 (bad) to 5 (good)." };
    private static readonly Argument<int> _trust = new("trust") { Description = "From 1 (none) to 5 (full)." };
    private static readonly Option<string?> _block = new(
        "--block")
    { Description = "Block it, with this reason; without it, back it." };
    private static readonly Option<string?> _least = new(
        "--least")
    { Description = "A hard concern: what its term needs at least." };
    private static readonly Option<string?> _most = new(
        "--most")
    { Description = "A hard concern: what its term needs at most." };
    private static readonly Option<string[]> _if = new(
        "--if")
    { Description = "What the other side would take: key=value.", AllowMultipleArgumentsPerToken = true };
    private static readonly Option<string[]> _then = new(
        "--then")
    { Description = "What I would take for it: key=value.", AllowMultipleArgumentsPerToken = true };
    private static readonly Option<string> _interest = new(
        "--interest")
    { Description = "What stands behind the concern.", Required = true };
    private static readonly Option<bool> _stop = new("--stop") { Description = "No longer; without it, from now on." };
    private static readonly Option<string?> _until = new(
        "--until")
    { Description = "The new deadline, such as 2026-04-01T12:00:00Z; none takes it away." };

    private static IEnumerable<Command> Voices() =>
    [
        Verb("vote", "Back a package, or block it with a reason (accounting and stakeholders).",
            [_engagement, _table, _offer, _block], (client, result) =>
            client.Post($"{One(result)}/offers/{result.GetValue(_offer)}/vote", new
        {
            backs = result.GetValue(_block) is null, reason = result.GetValue(_block),
        })),
        Verbs.Create("worth", "What a package is worth to my side, and why.", [_engagement, _table, _offer],
            (client, result) => client.Get($"{One(result)}/offers/{result.GetValue(_offer)}/worth"),
            (console, worth) =>
            {
                console.WriteLine(worth.GetProperty("words").GetString()!);
                foreach (var reason in worth.GetProperty("reasons").EnumerateArray())
                    console.WriteLine($"  {reason.GetString()}");
            }),
        Verbs.Create("advise", "One thing my side could do next, in words.", [_engagement, _table],
            (client, result) => client.Get($"{One(result)}/suggestion"), (console, found) => console.WriteLine(
                found.TryGetProperty("words", out var words) ? words.GetString()! : "Nothing is to be said now.")),
        Verb("mark", "Mark values you could live with, with the whole.", [_engagement, _table, _set],
            async (client, result) =>
        {
            var answer = await client.Get(One(result));
            foreach (var (term, value) in Pairs("--set", result.GetValue(_set)))
                answer = await client.Post($"{One(result)}/marks", new { term, value });
            return answer;
        }),
        Verb("trade", "Propose a trade: if …, then ….", [_engagement, _table, _if, _then, _message],
            (client, result) => client.Post($"{One(result)}/trades", new
        {
            @if = Pairs("--if", result.GetValue(_if)), then = Pairs("--then", result.GetValue(_then)),
            message = result.GetValue(_message),
        })),
        Verb("take-trade", "Take the other side's trade.", [_engagement, _table, _trade], (client, result) =>
            client.Post($"{One(result)}/trades/{result.GetValue(_trade)}/acceptance")),
        Verb("drop-trade", "Withdraw a trade.", [_engagement, _table, _trade], (client, result) =>
            client.Delete($"{One(result)}/trades/{result.GetValue(_trade)}")),
        Verb("offer-equals", "Offer the packages of equal worth to my side, all at once.",
            [_engagement, _table, _message], async (client, result) =>
        {
            var equals = await client.Get($"{One(result)}/equal-worth");
            return await client.Post($"{One(result)}/offer-sets", new
            {
                packages = equals.EnumerateArray().Select(one => new
                {
                    package = one.GetProperty("package"), message = result.GetValue(_message),
                }).ToList(),
            });
        }),
        Verb("reopen", "Say why the answer to my concern is not enough.", [_engagement, _table, _concern, _reason],
            (client, result) => client.Post($"{One(result)}/concerns/{result.GetValue(_concern)}/reopening",
                new { reason = result.GetValue(_reason) })),
        Verb("hints", "Allow hints that compare what both sides care about.", [_engagement, _table, _stop],
            (client, result) => client.Put($"{One(result)}/hints", new { allowed = !result.GetValue(_stop) })),
        Verb("pulse", "Tell the mediator how you find mood and trust.", [_engagement, _table, _mood, _trust],
            (client, result) => client.Put($"{One(result)}/pulse", new
        {
            mood = result.GetValue(_mood), trust = result.GetValue(_trust),
        })),
    ];

    private static IEnumerable<Command> Course() =>
    [
        Verb("reframe", "Name the interest behind a concern (the chair).",
            [_engagement, _table, _concern, _interest], (client, result) =>
            client.Put($"{One(result)}/concerns/{result.GetValue(_concern)}/interest",
                new { interest = result.GetValue(_interest) })),
        Verb("deadline", "Move the deadline.", [_engagement, _table, _until, _why], (client, result) =>
            client.Put($"{One(result)}/deadline", new
        {
            deadline = result.GetValue(_until), reason = result.GetValue(_why),
        })),
        Verb("round", "Open the next round.", [_engagement, _table, _until], (client, result) =>
            client.Post($"{One(result)}/rounds", new { deadline = result.GetValue(_until) })),
        Verb("waive", "Let the sides sign without looking for something better.", [_engagement, _table, _reason],
            (client, result) => client.Post($"{One(result)}/waiver", new { reason = result.GetValue(_reason) })),
        Verbs.Create("fairness", "How the gains were shared, once all have signed.", [_engagement, _table],
            (client, result) => client.Get($"{One(result)}/fairness"), (console, report) =>
            {
                foreach (var side in report.GetProperty("tenths").EnumerateObject())
                    console.WriteLine($"{side.Name}: {side.Value} tenths of what it could at best have gained");
                console.WriteLine($"together: {report.GetProperty("jointTenths")} tenths of the largest product");
            }),
    ];

    private static Dictionary<string, object> Pairs(string option, string[]? given)
    {
        var pairs = new Dictionary<string, object>();
        foreach (var pair in given ?? [])
        {
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            if (at < 1) throw new BadInputException(
                option, "set.invalid", string.Create(CultureInfo.InvariantCulture, $"expected key=value, found \"{pair}\""));
            pairs[pair[..at]] = pair[(at + 1)..];
        }

        return pairs;
    }
}
