using Entente.Bargaining;
using Entente.Bargaining.Issues;
using Entente.Bargaining.Preferences;
using Entente.Bargaining.Solutions;
using Entente.Terms;

namespace Entente.Negotiation;

/// <summary>What the mediator's engine may tell the chair of the sealed rooms: whether, never whose or how
/// much.</summary>
/// <param name="HasZone">Whether a package exists that both would rather sign than none.</param>
/// <param name="Distance">How far the sides stand from each other, in words.</param>
/// <param name="BothSaid">Whether both sides have said something in their rooms.</param>
public sealed record MediatorSight(bool HasZone, string Distance, bool BothSaid, bool IsStuck)
{
    /// <summary>How far apart, from the points that the other's package costs the side that would lose more.</summary>
    internal static string Words(double gap) => gap switch
    {
        <= 5 => "as good as there",
        <= 20 => "near",
        <= 50 => "some way apart",
        _ => "far apart",
    };
}

/// <summary>The win-win test of a package.</summary>
public sealed record WinWin(bool IsEfficient, bool IsProved, bool AboveLimits, IReadOnlyDictionary<string,
    TermValue>? Better, int SharedTenths);

/// <summary>Computes with both sealed rooms for the table: proposals, drafts, hints, the win-win test. It does not know
/// who asks.</summary>
public sealed class Mediation
{
    private const int DraftChangesMost = 3;
    private readonly NegotiationState _state;
    private readonly TableSpace _table;
    private readonly SideModel _provider;
    private readonly SideModel _customer;
    private readonly Bargain _bargain;

    /// <param name="model">Where the model of a party comes from; without it, it is made anew.</param>
    /// <param name="others">Rooms of accounting and the stakeholders. Who has said something there counts for what is fair
    /// and for what is worse for none; their limits bind nobody, for they may be outvoted.</param>
    /// <param name="costs">What providing may cost, where accounting has set a limit: no package passes it.</param>
    public Mediation(
        NegotiationState state, Sealed<SidePreference> provider, Sealed<SidePreference> customer,
        Func<TableSpace, Seat, SidePreference, SideModel>? model = null,
        IReadOnlyList<(Seat Seat, Sealed<SidePreference> Said)>? others = null, CostLimit? costs = null)
    {
        model ??= (table, seat, said) => new SideModel(table, state, seat, said);
        _state = state;
        _table = new TableSpace(state);
        _provider = provider.Compute(said => model(_table, Seat.Provider, said));
        _customer = customer.Compute(said => model(_table, Seat.Customer, said));
        var voices = (others ?? []).Select(other => other.Said.Compute(said => said.IsSaid ? model(_table, other.Seat,
            said with { WalkAway = 0, Playbooks = Unlimited(said.Playbooks) }).Preference : null)).OfType<Preference>();
        _bargain = new Bargain(costs is null ? _table.Space : _table.Space.With(costs.AsConstraint(_table)),
            [_provider.Preference, _customer.Preference, .. voices]);
    }

    private static Dictionary<string, Playbook> Unlimited(IReadOnlyDictionary<string, Playbook> playbooks) =>
        playbooks.ToDictionary(pair => pair.Key, pair => pair.Value with { WalkAway = null });

    /// <summary>Whether both sides have said something in their rooms.</summary>
    public bool BothSaid => _provider.Said.IsSaid && _customer.Said.IsSaid;

    /// <summary>A package at a point of fairness that meets the hard concerns; none when no package is above both
    /// limits and meets them.</summary>
    public IReadOnlyDictionary<string, TermValue>? Propose(Fairness fairness) =>
        Solve(Met, fairness)?.Package is { } package ? _table.Values(package) : null;

    /// <summary>The next draft of the single text: at most three terms changed, nobody worse off, hard concerns met; none
    /// when no such draft is left.</summary>
    /// <remarks>A draft that came to lie below somebody's limit, or beyond accounting's, is mended before it is
    /// improved.</remarks>
    public IReadOnlyDictionary<string, TermValue>? NextDraft(IReadOnlyDictionary<string, TermValue> draft)
    {
        if (_table.Find(draft) is not { } from) return null;
        var near = Met.Space.With(Constraint.ChangesAtMost(DraftChangesMost, from, _table.Space));
        if (Acceptable(draft) is null)
            return Solve(_bargain.With(near), Fairness.Egalitarian)?.Package is { } mended ? _table.Values(mended) : null;
        if (Solve(_bargain.From(from).With(near), Fairness.KalaiSmorodinsky) is not { } found) return null;
        var isNews = !found.Utilities.SequenceEqual(_bargain.Utilities(from))
            || !HardNeeds.All(need => need.Allows(from));
        return isNews ? _table.Values(found.Package) : null;
    }

