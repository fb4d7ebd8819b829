using Entente.Agreements;
using Entente.Negotiation;
using Entente.Terms;

namespace Entente.Server.Negotiation;

/// <summary>Gathers the evidence of every kind for the options of a table.</summary>
public sealed class EvidenceDesk(IEnumerable<ITermEvidence> evidences)
{
    private const int ValuesMost = 4;

    /// <summary>Of the values that both sides stand at, and those that the agenda names.</summary>
    public Task<IReadOnlyDictionary<string, IReadOnlyList<EvidenceChip>>> OfPositions(
        string engagement, NegotiationState table, EvidenceReader reader, CancellationToken cancel) =>
        Of(new EvidenceQuestion(engagement, table, table.Agenda.ToDictionary(item => item.Key, item =>
            (IReadOnlyList<TermValue>)[.. new[] { table.Position(Side.Provider, item.Key), table.Position(Side.Customer, item.Key) }
                .OfType<TermValue>().Concat(item.Options).DistinctBy(value => value.Label).Take(ValuesMost)]), reader), cancel);

    /// <summary>Of every option that the engine sees.</summary>
    public Task<IReadOnlyDictionary<string, IReadOnlyList<EvidenceChip>>> OfOptions(
        string engagement, NegotiationState table, EvidenceReader reader, CancellationToken cancel) =>
        Of(new EvidenceQuestion(engagement, table, Options(table), reader), cancel);

    /// <summary>Of one package.</summary>
    public Task<IReadOnlyDictionary<string, IReadOnlyList<EvidenceChip>>> OfPackage(
        string engagement, NegotiationState table, IReadOnlyDictionary<string, TermValue> package, EvidenceReader reader,
        CancellationToken cancel) =>
        Of(new EvidenceQuestion(engagement, table, package.ToDictionary(
            pair => pair.Key, pair => (IReadOnlyList<TermValue>)[pair.Value]), reader), cancel);

    /// <summary>Every option in money, as far as the reader may know it.</summary>
    public async Task<TableMoney> Money(
        string engagement, NegotiationState table, EvidenceReader reader, CancellationToken cancel = default)
    {
        var (options, chips) = (Options(table), await OfOptions(engagement, table, reader, cancel));
        var currency = chips.Values.SelectMany(all => all).Select(chip => chip.Amount?.Currency).FirstOrDefault(one => one is not null)
            ?? table.Agenda.Select(item => item.Term).OfType<Term.Charge>().FirstOrDefault()?.Amount.Currency;
        return currency is null ? TableMoney.Unknown : new TableMoney(currency, options.ToDictionary(
            pair => pair.Key, pair => (IReadOnlyList<OptionMoney>)[.. pair.Value.Select(value => new OptionMoney(
                value, Sum(pair.Key, value, EvidenceKind.Cost), Sum(pair.Key, value, EvidenceKind.Credit),
                Sum(pair.Key, value, EvidenceKind.Loss)))]));

        decimal? Sum(string term, TermValue value, EvidenceKind kind) =>
            (chips.GetValueOrDefault(term) ?? []).Where(chip => chip.Kind == kind && chip.Option == value)
                .Select(chip => chip.Amount).OfType<Money>().Where(money => money.Currency == currency).ToList()
                is { Count: > 0 } known ? known.Sum(money => money.Amount) : null;
    }

    /// <summary>An agenda with the values that IT's levels and the measured history bring to it.</summary>
    public async Task<ValueList<AgendaTerm>> WithOptions(
        string engagement, ValueList<AgendaTerm> agenda, AgreementDocument frame)
    {
        var options = agenda.ToDictionary(term => term.Key, term => term.Options.ToList());
        foreach (var evidence in evidences)
        {
            foreach (var (key, values) in await evidence.Suggest(engagement, agenda, frame)) options[key].AddRange(values);
        }

        return agenda.Select(term => term with
        {
            Options = options[term.Key].Where(value => !term.Term.With(value).IsRefused
                && value != term.Asked && value != term.Offered && value != term.Term.Value).Distinct().ToValueList(),
        }).ToValueList();
    }

    public async Task<IReadOnlyDictionary<string, IReadOnlyList<EvidenceChip>>> Of(
        EvidenceQuestion question, CancellationToken cancel)
    {
        var chips = new Dictionary<string, IReadOnlyList<EvidenceChip>>(StringComparer.Ordinal);
        foreach (var evidence in evidences)
        {
            foreach (var (term, more) in await evidence.Of(question, cancel))
                chips[term] = [.. chips.GetValueOrDefault(term) ?? [], .. more];
        }

        return chips;
    }

    private static Dictionary<string, IReadOnlyList<TermValue>> Options(NegotiationState table)
    {
        var space = new TableSpace(table);
        return space.Agenda.Select((item, i) => (item.Key, Values: space.Options[i])).ToDictionary(pair => pair.Key, pair => pair.Values);
    }
}
