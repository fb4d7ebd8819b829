using Entente.Bargaining.Issues;
using Entente.Bargaining.Preferences;

namespace Entente.Bargaining.Solutions;

/// <summary>Something that a package must respect: a party's reservation or must-have, or a constraint of the
/// space.</summary>
/// <param name="Party">Whose limit it is; null for a constraint of the space.</param>
public sealed record Boundary(string Name, int? Party);

/// <summary>Why no agreement exists: the smallest set of limits that cannot be met together.</summary>
/// <remarks>For the mediator's engine only: it tells whose limits stand in the way.</remarks>
public static class Conflict
{
    /// <summary>Null when the contract zone is not empty. Of equally small sets, the first in order. Where the limits end
    /// the run, what was not yet proved superfluous stays in; nothing at all means that it is not even known whether
    /// something conflicts.</summary>
    public static IReadOnlyList<Boundary>? Smallest(Bargain bargain, Limits? limits = null)
    {
        var all = Boundaries(bargain).ToList();
        if (IsPossible(bargain, all, limits) is not false and var first) return first is null ? [] : null;
        // Dropping what is not needed leaves a set that conflicts and no part of it does; then look for a smaller one.
        var needed = all.ToList();
        foreach (var boundary in all)
        {
            List<(Boundary, Action<Sketch>)> without = [.. needed.Where(b => b.Boundary != boundary.Boundary)];
            if (IsPossible(bargain, without, limits) is false) needed = without;
        }

        for (var size = 1; size < needed.Count; size++)
            foreach (var subset in Subsets(all, size))
            {
                if (limits?.Stop() == true) return [.. needed.Select(b => b.Boundary)];
                if (IsPossible(bargain, subset, limits) is false) return [.. subset.Select(b => b.Boundary)];
            }

        return [.. needed.Select(b => b.Boundary)];
    }

    /// <summary>A bargain under construction: the limits that count are added one by one.</summary>
    private sealed class Sketch(Bargain bargain)
    {
        public List<Constraint> Constraints { get; } = [];

        public HashSet<int> Reserved { get; } = [];

        public Dictionary<int, List<Choice>> Musts { get; } = [];

        public Bargain Build() => new(new Space(bargain.Space.Issues, Constraints),
            [.. bargain.Parties.Select((party, p) => party with
        {
            Reservation = Reserved.Contains(p) ? bargain.Disagreement[p] : -1e6,
            MustHaves = Musts.GetValueOrDefault(p, []),
            Power = 1,
        })]);
    }

    private static IEnumerable<(Boundary Boundary, Action<Sketch> Add)> Boundaries(Bargain bargain)
    {
        for (var p = 0; p < bargain.Parties.Count; p++)
        {
            var (party, seat) = (bargain.Parties[p], p);
            yield return (new Boundary($"reservation of {party.Party}", p), sketch => sketch.Reserved.Add(seat));
            foreach (var must in party.MustHaves)
                yield return (new Boundary($"must-have of {party.Party} on {bargain.Space.Issues[must.Issue].Name}", p),
                    sketch =>
                {
                    if (!sketch.Musts.TryGetValue(seat, out var list)) sketch.Musts[seat] = list = [];
                    list.Add(must);
                }
                );
        }

        foreach (var constraint in bargain.Space.Constraints)
            yield return (new Boundary($"constraint {constraint.Name}", null), sketch =>
                sketch.Constraints.Add(constraint));
    }

    /// <summary>Null where the search had to end before it knew.</summary>
    private static bool? IsPossible(Bargain bargain, IEnumerable<(Boundary, Action<Sketch> Add)> boundaries,
        Limits? limits)
    {
        var sketch = new Sketch(bargain);
        foreach (var (_, add) in boundaries) add(sketch);
        try
        {
            if (Solver.Find(sketch.Build(), Fairness.Egalitarian, limits) is not null) return true;
            return limits?.Stop() == true ? null : false;
        }
        catch (BargainException empty) when (empty.Code == "bargain.space_empty")
        {
            return limits?.Stop() == true ? null : false;
        }
    }

    private static IEnumerable<List<T>> Subsets<T>(IReadOnlyList<T> all, int size, int from = 0)
    {
        if (size == 0)
        {
            yield return [];
            yield break;
        }

        for (var i = from; i <= all.Count - size; i++)
            foreach (var rest in Subsets(all, size - 1, i + 1)) yield return [all[i], .. rest];
    }
}
