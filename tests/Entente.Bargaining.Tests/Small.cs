using Entente.Bargaining.Issues;
using Entente.Bargaining.Preferences;
using Entente.Bargaining.Solutions;

namespace Entente.Bargaining.Tests;

/// <summary>Random small bargains with constraints and interactions, and their answers by listing every
/// package.</summary>
internal static class Small
{
    public static IEnumerable<int> Seeds(int count) => Enumerable.Range(0, count)
        .Select(i => i + (int.TryParse(Environment.GetEnvironmentVariable("SEED"), out var seed) ? seed : 0));

    public static Bargain Bargain(int seed, int? partiesWanted = null, bool plain = false)
    {
        var random = new Random(seed);
        var parties = partiesWanted ?? 2 + random.Next(4);
        Issue[] issues = [.. Enumerable.Range(0, 2 + random.Next(4))
            .Select(i => Issue.Discrete($"i{i}", [.. Enumerable.Range(0, 1 + random.Next(4)).Select(v => $"v{v}")]))];
        var space = new Space(issues, plain ? [] : [.. Constraints(random, issues)]);
        return new Bargain(space, [.. Enumerable.Range(0, parties).Select(p => Party(random, $"p{p}", issues, plain))]);
    }

    private static Preference Party(Random random, string name, Issue[] issues, bool plain)
    {
        // Few distinct values, so that ties are common.
        double Worth() => random.Next(3) switch
        {
            0 => random.Next(4) / 10.0,
            1 => random.Next(4) / 3.0,
            _ =>
            random.NextDouble()
        };
        return new Preference(
            name, [.. issues.Select(i => (IReadOnlyList<double>)[.. i.Values.Select(_ => Worth() / issues.Length)])])
        {
            Reservation = random.Next(2) == 0 ? null : random.Next(6) / 10.0,
            Interactions = plain || issues.Length < 3 || random.Next(2) == 0 ? [] :
            [
                new Interaction(0, 2, [.. issues[0].Values.Select(_ =>
                    (IReadOnlyList<double>)[.. issues[2].Values.Select(_ => random.Next(3) / 10.0)])]),
            ],
        };
    }

    private static IEnumerable<Constraint> Constraints(Random random, Issue[] issues)
    {
        if (random.Next(2) == 0)
            yield return new Constraint.Forbidden("never together",
                [new Choice(0, random.Next(issues[0].Count)), new Choice(1, random.Next(issues[1].Count))]);
        if (random.Next(2) == 0)
            yield return new Constraint.Budget("budget",
                [.. issues.Select(i => (IReadOnlyList<double>)[.. i.Values.Select(_ => (double)random.Next(5))])],
                    issues.Length * 3);
    }

    public static IEnumerable<Package> Packages(Bargain bargain)
    {
        var values = new int[bargain.Space.Issues.Count];
        while (true)
        {
            var package = new Package(values);
            if (bargain.Allows(package)) yield return package;
            var at = values.Length - 1;
            while (at >= 0 && ++values[at] == bargain.Space.Issues[at].Count) values[at--] = 0;
            if (at < 0) yield break;
        }
    }

    public static List<double[]> Frontier(Bargain bargain)
    {
        var all = Packages(bargain).Select(bargain.Utilities).ToList();
        var kept = all.Where(u => !all.Exists(v => Dominates(v, u))).ToList();
        kept.Sort((a, b) => b.AsSpan().SequenceCompareTo(a));
        return [.. kept.Where((u, i) => i == 0 || !u.AsSpan().SequenceEqual(kept[i - 1]))];
    }

    public static bool Dominates(double[] a, double[] b) =>
        a.Zip(b).All(pair => pair.First >= pair.Second) && a.Zip(b).Any(pair => pair.First > pair.Second);

    /// <summary>The best individually rational vector by keys compared in order, the vector itself last; null without
    /// any.</summary>
    public static (double[] Utilities, Package First, int Ties)? Best(
        Bargain bargain, Func<double[], double[]> objective)
    {
        (double[] Keys, double[] Utilities)? best = null;
        var rational = Packages(bargain).Select(x => (Package: x, Utilities: bargain.Utilities(x)))
            .Where(x => bargain.IsIndividuallyRational(x.Utilities)).ToList();
        foreach (var (_, u) in rational)
        {
            double[] keys = [.. objective(u), u.Sum(), u.Min(), .. u];
            if (best is null || Compare(keys, best.Value.Keys) > 0) best = (keys, u);
        }

        if (best is not { } found) return null;
        var twins = rational.Where(x => x.Utilities.AsSpan().SequenceEqual(found.Utilities)).ToList();
        return (found.Utilities, twins.Min(x => x.Package)!, twins.Count);
    }

    public static double[] Ideal(Bargain bargain)
    {
        var rational = Packages(bargain).Select(bargain.Utilities).Where(u => bargain.IsIndividuallyRational(u))
            .ToList();
        return [.. Enumerable.Range(0, bargain.Parties.Count).Select(p => rational.Max(u => u[p]))];
    }

    private static int Compare(double[] a, double[] b)
    {
        for (var i = 0; i < a.Length; i++)
            if (Math.Abs(a[i] - b[i]) > 1e-12 * Math.Max(1, Math.Abs(b[i]))) return a[i].CompareTo(b[i]);
        return 0;
    }
}
