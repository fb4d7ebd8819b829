using Entente.Bargaining.Issues;
using Entente.Bargaining.Preferences;
using Entente.Bargaining.Solutions;
using Entente.Terms;

namespace Entente.Negotiation;

/// <summary>Several packages of equal worth to their maker and far apart in terms (MESO), within every limit that an offer
/// must keep.</summary>
/// <param name="Packages">None, when there are not at least two.</param>
/// <param name="Missing">Why there are none, in words for their maker.</param>
public sealed record EqualWorth(IReadOnlyList<IReadOnlyDictionary<string, TermValue>> Packages, string? Missing = null)
{
    /// <summary>A set that is offered holds at least so many.</summary>
    private const int Least = 2;

    /// <summary>Thousands of nodes that a search may look at: a person waits for the page.</summary>
    private const int ThousandsMost = 100;

    /// <summary>Packages worth about as much to a side as where it stands now, each as good for the other as the table
    /// lets one guess.</summary>
    /// <remarks>
    /// The other side's sealed room is not asked: what it likes is guessed from its moves, which its maker sees too.
    /// Accounting's limits shape them as they shape every offer, and are told in figures only to who reads them.
    /// </remarks>
    /// <param name="costs">What providing may cost, and whether the side reads by how much.</param>
    public static EqualWorth Find(
        NegotiationState state, SideModel own, (CostLimit Limit, bool IsReader)? costs = null, int count = 3)
    {
        var table = new TableSpace(state);
        var limits = Limits(state, table, own, costs);
        if (Search(state, table, own, limits, count) is { Count: >= Least } found)
            return new([.. found.Select(table.Values)]);
        var alone = limits.Where(limit => Would(limits.Where(other => other != limit))).ToList();
        var inTheWay = alone.Count > 0 ? alone : Would([]) ? limits : [];
        return new([], inTheWay.Count == 0
            ? "There are no further packages of equal worth to you: more terms, or more values for them, would make some."
            : $"No two packages of equal worth to you are left: {string.Join("; ", inTheWay.Select(limit => limit.Words))}.");

        bool Would(IEnumerable<Limit> within) => Search(state, table, own, [.. within], Least).Count >= Least;
    }

    private static IReadOnlyList<Package> Search(
        NegotiationState state, TableSpace table, SideModel own, IReadOnlyList<Limit> limits, int count)
    {
        var space = new Space(table.Space.Issues, [.. limits.Select(limit => limit.Binds).OfType<Constraint>()]);
        var preference = limits.Any(limit => limit.Binds is null) ? own.Preference : own.Preference with { MustHaves = [] };
        var other = Guessed(state, table, own.Side.Other);
        var (worth, least) = (preference.Utility(table.Position(state, own.Side, own.Curves)), preference.Disagreement);
        IReadOnlyList<Package> found = [];
        // Whoever still stands on the best package of all has no other one of equal worth: then a little less is shown.
        foreach (var share in (double[])[1, 0.9, 0.8, 0.7])
        {
            var more = EqualOffers.Find(
                space, preference, Math.Max(least, least + (worth - least) * share), [other], count, tolerance: 0.02,
                Bargaining.Solutions.Limits.Patient(ThousandsMost));
            if (more.Count > found.Count) found = more;
            if (found.Count >= count) break;
        }

        return found;
    }

    /// <summary>Everything that binds what a side makes for itself: accounting's limits, the open hard concerns, and how far
    /// it would go itself.</summary>
    private static List<Limit> Limits(
        NegotiationState state, TableSpace table, SideModel own, (CostLimit Limit, bool IsReader)? costs)
    {
        List<Limit> limits = [.. table.Space.Constraints.Select(budget => new Limit(
            $"accounting's limit on the charges is {state.Budget?.Label}", budget))];
        if (costs is { } cost) limits.Add(new(cost.IsReader
            ? $"accounting's limit on what providing costs is {cost.Limit.Most.Label} a month"
            : "accounting has set a limit that they would pass", cost.Limit.AsConstraint(table)));
        limits.AddRange(table.HardNeeds(state).Select(need => (need.Forbids, Concern: state.Concern(need.Concern)!))
            .Select(one => new Limit($"the concern “{one.Concern.Text}” {one.Concern.Need!.Words}", one.Forbids)));
        if (own.Preference.MustHaves.Count > 0) limits.Add(new("your playbook would rather walk away", Binds: null));
        return limits;
    }

    /// <summary>Terms on which the other side has moved least are taken to matter most to it.</summary>
    private static Preference Guessed(NegotiationState state, TableSpace table, Side other)
    {
        var first = new SideModel(table, state, other, SidePreference.Empty).Preference;
        return first with
        {
            Worth = [.. first.Worth.Select((row, i) =>
            {
                var moves = Movement.History(state, table.Agenda[i].Key).Count(move => move.Seat.Side == other);
                return (IReadOnlyList<double>)[.. row.Select(worth => worth * 2 / (1 + moves))];
            })],
            Range = null,
        };
    }

    /// <param name="Binds">None for the side's own values.</param>
    private sealed record Limit(string Words, Constraint? Binds);
}
