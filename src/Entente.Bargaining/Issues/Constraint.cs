namespace Entente.Bargaining.Issues;

/// <summary>Some options of one issue.</summary>
public sealed record Choice(int Issue, IReadOnlySet<int> Values)
{
    public Choice(int issue, params IReadOnlyList<int> values)
        : this(issue, (IReadOnlySet<int>)new HashSet<int>(values))
    {
    }

    public bool Holds(Package package) => Values.Contains(package[Issue]);
}

/// <summary>What a package must respect, whoever prefers it: a combination that cannot be, or a budget.</summary>
public abstract record Constraint(string Name)
{
    public abstract bool Allows(Package package);

    /// <summary>These choices never all at once; with one choice, options that are out of the question.</summary>
    public sealed record Forbidden(string Name, IReadOnlyList<Choice> Together) : Constraint(Name)
    {
        public override bool Allows(Package package) => !Together.All(choice => choice.Holds(package));
    }

    /// <summary>The options of a package cost at most <paramref name="Limit"/> together.</summary>
    /// <param name="Costs">A finite cost for each issue and option, in the unit of the limit.</param>
    public sealed record Budget(string Name, IReadOnlyList<IReadOnlyList<double>> Costs, double Limit)
        : Constraint(Name)
    {
        public double Cost(Package package)
        {
            var cost = 0.0;
            for (var i = 0; i < Costs.Count; i++) cost += Costs[i][package[i]];
            return cost;
        }

        public override bool Allows(Package package) => Cost(package) <= Limit + 1e-9 * Math.Max(1, Math.Abs(Limit));
    }

    /// <summary>Whoever takes <paramref name="if"/> must take <paramref name="then"/>: "24x7 needs five on
    /// call".</summary>
    public static Forbidden Implies(string name, Choice @if, Choice then, Space space) => new(name,
        [@if, new Choice(
            then.Issue,
            [.. Enumerable.Range(0, space.Issues[then.Issue].Count).Where(v => !then.Values.Contains(v))])]);

    /// <summary>At most <paramref name="max"/> issues differ from <paramref name="from"/>.</summary>
    public static Budget ChangesAtMost(int max, Package from, Space space) => new($"at most {max} changes",
        [.. space.Issues.Select((issue, i) =>
            (IReadOnlyList<double>)[.. Enumerable.Range(0, issue.Count).Select(v => v == from[i] ? 0.0 : 1.0)])],
        max);
}
