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

    internal static Option<string> Parties { get; } = new("--parties") { Description = "Seats to keep, such as 0,1,2." };

    internal static Option<int> Points { get; } = new("--points")
    {
        Description = "Frontier points to show at most.", DefaultValueFactory = _ => 1000,
    };

    internal static Option<double> Seconds { get; } = new("--seconds")
    {
        Description = "Stop after this time with the best found and its bound.", DefaultValueFactory = _ => 60,
    };

    internal static Option<int> Memory { get; } = new("--memory")
    {
        Description = "Megabytes the computation may use; larger frontiers are thinned, with a bound.", DefaultValueFactory = _ => 1024,
    };

    public static Command Create() => new("bargain", "Exact frontiers and fair packages of a negotiation.")
    {
        Solve(),
    };

    private static Command Solve()
    {
        var command = new Command("solve", "The frontier and the Nash, Kalai-Smorodinsky, egalitarian and utilitarian packages.")
        {
            Domain, Profiles, Parties, Points, Seconds, Memory,
        };
        command.SetAction(result => Output.Guard(result, () =>
        {
            var input = Load(result);
            var bargain = input.Bargain;
            var limits = LimitsOf(result);
            var watch = Stopwatch.StartNew();
            var (frontier, set) = Solver.SolveAll(bargain, limits);
            var answer = SolveAnswer.From(input.Name, bargain, frontier, set, result.GetValue(Points), watch.Elapsed.TotalSeconds, input.Warnings);
            Output.Write(result, answer, Show);
            return 0;
        }));
        return command;
    }

    internal sealed record Input(string Name, Bargain Bargain, IReadOnlyList<string> Warnings);

    internal static Input Load(ParseResult result)
    {
        var reading = BargainReader.Read(Text(result.GetValue(Domain)!), [.. result.GetValue(Profiles)!.Select(Text)]);
        var document = reading.Get();
        try
        {
            var request = new SolveRequest(Seats(result.GetValue(Parties)), result.GetValue(Points));
            return new Input(document.Name, request.Choose(document.Bargain), [.. reading.Findings.Select(f => $"{f.Path}: {f.Message}")]);
        }
        catch (BargainException wrong)
        {
            throw new BadInputException(wrong.Path, wrong.Code, wrong.Message);
        }
    }

    internal static Limits LimitsOf(ParseResult result)
    {
        var (seconds, memory) = (result.GetValue(Seconds), result.GetValue(Memory));
        if (!(seconds > 0)) throw new BadInputException("--seconds", "bargain.seconds", "Expected a number above zero.");
        if (memory < 1) throw new BadInputException("--memory", "bargain.memory", "Expected at least one megabyte.");
        var watch = Stopwatch.StartNew();
        return new Limits
        {
            Stop = () => watch.Elapsed.TotalSeconds > seconds,
            // A stage holds a point's numbers, its back pointers and, before pruning, all its candidates: about 1.5 kB a point.
            FrontierPointsMax = (int)Math.Min(10_000_000, memory * 1_000_000L / 1500),
        };
    }

    private static SourceText Text(FileInfo file) => new(file.ToString(), File.ReadAllText(file.FullName));

    private static int[] Seats(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return [];
        return [.. text.Split(',', StringSplitOptions.TrimEntries).Select(seat => int.TryParse(seat, out var number) ? number
            : throw new BadInputException("--parties", "bargain.party", $"Expected numbers such as 0,1,2; found '{seat}'."))];
    }

    private static void Show(IAnsiConsole console, SolveAnswer answer)
    {
        console.WriteLine($"{answer.Domain}: {answer.Outcomes} packages, {answer.Parties.Count} parties, "
            + $"{answer.Frontier.Size} frontier points{(answer.Frontier.Exact ? "" : $" (thinned, within {answer.Frontier.Bound:0.######})")}, "
            + $"{answer.Seconds:0.000} s");
        if (!answer.ContractZone) console.WriteLine("No package leaves everybody at or above the reservation: the contract zone is empty.");
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
                table.AddRow([Markup.Escape(answer.Parties[p]), .. solutions.Select(s => $"[bold]{s.Point!.Utilities[p]:0.0000}[/]")]);
            table.AddEmptyRow();
            foreach (var issue in solutions[0].Point!.Values.Keys)
                table.AddRow([Markup.Escape(issue), .. solutions.Select(s => Markup.Escape(s.Point!.Values[issue]))]);
            console.Write(table);
        }

        foreach (var warning in answer.Warnings) console.WriteLine($"warning: {warning}");
    }
}
