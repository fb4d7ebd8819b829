using Entente.ServiceTime.Accounting;

namespace Entente.ServiceTime.Indicators;

/// <summary>What a member of which nothing is known does to the whole.</summary>
/// <remarks>Unknown: the whole is unknown where the answer depends on the member. Ignore: the whole is made of the
/// others.</remarks>
public enum LateMemberPolicy { Unknown, Ignore, Good, Bad }

/// <summary>Several services as one, instant by instant.</summary>
public static class Composite
{
    /// <summary>All are needed: the greatest loss.</summary>
    public static Timeline Serial(IReadOnlyList<Timeline> members, LateMemberPolicy late = default) =>
        DownWhen(members, 1, late);

    /// <summary>One is enough: the smallest loss.</summary>
    public static Timeline Parallel(IReadOnlyList<Timeline> members, LateMemberPolicy late = default) =>
        DownWhen(members, members.Count, late);

    /// <summary>So many are needed: the loss of the last that is.</summary>
    public static Timeline KOfN(IReadOnlyList<Timeline> members, int k, LateMemberPolicy late = default) =>
        k >= 1 && k <= members.Count ? DownWhen(members, members.Count - k + 1, late)
            : throw new ArgumentOutOfRangeException(nameof(k), k, "k lies between 1 and the number of members.");

    /// <summary>The whole loses what the so-many-th worst member loses.</summary>
    public static Timeline DownWhen(IReadOnlyList<Timeline> members, int down, LateMemberPolicy late) =>
        Combine(members, members[0].Scale, late, losses =>
        {
            Array.Sort(losses);
            return losses[Math.Max(0, losses.Length - down)];
        });

    /// <summary>The weighted mean of the losses; the scale of the result is the sum of the weights times that of the
    /// members.</summary>
    public static Timeline Weighted(IReadOnlyList<Timeline> members, IReadOnlyList<long> weights,
        LateMemberPolicy late = default)
    {
        if (late == LateMemberPolicy.Ignore) late = LateMemberPolicy.Unknown;
        var scale = checked(weights.Sum() * members[0].Scale);
        return Combine(members, scale, late, losses =>
        {
            long sum = 0;
            for (var i = 0; i < losses.Length; i++) sum += losses[i] * weights[i];
            return sum;
        });
    }

    private static Timeline Combine(
        IReadOnlyList<Timeline> members, long scale, LateMemberPolicy late, Func<long[], long> whole)
    {
        var edges = members.SelectMany(m => m.Pieces.SelectMany(piece => new[] { piece.Start, piece.End })).Distinct()
            .Order().ToArray();
        var cursor = new int[members.Count];
        var losses = new long[members.Count];
        var pieces = new List<Stretch>(edges.Length);
        for (var e = 0; e + 1 < edges.Length; e++)
        {
            string? label = null;
            for (var m = 0; m < losses.Length; m++)
            {
                var own = members[m].Pieces;
                while (cursor[m] < own.Count && own[cursor[m]].End <= edges[e]) cursor[m]++;
                var here = cursor[m] < own.Count && own[cursor[m]].Start <= edges[e];
                losses[m] = here ? own[cursor[m]].Loss : Stretch.Unknown;
                if (here && losses[m] > 0) label ??= own[cursor[m]].Label;
            }

            var loss = Whole(losses, members[0].Scale, late, whole);
            if (loss is { } known) pieces.Add(new Stretch(edges[e], edges[e + 1], known, known > 0 ? label : null));
        }

        return Timeline.Of(pieces, scale);
    }

    /// <summary>Where a member is unknown, the answer counts only when its best and its worst give the same.</summary>
    private static long? Whole(long[] losses, long scale, LateMemberPolicy late, Func<long[], long> whole)
    {
        if (!losses.Contains(Stretch.Unknown)) return whole([.. losses]);
        // A policy for late members needs a member that is on time.
        if (losses.All(loss => loss == Stretch.Unknown)) return null;
        switch (late)
        {
            case LateMemberPolicy.Good: return whole(With(0));
            case LateMemberPolicy.Bad: return whole(With(scale));
            case LateMemberPolicy.Ignore:
                var known = losses.Where(loss => loss >= 0).ToArray();
                return known.Length == 0 ? null : whole(known);
            default:
                var best = whole(With(0));
                return best == whole(With(scale)) ? best : null;
        }

        long[] With(long value) => Array.ConvertAll(losses, loss => loss < 0 ? value : loss);
    }
}