    /// <summary>A fair package that is better for at least one and worse for none, and meets the hard concerns; none when
    /// there is none.</summary>
    public IReadOnlyDictionary<string, TermValue>? Improvement(IReadOnlyDictionary<string, TermValue> agreed) =>
        Acceptable(agreed) is { } package
        && Solve(_bargain.From(package).With(Met.Space), Fairness.KalaiSmorodinsky) is { } found
        && !found.Utilities.SequenceEqual(_bargain.Utilities(package)) ? _table.Values(found.Package) : null;

    /// <summary>
    /// Where the single text starts: the middle between where both sides stand, or, where that is below somebody's
    /// limit or against a hard concern, the egalitarian point; none when no package keeps them all.
    /// </summary>
    public IReadOnlyDictionary<string, TermValue>? FirstDraft()
    {
        var within = Met;
        var middle = Middle();
        return within.Allows(middle) && within.IsIndividuallyRational(within.Utilities(middle)) ? _table.Values(middle)
            : Solve(within, Fairness.Egalitarian)?.Package is { } package ? _table.Values(package) : null;
    }

    /// <summary>How the gains of a package were shared: whole tenths of what each could at best have gained.</summary>
    public FairnessReport? Shared(IReadOnlyDictionary<string, TermValue> values)
    {
        if (_table.Find(values) is not { } package || !_bargain.Allows(package)) return null;
        var solved = Solver.Solve(_bargain, Patience());
        if (solved.Ideal is not { } ideal) return null;
        var utilities = _bargain.Utilities(package);
        var shares = Enum.GetValues<Side>().ToDictionary(side => side, side =>
            ideal[(int)side] - _bargain.Disagreement[(int)side] is > 1e-9 and var most
                ? Tenths((utilities[(int)side] - _bargain.Disagreement[(int)side]) / most) : 10);
        var product = (utilities[0] - _bargain.Disagreement[0]) * (utilities[1] - _bargain.Disagreement[1]);
        return new FairnessReport(shares, solved.Nash is { Value: > 1e-12 } nash ? Tenths(product / nash.Value) : 10,
            Concessions(_state), FairnessReport.Terms(_state, values));
    }

    /// <summary>Whether a hard concern is open.</summary>
    public bool HasHardConcern => _state.OpenConcerns.Any(concern => concern.Need is not null);

    private IReadOnlyList<Constraint> HardNeeds => [.. _table.HardNeeds(_state).Select(need => need.Forbids)];

    /// <summary>The bargain within what the open hard concerns leave.</summary>
    private Bargain Met => _bargain.With(_bargain.Space.With(HardNeeds));

    private Package Middle() => new([.. _table.Agenda.Select((term, i) =>
    {
        var (a, b) = (At(Side.Provider), At(Side.Customer));
        return (a + b) / 2;
        int At(Side side) => _state.Position(side, term.Key) is { } value
            && TableSpace.IndexOf(_table.Options[i], value) is >= 0 and var at
            ? at : side is Side.Provider ? 0 : _table.Options[i].Count - 1;
    })]);

    public WinWin Test(IReadOnlyDictionary<string, TermValue> values)
    {
        if (_table.Find(values) is not { } package) throw new InvalidOperationException(
            "The package was never on this table.");
        var above = _bargain.IsIndividuallyRational(_bargain.Utilities(package)) && _bargain.Allows(package);
        if (!_bargain.Allows(package)) return new WinWin(false, false, above, null, 0);
        // What a hard concern forbids is no package that could have been better; one agreed against it is tested freely.
        var certificate = Efficiency.Certify(Met.Allows(package) ? Met : _bargain, package, Patience());
        return new WinWin(
            certificate.IsEfficient, certificate.IsProved, above,
            certificate.Dominating is { } better && above ? _table.Values(better) : null,
                Tenths(certificate.Utilities));
    }

