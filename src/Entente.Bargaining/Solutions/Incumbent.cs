using System.Text.RegularExpressions;
using Entente.Bargaining.Issues;

namespace Entente.Bargaining.Solutions;

/// <summary>The best package so far by a goal's full order, and the vectors that tie with it in the
/// objective.</summary>
internal sealed partial class Incumbent(Bargain bargain, Goal goal)
{
    /// <summary>Ranks nearer than this, relative to their size, are equal.</summary>
    private const double Same = 1e-12;

    private readonly double[] _keys = new double[goal.Keys(bargain.Parties.Count)];
    private readonly double[] _best = new double[goal.Keys(bargain.Parties.Count)];
    private readonly List<double[]> _tied = [];
    private readonly int[] _byName = ByName(bargain);

    public double[]? Utilities { get; private set; }

    public Package? Package { get; private set; }

    public double Value => Utilities is null ? double.NegativeInfinity : goal.Value(Utilities);

    public int VectorTies => _tied.Count;

    /// <summary>Takes a package that is allowed and above the floor; true when the objective became better.</summary>
    public bool Offer(Package package)
    {
        var utilities = bargain.Utilities(package);
        for (var p = 0; p < utilities.Length; p++)
            if (utilities[p] < goal.Floor[p] - Bargain.Tolerance) return false;
        return Offer(utilities, package);
    }

    public bool Offer(double[] utilities, Package package)
    {
        goal.Rank(utilities, _keys);
        for (var p = 0; p < _byName.Length; p++) _keys[goal.ObjectiveKeys + 2 + p] = utilities[_byName[p]];
        var (at, better) = Compare();
        if (Utilities is not null && at >= goal.ObjectiveKeys) Tie(utilities);
        if (Utilities is not null && !better) return false;
        if (Utilities is null || at < goal.ObjectiveKeys)
        {
            _tied.Clear();
            _tied.Add(utilities);
        }

        (Utilities, Package) = (utilities, package);
        _keys.CopyTo(_best, 0);
        return at < goal.ObjectiveKeys;
    }

    /// <summary>Parties by name, numbers in names by size, so that the order of the seats decides nothing.</summary>
    private static int[] ByName(Bargain bargain) => [.. Enumerable.Range(0, bargain.Parties.Count)
        .OrderBy(p => Numbers().Replace(bargain.Parties[p].Party, m => m.Value.PadLeft(9, '0')), StringComparer.Ordinal)
        .ThenBy(p => bargain.Parties[p].Party, StringComparer.Ordinal)];

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Numbers();

    private void Tie(double[] utilities)
    {
        if (_tied.Count < 1000 && !_tied.Exists(known => known.AsSpan().SequenceEqual(utilities))) _tied.Add(utilities);
    }

    /// <summary>The first key that differs, or the number of keys; and whether the new vector is better
    /// there.</summary>
    private (int At, bool Better) Compare()
    {
        if (Utilities is null) return (0, true);
        for (var i = 0; i < _keys.Length; i++)
        {
            var difference = _keys[i] - _best[i];
            if (Math.Abs(difference) > Same * Math.Max(1, Math.Abs(_best[i]))) return (i, difference > 0);
        }

        return (_keys.Length, false);
    }
}
