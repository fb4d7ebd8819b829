using System.CommandLine;
using System.Globalization;
using Entente.Bargaining.Solutions;
using Entente.Formats.Bargaining;
using Spectre.Console;

namespace Entente.Cli;

/// <summary>The verbs of <c>entente bargain</c> about packages: is this one good, what is better, and why.</summary>
internal static class BargainVerbs
{
    private static readonly Option<string> _package = new("--package")
    {
        Description = "A package: places of the values (0,2,1) or names (hours=24x7; price=50).",
    };

    private static readonly Option<int?> _changes = new("--changes")
    {
        Description = "How many issues may change; any number by default.",
    };

    private static readonly Option<int?> _few = new("--changes")
    {
        Description = "How many issues may change; 3 by default.",
    };

    private static readonly Option<Fairness> _by = new("--by")
    {
        Description = "How the gain is shared.",
        DefaultValueFactory = _ => Fairness.KalaiSmorodinsky,
    };

    private static readonly Option<string> _between = new("--between")
    {
        Description = "The two parties that trade, such as 0,1.",
    };

    private static readonly Option<int?> _count = new("--count") { Description = "How many to show at most." };

    private static readonly Option<string> _worth = new("--worth")
    {
        Description = "What one unit of utility is worth to each party in money, such as 90000,60000.",
    };

    private static readonly Option<int?> _party = new("--party") { Description = "Who offers, from 0." };

    private static readonly Option<double?> _target = new("--target")
    {
        Description = "What each package is worth to the one who offers; else as much as --package.",
    };

    private static readonly Option<string> _from = new("--from") { Description = "The package to compare with." };

    private static readonly Option<string> _to = new("--to") { Description = "The package that is explained." };

    private static readonly Option<string> _lottery = new("--lottery")
    {
        Description = "What may come of it, such as '0.7: hours=24x7; price=50 | 0.3: 0,2'; or one package for sure.",
    };

    private static readonly Option<double?> _time = new("--time")
    {
        Description = "Units of negotiation time until it is signed, for parties with a discount.",
    };

    public static IEnumerable<Command> All() =>
    [
        BargainCommand.Verb("certify",
            "Proves a package efficient, or finds one that is better for somebody and worse for nobody.",
            [_package], (result, ask) => PackageQuestions.Certify(ask, result.GetValue(_package)), Show),
        BargainCommand.Verb("measure", "How far a package is from the frontier and each solution, and who gains how much.",
            [_package], (result, ask) => PackageQuestions.Measure(ask, result.GetValue(_package)), Show),
        BargainCommand.Verb("improve", "The fairest package that improves on a given one for all, if there is one.",
            [_package, _changes, _by], (result, ask) => PackageQuestions.Improve(
                ask, result.GetValue(_package), result.GetValue(_changes), result.GetValue(_by)), Show),
        BargainCommand.Verb("draft",
            "The next draft of a single negotiating text: few changes, nobody worse off, the least gain largest.",
            [_package, _few], (result, ask) => PackageQuestions.Draft(
                ask, result.GetValue(_package), result.GetValue(_few)), Show),
        BargainCommand.Verb("trades", "The best trades of two issues between two parties, nobody else harmed.",
            [_package, _between, _count], (result, ask) => PackageQuestions.Trades(ask, result.GetValue(_package),
                BargainCommand.Seats(result, _between), result.GetValue(_count)), Show),
        BargainCommand.Verb("transfer",
            "Where money may change hands: the efficient package, and the payments that share the gain.",
            [_worth], (result, ask) => PackageQuestions.Transfer(ask, Numbers(result, _worth)), Show),
        BargainCommand.Verb("meso", "Several offers of equal worth to one party, far apart in terms (MESO).",
            [_party, _target, _package, _count], (result, ask) => PackageQuestions.Meso(ask, result.GetValue(_party),
                result.GetValue(_target), result.GetValue(_package), result.GetValue(_count)), Show),
        BargainCommand.Verb("explain", "What each party gains and gives up from one package to another.",
            [_from, _to], (result, ask) => PackageQuestions.Explain(
                ask, result.GetValue(_from), result.GetValue(_to)), Show),
        BargainCommand.Verb("value",
            "What an uncertain or a late outcome is worth: by each party's attitude to risk and discount.",
            [_lottery, _time], (result, ask) => PackageQuestions.Value(
                ask, result.GetValue(_lottery), result.GetValue(_time)), Show),
        BargainCommand.Verb("conflicts", "Why no agreement exists: the smallest set of limits that conflict.",
            [], (_, ask) => PackageQuestions.Conflicts(ask), Show),
    ];

