using Entente.Bargaining.Elicitation;
using Entente.Bargaining.Issues;
using Entente.Bargaining.Preferences;
using Entente.Terms;

namespace Entente.Negotiation;

/// <summary>What the engine believes one side wants: made of the table, corrected by what the side says in its sealed
/// room.</summary>
public sealed partial class SideModel
{
    /// <summary>How many trade-off questions a side is asked at most.</summary>
    public const int QuestionsMost = 15;

    private const int ReasonsMost = 5;
    private readonly TableSpace _table;
    private readonly Interview _interview;
    private readonly List<int> _places = [];
    private readonly Lazy<(IReadOnlyDictionary<string, TermValue> First,
        IReadOnlyDictionary<string, TermValue> Second)?> _next;

    /// <param name="state">The public table: where sides stand gives a first preference, so that nobody starts from an
    /// empty sheet.</param>
    public SideModel(TableSpace table, NegotiationState state, Side side, SidePreference said)
        : this(table, state, side.Seat, said)
    {
    }

    public SideModel(TableSpace table, NegotiationState state, Seat seat, SidePreference said)
    {
        (_table, Seat, Said) = (table, seat, said);
        Curves = [.. table.Agenda.Select((term, i) => (IReadOnlyList<double>)Curve(term, table.Options[i], state))];
        double[]? swings = said.Swings.Count > 0
            ? [.. table.Agenda.Select(term => (double)said.Swings.GetValueOrDefault(term.Key, SidePreference.Middle))]
            : said.Ranking.Count == 0 && First() is { } known ? [.. table.Agenda.Select(term => known[term.Key])] : null;
        if (swings?.Sum() <= 0) swings = null;
        // A limit on the whole, such as accounting's, says nothing of what the side would rather sign.
        _interview = new Interview(
            new Space(table.Space.Issues), [.. Curves.Select(curve => new ValueFunction.Table(curve))], swings,
            mustHaves: MustHaves(), candidates: null);
        foreach (var (answer, place) in said.Answers.Select((answer, place) => (answer, place)))
        {
            if (table.Find(answer.First) is not { } first || table.Find(answer.Second) is not { } second) continue;
            _interview = _interview.With(Given(first, second, answer.Choice));
            _places.Add(place);
        }

        foreach (var answer in InOrder()) _interview = _interview.With(answer);
        _next = new(Ask);
        var believed = _interview.Preference(seat.Words);
        Preference = believed with
        {
            Reservation = Least(believed)
            + (Best(believed) - Least(believed)) * said.WalkAway / 100.0
        };
    }

    /// <summary>Points by what is known in money; a term that is not known in money counts as the mean of those that
    /// are.</summary>
    private Dictionary<string, double>? First()
    {
        if (Said.First is not { } first) return null;
        var known = first.Swings;
        var mean = known.Values.Average();
        return _table.Agenda.ToDictionary(term => term.Key, term => known.GetValueOrDefault(term.Key, mean));
    }

    public Seat Seat { get; }

    /// <summary>The side, where the party is one.</summary>
    public Side Side => Seat.Side ?? throw new InvalidOperationException($"The {Seat.Words} is no side.");

    public SidePreference Said { get; }

    public Preference Preference { get; }

    /// <summary>The value of every option, from 0 to 1.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Curves { get; }

    /// <summary>Places of answers that cannot all be meant; empty when they can.</summary>
    public IReadOnlyList<int> Contradiction =>
        [.. (_interview.Contradiction?.Answers ?? []).Where(place => place < _places.Count).Select(place => _places[place])];

    /// <summary>Whether the order of the terms is part of what cannot all be meant.</summary>
    public bool RankingContradicts => _interview.Contradiction?.Answers.Any(place => place >= _places.Count) ?? false;

    /// <summary>What a package is worth to the side, in points from 0 (the worst) to 100 (the best).</summary>
    public double Points(Package package) => Best(Preference) - Least(Preference) is > 0 and var span
        ? 100 * (Preference.Utility(package) - Least(Preference)) / span : 100;

    /// <summary>The terms from the one that matters most to the one that matters least.</summary>
    public IReadOnlyList<AgendaTerm> Ranked => [.. _table.Agenda.Select((term, i) => (term, Span: Swing(i)))
        .OrderByDescending(pair => pair.Span).Select(pair => pair.term)];

    /// <summary>What one term can add at most, as a share of all.</summary>
    public double Swing(int issue) => Best(Preference) - Least(Preference) is > 0 and var span
        ? (Preference.Worth[issue].Max() - Preference.Worth[issue].Min()) / span : 0;

    /// <summary>The next two packages to choose between; none when enough is known or enough was asked.</summary>
    public (IReadOnlyDictionary<string, TermValue> First, IReadOnlyDictionary<string, TermValue> Second)? NextQuestion() =>
        _next.Value;

