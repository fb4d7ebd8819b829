using System.Globalization;
using Entente.Bargaining.Issues;
using Entente.Bargaining.Preferences;

namespace Entente.Bargaining.Solutions;

/// <summary>What one issue, or two that interact, is worth more or less in one package than in another, to one
/// party.</summary>
public sealed record Change(string Issue, string From, string To, double Worth);

/// <summary>What a party gains and gives up between two packages, the largest first.</summary>
public sealed record Comparison(string Party, double Total, IReadOnlyList<Change> Gains,
    IReadOnlyList<Change> Concessions)
{
    /// <summary>The same in words, without numbers of anybody else.</summary>
    public string InWords()
    {
        if (Gains.Count + Concessions.Count == 0) return $"For {Party} nothing changes in worth.";
        var verdict = Math.Abs(Total) < 5e-11 ? "comes out even" : Total > 0 ? "is better off" : "is worse off";
        return $"{Party} {verdict} ({Total.ToString("+0.000;-0.000;0.000", CultureInfo.InvariantCulture)})"
            + (Gains.Count > 0 ? ": gains " + List(Gains) : "")
            + (Concessions.Count > 0 ? (Gains.Count > 0 ? "; gives up " : ": gives up ") + List(Concessions) : "")
                + ".";
    }

    private static string List(IReadOnlyList<Change> changes) => string.Join(", ",
        changes.Select(
            c => $"{c.Issue} {c.To} instead of {c.From} "
                + $"({c.Worth.ToString("+0.000;-0.000", CultureInfo.InvariantCulture)})"));
}

/// <summary>Two issues changed at once so that both parties gain: each gives where it is cheap and takes where it is
/// dear.</summary>
/// <param name="Package">The package after the trade.</param>
/// <param name="Gains">The net gain of the first and of the second party, both above zero.</param>
public sealed record Trade(Package Package, Change FirstGives, Change FirstTakes, IReadOnlyList<double> Gains);

/// <summary>Says why, per issue and in words.</summary>
public static class Explanation
{
    public static Comparison Compare(Bargain bargain, int party, Package from, Package to)
    {
        var preference = bargain.Parties[party];
        var changes = new List<Change>();
        for (var i = 0; i < from.Count; i++)
            if (from[i] != to[i])
                changes.Add(OneIssue(bargain.Space, preference, i, from[i], to[i]));
        foreach (var pair in preference.Interactions)
        {
            var worth = pair.Worth[to[pair.First]][to[pair.Second]] - pair.Worth[from[pair.First]][from[pair.Second]];
            if (worth != 0) changes.Add(
                new Change(Both(i => bargain.Space.Issues[i].Name), Both(i => Text(i, from)), Both(i => Text(i, to)),
                worth));
            string Both(Func<int, string> part) => $"{part(pair.First)} with {part(pair.Second)}";
            string Text(int i, Package package) => bargain.Space.Issues[i].Values[package[i]];
        }

        var total = preference.Utility(to) - preference.Utility(from);
        return new Comparison(preference.Party, Bargain.Round(total),
            [.. changes.Where(c => c.Worth > 0).OrderByDescending(c => c.Worth)],
            [.. changes.Where(c => c.Worth < 0).OrderBy(c => c.Worth)]);
    }

    /// <summary>The trades of two issues from a package that are best for the worse-off of the two, nobody else
    /// harmed.</summary>
    public static IReadOnlyList<Trade> BestTrades(Bargain bargain, int first, int second, Package from, int count)
    {
        var trades = new List<Trade>();
        var before = Efficiency.Allowed(bargain, from);
        for (var i = 0; i < from.Count; i++)
            for (var j = 0; j < from.Count; j++)
                if (i != j) AddTrades(bargain, first, second, from, before, i, j, trades);
        return [.. trades.OrderByDescending(t => t.Gains.Min()).ThenByDescending(t => t.Gains.Sum())
            .ThenBy(t => t.Package).Take(count)];
    }

    /// <summary>Issues where each of two parties gives: the first on <paramref name="give"/>, the second on <paramref
    /// name="take"/>.</summary>
    private static void AddTrades(
        Bargain bargain, int first, int second, Package from, double[] before, int give, int take, List<Trade> trades)
    {
        var (a, b) = (bargain.Parties[first], bargain.Parties[second]);
        for (var v = 0; v < bargain.Space.Issues[give].Count; v++)
        {
            if (a.Worth[give][v] >= a.Worth[give][from[give]]
                || b.Worth[give][v] <= b.Worth[give][from[give]]) continue;
            for (var w = 0; w < bargain.Space.Issues[take].Count; w++)
            {
                if (a.Worth[take][w] <= a.Worth[take][from[take]]
                    || b.Worth[take][w] >= b.Worth[take][from[take]]) continue;
                var package = from.With(give, v).With(take, w);
                if (!bargain.Allows(package)) continue;
                var after = bargain.Utilities(package);
                if (after[first] <= before[first] || after[second] <= before[second]
                    || after.Zip(before).Any(pair => pair.First < pair.Second)) continue;
                trades.Add(new Trade(package, OneIssue(bargain.Space, a, give, from[give], v),
                    OneIssue(bargain.Space, a, take, from[take], w),
                        [after[first] - before[first], after[second] - before[second]]));
            }
        }
    }

    private static Change OneIssue(Space space, Preference preference, int issue, int from, int to) => new(
        space.Issues[issue].Name, space.Issues[issue].Values[from], space.Issues[issue].Values[to],
        preference.Worth[issue][to] - preference.Worth[issue][from]);
}