    internal static double[]? Numbers(ParseResult result, Option<string> option) =>
        result.GetValue(option) is not { } text ? null : [.. text.Split(',', StringSplitOptions.TrimEntries)
            .Select(n => double.TryParse(n, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                && double.IsFinite(number) ? number : throw new BadInputException(option.Name,
                    $"bargain.{option.Name.TrimStart('-')}", $"Expected numbers such as 100,60,30; found '{n}'."))];

    internal static void Show(IAnsiConsole console, PackageAnswer package)
    {
        foreach (var (issue, value) in package.Values) console.WriteLine($"  {issue}: {value}");
        console.WriteLine($"  utilities: {string.Join(", ", package.Utilities.Select(u => u.ToString("0.0000")))}");
    }

    private static void Show(IAnsiConsole console, CertifyAnswer answer)
    {
        console.WriteLine(answer.Efficient ? "Efficient, proved: no package is better for one and worse for none."
            : answer.Dominating is null ? "Not decided within the limits."
                : "Not efficient. This package harms nobody and is better for somebody:");
        if (answer.Dominating is { } better) Show(console, better);
        console.WriteLine(
            $"No package gives everybody more than {answer.CommonGainBound:P1} of the own range above this one.");
    }

    private static void Show(IAnsiConsole console, MeasureAnswer answer)
    {
        if (answer.Measures is not { } m)
        {
            console.WriteLine("The contract zone is empty: there is nothing to compare a package with.");
            return;
        }

        console.WriteLine($"distance to the frontier {m.FrontierDistance:0.0000}, to Nash {m.NashDistance:0.0000}, "
            + $"to Kalai-Smorodinsky {m.KalaiSmorodinskyDistance:0.0000}, to egalitarian {m.EgalitarianDistance:0.0000}, "
            + $"to utilitarian {m.UtilitarianDistance:0.0000}");
        console.WriteLine($"Nash product {m.NashRatio:P1} and welfare {m.WelfareRatio:P1} of the best; the least gain is "
            + $"{m.LeastGain:P1} of what was possible; Gini {m.Gini:0.000}");
    }

    private static void Show(IAnsiConsole console, ImproveAnswer answer)
    {
        if (answer.Improvement is { } better) Show(console, better);
        else console.WriteLine(answer.Proved ? "Nothing improves on this package for all."
            : "Nothing better was found within the limits; it is not proved that there is nothing.");
        foreach (var line in answer.Explanation) console.WriteLine(line);
    }

    private static void Show(IAnsiConsole console, TradesAnswer answer)
    {
        if (answer.Trades.Count == 0) console.WriteLine("No trade of two issues helps both and harms nobody.");
        foreach (var trade in answer.Trades)
            console.WriteLine($"{answer.Between[0]} gives {Words(trade.FirstGives)} and takes "
                + $"{Words(trade.FirstTakes)}: {answer.Between[0]} {trade.Gains[0]:+0.0000}, "
                + $"{answer.Between[1]} {trade.Gains[1]:+0.0000}");

        static string Words(Change change) => $"{change.Issue} {change.To} for {change.From}";
    }

    private static void Show(IAnsiConsole console, TransferAnswer answer)
    {
        if (answer.Package is not { } package)
        {
            console.WriteLine("Even the best package leaves nothing to share.");
            return;
        }

        Show(console, package);
        for (var p = 0; p < answer.Transfers!.Count; p++)
            console.WriteLine(FormattableString.Invariant($"  {answer.Parties[p]} ")
                + (answer.Transfers[p] < 0 ? "pays" : "receives")
                + FormattableString.Invariant($" {Math.Abs(answer.Transfers[p]):0.00} and gains {answer.Gains![p]:0.00}"));
    }

    private static void Show(IAnsiConsole console, MesoAnswer answer)
    {
        console.WriteLine($"{Counted.Of(answer.Packages.Count, "offer")} worth about {answer.Target:0.0000} to {answer.Party}:");
        foreach (var package in answer.Packages)
        {
            Show(console, package);
            console.WriteLine();
        }
    }

    private static void Show(IAnsiConsole console, ExplainAnswer answer)
    {
        foreach (var party in answer.Parties) console.WriteLine(party.Words);
    }

    private static void Show(IAnsiConsole console, ValueAnswer answer)
    {
        foreach (var party in answer.Parties)
            console.WriteLine($"{party.Party}: expected {party.Expected:0.0000}, as good as {party.Certainty:0.0000} for "
                + $"sure, {party.Discounted:0.0000} at time {answer.Time:0.##}"
                + (party.AboveDisagreement ? "" : "; no agreement is better"));
    }

    private static void Show(IAnsiConsole console, ConflictsAnswer answer)
    {
        console.WriteLine(answer.ContractZone switch
        {
            true => "Nothing conflicts: a package meets every limit.",
            false => "These limits cannot be met together, and none of them can be left out:",
            _ => "The run stopped before it knew; these limits may conflict:",
        });
        foreach (var limit in answer.Smallest) console.WriteLine($"  {limit.Name}");
    }
}