    public MediatorSight Sight()
    {
        var zone = Solve(Fairness.Egalitarian) is not null;
        var (mine, theirs) = (_table.Position(_state, Side.Provider, _provider.Curves),
            _table.Position(_state, Side.Customer, _customer.Curves));
        var gap = Math.Max(_provider.Points(mine) - _provider.Points(theirs),
            _customer.Points(theirs) - _customer.Points(mine));
        return new MediatorSight(zone, MediatorSight.Words(gap), BothSaid, IsStuck(_state));
    }

    /// <summary>Two terms that the sides rank in opposite order, in one sentence for both; none when there are
    /// none.</summary>
    public string? Hint()
    {
        var (mine, theirs) = (_provider.Ranked, _customer.Ranked);
        var best = (Gap: 0, First: (AgendaTerm?)null, Second: (AgendaTerm?)null);
        foreach (var first in mine)
        {
            foreach (var second in mine.Where(other => other.Key != first.Key))
            {
                var forProvider = Place(mine, second) - Place(mine, first);
                var forCustomer = Place(theirs, first) - Place(theirs, second);
                if (forProvider > 0 && forCustomer > 0 && forProvider + forCustomer > best.Gap) best = (
                    forProvider + forCustomer, first, second);
            }
        }

        return best.First is null ? null
            : $"You two rank {best.First.Term.Title} and {best.Second!.Term.Title} in opposite order: a package that "
                + $"gives each side the one it cares about more is likely better for both.";
    }

    /// <summary>Nothing has come nearer in the last six offers.</summary>
    public static bool IsStuck(NegotiationState state)
    {
        var last = state.Offers.Where(offer => offer.Seat.Side is not null).TakeLast(6).ToList();
        return last.Count == 6 && last.All(offer => Movement.Of(state, offer)
            .All(move => move.Direction is not Direction.Towards));
    }

    /// <summary>How many times each side came nearer: what everybody can count from the table.</summary>
    public static IReadOnlyDictionary<Side, int> Concessions(NegotiationState state)
    {
        var moves = state.Agenda.SelectMany(term => Movement.History(state, term.Key)).ToList();
        return Enum.GetValues<Side>().ToDictionary(side => side, side => moves.Where(move => move.Seat.Side == side)
            .Sum(move => move.Direction switch { Direction.Towards => 1, Direction.Away => -1, _ => 0 }));
    }

    private Solution? Solve(Fairness fairness) => Solve(_bargain, fairness);

    private static Solution? Solve(Bargain bargain, Fairness fairness)
    {
        try
        {
            return Solver.Find(bargain, fairness, Patience());
        }
        catch (BargainException empty) when (empty.Code == "bargain.space_empty")
        {
            return null;
        }
    }

    /// <summary>The package of a text that keeps every limit; none of one that does not, for nothing below a limit is ever
    /// suggested.</summary>
    private Package? Acceptable(IReadOnlyDictionary<string, TermValue> text) =>
        _table.Find(text) is { } package && _bargain.Allows(package)
        && _bargain.IsIndividuallyRational(_bargain.Utilities(package)) ? package : null;

    /// <summary>The smaller share of what each could at best gain, in whole tenths.</summary>
    private int Tenths(IReadOnlyList<double> utilities)
    {
        var least = 1.0;
        for (var p = 0; p < 2; p++)
        {
            var party = _bargain.Parties[p];
            var best = party.Worth.Sum(row => row.Max());
            if (best - party.Disagreement > 1e-9) least = Math.Min(
                least, (utilities[p] - party.Disagreement) / (best - party.Disagreement));
        }

        return Tenths(least);
    }

    private static int Tenths(double share) => (int)Math.Floor(Math.Clamp(share, 0, 1) * 10 + 1e-9);

    private static int Place(IReadOnlyList<AgendaTerm> ranked, AgendaTerm term)
    {
        for (var i = 0; i < ranked.Count; i++)
            if (ranked[i].Key == term.Key) return i;
        return -1;
    }

    /// <summary>A table waits for an answer, not for the last proof.</summary>
    private static Limits Patience()
    {
        var asked = 0;
        return new Limits { Stop = () => ++asked > 2000 };
    }
}
