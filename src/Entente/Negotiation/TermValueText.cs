using System.Globalization;
using Entente.Terms;

namespace Entente.Negotiation;

/// <summary>Values of terms as people type them: <c>99.9 %</c>, <c>4 h</c>, <c>EUR 44500</c>, <c>2 business
/// days</c>.</summary>
public static class TermValueText
{
    /// <summary>How a field is filled, so that it reads back as the same value.</summary>
    public static string Write(TermValue value) => value switch
    {
        TermValue.Count count => count.Of.ToString(CultureInfo.InvariantCulture),
        TermValue.Price price => price.Money.ToString(),
        _ => value.Label,
    };

    /// <summary>An example of what a term's field expects.</summary>
    public static string Expected(Term term) => term.Value switch
    {
        TermValue.Share => Share.Expected,
        TermValue.Span or TermValue.Days => TimeLimit.Expected,
        TermValue.Count => "a number such as 3",
        TermValue.Price => Money.Expected,
        TermValue.Calendar => "the key of a calendar",
        TermValue.Choice => $"one of {string.Join(", ", ((Term.FreeClause)term).Choices)}",
        _ => "words",
    };

    /// <summary>Reads a value of the kind that the term is bargained over; none when the text is no such
    /// value.</summary>
    public static TermValue? Read(Term term, string text)
    {
        text = text.Trim();
        if (text.Length == 0) return null;
        TermValue? value = term.Value switch
        {
            TermValue.Share when Share.TryParse(text.EndsWith('%') ? text : text + " %", out var share) =>
                new TermValue.Share(share),
            TermValue.Span or TermValue.Days when TimeLimit.TryParse(text, out var limit) && limit.IsMeasurable =>
                limit.AsValue(),
            TermValue.Count when decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands,
                CultureInfo.InvariantCulture, out var count) =>
                new TermValue.Count(count),
            TermValue.Price when Money.TryParse(text, out var money) => new TermValue.Price(money),
            TermValue.Price price when decimal.TryParse(text,
                NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands, CultureInfo.InvariantCulture,
                out var amount) =>
                new TermValue.Price(new Money(amount, price.Money.Currency)),
            TermValue.Calendar => new TermValue.Calendar(text),
            TermValue.Choice => new TermValue.Choice(text),
            TermValue.Text => new TermValue.Text(text),
            _ => null,
        };
        return value is not null && !term.With(value).IsRefused ? value : null;
    }
}
