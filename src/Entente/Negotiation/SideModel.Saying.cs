using Entente.Bargaining.Elicitation;
using Entente.Bargaining.Issues;
using Entente.Terms;

namespace Entente.Negotiation;

/// <summary>What a side says of its own accord: terms in order, and what it would give up for something.</summary>
public sealed partial class SideModel
{
    /// <summary>What "to have one value instead of another I would let this go so far and no further" says of two packages
    /// that are otherwise the same: the trade is taken, and the next worse one is not.</summary>
    /// <param name="gain">From a value to a better one.</param>
    /// <param name="giveUp">From a value to a worse one; to the same value when nothing of it would be given.</param>
    public Decision<GivenAnswer> GiveUp(TermStep gain, TermStep giveUp)
    {
        if (gain.Term == giveUp.Term) return new Refusal("room.same_term", "Name two different terms: what you gain on one, and what you let go on another.");
        if (Option(gain.Term, gain.From) is not { } had || Option(gain.Term, gain.To) is not { } gained
            || Option(giveUp.Term, giveUp.From) is not { } held || Option(giveUp.Term, giveUp.To) is not { } left)
            return new Refusal("room.option", "Name values that stand among the options of these terms.");
        var (on, off) = (Issue(gain.Term), Issue(giveUp.Term));
        if (Curves[on][gained] <= Curves[on][had]) return new Refusal("room.no_gain",
            $"{gain.To.Label} is not better for you than {gain.From.Label}: name what you would gain.");
        if (Curves[off][left] > Curves[off][held]) return new Refusal("room.no_loss",
            $"{giveUp.To.Label} is better for you than {giveUp.From.Label}: name what you would let go.");
        var without = Values(had, held);
        List<GivenAnswer> said = [];
        if (left != held) said.Add(new GivenAnswer(Values(gained, left), without, Rather.First));
        if (NextWorse(off, left) is { } further) said.Add(new GivenAnswer(Values(gained, further), without, Rather.Second));
        return said;

        IReadOnlyDictionary<string, TermValue> Values(int onOption, int offOption) => _table.Values(new Package(
            [.. Enumerable.Range(0, _table.Agenda.Count).Select(i => i == on ? onOption : i == off ? offOption : BestOf(i))]));
    }

    /// <summary>Each step from an option to the next better one: what a side may gain.</summary>
    public IEnumerable<TermStep> Gains => Steps((worse, better) => (worse, better), pairs => pairs.Zip(pairs.Skip(1)));

    /// <summary>Each step from the best option to one that is worse, and to the best itself: what a side may give up.</summary>
    public IEnumerable<TermStep> Losses =>
        Steps((left, best) => (best, left), options => options.Reverse().Select(option => (option, options[^1])));

    private IEnumerable<TermStep> Steps(
        Func<TermValue, TermValue, (TermValue From, TermValue To)> step,
        Func<IReadOnlyList<TermValue>, IEnumerable<(TermValue, TermValue)>> pairs) =>
        _table.Agenda.SelectMany((term, i) =>
            pairs([.. _table.Options[i].Select((option, v) => (option, Worth: Curves[i][v])).OrderBy(one => one.Worth)
                .DistinctBy(one => one.Worth).Select(one => one.option)])
            .Select(pair => step(pair.Item1, pair.Item2)).Select(one => new TermStep(term.Key, one.From, one.To)));

    /// <summary>Each term of the ranking against the next: the whole range of the one is rather had than that of the
    /// other.</summary>
    private IEnumerable<Answer> InOrder()
    {
        int[] ranked = [.. Said.Ranking.Select(Issue).Where(issue => issue >= 0)];
        foreach (var (more, less) in ranked.Zip(ranked.Skip(1)))
            yield return Given(Lifted(more), Lifted(less), Rather.First);

        Package Lifted(int issue) => new([.. Enumerable.Range(0, _table.Agenda.Count).Select(i =>
            i == issue ? BestOf(i) : WorstOf(i))]);
    }

    private int Issue(string term)
    {
        for (var i = 0; i < _table.Agenda.Count; i++)
            if (_table.Agenda[i].Key == term) return i;
        return -1;
    }

    private int? Option(string term, TermValue value) =>
        Issue(term) is >= 0 and var issue && TableSpace.IndexOf(_table.Options[issue], value) is >= 0 and var at ? at : null;

    private int? NextWorse(int issue, int option) => Enumerable.Range(0, Curves[issue].Count)
        .Where(other => Curves[issue][other] < Curves[issue][option]).Select(other => (int?)other).MaxBy(other => Curves[issue][other!.Value]);

    private int WorstOf(int issue) => Enumerable.Range(0, Curves[issue].Count).MinBy(v => Curves[issue][v]);
}
