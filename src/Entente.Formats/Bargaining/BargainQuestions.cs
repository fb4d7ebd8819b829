using System.Diagnostics;
using Entente.Bargaining;
using Entente.Bargaining.Elicitation;
using Entente.Bargaining.Issues;
using Entente.Bargaining.Preferences;
using Entente.Bargaining.Solutions;
using Entente.Bargaining.Tactics;

namespace Entente.Formats.Bargaining;

/// <summary>A package in words and what it is worth to each party.</summary>
public sealed record PackageAnswer(IReadOnlyList<double> Utilities, IReadOnlyList<int> Package,
    IReadOnlyDictionary<string, string> Values)
{
    public static PackageAnswer From(Bargain bargain, Package package) =>
        new(bargain.Utilities(package), package.Values, bargain.Space.Describe(package));
}

/// <param name="CommonGainBound">No package gives every party at once more than this share of its own range.</param>
public sealed record CertifyAnswer(PackageAnswer Package, bool Efficient, bool Proved, PackageAnswer? Dominating,
    double CommonGainBound, double Seconds);

/// <param name="Improvement">Null when nothing improves on the package for all.</param>
public sealed record ImproveAnswer(
    PackageAnswer From, PackageAnswer? Improvement, IReadOnlyList<double>? Gains, int Changes, bool Proved,
        IReadOnlyList<string> Explanation, double Seconds);

public sealed record SimulateAnswer(
    IReadOnlyList<string> Tactics, int Seed, int Rounds, PackageAnswer? Agreement, IReadOnlyList<double> Utilities,
        DealMeasures? Measures, double Seconds);

public sealed record TournamentAnswer(int Seed, IReadOnlyList<Standing> Standings, double Seconds);

/// <param name="Asked">The trade-off questions and answers so far: 1 the first package, 2 the second, = either.</param>
/// <param name="Next">The question that would tell most now; null when enough is known.</param>
/// <param name="Weights">For each issue the least, the middle and the most its weight may be.</param>
/// <param name="Regret">The most by which another package could turn out better, as a share of the whole range.</param>
public sealed record ElicitAnswer(
    string Party, IReadOnlyList<AskedQuestion> Asked, AskedQuestion? Next, IReadOnlyDictionary<string,
        IReadOnlyList<double>> Weights,
    IReadOnlyDictionary<string, string> Recommendation, double Regret, IReadOnlyList<int>? Contradiction,
        IReadOnlyList<double>? Eased);

public sealed record AskedQuestion(IReadOnlyDictionary<string, string> First, IReadOnlyDictionary<string,
    string> Second, string? Answer);

/// <summary>Every question about a bargain with its answer as plain data, for commands and routes alike.</summary>
public static class BargainQuestions
{
    /// <summary>Limits of a computation that begins now.</summary>
    /// <param name="seconds">It stops after this time with the best found and its bound.</param>
    /// <param name="megabytes">A stage of the frontier that needs more is thinned, with a bound.</param>
    /// <param name="place">Spells a field in messages: <c>--seconds</c> or <c>seconds</c>.</param>
    public static Limits Bounded(double seconds, int megabytes, Func<string, string> place)
    {
        if (!(seconds > 0)) throw new BadInputException(
            place("seconds"), "bargain.seconds", "Expected a number above zero.");
        if (megabytes < 1) throw new BadInputException(
            place("memory"), "bargain.memory", "Expected at least one megabyte.");
        var watch = Stopwatch.StartNew();
        return new Limits
        {
            Stop = () => watch.Elapsed.TotalSeconds > seconds,
            // A stage holds a point's numbers, its back pointers and, before pruning, all its candidates: about 1.5 kB
            // a point.
            FrontierPointsMax = (int)Math.Min(10_000_000, megabytes * 1_000_000L / 1500),
        };
    }

