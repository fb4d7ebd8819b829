using System.CommandLine;
using Entente.Bargaining.Solutions;
using Entente.Formats.Bargaining;
using Spectre.Console;

namespace Entente.Cli;

/// <summary><c>entente bargain</c>: the mathematics of a win-win on files.</summary>
public static class BargainCommand
{
    private static readonly Argument<FileInfo> _domain = new("DOMAIN")
    {
        Description = "GENIUS XML, GeniusWeb JSON, domain.json, or YAML with the parties in it.",
    };

    private static readonly Argument<FileInfo[]> _profiles = new("PROFILE")
    {
        Description = "One file per party, where the domain does not hold them.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<string> _parties = new("--parties") { Description = "Seats to keep, such as 0,1,2." };

    private static readonly Option<int> _points = new("--points")
    {
        Description = "Frontier points to show at most.",
        DefaultValueFactory = _ => 1000,
    };

    private static readonly Option<string> _above = new("--above")
    {
        Description = "Only what improves on this package for all.",
    };

    private static readonly Option<double> _seconds = new("--seconds")
    {
        Description = "Stop after this time with the best found and its bound.",
        DefaultValueFactory = _ => 30,
    };

    private static readonly Option<int> _memory = new("--memory")
    {
        Description = "Megabytes the computation may use; larger frontiers are thinned, with a bound.",
        DefaultValueFactory = _ => 1024,
    };

    private static readonly Option<FileInfo> _svg = new("--svg")
    {
        Description = "Draw the frontier of the first two parties to this file.",
    };

    public static Command Create()
    {
        var command = new Command("bargain", "Exact frontiers and fair packages of a negotiation.")
        {
            Verb("solve", "The frontier and the Nash, Kalai-Smorodinsky, egalitarian and utilitarian packages.",
                [_points, _svg], (result, ask) => BargainQuestions.Solve(ask, result.GetValue(_points),
                    (frontier, set) => Draw(result, ask, frontier, set)), Show),
            Verb("frontier", "The Pareto frontier alone.", [_points, _above, _svg], (result, ask) =>
                BargainQuestions.Frontier(ask, result.GetValue(_points), result.GetValue(_above),
                    frontier => Draw(result, ask, frontier, null)), Show),
        };
        foreach (var verb in BargainVerbs.All().Concat(BargainPlay.All())) command.Add(verb);
        return command;
    }

    /// <summary>A verb that asks one thing about the bargain in the files, within the limits, and shows the
    /// answer.</summary>
    internal static Command Verb<T>(string name, string description, Option[] options,
        Func<ParseResult, BargainAsk, T> ask, Action<IAnsiConsole, T> show)
    {
        var command = new Command(name, description) { _domain, _profiles, _parties };
        foreach (var option in options) command.Add(option);
        command.Add(_seconds);
        command.Add(_memory);
        command.SetAction(result => Output.Guard(result, () =>
        {
            var answer = BargainAsk.Answer($"{result.GetValue(_domain)}", Place, () => ask(result, Load(result)));
            Output.Write(result, answer, show);
            return 0;
        }));
        return command;
    }

    /// <summary>Whole numbers with commas between, or null where nothing is said.</summary>
    internal static int[]? Seats(ParseResult result, Option<string> option) => result.GetValue(option) is not { } text
        ? null : [.. text.Split(',', StringSplitOptions.TrimEntries).Select(seat => int.TryParse(seat, out var number)
            ? number : throw new BadInputException(option.Name, "bargain.party",
                $"Expected numbers such as 0,1,2; found '{seat}'."))];

    private static BargainAsk Load(ParseResult result)
    {
        var reading = BargainReader.Read(Text(result.GetValue(_domain)!), [.. result.GetValue(_profiles)!.Select(Text)]);
        var document = reading.Get();
        var chosen = new SolveRequest(Seats(result, _parties) ?? [], 0).Choose(document.Bargain);
        return new BargainAsk(document with { Bargain = chosen }, reading.Findings, result.GetValue(_seconds),
            result.GetValue(_memory), Place);
    }

    private static string Place(string field) => $"--{field}";

    private static SourceText Text(FileInfo file) => new(file.ToString(), File.ReadAllText(file.FullName));

    private static void Draw(ParseResult result, BargainAsk ask, Frontier frontier, SolutionSet? set)
    {
        if (result.GetValue(_svg) is { } file) File.WriteAllText(
            file.FullName, FrontierSvg.Draw(ask.Bargain, frontier, set));
    }

    private static string Size(FrontierAnswer frontier) =>
        Counted.Of(frontier.Size, "frontier point") + (frontier.Exact ? "" : $" (thinned, within {frontier.Bound:0.######})");

    private static void Show(IAnsiConsole console, FrontierOnly answer)
    {
        console.WriteLine($"{answer.Domain}: {answer.Outcomes} packages, {Size(answer.Frontier)}, "
            + $"{answer.Seconds:0.000} s");
        foreach (var point in answer.Frontier.Points)
            console.WriteLine(string.Join("  ", point.Select(u => u.ToString("0.0000000000"))));
    }

    private static void Show(IAnsiConsole console, SolveAnswer answer)
    {
        console.WriteLine($"{answer.Domain}: {answer.Outcomes} packages, {answer.Parties.Count} parties, "
            + $"{Size(answer.Frontier)}, "
            + $"{answer.Seconds:0.000} s");
        if (answer.ContractZone == false) console.WriteLine(
            "No package leaves everybody at or above the reservation: the contract zone is empty.");
        (string Name, SolutionAnswer? Point)[] points =
        [
            ("Nash", answer.Nash), ("Kalai-Smorodinsky", answer.KalaiSmorodinsky),
            ("egalitarian", answer.Egalitarian), ("utilitarian", answer.Utilitarian),
        ];
        (string Name, SolutionAnswer Point)[] solutions =
            [.. points.Where(point => point.Point is not null).Select(point => (point.Name, point.Point!))];
        if (solutions.Length > 0) console.Write(Table(answer, solutions));
        console.WriteLine($"opposition {answer.Measures.Opposition:0.000}"
            + (answer.Measures.IntegrativePotential is { } p ? $", integrative potential {p:0.000}" : ""));
        foreach (var warning in answer.Warnings) console.WriteLine($"warning: {warning}");
    }

    private static Table Table(SolveAnswer answer, (string Name, SolutionAnswer Point)[] solutions)
    {
        var table = new Table().AddColumn("");
        foreach (var (name, point) in solutions)
            table.AddColumn(name + (point.Proved ? "" : $" (not proved; at most {point.Bound:0.######})"));
        for (var p = 0; p < answer.Parties.Count; p++)
            table.AddRow([Markup.Escape(answer.Parties[p]),
                .. solutions.Select(s => $"[bold]{s.Point.Utilities[p]:0.0000}[/]" + Regret(s.Point, p))]);
        table.AddEmptyRow();
        foreach (var issue in solutions[0].Point.Values.Keys)
            table.AddRow([Markup.Escape(issue), .. solutions.Select(s => Markup.Escape(s.Point.Values[issue]))]);
        return table;

        static string Regret(SolutionAnswer point, int party) =>
            point.Regrets?[party] is { } worst ? $" (regret at most {worst:0.0000})" : "";
    }
}
