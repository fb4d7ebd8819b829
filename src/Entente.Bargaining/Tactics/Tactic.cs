using Entente.Bargaining.Issues;
using Entente.Bargaining.Preferences;
using Entente.Bargaining.Protocols;
using Entente.Bargaining.Solutions;

namespace Entente.Bargaining.Tactics;

/// <summary>How a simulated party behaves: it sees the moves and its own preference, nothing else.</summary>
public abstract class Tactic(Space space, Preference own, int seat)
{
    private readonly double _best = own.Worth.Sum(row => row.Max());

    protected Space Space { get; } = space;

    protected Preference Own { get; } = own;

    protected int Seat { get; } = seat;

    /// <summary>The most a package can be worth to this party, before constraints.</summary>
    protected double Best => _best;

    /// <summary>Below this the party rather walks away.</summary>
    protected double Limit => Own.Disagreement;

    /// <summary>The packages the others have put on the table, the latest last.</summary>
    protected List<(int Party, Package Package)> Heard { get; } = [];

    /// <summary>The packages this party has put on the table.</summary>
    protected List<Package> Made { get; } = [];

    /// <summary>The next move; the same for the same history and seed.</summary>
    /// <param name="time">Share of the time that has passed, in [0, 1].</param>
    public Move Move(AlternatingOffers.Open table, double time)
    {
        var offer = Next(time);
        if (table.OnTheTable is { } standing && standing.Party != Seat)
        {
            var choice = Enumerable.Range(0, standing.Packages.Count).MaxBy(c => Own.Utility(standing.Packages[c]));
            if (Accepts(standing.Packages[choice], offer, time)) return new Move.Accept(Seat, choice);
        }

        Made.Add(offer);
        return new Move.Offer(Seat, offer);
    }

    /// <summary>Called with every offer of another party.</summary>
    public virtual void Hear(Move.Offer offer)
    {
        foreach (var package in offer.Packages) Heard.Add((offer.Party, package));
    }

    /// <summary>The package to offer now.</summary>
    protected abstract Package Next(double time);

    /// <summary>Accepts what is at least as good as the own next offer, and never what is below the limit or against a
    /// must-have (Baarslag 2013).</summary>
    protected virtual bool Accepts(Package offered, Package next, double time) =>
        IsBearable(offered) && Own.Utility(offered) >= Own.Utility(next) - 1e-9;

    protected bool IsBearable(Package package) =>
        Own.Utility(package) >= Limit - 1e-9 && Own.MustHaves.All(must => must.Holds(package));

    /// <summary>The package worth at least <paramref name="target"/> that the others are believed to like
    /// most.</summary>
    protected Package Aim(double target, IReadOnlyList<Preference> others)
    {
        var bargain = new Bargain(Space, [Own with { Reservation = Math.Max(target, Limit), Power = 1e-3 },
            .. others.Select(other => other with { Reservation = -1e6, Power = 1.0 / others.Count })]);
        return Solver.Find(bargain, Fairness.Utilitarian, Limits.Patient(32))?.Package ?? Made.LastOrDefault()
            ?? Favourite;
    }

    /// <summary>The best package for this party; by search, since constraints may rule out most of what it likes.</summary>
    protected Package Favourite => field ??= Solver.Find(
        new Bargain(Space, Own with { Reservation = -1e6, Power = 1 }), Fairness.Utilitarian, Limits.Patient(32))?.Package
        ?? throw new BargainException("bargain.space_empty", "",
            "No package satisfies the constraints and must-haves.");
}

/// <summary>Concedes with time alone: target = limit + (best − limit)(1 − t^(1/e)); e below 1 Boulware, 1 linear, above
/// 1 Conceder (Faratin 1998).</summary>
/// <remarks>Of the packages above the target it offers one that the seed chooses to be kind to the other's last
/// offer.</remarks>
public sealed class TimeDependent(Space space, Preference own, int seat, double exponent, int seed)
    : Tactic(space, own, seat)
{
    protected override Package Next(double time)
    {
        var target = Limit + (Best - Limit) * (1 - Math.Pow(Math.Clamp(time, 0, 1), 1 / exponent));
        return Aim(Math.Min(target, Own.Utility(Favourite)), [Near()]);
    }

    /// <summary>Likes what the others offered last, with a little noise so that offers differ.</summary>
    private Preference Near()
    {
        var random = Chance.Seeded(seed, Made.Count, Seat);
        var last = Heard.Count > 0 ? Heard[^1].Package : null;
        return new Preference("near", [.. Space.Issues.Select((issue, i) =>
            (IReadOnlyList<double>)[.. Enumerable.Range(0, issue.Count)
                .Select(v => (last?[i] == v ? 1 : 0) + 0.3 * random.Share())])]);
    }
}