    /// <summary>A package from indexes <c>0,2,1</c> or from names <c>hours=24x7; price=50</c>.</summary>
    public static Package ReadPackage(Space space, string text)
    {
        var parts = text.Trim().TrimStart('[').TrimEnd(']')
            .Split(text.Contains('=') ? ';' : ',',
            StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var values = new int[space.Issues.Count];
        Array.Fill(values, -1);
        if (!text.Contains('='))
        {
            if (parts.Length != values.Length) throw Wrong(
                $"Expected {values.Length} numbers, one for each issue; found {parts.Length}.");
            for (var i = 0; i < values.Length; i++)
                if (!int.TryParse(parts[i], out values[i]) || values[i] < 0 || values[i] >= space.Issues[i].Count)
                    throw Wrong($"'{parts[i]}' is no place of a value of '{space.Issues[i].Name}': "
                        + $"expected 0 to {space.Issues[i].Count - 1}.");
            return new Package(values);
        }

        foreach (var part in parts)
        {
            var at = part.IndexOf('=');
            var (name, value) = at < 0 ? (part, "") : (part[..at].Trim(), part[(at + 1)..].Trim());
            var issue = space.IndexOf(name);
            if (issue < 0) throw Wrong($"There is no issue '{name}'.");
            values[issue] = space.Issues[issue].IndexOf(value);
            if (values[issue] < 0) throw Wrong($"The issue '{name}' has no value '{value}'.");
        }

        var open = Array.IndexOf(values, -1);
        return open < 0 ? new Package(values)
            : throw Wrong($"The package says nothing about '{space.Issues[open].Name}'.");

        static BadInputException Wrong(string message) => new("--package", "bargain.package", message);
    }

    public static CertifyAnswer Certify(Bargain bargain, Package package, Limits limits, Func<double> seconds)
    {
        var certificate = Efficiency.Certify(bargain, package, limits);
        return new CertifyAnswer(PackageAnswer.From(bargain, package), certificate.IsEfficient, certificate.IsProved,
            certificate.Dominating is { } better ? PackageAnswer.From(bargain, better) : null,
                certificate.CommonGainBound, seconds());
    }

    public static ImproveAnswer Improve(Bargain bargain, Package from, int? changes, Fairness fairness, Limits limits,
        Func<double> seconds)
    {
        var found = Efficiency.Improve(bargain, from, changes, fairness, limits);
        return new ImproveAnswer(PackageAnswer.From(bargain, from), found is null ? null
            : PackageAnswer.From(bargain, found.Package),
            found?.Gains, found?.Changes ?? 0, found?.IsProved ?? true,
            found is null ? []
                : [.. bargain.Parties.Select((_, p) => Explanation.Compare(bargain, p, from, found.Package).InWords())],
                seconds());
    }

    public static SimulateAnswer Simulate(Bargain bargain, IReadOnlyList<string> tactics, int seed, int rounds,
        Func<double> seconds)
    {
        var run = Simulation.Play(bargain, tactics, seed, rounds);
        var (frontier, solutions) = Solver.SolveAll(bargain);
        var measures = run.Agreement is { } deal && solutions.HasContractZone
            ? Measures.Of(bargain, deal, frontier, solutions) : null;
        return new SimulateAnswer(tactics, seed, run.Rounds, run.Agreement is null ? null
            : PackageAnswer.From(bargain, run.Agreement),
            run.Utilities, measures, seconds());
    }

    /// <summary>An interview about the weights of one party, whose value curves are taken from its profile.</summary>
    public static Interview Interview(Bargain bargain, int party, IReadOnlyList<double>? swings)
    {
        var curves = bargain.Parties[party].Worth.Select(row => (ValueFunction)new ValueFunction.Table(
            [.. row.Select(w => row.Max() > row.Min() ? (w - row.Min()) / (row.Max() - row.Min()) : 0)])).ToArray();
        if (swings is not null && swings.Count != curves.Length)
            throw new BadInputException("--swings", "bargain.swings",
                $"Expected {curves.Length} numbers, one for each issue.");
        return new Interview(bargain.Space, curves, swings, mustHaves: bargain.Parties[party].MustHaves);
    }

    /// <summary>What the party itself would answer, by its profile.</summary>
    public static Choose Truth(Preference party, Question question)
    {
        var difference = party.Utility(question.First) - party.Utility(question.Second);
        var range = party.Worth.Sum(row => row.Max() - row.Min());
        if (Math.Abs(difference) < Entente.Bargaining.Elicitation.Interview.Indifference * range) return Choose.Either;
        return difference > 0 ? Choose.First : Choose.Second;
    }

    public static ElicitAnswer Elicited(Interview interview, string party)
    {
        var space = interview.Space;
        var (preference, recommendation) = (interview.Preference(party), interview.Recommend());
        var weights = space.Issues.Select((issue, i) => (issue.Name, Bounds: (IReadOnlyList<double>)
            [preference.Range!.Least[i].Max(), preference.Worth[i].Max(), preference.Range.Most[i].Max()]));
        return new ElicitAnswer(party, [.. interview.Answers.Select(a => Ask(a.Question, a.Choice))],
            interview.Next() is { } next ? Ask(next, null) : null, weights.ToDictionary(w => w.Name, w => w.Bounds),
            space.Describe(recommendation.Package), recommendation.Regret, interview.Contradiction?.Answers,
                interview.Contradiction?.Eased);

        AskedQuestion Ask(Question question, Choose? choice) =>
            new(Part(question, question.First), Part(question, question.Second),
            choice switch { Choose.First => "1", Choose.Second => "2", Choose.Either => "=", _ => null });
        Dictionary<string, string> Part(Question question, Package package) =>
            new[] { question.FirstIssue, question.SecondIssue }
            .ToDictionary(i => space.Issues[i].Name, i => space.Issues[i].Values[package[i]]);
    }
}
