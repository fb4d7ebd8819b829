using System.CommandLine;
using System.Diagnostics;
using Entente.Bargaining.Elicitation;
using Entente.Bargaining.Issues;
using Entente.Bargaining.Solutions;
using Entente.Bargaining.Tactics;
using Entente.Formats.Bargaining;
using Spectre.Console;

namespace Entente.Cli;

/// <summary>The verbs of <c>entente bargain</c> about one package, simulated parties and elicitation.</summary>
internal static class BargainVerbs
{
    private static readonly Option<string> Package = new("--package")
    {
        Description = "A package: places of the values (0,2,1) or names (hours=24x7; price=50).",
        Required = true,
    };

    private static readonly Option<int?> Changes = new(
        "--changes")
    { Description = "How many issues may change; any number by default." };

    private static readonly Option<Fairness> By = new("--by")
    {
        Description = "How the gain is shared.",
        DefaultValueFactory = _ => Fairness.KalaiSmorodinsky,
    };

    private static readonly Option<string> TacticsOption = new("--tactics")
    {
        Description = $"Names with commas between: {string.Join(", ", Tactics.Names)}.",
    };

    private static readonly Option<int> Seed = new(
        "--seed")
    { Description = "The same seed gives the same run.", DefaultValueFactory = _ => 1 };

    private static readonly Option<int> Rounds = new(
        "--rounds")
    { Description = "The deadline in rounds.", DefaultValueFactory = _ => 100 };

    private static readonly Option<int> Repeats = new(
        "--repeats")
    { Description = "Runs of each pairing.", DefaultValueFactory = _ => 1 };

    private static readonly Option<int> Party = new(
        "--party")
    { Description = "Whose preference is asked for, from 0." };

    private static readonly Option<string> Swings = new("--swings")
    {
        Description = "Points for lifting each issue from worst to best, such as 100,60,30.",
    };

    private static readonly Option<string> Answers = new("--answers")
    {
        Description = "Answers to the questions in order, such as 12=1: the first, the second, either.",
    };

    private static readonly Option<bool> Truthful = new(
        "--truthful")
    { Description = "Answer as the party's own profile would." };

    private static readonly Option<int> Questions = new(
        "--questions")
    { Description = "Questions at most.", DefaultValueFactory = _ => 15 };

    public static Command[] All() => [Certify(), Improve(), Simulate(), Tournament(), Elicit()];

    private static Command Certify() => Verb(
        "certify", "Proves a package efficient, or finds one that is better for somebody and worse for nobody.",
        [Package, BargainCommand.Seconds, BargainCommand.Memory], (result, bargain, seconds) =>
        {
            var package = BargainQuestions.ReadPackage(bargain.Space, result.GetValue(Package)!);
            var answer = BargainQuestions.Certify(bargain, package, BargainCommand.LimitsOf(result), seconds);
            Output.Write(result, answer, (console, a) =>
            {
                console.WriteLine(a.Efficient ? "Efficient, proved: no package is better for one and worse for none."
                    : a.Dominating is null ? "Not decided within the limits."
                        : "Not efficient. This package harms nobody and is better for somebody:");
                if (a.Dominating is { } better) Show(console, better);
                console.WriteLine(
                    $"No package gives everybody more than {a.CommonGainBound:P1} of the own range above this one.");
            });
        });

    private static Command Improve() => Verb(
        "improve", "The fairest package that improves on a given one for all, if there is one.",
        [Package, Changes, By, BargainCommand.Seconds, BargainCommand.Memory], (result, bargain, seconds) =>
        {
            if (result.GetValue(Changes) is < 1) throw new BadInputException(
                "--changes", "bargain.changes", "Expected at least 1.");
            var package = BargainQuestions.ReadPackage(bargain.Space, result.GetValue(Package)!);
            var answer = BargainQuestions.Improve(
                bargain, package, result.GetValue(Changes), result.GetValue(By), BargainCommand.LimitsOf(result),
                seconds);
            Output.Write(result, answer, (console, a) =>
            {
                if (a.Improvement is null) console.WriteLine("Nothing improves on this package for all.");
                else Show(console, a.Improvement);
                foreach (var line in a.Explanation) console.WriteLine(line);
            });
        });

    private static Command Simulate() => Verb("simulate", "Lets simulated parties negotiate.",
        [TacticsOption, Seed, Rounds], (result, bargain, seconds) =>
        {
            var tactics = Names(result) ?? [.. bargain.Parties.Select(_ => "boulware")];
            var answer = BargainQuestions.Simulate(
                bargain, tactics, result.GetValue(Seed), Above(result, Rounds), seconds);
            Output.Write(result, answer, (console, a) =>
            {
                console.WriteLine(a.Agreement is null ? $"No agreement after {a.Rounds} rounds."
                    : $"Agreement after {a.Rounds} rounds:");
                if (a.Agreement is not null) Show(console, a.Agreement);
                if (a.Measures is { } m) console.WriteLine(
                    $"distance to the frontier {m.FrontierDistance:0.0000}, to Nash {m.NashDistance:0.0000}; "
                    + $"Nash product {m.NashRatio:P1} of the best");
            });
        });