/// <summary>Gives as much as it was given: concedes by what the other's last offers gained for it, never below the
/// limit (Axelrod 1984; Faratin 1998).</summary>
public sealed class TitForTat(Space space, Preference own, int seat, OpponentModel model) : Tactic(space, own, seat)
{
    private double _target = double.NaN;

    public override void Hear(Move.Offer offer)
    {
        base.Hear(offer);
        model.Hear(offer.Packages[0]);
    }

    protected override Package Next(double time)
    {
        if (double.IsNaN(_target)) _target = Own.Utility(Favourite);
        if (Heard.Count >= 2)
        {
            var given = Own.Utility(Heard[^1].Package) - Heard.Take(Heard.Count - 1).Max(h => Own.Utility(h.Package));
            _target -= Math.Clamp(given, 0, _target - Limit);
        }

        // When time runs out it meets half-way what is on offer, so that two of its kind do not wait for each other for
        // ever.
        var target = Heard.Count > 0 && time > 0.9
            ? _target - (_target - Math.Max(Limit, Heard.Max(h => Own.Utility(h.Package)))) * Math.Min(
                1, (time - 0.9) / 0.08) : _target;
        return Aim(target, [model.Believed]);
    }
}

/// <summary>
/// MiCRO: the best package not offered yet, as long as no more different ones were offered than heard; else an old one
/// (de Jonge 2022).
/// It has no model and no parameters, and is a best response to itself in balanced domains.
/// </summary>
public sealed class Micro(Space space, Preference own, int seat, int seed) : Tactic(space, own, seat)
{
    private readonly Ladder _ladder = new(space, own);
    private readonly Dictionary<int, HashSet<Package>> _heardFrom = [];
    private int _steps;
    private bool _mayConcede;

    public override void Hear(Move.Offer offer)
    {
        base.Hear(offer);
        if (!_heardFrom.TryGetValue(offer.Party, out var set)) _heardFrom[offer.Party] = set = [];
        foreach (var package in offer.Packages) set.Add(package);
    }

    protected override Package Next(double time)
    {
        var heard = _heardFrom.Count == 0 ? 0 : _heardFrom.Values.Min(set => set.Count);
        var next = _ladder[_steps];
        _mayConcede = _steps <= heard && next is not null && Own.Utility(next) >= Limit - 1e-9;
        if (_mayConcede) return _ladder[_steps++]!;
        return Made.Count == 0 ? Favourite : Made[Chance.Seeded(seed, Made.Count, Heard.Count).Next(Made.Count)];
    }

    /// <summary>Accepts what is as good as the worst package it is ready to offer.</summary>
    protected override bool Accepts(Package offered, Package next, double time) =>
        IsBearable(offered)
            && Own.Utility(offered) >= Own.Utility(_mayConcede ? next : Made.MinBy(Own.Utility) ?? next) - 1e-9;
}

/// <summary>Concedes slowly, and where it is cheap: of the packages worth its target, the one the opponent model likes
/// most.</summary>
public sealed class Logroller(Space space, Preference own, int seat, OpponentModel model, double exponent = 0.5)
    : Tactic(space, own, seat)
{
    public override void Hear(Move.Offer offer)
    {
        base.Hear(offer);
        model.Hear(offer.Packages[0]);
    }

    protected override Package Next(double time)
    {
        var target = Limit + (Best - Limit) * (1 - Math.Pow(Math.Clamp(time, 0, 1), 1 / exponent));
        return Aim(Math.Min(target, Own.Utility(Favourite)), [model.Believed]);
    }
}
