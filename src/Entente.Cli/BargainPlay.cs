using System.CommandLine;
using Entente.Bargaining.Elicitation;
using Entente.Bargaining.Issues;
using Entente.Bargaining.Tactics;
using Entente.Formats.Bargaining;
using Spectre.Console;

namespace Entente.Cli;

/// <summary>The verbs of <c>entente bargain</c> that go on for many moves: simulated parties, and an interview.</summary>
internal static class BargainPlay
{
    private static readonly Option<string> _tactics = new("--tactics")
    {
        Description = $"Names with commas between: {string.Join(", ", Tactics.Names)}.",
    };

    private static readonly Option<int?> _seed = new("--seed") { Description = "The same seed gives the same run." };

    private static readonly Option<int?> _rounds = new("--rounds")
    {
        Description = "The deadline in rounds; 100 by default.",
    };

    private static readonly Option<int?> _repeats = new("--repeats") { Description = "Runs of each pairing." };

    private static readonly Option<int?> _party = new("--party")
    {
        Description = "Whose preference is asked for, from 0.",
    };

    private static readonly Option<string> _swings = new("--swings")
    {
        Description = "Points for lifting each issue from worst to best, such as 100,60,30.",
    };

    private static readonly Option<string> _answers = new("--answers")
    {
        Description = "Answers to the questions in order, such as 12=1: the first, the second, either.",
    };

    private static readonly Option<bool> _truthful = new("--truthful")
    {
        Description = "Answer as the party's own profile would.",
    };

    private static readonly Option<int?> _questions = new("--questions")
    {
        Description = "Questions at most; 15 by default.",
    };

    public static IEnumerable<Command> All() =>
    [
        BargainCommand.Verb("simulate", "Lets simulated parties negotiate.", [_tactics, _seed, _rounds],
            (result, ask) => PlayQuestions.Simulate(ask, Names(result), result.GetValue(_seed),
                result.GetValue(_rounds)), Show),
        BargainCommand.Verb("tournament", "Every tactic against every tactic, in every seat.",
            [_tactics, _seed, _rounds, _repeats], (result, ask) => PlayQuestions.Tournament(ask, Names(result),
                result.GetValue(_seed), result.GetValue(_rounds), result.GetValue(_repeats)), Show),
        BargainCommand.Verb("elicit",
            "Asks trade-off questions until the recommendation is safe; value curves come from the party's profile.",
            [_party, _swings, _answers, _truthful, _questions], (result, ask) => InterviewQuestions.Elicit(
                ask, result.GetValue(_party), BargainVerbs.Numbers(result, _swings), result.GetValue(_questions),
                Answering(result, ask)), Show),
    ];

    private static string[]? Names(ParseResult result) => result.GetValue(_tactics)?.Split(
        ',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The profile's own answers, those given, or those of the person at the terminal.</summary>
    private static Func<Entente.Bargaining.Preferences.Preference, Question, Choose?> Answering(
        ParseResult result, BargainAsk ask)
    {
        var given = InterviewQuestions.Given(ask, result.GetValue(_answers), result.GetValue(_truthful));
        var alone = result.GetValue(Output.JsonOption) || Console.IsInputRedirected;
        return (party, question) => given(party, question) ?? (alone ? null : Asked(ask.Bargain.Space, question));
    }

    private static Choose? Asked(Space space, Question question)
    {
        Console.Write(
            $"1) {Side(question.First)}\n2) {Side(question.Second)}\n"
            + "Which would you rather sign (1, 2, = either, empty to stop)? ");
        return Console.ReadLine() is { Length: > 0 } line ? InterviewQuestions.Parse(line[0]) : null;

        string Side(Package p) => string.Join(", ", new[] { question.FirstIssue, question.SecondIssue }
            .Select(i => $"{space.Issues[i].Name}: {space.Issues[i].Values[p[i]]}"));
    }

    private static void Show(IAnsiConsole console, SimulateAnswer answer)
    {
        console.WriteLine(answer.Agreement is null ? $"No agreement after {Counted.Of(answer.Rounds, "round")}"
            + (answer.Stopped ? ", when the time was up." : ".") : $"Agreement after {Counted.Of(answer.Rounds, "round")}:");
        if (answer.Agreement is not null) BargainVerbs.Show(console, answer.Agreement);
        if (!answer.Discounted.SequenceEqual(answer.Utilities)) console.WriteLine(
            $"  after the time it took: {string.Join(", ", answer.Discounted.Select(u => u.ToString("0.0000")))}");
        if (answer.Measures is { } m) console.WriteLine(
            $"distance to the frontier {m.FrontierDistance:0.0000}, to Nash {m.NashDistance:0.0000}; "
            + $"Nash product {m.NashRatio:P1} of the best");
    }

    private static void Show(IAnsiConsole console, TournamentAnswer answer)
    {
        var table = new Table().AddColumns("tactic", "runs", "utility", "discounted", "agreements", "to frontier",
            "to Nash", "welfare", "fairness");
        foreach (var s in answer.Standings)
            table.AddRow(s.Tactic, $"{s.Runs}", $"{s.Utility:0.000}", $"{s.Discounted:0.000}", $"{s.AgreementRate:P0}",
                $"{s.ParetoDistance:0.000}", $"{s.NashDistance:0.000}", $"{s.Welfare:0.000}", $"{s.Fairness:0.000}");
        console.Write(table);
        if (answer.Stopped) console.WriteLine("The time was up before every pairing had played.");
    }

    private static void Show(IAnsiConsole console, ElicitAnswer answer)
    {
        foreach (var (issue, bounds) in answer.Weights) console.WriteLine(
            $"{issue,-30} weight {bounds[1]:0.000} ({bounds[0]:0.000} to {bounds[2]:0.000})");
        console.WriteLine("recommended: "
            + string.Join(", ", answer.Recommendation.Select(v => $"{v.Key}: {v.Value}")));
        console.WriteLine($"another package could turn out better by {answer.Regret:P1} of the range at most");
        if (answer.Contradiction is { } c) console.WriteLine(
            $"the answers {string.Join(", ", c.Select(i => i + 1))} contradict each other; "
            + "each was eased as little as possible");
    }
}