    private (IReadOnlyDictionary<string, TermValue> First, IReadOnlyDictionary<string, TermValue> Second)? Ask()
    {
        if (Said.Answers.Count >= QuestionsMost || _table.Agenda.Count < 2) return null;
        return _interview.NextToRank() is { } question ? (_table.Values(question.First), _table.Values(question.Second))
            : null;
    }

    /// <summary>What the system now believes, in plain words.</summary>
    public IReadOnlyList<string> InWords()
    {
        var ranked = Ranked;
        List<string> words =
        [
            $"You care most about {ranked[0].Term.Title}{(ranked.Count > 2 ? $", then {ranked[1].Term.Title}" : "")}, "
                + $"and least about {ranked[^1].Term.Title}.",
        ];
        words.AddRange(MoneyWords());
        foreach (var term in _table.Agenda)
        {
            if (Said.Playbooks.GetValueOrDefault(term.Key)?.WalkAway is { } limit)
                words.Add($"You would rather walk away than go beyond {limit.Label} on {term.Term.Title}.");
        }

        words.Add(Said.WalkAway == 0 ? "Any package within these limits is better for you than none."
            : $"A package below {Said.WalkAway} of 100 points is worse for you than no agreement.");
        return words;
    }

    /// <summary>What the first preference was computed from, while the side has not weighed the terms itself.</summary>
    private IEnumerable<string> MoneyWords()
    {
        if (Said.First is not { } first || Said.Swings.Count > 0) yield break;
        if (first.Touched.Count > 0) yield return "What you raised a concern on counts most until you say otherwise, "
            + "then the hours that people work and the clocks in them, then what is charged.";
        for (var i = 0; i < _table.Agenda.Count; i++)
        {
            var (term, options) = (_table.Agenda[i], _table.Options[i]);
            if (first.Worth.GetValueOrDefault(term.Key) is not { } worth || term.Term is Term.Charge) continue;
            var known = options.Where(worth.ContainsKey).ToList();
            if (known.Count < 2) continue;
            var (best, worst) = (known.MaxBy(option => worth[option])!, known.MinBy(option => worth[option])!);
            var span = new Money(Math.Round(worth[best] - worth[worst], 2), first.Currency);
            yield return Seat is Seat.Provider or Seat.Accounting
                ? $"{term.Term.Title} at {best.Label} instead of {worst.Label} saves you {span.Label} a month, by cost and expected credits."
                : $"{term.Term.Title} at {best.Label} instead of {worst.Label} is worth {span.Label} a month to you, by what downtime costs.";
        }
    }

    /// <summary>What an offer is worth against where the side stands, in words; <see cref="Points"/> are the numbers.</summary>
    public string Worth(Package offered, Package mine)
    {
        var (theirs, own) = (Points(offered), Points(mine));
        var words = (theirs - own) switch
        {
            > 15 => "much better than",
            > 3 => "a little better than",
            >= -3 => "about as good as",
            >= -15 => "a little worse than",
            _ => "much worse than",
        };
        var below = Preference.Utility(offered) < Preference.Disagreement - 1e-9
            || !Preference.MustHaves.All(must => must.Holds(offered))
            ? " It is beyond your limit." : "";
        return $"For you it is {words} your own last package.{below}";
    }

    /// <summary>Why a package is worth what it is, term by term, the largest difference first: for the side's own eyes.</summary>
    public IReadOnlyList<string> Reasons(Package offered, Package mine)
    {
        var ranks = Ranked.Select((term, place) => (term.Key, place)).ToDictionary(pair => pair.Key, pair => pair.place);
        return [.. _table.Agenda.Select((term, i) => (term, i, Gain: Preference.Worth[i][offered[i]]
                - Preference.Worth[i][mine[i]]))
            .Where(change => offered[change.i] != mine[change.i])
            .OrderByDescending(change => Math.Abs(change.Gain)).Take(ReasonsMost)
            .Select(change => $"{(change.Gain > 1e-9 ? "You gain" : change.Gain < -1e-9 ? "You give" : "You are even")} on "
                + $"{change.term.Term.Title}, {Matters(ranks[change.term.Key], ranks.Count)}: "
                + $"{_table.Options[change.i][offered[change.i]].Label} instead of "
                + $"{_table.Options[change.i][mine[change.i]].Label}.")];
    }

    private static string Matters(int place, int count) => place switch
    {
        0 => "which matters most to you",
        _ when place == count - 1 => "which matters least to you",
        1 => "which matters second most to you",
        _ => $"number {place + 1} of {count} in what matters to you",
    };

    private static double Least(Preference preference) => preference.Worth.Sum(row => row.Min());

    private static double Best(Preference preference) => preference.Worth.Sum(row => row.Max());

