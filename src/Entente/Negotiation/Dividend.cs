using Entente.Terms;

namespace Entente.Negotiation;

/// <summary>What one term brought a party, by the month.</summary>
/// <param name="From">The value without this agreement: in force before, else what the provider's spec sheet began
/// with.</param>
public sealed record DividendLine(string Term, string Title, string From, string To, decimal Amount);

/// <summary>What a negotiation brought one party against the status quo, in its own money, by the month.</summary>
/// <param name="Avoided">Spending that was asked for on the way and that nobody makes now.</param>
/// <param name="Unknown">Titles of terms that no figure is known of: they are not in the sum.</param>
public sealed record Dividend(
    string Currency, decimal Total, ValueList<DividendLine> Lines, ValueList<DividendLine> Avoided, ValueList<string> Unknown)
{
    /// <summary>None when nothing is known in money.</summary>
    public static Dividend? Of(Seat seat, NegotiationState state, Offer agreed, TableMoney money)
    {
        if (money.Currency is not { } currency) return null;
        var (lines, unknown) = (new List<DividendLine>(), new List<string>());
        foreach (var term in state.Agenda)
        {
            var (before, after) = (StatusQuo(state, term), agreed.Package[term.Key]);
            if (Worth(term, before) is { } was && Worth(term, after) is { } now)
                lines.Add(new DividendLine(term.Key, term.Term.Title, before.Label, after.Label, now - was));
            else unknown.Add(term.Term.Title);
        }

        return lines.Count == 0 ? null : new Dividend(currency, lines.Sum(line => line.Amount),
            lines.ToValueList(), Spared(seat, state, agreed, money, currency).ToValueList(), unknown.ToValueList());

        decimal? Worth(AgendaTerm term, TermValue value) => money.Find(term.Key, value) is { } option
            ? FirstPreference.WorthOf(seat, term.Term, option, currency) : null;
    }

    /// <summary>What stands without this agreement.</summary>
    public static TermValue StatusQuo(NegotiationState state, AgendaTerm term) =>
        state.Amends is null ? term.Offered ?? term.Term.Value : term.Term.Value;

    /// <summary>Where the dearest value that was ever on the table cost this party more than what was agreed.</summary>
    private static IEnumerable<DividendLine> Spared(
        Seat seat, NegotiationState state, Offer agreed, TableMoney money, string currency)
    {
        foreach (var term in state.Agenda)
        {
            var tabled = new[] { term.Asked, term.Offered }.Concat(state.Offers.Select(offer => offer.Package.GetValueOrDefault(term.Key)))
                .OfType<TermValue>().Distinct().Select(value => (Value: value, Spent: Spent(term, value)))
                .Where(one => one.Spent is not null).ToList();
            if (tabled.Count == 0 || Spent(term, agreed.Package[term.Key]) is not { } now) continue;
            var most = tabled.MaxBy(one => one.Spent);
            if (most.Spent > now)
                yield return new DividendLine(term.Key, term.Term.Title, most.Value.Label,
                    agreed.Package[term.Key].Label, most.Spent.Value - now);
        }

        decimal? Spent(AgendaTerm term, TermValue value) => (seat, value) switch
        {
            (Seat.Customer or Seat.Accounting, TermValue.Price { Money: var price })
                when term.Term is Term.Charge && price.Currency == currency => price.Amount,
            (Seat.Customer, _) => null,
            _ => money.Find(term.Key, value)?.Cost,
        };
    }
}
