using System.Numerics;

namespace Entente.Bargaining.Issues;

/// <summary>Every package that could be signed: one option for each issue, within the constraints.</summary>
public sealed class Space
{
    public Space(IReadOnlyList<Issue> issues, IReadOnlyList<Constraint>? constraints = null)
    {
        Issues = issues;
        Constraints = constraints ?? [];
        if (issues.Count == 0) throw new BargainException(
            "bargain.no_issues", "issues", "A space needs at least one issue.");
        for (var i = 0; i < issues.Count; i++) Check(issues[i], $"issues[{i}]");
        if (issues.Select(issue => issue.Name).Distinct().Count() < issues.Count)
            throw new BargainException("bargain.issue_twice", "issues", "Two issues have the same name.");
        for (var c = 0; c < Constraints.Count; c++) Check(Constraints[c], $"constraints[{c}]");
    }

    public IReadOnlyList<Issue> Issues { get; }

    public IReadOnlyList<Constraint> Constraints { get; }

    /// <summary>How many packages there are before the constraints.</summary>
    public BigInteger Outcomes => Issues.Aggregate(BigInteger.One, (product, issue) => product * issue.Count);

    public Space With(params IReadOnlyList<Constraint> more) => new(Issues, [.. Constraints, .. more]);

    public bool Allows(Package package) => Constraints.All(constraint => constraint.Allows(package));

    public int IndexOf(string issue)
    {
        for (var i = 0; i < Issues.Count; i++)
            if (Issues[i].Name == issue) return i;
        return -1;
    }

    /// <summary>The package as people read it: issue and option, in the order of the issues.</summary>
    public IReadOnlyDictionary<string, string> Describe(Package package) =>
        Issues.Select((issue, i) => (issue.Name, Value: issue.Values[package[i]]))
            .ToDictionary(t => t.Name, t => t.Value);

    /// <summary>Whether sums of such numbers are exact to three decimals at least.</summary>
    internal static bool IsExact(double number) => Math.Abs(number) <= 1e12;

    private static void Check(Issue issue, string path)
    {
        if (issue.Count == 0)
            throw new BargainException("bargain.no_values", path, $"The issue '{issue.Name}' has no options.");
        if (issue.Values.Distinct().Count() < issue.Count)
            throw new BargainException("bargain.value_twice", path, $"The issue '{issue.Name}' names an option twice.");
        if (issue.Numbers is { } numbers && numbers.Count != issue.Count)
            throw new BargainException("bargain.numbers", path,
                $"The issue '{issue.Name}' needs a number for each option.");
    }

    private void Check(Constraint constraint, string path)
    {
        var fits = constraint switch
        {
            Constraint.Forbidden f => f.Together.Count > 0 && f.Together.All(c =>
                c.Issue >= 0 && c.Issue < Issues.Count && c.Values.All(v => v >= 0 && v < Issues[c.Issue].Count)),
            Constraint.Budget b => IsExact(b.Limit) && b.Costs.Count == Issues.Count
                && b.Costs.Zip(Issues)
                    .All(pair => pair.First.Count == pair.Second.Count && pair.First.All(IsExact)),
            _ => false,
        };
        if (!fits)
            throw new BargainException("bargain.constraint", path,
                $"The constraint '{constraint.Name}' names issues, options or costs that the space does not have.");
    }
}
