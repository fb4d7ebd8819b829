using Entente.Bargaining.Issues;
using Entente.Bargaining.Preferences;
using Entente.Bargaining.Solutions;
using Entente.Terms;

namespace Entente.Negotiation;

/// <summary>Several packages of equal worth to their maker and far apart in terms (MESO).</summary>
public static class EqualWorth
{
    /// <summary>Thousands of nodes that a search may look at: a person waits for the page.</summary>
    private const int ThousandsMost = 100;

    /// <summary>Packages worth about as much to a side as where it stands now, each as good for the other as the table
    /// lets one guess.</summary>
    /// <remarks>
    /// The other side's sealed room is not asked: what it likes is guessed from its moves, which its maker sees too.
    /// </remarks>
    public static IReadOnlyList<IReadOnlyDictionary<string, TermValue>> Find(
        NegotiationState state, SideModel own, int count = 3)
    {
        var table = new TableSpace(state);
        var side = own.Side;
        var position = table.Position(state, side, own.Curves);
        var other = new SideModel(table, state, side.Other, SidePreference.Empty);
        var (worth, limit) = (own.Preference.Utility(position), own.Preference.Disagreement);
        IReadOnlyList<Package> found = [];
        // Whoever still stands on the best package of all has no other one of equal worth: then a little less is shown.
        foreach (var share in (double[])[1, 0.9, 0.8, 0.7])
        {
            var more = EqualOffers.Find(
                table.Space, own.Preference, Math.Max(limit, limit + (worth - limit) * share),
                [Guessed(state, table, side.Other, other.Preference)], count, tolerance: 0.02, Limits.Patient(ThousandsMost));
            if (more.Count > found.Count) found = more;
            if (found.Count >= count) break;
        }

        return [.. found.Select(table.Values)];
    }

    /// <summary>Terms on which the other side has moved least are taken to matter most to it.</summary>
    private static Preference Guessed(NegotiationState state, TableSpace table, Side other, Preference first) =>
        first with
        {
            Worth = [.. first.Worth.Select((row, i) =>
        {
            var moves = Movement.History(state, table.Agenda[i].Key).Count(move => move.Seat.Side == other);
            return (IReadOnlyList<double>)[.. row.Select(worth => worth * 2 / (1 + moves))];
        })],
            Range = null,
        };
}
