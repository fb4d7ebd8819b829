using System.Diagnostics;
using Entente.Bargaining;
using Entente.Bargaining.Issues;
using Entente.Bargaining.Preferences;
using Entente.Bargaining.Solutions;
using Entente.Formats.Bargaining;

namespace Entente.Bench;

/// <summary>Medians of the bargaining engine on the published domains; reading files is excluded.</summary>
public static class BargainingBench
{
    /// <param name="arguments">The folder of the domains (../shared/data/bargaining by default) and a part of a name to
    /// measure only that.</param>
    public static int Run(string[] arguments)
    {
        var data = arguments.Length > 0 ? arguments[0] : Path.Combine("..", "shared", "data", "bargaining");
        var only = arguments.Length > 1 ? arguments[1] : "";
        if (!Directory.Exists(data))
        {
            Console.WriteLine($"There is no folder {data}: name the folder of the domains.");
            return 1;
        }

        var all = Directory.EnumerateFiles(data, "domain.json", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .ToDictionary(file => Path.GetRelativePath(data, Path.GetDirectoryName(file)!).Replace('\\', '/'),
                file => BargainReader.Read(new SourceText(file, File.ReadAllText(file))).Get().Bargain);
        var listable = all.Where(pair => pair.Value.Space.Outcomes < 100_000_000).ToArray();
        var large = all.Where(pair => pair.Value.Space.Outcomes >= 100_000_000).ToArray();
        var nash = Solver.Find(all["synthetic/sla-7p-20i"], Fairness.Nash)!.Package;
        var tied = Tied(Random(5, 20, 5, opposed: false));
        (string Name, double Target, Action Work)[] cases =
        [
            ("all 44 domains, frontier and solutions", 500, () =>
            {
                foreach (var (_, bargain) in listable) Solver.SolveAll(bargain);
                foreach (var (_, bargain) in large) Solver.Solve(bargain);
            }),
            ("6issues, frontier and solutions", 4, () => Solver.SolveAll(all["genius/6issues"])),
            ("two random parties, 50 issues of 10", 250, () => Solver.SolveAll(Random(2, 50, 10, opposed: false))),
            ("two opposed parties, 50 issues of 10", 0, () => Solver.SolveAll(Random(2, 50, 10, opposed: true))),
            ("sla-3p-16i, frontier", 300, () => Solver.Frontier(all["synthetic/sla-3p-16i"])),
            ("sla-3p-16i, solutions by branch and bound", 0, () => Solver.Solve(all["synthetic/sla-3p-16i"])),
            ("sla-5p-16i, four solutions", 150, () => Solver.Solve(all["synthetic/sla-5p-16i"])),
            ("sla-7p-20i, four solutions", 400, () => Solver.Solve(all["synthetic/sla-7p-20i"])),
            ("best post-settlement improvement, sla-7p-20i", 100, () =>
                Efficiency.Improve(all["synthetic/sla-7p-20i"], Middle(all["synthetic/sla-7p-20i"]))),
            ("single-text draft, 3 changes, sla-7p-20i", 100, () =>
                Efficiency.Improve(all["synthetic/sla-7p-20i"], Middle(all["synthetic/sla-7p-20i"]), 3)),
            ("certificate of the Nash package, sla-7p-20i", 0, () =>
                Efficiency.Certify(all["synthetic/sla-7p-20i"], nash)),
            ("three equal offers, sla-5p-16i", 0, () => EqualOffers.Find(all["synthetic/sla-5p-16i"].Space,
                all["synthetic/sla-5p-16i"].Parties[0], 0.6, [.. all["synthetic/sla-5p-16i"].Parties.Skip(1)])),
            ("ten random parties, 20 issues of 5", 0, () => Solver.Solve(Random(10, 20, 5, opposed: false))),
            ("five parties, 20 issues, budget and 19 conditions", 0, () => Solver.Solve(tied)),
        ];
        foreach (var (name, target, work) in cases.Where(c => c.Name.Contains(only, StringComparison.Ordinal)))
            Console.WriteLine(
                FormattableString.Invariant(
                $"{name,-50} {Median(work),10:0.0} ms{(target > 0 ? $"   target {target} ms" : "")}"));
        Console.WriteLine($"peak memory {Process.GetCurrentProcess().PeakWorkingSet64 / 1_000_000} MB");
        return 0;
    }

    /// <summary>A deal that nobody would call efficient: the middle option of every issue.</summary>
    private static Package Middle(Bargain bargain) => new([.. bargain.Space.Issues.Select(issue => issue.Count / 2)]);

    /// <summary>The best option of each issue needs a good one of the next, and all together have a budget.</summary>
    private static Bargain Tied(Bargain bargain) => bargain.With(bargain.Space.With(
    [
        .. Enumerable.Range(0, bargain.Space.Issues.Count - 1).Select(i =>
            Constraint.Implies($"{i}", new Choice(i, 4), new Choice(i + 1, 3, 4), bargain.Space)),
        new Constraint.Budget("money", [.. bargain.Space.Issues.Select((issue, i) =>
            (IReadOnlyList<double>)[.. Enumerable.Range(0, issue.Count).Select(v => (7 * i + 13 * v) % 29 + v * 3.0)])],
            15.0 * bargain.Space.Issues.Count),
    ]));

    private static double Median(Action work)
    {
        var times = new List<double>();
        var total = Stopwatch.StartNew();
        for (var run = 0; run < 12 || (run < 60 && total.ElapsedMilliseconds < 1500); run++)
        {
            var watch = Stopwatch.StartNew();
            work();
            times.Add(watch.Elapsed.TotalMilliseconds);
            if (total.ElapsedMilliseconds > 20_000) break;
        }

        times.Sort();
        return times[times.Count / 2];
    }

    private static Bargain Random(int parties, int issues, int values, bool opposed)
    {
        var random = new Random(7);
        var space = new Space([.. Enumerable.Range(0, issues)
            .Select(i => Issue.Discrete($"i{i}", [.. Enumerable.Range(0, values).Select(v => $"v{v}")]))]);
        return new Bargain(space, [.. Enumerable.Range(0, parties).Select(p =>
        {
            var weights = Enumerable.Range(0, issues).Select(_ => random.NextDouble()).ToArray();
            return new Preference(
                $"p{p}", [.. weights.Select(weight => (IReadOnlyList<double>)[.. Enumerable.Range(0, values)
                .Select(v => weight / weights.Sum() * (opposed
                    ? Math.Pow((p % 2 == 0 ? v : values - 1 - v) / (values - 1.0), 0.4 + 1.2 * random.NextDouble())
                    : random.NextDouble()))])]);
        })]);
    }
}
