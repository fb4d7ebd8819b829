using Entente.Bargaining.Issues;
using Entente.Terms;
using NodaTime;

namespace Entente.Negotiation;

/// <summary>A table as the engine sees it: an issue for each term, and an option for each value worth talking
/// about.</summary>
/// <remarks>It is made of what everybody at the table sees, and of nothing that is sealed.</remarks>
public sealed class TableSpace
{
    private const int StepsLeast = 5;
    private readonly AgendaTerm[] _agenda;

    public TableSpace(NegotiationState state)
    {
        _agenda = [.. state.Agenda];
        Options = [.. _agenda.Select(term => Filled(term, state.Options(term.Key)))];
        Space = new Space(
            [.. _agenda.Select((term, i) => Issue.Discrete(term.Key, [.. Options[i].Select(TermValueText.Write)]))],
                Budget(state));
    }

    public Space Space { get; }

    /// <summary>The values behind the options of each issue, in their order.</summary>
    public IReadOnlyList<IReadOnlyList<TermValue>> Options { get; }

    public IReadOnlyList<AgendaTerm> Agenda => _agenda;

    public IReadOnlyDictionary<string, TermValue> Values(Package package) =>
        _agenda.Select((term, i) => (term.Key, Value: Options[i][package[i]]))
            .ToDictionary(pair => pair.Key, pair => pair.Value);

    /// <summary>The package of some values; none when a value is no option.</summary>
    public Package? Find(IReadOnlyDictionary<string, TermValue> values)
    {
        var package = new int[_agenda.Length];
        for (var i = 0; i < package.Length; i++)
        {
            package[i] = values.TryGetValue(_agenda[i].Key, out var value) ? IndexOf(Options[i], value) : -1;
            if (package[i] < 0) return null;
        }

        return new Package(package);
    }

    /// <summary>Where a side stands on every term; for a term it has said nothing of, its worst option.</summary>
    public Package Position(NegotiationState state, Side side, IReadOnlyList<IReadOnlyList<double>> curves) =>
        new([.. _agenda.Select((term, i) => state.Position(side, term.Key) is { } value
            && IndexOf(Options[i], value) is >= 0 and var at
            ? at : WorstOf(curves[i]))]);

    /// <summary>What the open hard concerns forbid, by concern: values that do not meet them.</summary>
    public IReadOnlyList<(string Concern, Constraint Forbids)> HardNeeds(NegotiationState state) =>
        [.. state.OpenConcerns.Where(concern => concern.Need is not null)
            .Select(concern => (concern, At: Array.FindIndex(_agenda, term => term.Key == concern.Term)))
            .Select(pair => (pair.concern.Id, (Constraint)new Constraint.Forbidden($"concern {pair.concern.Id}",
                [new Choice(pair.At, [.. Enumerable.Range(0, Options[pair.At].Count)
                    .Where(v => !pair.concern.Need!.IsMetBy(Options[pair.At][v]))])])))];

    private static int WorstOf(IReadOnlyList<double> curve)
    {
        var worst = 0;
        for (var v = 1; v < curve.Count; v++)
            if (curve[v] < curve[worst]) worst = v;
        return worst;
    }

    internal static int IndexOf(IReadOnlyList<TermValue> options, TermValue value)
    {
        for (var i = 0; i < options.Count; i++)
            if (options[i] == value) return i;
        return -1;
    }

    /// <summary>Steps between the ends, so that there is something to meet at; words have no between.</summary>
    /// <remarks>They lie between the values that the agenda began with: whatever is offered later takes no option away, and
    /// an answer about one stays an answer.</remarks>
    private static IReadOnlyList<TermValue> Filled(AgendaTerm term, IReadOnlyList<TermValue> tabled)
    {
        var began = new[] { term.Term.Value, term.Offered, term.Asked }.Concat(term.Options).OfType<TermValue>().Distinct().ToList();
        if (began.Count is < 2 or >= StepsLeast || tabled.Any(value => value.Number is null)
            || tabled.Any(value => value.GetType() != tabled[0].GetType())) return tabled;
        var (low, high) = (began.Min(value => value.Number!.Value), began.Max(value => value.Number!.Value));
        var all = tabled.ToList();
        for (var step = 1; step < StepsLeast - 1; step++)
        {
            if (Between(tabled[0], low + (high - low) * step / (StepsLeast - 1)) is { } value
                && !all.Contains(value) && value.Number > low && value.Number < high) all.Add(value);
        }

        return tabled[0].Number < tabled[^1].Number ? [.. all.OrderBy(value => value.Number)]
            : [.. all.OrderByDescending(value => value.Number)];
    }

    private static TermValue? Between(TermValue like, decimal number) => like switch
    {
        TermValue.Share => new TermValue.Share(new Share(
            Math.Round(number * 100m, 3) / 1.000000000000000000000000000m)),
        TermValue.Span => new TermValue.Span(Duration.FromMinutes(
            (long)Math.Round(number / 60m / Grain(number)) * Grain(number))),
        TermValue.Days => new TermValue.Days((int)Math.Round(number)),
        TermValue.Count => new TermValue.Count(Math.Round(number)),
        TermValue.Price price => new TermValue.Price(new Money(Math.Round(number / 50m) * 50m, price.Money.Currency)),
        _ => null,
    };

    private static long Grain(decimal seconds) => seconds >= 7200m ? 30 : 1;

    private Constraint[] Budget(NegotiationState state)
    {
        if (state.Budget is not { } limit) return [];
        IReadOnlyList<IReadOnlyList<double>> costs = [.. _agenda.Select(
            (term, i) => (IReadOnlyList<double>)[.. Options[i].Select(value =>
            term.Term is Term.Charge && value is TermValue.Price { Money: var money } ? (double)money.Amount : 0)])];
        return [new Constraint.Budget("accounting's limit", costs, (double)limit.Amount)];
    }
}
