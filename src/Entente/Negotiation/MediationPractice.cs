using Entente.Bargaining;
using Entente.Bargaining.Issues;
using Entente.Bargaining.Protocols;
using Entente.Bargaining.Solutions;
using Entente.Bargaining.Tactics;

namespace Entente.Negotiation;

/// <summary>A practice table at which a person mediates between two simulated sides. The same moves give the same
/// run.</summary>
/// <param name="Provider">Character of the simulated provider.</param>
/// <param name="Customer">Character of the simulated customer.</param>
public sealed record MediationPractice(
    string Scenario, string Provider, string Customer, int Seed, IReadOnlyList<PracticeMove> Moves);

/// <summary>What the person does: let both speak, ask one side in caucus, or propose a package to both.</summary>
/// <param name="Ask">The side asked in caucus.</param>
/// <param name="Propose">One option for each term, for both to answer in confidence.</param>
public sealed record PracticeMove(Side? Ask = null, IReadOnlyDictionary<string, string>? Propose = null);

/// <summary>One thing that was heard.</summary>
public sealed record PracticeNote(string Who, string Words);

/// <param name="JointShare">The product of both gains as a share of the best there was.</param>
/// <param name="ProviderShare">What the provider got of what it could at best have gained, from 0 to 1.</param>
/// <param name="Better">A package that was better for one and worse for none, if there was one.</param>
public sealed record PracticeDebrief(
    bool Agreed, double JointShare, double ProviderShare, double CustomerShare, int Rounds, int AskedProvider,
    int AskedCustomer, IReadOnlyDictionary<string, string>? Better, string Advice);

/// <summary>How the practice stands.</summary>
public sealed record PracticeState(
    RehearsalScenario Scenario, bool IsOver, int Round, int RoundsMost, string Distance,
    IReadOnlyDictionary<string, string>? ProviderOffers, IReadOnlyDictionary<string, string>? CustomerOffers,
    IReadOnlyList<PracticeNote> Notes, PracticeDebrief? Debrief);

/// <summary>Plays practice tables for mediators.</summary>
public static class MediationPractices
{
    private const int RoundsMost = 10;

    /// <summary>How much later in time a side hears a proposal of the chair.</summary>
    private const double Ease = 0.3;

    public static Decision<PracticeState> Play(MediationPractice practice)
    {
        if (RehearsalScenario.All.FirstOrDefault(one => one.Key == practice.Scenario) is not { } scenario)
            return new Refusal("rehearsal.scenario", $"There is no scenario '{practice.Scenario}'.");
        foreach (var character in new[] { practice.Provider, practice.Customer })
        {
            if (!Rehearsals.Characters.ContainsKey(character))
                return new Refusal("rehearsal.tactic", $"There is no character '{character}'.");
        }

        var run = new Run(scenario.Bargain(), practice);
        foreach (var move in practice.Moves)
        {
            if (run.IsOver) return new Refusal("rehearsal.over", "This practice table is over.");
            if (run.After(move) is { } refusal) return refusal;
        }

        return run.Show(scenario);
    }

    /// <summary>One run, lived through from its start.</summary>
    private sealed class Run(Bargain bargain, MediationPractice practice)
    {
        private readonly Tactic[] _sides =
        [
            Tactics.Create(Rehearsals.Characters[practice.Provider], bargain.Space, bargain.Parties[0], 0,
                practice.Seed),
            Tactics.Create(Rehearsals.Characters[practice.Customer], bargain.Space, bargain.Parties[1], 1,
                practice.Seed),
        ];

        private readonly Package?[] _offers = new Package?[2];
        private readonly int[] _asked = new int[2];
        private readonly List<PracticeNote> _notes = [];
        private Package? _proposed;
        private Package? _agreed;
        private int _round;

        public bool IsOver => _agreed is not null || _round >= RoundsMost;

        private double Time => _round / (double)RoundsMost;

        public Refusal? After(PracticeMove move)
        {
            if (move.Ask is { } side) return Ask((int)side);
            if (move.Propose is null) return Listen();
            if (Rehearsals.Package(bargain.Space, move.Propose) is not { } package)
                return new Refusal("rehearsal.package", "A package names one option of each term of the scenario.");
            return Propose(package);
        }

        /// <summary>Both make their next offer; one takes the other's where its character would.</summary>
        private Refusal? Listen()
        {
            for (var p = 0; p < 2 && _agreed is null; p++)
            {
                var other = _offers[1 - p] is { } theirs ? new Move.Offer(1 - p, theirs) : null;
                var move = _sides[p].Move(Table(p, other), Time);
                if (move is Move.Accept)
                {
                    _agreed = _offers[1 - p];
                    Note(p, "takes what the other offered");
                }
                else
                {
                    _offers[p] = ((Move.Offer)move).Packages[0];
                    _sides[1 - p].Hear((Move.Offer)move);
                    Note(p, $"offers {Words(_offers[p]!)}");
                }
            }

            _round++;
            return null;
        }

