using Entente.Bargaining;
using Entente.Bargaining.Elicitation;
using Entente.Bargaining.Issues;
using Entente.Bargaining.Preferences;
using Entente.Bargaining.Solutions;

namespace Entente.Formats.Bargaining;

/// <summary>Questions about a whole bargain, with answers as plain data for commands and routes alike.</summary>
public static class BargainQuestions
{
    /// <summary>The frontier and the four solutions, each with its worst-case regret where values are known as
    /// ranges.</summary>
    /// <param name="points">Frontier points to show at most.</param>
    /// <param name="draw">Called with what was found, for a picture.</param>
    public static SolveAnswer Solve(BargainAsk ask, int? points, Action<Frontier, SolutionSet>? draw = null)
    {
        var shown = ask.AtLeast(0, "points", points, 1000);
        var (frontier, set) = Solver.SolveAll(ask.Bargain, ask.Limits);
        var answer = SolveAnswer.From(ask, frontier, set, shown);
        draw?.Invoke(frontier, set);
        return answer;
    }

    public static string Plot(BargainAsk ask)
    {
        var (frontier, set) = Solver.SolveAll(ask.Bargain, ask.Limits);
        return FrontierSvg.Draw(ask.Bargain, frontier, set);
    }

    /// <param name="above">A package: only the part of the frontier that improves on it for all.</param>
    public static FrontierOnly Frontier(BargainAsk ask, int? points, string? above, Action<Frontier>? draw = null)
    {
        var shown = ask.AtLeast(0, "points", points, 1000);
        var frontier = above is null ? Solver.Frontier(ask.Bargain, ask.Limits)
            : Efficiency.Improvements(ask.Bargain, ask.Package("above", above), ask.Limits);
        var answer = FrontierOnly.From(ask, frontier, shown);
        draw?.Invoke(frontier);
        return answer;
    }

    /// <summary>A package from indexes <c>0,2,1</c> or from names <c>hours=24x7; price=50</c>.</summary>
    /// <param name="place">Where the text stands, for messages.</param>
    public static Package ReadPackage(Space space, string text, string place = "--package")
    {
        var named = text.Contains('=');
        var parts = text.Trim().TrimStart('[').TrimEnd(']').Split(named ? ';' : ',',
            StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return new Package(named ? Named(space, parts, place) : Placed(space, parts, place));
    }

    private static int[] Placed(Space space, string[] parts, string place)
    {
        if (parts.Length != space.Issues.Count) throw Wrong(place,
            $"Expected {space.Issues.Count} numbers, one for each issue; found {parts.Length}.");
        return [.. parts.Zip(space.Issues, (part, issue) =>
            int.TryParse(part, out var value) && value >= 0 && value < issue.Count ? value
            : throw Wrong(place, $"'{part}' is no place of a value of '{issue.Name}': expected 0 to {issue.Count - 1}."))];
    }

    private static int[] Named(Space space, string[] parts, string place)
    {
        var values = new int[space.Issues.Count];
        Array.Fill(values, -1);
        foreach (var part in parts)
        {
            var at = part.IndexOf('=');
            var (name, value) = at < 0 ? (part, "") : (part[..at].Trim(), part[(at + 1)..].Trim());
            var issue = space.IndexOf(name);
            if (issue < 0) throw Wrong(place, $"There is no issue '{name}'.");
            if (values[issue] >= 0) throw Wrong(place, $"The package names '{name}' twice.");
            values[issue] = space.Issues[issue].IndexOf(value);
            if (values[issue] < 0) throw Wrong(place, $"The issue '{name}' has no value '{value}'.");
        }

        var open = Array.IndexOf(values, -1);
        return open < 0 ? values : throw Wrong(place, $"The package says nothing about '{space.Issues[open].Name}'.");
    }

    private static BadInputException Wrong(string place, string message) => new(place, "bargain.package", message);

    /// <summary>An interview about the weights of one party, whose value curves are taken from its profile.</summary>
    public static Interview Interview(Bargain bargain, int party, IReadOnlyList<double>? swings)
    {
        var curves = bargain.Parties[party].Worth.Select(row => (ValueFunction)new ValueFunction.Table(
            [.. row.Select(w => row.Max() > row.Min() ? (w - row.Min()) / (row.Max() - row.Min()) : 0)])).ToArray();
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
}
