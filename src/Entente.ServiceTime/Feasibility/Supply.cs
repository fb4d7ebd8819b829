using Entente.ServiceTime.Accounting;

namespace Entente.ServiceTime.Feasibility;

/// <summary>What a promise rests on: one underpinning promise, or so many of several.</summary>
public abstract record Supply
{
    /// <summary>One promise and the share it promises, 0 to 1.</summary>
    public sealed record Promise(string Name, Fraction Share) : Supply;

    /// <summary>At least so many of the members must hold: all is a chain, one is redundancy.</summary>
    public sealed record Of(int Needed, IReadOnlyList<Supply> Members) : Supply;

    public static Supply All(params IReadOnlyList<Supply> members) => new Of(members.Count, members);

    public static Supply Any(params IReadOnlyList<Supply> members) => new Of(1, members);
}

/// <summary>The best that can be promised on a supply.</summary>
/// <param name="Independent">When members fail independently of each other.</param>
/// <param name="Guaranteed">Whatever the members do, as long as each keeps its own promise.</param>
public sealed record BestPromise(Fraction Independent, Fraction Guaranteed);

/// <summary>An underpinning promise that is too weak.</summary>
/// <param name="Needed">The share it would have to promise, all others as they are; none when even 100 % is not
/// enough.</param>
/// <param name="Short">By how much it is too weak.</param>
public sealed record WeakPromise(string Name, Fraction Promised, Fraction? Needed, Fraction? Short);

/// <summary>What an agreement can promise, given what underpins it.</summary>
/// <remarks>
/// Independent, k of n: the chance that at least k are up, by adding one member at a time (Barlow and Proschan, 1975).
/// Guaranteed: members that are down for shares d can be down together, m = n - k + 1 at once, for at most
/// min over j below m of (sum of the n - j smallest d) / (m - j).
/// </remarks>
public static class FeasiblePromise
{
    public static BestPromise Best(Supply supply) => supply switch
    {
        Supply.Promise promise => new(promise.Share, promise.Share),
        Supply.Of of => Combine(of.Needed, [.. of.Members.Select(Best)]),
        _ => throw new InvalidOperationException("A supply is a promise or some of several."),
    };

    /// <summary>Every underpinning promise that, made stronger alone, would carry the target; strongest lever
    /// first.</summary>
    public static IReadOnlyList<WeakPromise> Weak(Supply supply, Fraction target, bool guaranteed)
    {
        if (Value(supply) >= target) return [];
        return [.. Leaves(supply).Select(leaf => Needed(leaf)).OrderBy(weak => weak.Short is null)
            .ThenBy(weak => weak.Short ?? Fraction.One)];

        Fraction Value(Supply one) => guaranteed ? Best(one).Guaranteed : Best(one).Independent;

        WeakPromise Needed(Supply.Promise leaf)
        {
            if (Value(Replace(supply, leaf.Name, Fraction.One)) < target) return new(leaf.Name, leaf.Share, null, null);
            // What is attained only grows with the member: halve to a millionth of a per cent.
            var (low, high) = (leaf.Share, Fraction.One);
            var step = new Fraction(1, 100_000_000);
            while (high - low > step)
            {
                var middle = ((low + high) / new Fraction(2, 1)).Round(12, RoundingMode.Down);
                if (Value(Replace(supply, leaf.Name, middle)) >= target) high = middle;
                else low = middle;
            }

            var needed = high.Round(8, RoundingMode.Up);
            return new(leaf.Name, leaf.Share, needed, needed - leaf.Share);
        }
    }

    private static BestPromise Combine(int needed, IReadOnlyList<BestPromise> members)
    {
        if (needed < 1 || needed > members.Count) throw new ArgumentOutOfRangeException(nameof(needed), needed,
            "Between 1 and the number of members.");
        var upExactly = new Fraction[members.Count + 1];
        Array.Fill(upExactly, Fraction.Zero);
        upExactly[0] = Fraction.One;
        foreach (var member in members)
            for (var up = members.Count; up >= 0; up--)
                upExactly[up] = upExactly[up] * (Fraction.One - member.Independent)
                    + (up > 0 ? upExactly[up - 1] * member.Independent : Fraction.Zero);
        var independent = upExactly.Skip(needed).Aggregate(Fraction.Zero, (sum, part) => sum + part);
        return new(independent, Fraction.One - DownTogether(members.Count - needed + 1,
            [.. members.Select(one => Fraction.One - one.Guaranteed).Order()]));
    }

    private static Fraction DownTogether(int together, Fraction[] down)
    {
        var most = Fraction.One;
        for (var j = 0; j < together; j++)
        {
            var sum = down.Take(down.Length - j).Aggregate(Fraction.Zero, (total, part) => total + part);
            var bound = sum / new Fraction(together - j, 1);
            if (bound < most) most = bound;
        }

        return most;
    }

    private static IEnumerable<Supply.Promise> Leaves(Supply supply) => supply switch
    {
        Supply.Promise promise => [promise],
        Supply.Of of => of.Members.SelectMany(Leaves),
        _ => [],
    };

    private static Supply Replace(Supply supply, string name, Fraction share) => supply switch
    {
        Supply.Promise promise when promise.Name == name => promise with { Share = share },
        Supply.Of of => of with { Members = [.. of.Members.Select(member => Replace(member, name, share))] },
        _ => supply,
    };
}
