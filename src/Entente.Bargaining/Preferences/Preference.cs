using Entente.Bargaining.Issues;

namespace Entente.Bargaining.Preferences;

/// <summary>Two issues whose options are worth more, or less, together than apart.</summary>
/// <param name="Worth">Added utility for each option of <paramref name="First"/> and of <paramref
/// name="Second"/>.</param>
public sealed record Interaction(int First, int Second, IReadOnlyList<IReadOnlyList<double>> Worth);

/// <summary>What packages are worth to one party: u(x) = sum over issues of worth[i][x_i], plus its
/// interactions.</summary>
/// <param name="Party">Who prefers.</param>
/// <param name="Worth">Finite utility of each option of each issue: weight times value, as stored, never
/// renormalised.</param>
public sealed record Preference(string Party, IReadOnlyList<IReadOnlyList<double>> Worth)
{
    /// <summary>The utility of no agreement; a package below it is worse than walking away. Null: none, counted as
    /// 0.</summary>
    public double? Reservation { get; init; }

    /// <summary>The package that stands when nobody agrees, such as the agreement in force; used where no value is
    /// given.</summary>
    public Package? ReservationPackage { get; init; }

    /// <summary>Standing in the weighted Nash product, above zero; 1 for equals.</summary>
    public double Power { get; init; } = 1;

    /// <summary>Share of the utility that is left after one unit of negotiation time, in [0, 1]; null for
    /// none.</summary>
    public double? Discount { get; init; }

    /// <summary>Constant absolute risk aversion for uncertain outcomes; 0 neutral, above 0 averse, below 0
    /// seeking.</summary>
    public double RiskAversion { get; init; }

    public IReadOnlyList<Interaction> Interactions { get; init; } = [];

    /// <summary>The only options this party can sign, for the issues named.</summary>
    public IReadOnlyList<Choice> MustHaves { get; init; } = [];

    /// <summary>Where a value is only partly known: the least and the most each option may be worth. Null: known
    /// exactly.</summary>
    public WorthRange? Range { get; init; }

    /// <summary>u(x), summed in the order of the issues.</summary>
    public double Utility(Package package)
    {
        var sum = 0.0;
        for (var i = 0; i < Worth.Count; i++) sum += Worth[i][package[i]];
        foreach (var pair in Interactions) sum += pair.Worth[package[pair.First]][package[pair.Second]];
        return sum;
    }

    /// <summary>d: the reservation as stored; else what the reservation package is worth; else 0. No agreement of −∞
    /// counts as 0.</summary>
    public double Disagreement => Reservation is { } value ? (double.IsNegativeInfinity(value) ? 0 : value)
        : ReservationPackage is { } package ? Utility(package) : 0;

    /// <summary>u δ^t: what a utility is worth after <paramref name="time"/> units of negotiation.</summary>
    public double AfterTime(double utility, double time) => utility * Math.Pow(Discount ?? 1, time);

    /// <summary>The sure utility that is as good as the lottery: −ln(Σ p e^(−a u)) / a with risk aversion a (Pratt
    /// 1964).</summary>
    public double CertaintyEquivalent(params IReadOnlyList<(double Probability, Package Package)> lottery)
    {
        if (Math.Abs(RiskAversion) < 1e-12) return lottery.Sum(l => l.Probability * Utility(l.Package));
        // Against the term that weighs most, so that large utilities neither overflow nor vanish.
        var most = lottery.Where(l => l.Probability > 0).Max(l => -RiskAversion * Utility(l.Package));
        var sum = lottery.Sum(l => l.Probability * Math.Exp(-RiskAversion * Utility(l.Package) - most));
        return -(Math.Log(sum) + most) / RiskAversion;
    }

    internal void Check(Space space, int index)
    {
        var path = $"parties[{index}]";
        if (Worth.Count != space.Issues.Count || Worth.Zip(space.Issues)
            .Any(pair => pair.First.Count != pair.Second.Count))
            throw new BargainException("bargain.domains_differ", path,
                $"The preference of '{Party}' does not fit the space: it needs a worth for each option of each issue.");
        for (var i = 0; i < Worth.Count; i++)
            for (var v = 0; v < Worth[i].Count; v++)
                if (!Space.IsExact(Worth[i][v]))
                    throw new BargainException("bargain.worth", $"{path}.worth[{i}][{v}]",
                        $"'{Party}' gives '{space.Issues[i].Values[v]}' no finite worth, or one above 10^12.");
        if (!(double.IsFinite(Power) && Power > 0))
            throw new BargainException("bargain.power", $"{path}.power",
                $"The power of '{Party}' must be finite and above zero.");
        if (Discount is { } discount and not (>= 0 and <= 1))
            throw new BargainException("bargain.discount", $"{path}.discount",
                $"The discount {discount} is not between 0 and 1.");
        if (Reservation is { } r && (double.IsNaN(r) || double.IsPositiveInfinity(r)))
            throw new BargainException("bargain.reservation", $"{path}.reservation",
                $"The reservation of '{Party}' is not a number.");
        if (!double.IsFinite(RiskAversion))
            throw new BargainException("bargain.risk", $"{path}.riskAversion",
                $"The risk aversion of '{Party}' must be finite.");
        if (Interactions.Any(pair => !Fits(space, pair)))
            throw new BargainException("bargain.interaction", $"{path}.interactions",
                $"An interaction of '{Party}' names issues or options that the space does not have.");
        if (Range is { } range && !range.Fits(this))
            throw new BargainException("bargain.range", $"{path}.range",
                $"The range of '{Party}' needs a least and a most, in order, for each option.");
        if (MustHaves.Any(must => must.Issue < 0 || must.Issue >= space.Issues.Count))
            throw new BargainException("bargain.must_have", $"{path}.mustHaves",
                $"A must-have of '{Party}' names no issue.");
    }

    private static bool Fits(Space space, Interaction pair) =>
        pair.First != pair.Second && Math.Min(pair.First, pair.Second) >= 0
        && Math.Max(pair.First, pair.Second) < space.Issues.Count
        && pair.Worth.Count == space.Issues[pair.First].Count
        && pair.Worth.All(row => row.Count == space.Issues[pair.Second].Count && row.All(Space.IsExact));
}

/// <summary>The least and the most each option of each issue may be worth.</summary>
public sealed record WorthRange(IReadOnlyList<IReadOnlyList<double>> Least, IReadOnlyList<IReadOnlyList<double>> Most)
{
    /// <summary>The most by which <paramref name="rival"/> could turn out better: Σ most(rival) − least(package) where
    /// they differ.</summary>
    public double Regret(Package package, Package rival)
    {
        var sum = 0.0;
        for (var i = 0; i < package.Count; i++)
            if (package[i] != rival[i]) sum += Most[i][rival[i]] - Least[i][package[i]];
        return Math.Max(0, sum);
    }

    /// <summary>The package of these with the smallest worst-case regret against the others, and that regret.</summary>
    public (Package Package, double Regret) Safest(IReadOnlyList<Package> packages) =>
        packages.Select(p => (Package: p, Regret: packages.Max(rival => Regret(p, rival)))).MinBy(p => p.Regret);

    internal bool Fits(Preference preference) => Least.Count == preference.Worth.Count
        && Most.Count == preference.Worth.Count
        && Enumerable.Range(0, Least.Count)
            .All(i => Least[i].Count == preference.Worth[i].Count && Most[i].Count == Least[i].Count
            && Least[i].Zip(Most[i])
                .All(pair => double.IsFinite(pair.First) && double.IsFinite(pair.Second) && pair.First <= pair.Second
                + 1e-9));
}
