using Entente.Terms;

namespace Entente.Negotiation;

/// <summary>What a party is taken to want before it has said anything, so that nobody starts from an empty
/// sheet.</summary>
/// <remarks>
/// The provider wants little cost and few credits, the customer little loss, accounting little spending; a charge is
/// money by itself. A term that no figure is known of has none: there the table's own positions speak.
/// </remarks>
/// <param name="Worth">By term: what each option is worth to the party, in money by the month.</param>
public sealed record FirstPreference(
    string Currency, IReadOnlyDictionary<string, IReadOnlyDictionary<TermValue, decimal>> Worth)
{
    private const double Raised = 100;
    private const double Staffed = 60;
    private const double Paid = 40;
    private const double Otherwise = 20;

    /// <summary>By term: how near it is to a stakeholder, who has no money at stake; empty for the other parties.</summary>
    public IReadOnlyDictionary<string, double> Touched { get; init; } = new Dictionary<string, double>();

    /// <summary>What touches stakeholders: first what they raised a concern on, then the hours that people work and the
    /// clocks that run in them, then what is charged.</summary>
    /// <remarks>A concern without a name counts for nothing here, or the room would tell who raised it.</remarks>
    public static FirstPreference? Touching(NegotiationState state)
    {
        var raised = state.Concerns.Where(one => one is { Seat: Seat.Stakeholder, Anonymous: false, IsWithdrawn: false })
            .Select(one => one.Term).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var touched = state.Agenda.ToDictionary(term => term.Key, term => raised.Contains(term.Key) ? Raised : term.Term switch
        {
            Term.SupportHours or Term.TicketClock => Staffed,
            { Calendar: not null } => Staffed,
            Term.Charge => Paid,
            _ => Otherwise,
        });
        return touched.Values.Distinct().Count() < 2 ? null
            : new FirstPreference("", new Dictionary<string, IReadOnlyDictionary<TermValue, decimal>>()) { Touched = touched };
    }

    public static FirstPreference? Of(Seat seat, IEnumerable<AgendaTerm> agenda, TableMoney money)
    {
        if (money.Currency is not { } currency) return null;
        var worth = new Dictionary<string, IReadOnlyDictionary<TermValue, decimal>>(StringComparer.Ordinal);
        foreach (var term in agenda)
        {
            var options = (money.Terms.GetValueOrDefault(term.Key) ?? [])
                .Select(option => (option.Value, Worth: WorthOf(seat, term.Term, option, currency))).ToList();
            if (options.Count < 2 || options.Exists(option => option.Worth is null)) continue;
            if (options.Select(option => option.Worth).Distinct().Count() < 2) continue;
            worth[term.Key] = options.DistinctBy(option => option.Value)
                .ToDictionary(option => option.Value, option => option.Worth!.Value);
        }

        return worth.Count == 0 ? null : new FirstPreference(currency, worth);
    }

    /// <summary>Points for each term known in money, 100 for the one with the most at stake.</summary>
    public IReadOnlyDictionary<string, double> Swings
    {
        get
        {
            if (Touched.Count > 0) return Touched;
            var spans = Worth.ToDictionary(term => term.Key, term => term.Value.Values.Max() - term.Value.Values.Min());
            var most = spans.Values.Max();
            return spans.ToDictionary(span => span.Key, span => (double)(100m * span.Value / most));
        }
    }

    /// <summary>Values from 0 to 1 for some options; none when one of them is not known.</summary>
    public double[]? Curve(string term, IReadOnlyList<TermValue> options)
    {
        if (Worth.GetValueOrDefault(term) is not { } known || options.Any(option => !known.ContainsKey(option))) return null;
        var (low, high) = (options.Min(option => known[option]), options.Max(option => known[option]));
        return high == low ? null : [.. options.Select(option => (double)((known[option] - low) / (high - low)))];
    }

    /// <summary>What an option is worth to a party, in money by the month; none where that is not known.</summary>
    internal static decimal? WorthOf(Seat seat, Term term, OptionMoney option, string currency)
    {
        if (term is Term.Charge)
        {
            if (option.Value is not TermValue.Price { Money: var price } || price.Currency != currency) return null;
            return seat is Seat.Provider ? price.Amount - (option.Cost ?? 0m) : -price.Amount;
        }

        return seat switch
        {
            Seat.Provider => option is { Cost: null, Credit: null } ? null : -(option.Cost ?? 0m) - (option.Credit ?? 0m),
            Seat.Customer => option.Loss is null ? null : (option.Credit ?? 0m) - option.Loss,
            Seat.Accounting => option is { Cost: null, Credit: null } ? null : -(option.Cost ?? 0m) - (option.Credit ?? 0m),
            _ => null,
        };
    }
}