        /// <summary>A side says in caucus what matters to it, and what of the last proposal hurts it most.</summary>
        private Refusal? Ask(int party)
        {
            _asked[party]++;
            var worth = bargain.Parties[party].Worth;
            var ranked = Enumerable.Range(0, worth.Count).OrderByDescending(i => worth[i].Max() - worth[i].Min())
                .ToList();
            var words = $"in private: most for {Title(ranked[0])}, least for {Title(ranked[^1])}";
            if (_proposed is { } package)
            {
                var hurts = Enumerable.Range(0, worth.Count).MaxBy(i => worth[i].Max() - worth[i][package[i]]);
                words += $"; your proposal costs it most on {Title(hurts)}";
            }

            Note(party, words);
            return null;
        }

        /// <summary>Both answer in confidence: only both, or not both, is told.</summary>
        private Refusal? Propose(Package package)
        {
            _proposed = package;
            var both = Enumerable.Range(0, 2).All(p => Takes(p, package));
            if (both) _agreed = package;
            _notes.Add(new PracticeNote("you", $"proposed {Words(package)}: {(both ? "both said yes" : "not both said yes")}"));
            _round++;
            return null;
        }

        /// <summary>A side takes what its character would concede some rounds later: a package of the chair's costs it no
        /// face.</summary>
        private bool Takes(int party, Package package)
        {
            var own = bargain.Parties[party];
            var character = Tactics.Create(Rehearsals.Characters[party == 0 ? practice.Provider : practice.Customer],
                bargain.Space, own, party, practice.Seed);
            if (_offers[1 - party] is { } heard) character.Hear(new Move.Offer(1 - party, heard));
            return character.Move(Table(party, new Move.Offer(1 - party, package)),
                Math.Min(1, Time + Ease)) is Move.Accept;
        }

        public PracticeState Show(RehearsalScenario scenario) => new(
            scenario, IsOver, _round, RoundsMost, Distance(), Said(0), Said(1), _notes, IsOver ? Judge() : null);

        private string Distance()
        {
            if (_offers[0] is not { } provider || _offers[1] is not { } customer) return "not heard yet";
            var gap = Enumerable.Range(0, 2).Max(p => Range(p) is > 0 and var range ? 100 * (
                bargain.Parties[p].Utility(p == 0 ? provider : customer)
                - bargain.Parties[p].Utility(p == 0 ? customer : provider)) / range : 0);
            return MediatorSight.Words(gap);
        }

        private PracticeDebrief Judge()
        {
            var solved = Solver.Solve(bargain);
            if (_agreed is not { } deal) return new PracticeDebrief(
                false, 0, 0, 0, _round, _asked[0], _asked[1],
                bargain.Space.Describe(solved.Nash!.Package),
                "No agreement, though packages existed that both would have taken: propose earlier, and trade the term "
                + "that one side cares least for against the one it cares most for.");
            var utilities = bargain.Utilities(deal);
            double[] shares = [.. Enumerable.Range(0, 2).Select(p =>
                Math.Round(Gain(p) / (solved.Ideal![p] - bargain.Disagreement[p]), 3))];
            var joint = Math.Round(Math.Max(0, Gain(0)) * Math.Max(0, Gain(1)) / solved.Nash!.Value, 3);
            var better = Efficiency.Improve(bargain.From(deal), deal)?.Package;
            return new PracticeDebrief(true, joint, shares[0], shares[1], _round, _asked[0], _asked[1],
                better is null ? null : bargain.Space.Describe(better), Advice(joint, shares, better is not null));

            double Gain(int p) => utilities[p] - bargain.Disagreement[p];
        }

        private string Advice(double joint, double[] shares, bool isImprovable) => 0 switch
        {
            _ when Math.Abs(_asked[0] - _asked[1]) > 1 =>
                "You asked one side more often than the other: a neutral chair hears both as often.",
            _ when Math.Abs(shares[0] - shares[1]) > 0.25 =>
                "One side got much more of what it could gain than the other: before proposing, compare what each gives "
                + "up on the term that matters most to it.",
            _ when isImprovable => "A package was left that was better for one and worse for none: ask both what matters "
                + "least to them, and trade those terms.",
            _ when joint < 0.9 => "Both could have gained more together: give each side the term that it cares most for.",
            _ when _round > RoundsMost / 2 => "A good and balanced package, late: propose earlier, from round two or three.",
            _ => "Well done: efficient, balanced and early. Try two tough sides.",
        };

        private double Range(int party) => bargain.Parties[party].Worth.Sum(row => row.Max() - row.Min());

        private IReadOnlyDictionary<string, string>? Said(int party) =>
            _offers[party] is { } package ? bargain.Space.Describe(package) : null;

        private void Note(int party, string words) =>
            _notes.Add(new PracticeNote(party == 0 ? "provider" : "customer", words));

        private string Title(int issue) => bargain.Space.Issues[issue].Name;

        private string Words(Package package) => string.Join(", ", bargain.Space.Describe(package).Values);

        private static AlternatingOffers.Open Table(int party, Move.Offer? standing) =>
            new(2, new Deadline(), [], party, standing, new Dictionary<int, int>());
    }
}