    private static Command Tournament() => Verb("tournament", "Every tactic against every tactic, in every seat.",
        [TacticsOption, Seed, Rounds, Repeats, BargainCommand.Seconds], (result, bargain, seconds) =>
        {
            var limit = result.GetValue(BargainCommand.Seconds);
            var standings = Entente.Bargaining.Tactics.Tournament.Play(
                [bargain], Names(result) ?? Tactics.Names, result.GetValue(Seed),
                Above(result, Rounds), Above(result, Repeats), () => seconds() > limit);
            Output.Write(result, new TournamentAnswer(result.GetValue(Seed), standings, seconds()), (console, a) =>
            {
                var table = new Table()
                    .AddColumns("tactic", "runs", "utility", "agreements", "to frontier", "to Nash", "welfare",
                    "fairness");
                foreach (var s in a.Standings)
                    table.AddRow(s.Tactic, $"{s.Runs}", $"{s.Utility:0.000}", $"{s.AgreementRate:P0}",
                        $"{s.ParetoDistance:0.000}",
                        $"{s.NashDistance:0.000}", $"{s.Welfare:0.000}", $"{s.Fairness:0.000}");
                console.Write(table);
            });
        });

    private static Command Elicit() => Verb("elicit",
        "Asks trade-off questions until the recommendation is safe; value curves come from the party's profile.",
        [Party, Swings, Answers, Truthful, Questions], (result, bargain, _) =>
        {
            var party = result.GetValue(Party);
            if (party < 0 || party >= bargain.Parties.Count)
                throw new BadInputException("--party", "bargain.party",
                    $"The parties are 0 to {bargain.Parties.Count - 1}.");
            var interview = BargainQuestions.Interview(bargain, party, Numbers(result.GetValue(Swings)));
            var given = new Queue<char>(result.GetValue(Answers) ?? "");
            while (interview.Answers.Count < Above(result, Questions) && interview.Next() is { } question)
            {
                if (Choice(result, bargain.Parties[party], bargain.Space, question, given) is not { } choice) break;
                interview = interview.With(new Answer(question, choice));
            }

            Output.Write(result, BargainQuestions.Elicited(interview, bargain.Parties[party].Party), (console, a) =>
            {
                foreach (var (issue, bounds) in a.Weights) console.WriteLine(
                    $"{issue,-30} weight {bounds[1]:0.000} ({bounds[0]:0.000} to {bounds[2]:0.000})");
                console.WriteLine("recommended: "
                    + string.Join(", ", a.Recommendation.Select(v => $"{v.Key}: {v.Value}")));
                console.WriteLine($"another package could turn out better by {a.Regret:P1} of the range at most");
                if (a.Contradiction is { } c) console.WriteLine(
                    $"the answers {string.Join(", ", c.Select(i => i + 1))} contradict each other; "
                    + "each was eased as little as possible");
            });
        });

    private static Choose? Choice(ParseResult result, Entente.Bargaining.Preferences.Preference party, Space space,
        Question question, Queue<char> given)
    {
        if (result.GetValue(Truthful)) return BargainQuestions.Truth(party, question);
        if (given.TryDequeue(out var letter)) return Parse(letter)
            ?? throw new BadInputException("--answers", "bargain.answer", $"Expected 1, 2 or =; found '{letter}'.");
        if (result.GetValue(Output.JsonOption) || Console.IsInputRedirected) return null;
        string Side(Package p) => string.Join(
            ", ", new[] { question.FirstIssue, question.SecondIssue }.Select(
            i => $"{space.Issues[i].Name}: {space.Issues[i].Values[p[i]]}"));
        Console.Write(
            $"1) {Side(question.First)}\n2) {Side(question.Second)}\n"
            + "Which would you rather sign (1, 2, = either, empty to stop)? ");
        return Console.ReadLine() is { Length: > 0 } line ? Parse(line[0]) : null;

        static Choose? Parse(char letter) =>
            letter switch { '1' => Choose.First, '2' => Choose.Second, '=' => Choose.Either, _ => null };
    }

    private static Command Verb(string name, string description, Option[] options, Action<ParseResult,
        Entente.Bargaining.Bargain, Func<double>> act)
    {
        var command = new Command(name, description) { BargainCommand.Domain, BargainCommand.Profiles,
            BargainCommand.Parties };
        foreach (var option in options) command.Add(option);
        command.SetAction(result => Output.Guard(result, () => BargainCommand.Refusing(() =>
        {
            var input = BargainCommand.Load(result);
            var watch = Stopwatch.StartNew();
            act(result, input.Bargain, () => watch.Elapsed.TotalSeconds);
        })));
        return command;
    }

    private static void Show(IAnsiConsole console, PackageAnswer package)
    {
        foreach (var (issue, value) in package.Values) console.WriteLine($"  {issue}: {value}");
        console.WriteLine($"  utilities: {string.Join(", ", package.Utilities.Select(u => u.ToString("0.0000")))}");
    }

    private static string[]? Names(ParseResult result) =>
        result.GetValue(TacticsOption)?.Split(
            ',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static int Above(ParseResult result, Option<int> option) => result.GetValue(option) is >= 1 and var value
        ? value
        : throw new BadInputException(option.Name, "bargain.number", "Expected at least 1.");

    private static double[]? Numbers(string? text) => text is null ? null
        : [.. text.Split(',', StringSplitOptions.TrimEntries)
        .Select(n => double.TryParse(n, System.Globalization.CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number) ? number
            : throw new BadInputException("--swings", "bargain.swings",
                $"Expected numbers such as 100,60,30; found '{n}'."))];
}