    private static Answer Given(Package first, Package second, Rather choice)
    {
        int[] differ = [.. Enumerable.Range(0, first.Count).Where(i => first[i] != second[i])];
        return new Answer(
            new Question(first, second, differ.FirstOrDefault(), differ.LastOrDefault()),
            choice switch { Rather.First => Choose.First, Rather.Second => Choose.Second, _ => Choose.Either });
    }

    /// <remarks>
    /// Numbers rise towards what is better for the side; a term that is no question of more or less is best where the
    /// side
    /// stands, worst where the other stands. A playbook pulls its preferred value to 1 and its acceptable one to a
    /// half.
    /// </remarks>
    private double[] Curve(AgendaTerm term, IReadOnlyList<TermValue> options, NegotiationState state)
    {
        var book = Said.Playbooks.GetValueOrDefault(term.Key);
        if (options.Count == 1) return [1];
        if (book?.Acceptable is null && book?.Preferred is null && Said.First?.Curve(term.Key, options) is { } money)
            return money;
        if (term.Term.MoreIsBetter is not { } forCustomer || options.Any(option => option.Number is null))
        {
            var (mine, theirs) = (book?.Preferred ?? Start(term, Leaning(term.Term)), Start(term, Leaning(term.Term).Other));
            return [.. options.Select(option => option == mine ? 1.0 : option == book?.Acceptable ? 0.6
                : option == theirs ? 0.0 : 0.5)];
        }

        var rises = forCustomer == (Leaning(term.Term) is Side.Customer);
        var (low, high) = (options.Min(option => option.Number!.Value), options.Max(option => option.Number!.Value));
        double Share(decimal number)
        {
            var at = high == low ? 1 : (double)((number - low) / (high - low));
            return rises ? at : 1 - at;
        }

        var bent = book?.Acceptable?.Number is { } acceptable ? Math.Clamp(Share(acceptable), 0.05, 0.95) : 0.5;
        return [.. options.Select(option => Bend(Share(option.Number!.Value), bent))];
    }

    /// <summary>Whose wish for a term a party shares as long as it has not said otherwise: stakeholders use what is
    /// promised, accounting pays for providing it and for the charge.</summary>
    private Side Leaning(Term term) => Seat switch
    {
        Seat.Provider => Side.Provider,
        Seat.Accounting => term is Term.Charge ? Side.Customer : Side.Provider,
        _ => Side.Customer,
    };

    /// <summary>Points for a term as the side said them, else as the system takes them.</summary>
    public int SwingPoints(string term) => Said.Swings.TryGetValue(term, out var points) ? points
        : Said.Ranking.Count > 0 && Issue(term) is >= 0 and var issue
            ? (int)Math.Round(100 * Swing(issue) / Math.Max(1e-9, Enumerable.Range(0, Curves.Count).Max(Swing)))
        : First() is { } first ? (int)Math.Round(first.GetValueOrDefault(term, SidePreference.Middle)) : SidePreference.Middle;

    private static TermValue? Start(AgendaTerm term, Side side) => side is Side.Provider ? term.Offered : term.Asked;

    /// <summary>Straight lines from (0, 0) over (knee, ½) to (1, 1).</summary>
    private static double Bend(double share, double knee) => share <= knee ? 0.5 * share / knee : 0.5
        + 0.5 * (share - knee) / (1 - knee);

    private Choice[] MustHaves() => [.. _table.Agenda.Select((term, i) => (term, i))
        .Where(pair => Said.Playbooks.GetValueOrDefault(pair.term.Key)?.WalkAway is not null)
        .Select(pair => new Choice(pair.i, [.. Bearable(pair.i, Said.Playbooks[pair.term.Key].WalkAway!)]))
        .Where(must => must.Values.Count > 0)];

    private IEnumerable<int> Bearable(int issue, TermValue limit)
    {
        var options = _table.Options[issue];
        var at = TableSpace.IndexOf(options, limit);
        var least = at >= 0 ? Curves[issue][at] : Nearest(issue, limit);
        return Enumerable.Range(0, options.Count).Where(v => Curves[issue][v] >= least - 1e-9);
    }

    private double Nearest(int issue, TermValue limit)
    {
        var options = _table.Options[issue];
        if (limit.Number is not { } number || options.Any(option => option.Number is null)) return 0;
        var bearable = Enumerable.Range(0, options.Count).Where(v => Curves[issue][v] == Curves[issue].Max()
            || (options[v].Number - number) * Math.Sign(options[BestOf(issue)].Number!.Value - number) >= 0).ToList();
        return bearable.Min(v => Curves[issue][v]);
    }

    private int BestOf(int issue) => Enumerable.Range(0, Curves[issue].Count).MaxBy(v => Curves[issue][v]);
}
