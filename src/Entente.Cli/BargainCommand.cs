using System.CommandLine;
using System.Diagnostics;
using Entente.Bargaining;
using Entente.Bargaining.Solutions;
using Entente.Formats.Bargaining;
using Spectre.Console;

namespace Entente.Cli;

/// <summary><c>entente bargain</c>: the mathematics of a win-win on files.</summary>
public static class BargainCommand
{
    internal static Argument<FileInfo> Domain { get; } = new("DOMAIN")
    {
        Description = "GENIUS XML, GeniusWeb JSON, domain.json, or YAML with the parties in it.",
    };

    internal static Argument<FileInfo[]> Profiles { get; } = new("PROFILE")
    {
        Description = "One file per party, where the domain does not hold them.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    internal static Option<string> Parties { get; } = new(
        "--parties")
    { Description = "Seats to keep, such as 0,1,2." };

    internal static Option<int> Points { get; } = new("--points")
    {
        Description = "Frontier points to show at most.",
        DefaultValueFactory = _ => 1000,
    };

    internal static Option<double> Seconds { get; } = new("--seconds")
    {
        Description = "Stop after this time with the best found and its bound.",
        DefaultValueFactory = _ => 30,
    };

    internal static Option<int> Memory { get; } = new("--memory")
    {
        Description = "Megabytes the computation may use; larger frontiers are thinned, with a bound.",
        DefaultValueFactory = _ => 1024,
    };

    private static readonly Option<FileInfo> Svg = new(
        "--svg")
    { Description = "Draw the frontier of the first two parties to this file." };

    public static Command Create()
    {
        var command = new Command("bargain", "Exact frontiers and fair packages of a negotiation.")
        {
            Look("solve", "The frontier and the Nash, Kalai-Smorodinsky, egalitarian and utilitarian packages."),
            Look("frontier", "The Pareto frontier alone."),
        };
        foreach (var verb in BargainVerbs.All()) command.Add(verb);
        return command;
    }

    private static Command Look(string name, string description)
    {
        var command = new Command(name, description) { Domain, Profiles, Parties, Points, Seconds, Memory, Svg };
        command.SetAction(result => Output.Guard(result, () => Refusing(() =>
        {
            var input = Load(result);
            if (result.GetValue(Points) < 0) throw new BadInputException(
                "--points", "bargain.points", "Expected 0 or more.");
            var limits = LimitsOf(result);
            var watch = Stopwatch.StartNew();
            if (name == "solve") Solve(result, input, limits, watch);
            else Frontier(result, input, limits, watch);
        })));
        return command;
    }

    private static void Solve(ParseResult result, Input input, Limits limits, Stopwatch watch)
    {
        var (frontier, set) = Solver.SolveAll(input.Bargain, limits);
        var seconds = watch.Elapsed.TotalSeconds;
        Draw(result, input, frontier, set);
        Output.Write(
            result, SolveAnswer.From(input.Name, input.Bargain, frontier, set, result.GetValue(Points), seconds,
            input.Warnings), Show);
    }

    private static void Frontier(ParseResult result, Input input, Limits limits, Stopwatch watch)
    {
        var frontier = Solver.Frontier(input.Bargain, limits);
        var seconds = watch.Elapsed.TotalSeconds;
        Draw(result, input, frontier, null);
        Output.Write(
            result, FrontierOnly.From(input.Name, input.Bargain, frontier, result.GetValue(Points), seconds,
            input.Warnings), (console, a) =>
        {
            console.WriteLine(
                $"{a.Domain}: {a.Outcomes} packages, {Size(a.Frontier)}, {a.Seconds:0.000} s");
            foreach (var point in a.Frontier.Points) console.WriteLine(
                string.Join("  ", point.Select(u => u.ToString("0.0000000000"))));
        });
    }

    private static void Draw(ParseResult result, Input input, Frontier frontier, SolutionSet? set)
    {
        if (result.GetValue(Svg) is { } file) File.WriteAllText(
            file.FullName, FrontierSvg.Draw(input.Bargain, frontier, set));
    }

    /// <summary>Runs a verb; what the engine cannot compute with is bad input.</summary>
    internal static int Refusing(Action verb)
    {
        try
        {
            verb();
            return 0;
        }
        catch (BargainException wrong)
        {
            throw new BadInputException(wrong.Path.Length == 0 ? "input" : wrong.Path, wrong.Code, wrong.Message);
        }
    }

    internal sealed record Input(string Name, Bargain Bargain, IReadOnlyList<string> Warnings);

    internal static Input Load(ParseResult result)
    {
        var reading = BargainReader.Read(Text(result.GetValue(Domain)!), [.. result.GetValue(Profiles)!.Select(Text)]);
        var document = reading.Get();
        var request = new SolveRequest(Seats(result.GetValue(Parties)), 0);
        return new Input(document.Name, request.Choose(document.Bargain),
            [.. reading.Findings.Select(f => $"{f.Path}: {f.Message}")]);
    }

    internal static Limits LimitsOf(ParseResult result) => BargainQuestions.Bounded(
        result.GetValue(Seconds), result.GetValue(Memory), field => $"--{field}");

    private static SourceText Text(FileInfo file) => new(file.ToString(), File.ReadAllText(file.FullName));

    private static int[] Seats(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return [];
        return [.. text.Split(',', StringSplitOptions.TrimEntries)
            .Select(seat => int.TryParse(seat, out var number) ? number
            : throw new BadInputException("--parties", "bargain.party",
                $"Expected numbers such as 0,1,2; found '{seat}'."))];
    }

    private static string Size(FrontierAnswer frontier) =>
        $"{frontier.Size} frontier points" + (frontier.Exact ? "" : $" (thinned, within {frontier.Bound:0.######})");

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
        var solutions = points.Where(point => point.Point is not null).ToArray();
        if (solutions.Length > 0)
        {
            var table = new Table().AddColumn("");
            foreach (var (name, point) in solutions) table.AddColumn(name + (point!.Proved ? "" : " (not proved)"));
            for (var p = 0; p < answer.Parties.Count; p++)
                table.AddRow(
                    [Markup.Escape(answer.Parties[p]),
                    .. solutions.Select(s => $"[bold]{s.Point!.Utilities[p]:0.0000}[/]")]);
            table.AddEmptyRow();
            foreach (var issue in solutions[0].Point!.Values.Keys)
                table.AddRow([Markup.Escape(issue), .. solutions.Select(s => Markup.Escape(s.Point!.Values[issue]))]);
            console.Write(table);
        }

        foreach (var warning in answer.Warnings) console.WriteLine($"warning: {warning}");
    }
}
