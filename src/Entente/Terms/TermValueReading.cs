using System.Globalization;

namespace Entente.Terms;

/// <summary>Reads a value as a person writes one, in the kind that a term is bargained over.</summary>
public static class TermValueReading
{
    /// <summary>None when the text is no value that the term could take.</summary>
    public static TermValue? Read(Term term, string text)
    {
        text = text.Trim();
        if (Objective.TryParse(text, out var objective)
            && objective.Unit == Unit.Percent) return new TermValue.Share(new Share(objective.Target));
        if (Money.TryParse(text, out var money)) return new TermValue.Price(money);
        switch (term)
        {
            case Term.Latency or Term.TicketClock:
                if (!TimeLimit.TryParse(text, out var limit) || !limit.IsMeasurable) return null;
                return limit.AsValue();
            case Term.SupportHours:
                return new TermValue.Calendar(text);
            case Term.FreeClause clause:
                return clause.Choices is [] ? new TermValue.Text(text) : new TermValue.Choice(text);
            case Term.Availability or Term.EventRatio
                when decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var bare):
                // 99.95 can only be meant in per cent; 0.9995 as a share of one.
                return bare > 100m ? null : new TermValue.Share(bare > 1m ? new Share(bare) : Share.FromValue(bare));
            default:
                return Objective.TryParse(text, out objective) ? new TermValue.Count(objective.Target) : null;
        }
    }

    /// <summary>The same term with another share that must be met, whichever of its two numbers is bargained
    /// over.</summary>
    public static Decision<Term> WithTarget(Term term, TermValue value) => term switch
    {
        Term.Latency latency => Kept(latency, (latency with { Negotiable = Facet.Target }).With(value)),
        Term.TicketClock clock => Kept(clock, (clock with { Negotiable = Facet.Target }).With(value)),
        _ => term.With(value),
    };

    private static Decision<Term> Kept(Term before, Decision<Term> after) => after.IsRefused ? after
        : (before, after.Facts[0]) switch
        {
            (Term.Latency old, Term.Latency now) => now with { Negotiable = old.Negotiable },
            (Term.TicketClock old, Term.TicketClock now) => now with { Negotiable = old.Negotiable },
            (_, var now) => now,
        };
}
