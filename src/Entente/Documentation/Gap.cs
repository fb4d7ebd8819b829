using System.Globalization;
using Entente.Terms;
using NodaTime;

namespace Entente.Documentation;

/// <summary>How far an offer lies from what is asked, in numbers and in words.</summary>
public static class Gap
{
    /// <summary>Asked minus offered on the term's number line: positive when the customer asks for more of it; nothing where words are compared.</summary>
    public static decimal? Of(TermPair pair) => pair switch
    {
        { Asked.Value: TermValue.Price asked, Offered.Value: TermValue.Price offered } when asked.Money.Currency != offered.Money.Currency => null,
        { Asked.Value: var asked, Offered.Value: var offered } when asked.GetType() != offered.GetType() => null,
        { Asked.Value.Number: { } asked, Offered.Value.Number: { } offered } => asked - offered,
        _ => null,
    };

    /// <summary>Whether the offer is worse for the customer than what is asked; nothing when that cannot be told.</summary>
    public static bool? FallsShort(TermPair pair) =>
        pair.IsAgreed ? false
        : pair.Offered is null ? true
        : Of(pair) is { } gap && pair.Asked!.MoreIsBetter is { } more ? (more ? gap > 0 : gap < 0)
        : null;

    /// <summary>For the eye: <c>0.4 points short</c>, <c>4 h longer</c>.</summary>
    public static string Words(TermPair pair) => pair switch
    {
        { IsAgreed: true } => "the same",
        { Asked: null } => "not asked for",
        { Offered: null } => "not offered",
        _ when Of(pair) is { } gap => $"{Size(pair.Asked.Value, gap)} {Direction(pair)}",
        _ => $"{pair.Asked.Value.KindName} against {pair.Offered.Value.KindName}",
    };

    private static string Direction(TermPair pair) => (FallsShort(pair), pair.Asked!.Value) switch
    {
        (null, _) => "apart",
        (true, TermValue.Span or TermValue.Days) => "longer than asked",
        (true, TermValue.Price) => "more than asked",
        (true, _) => "short of what is asked",
        (false, _) => "better than asked",
    };

    private static string Size(TermValue value, decimal gap) => value switch
    {
        TermValue.Share => string.Create(CultureInfo.InvariantCulture, $"{Math.Abs(gap) * 100m / 1.000000000000000000000000000m} percentage points"),
        TermValue.Span => TimeLimit.Words(Duration.FromSeconds((double)Math.Abs(gap))),
        TermValue.Days => Math.Abs(gap) == 1 ? "1 business day" : $"{Math.Abs(gap)} business days",
        TermValue.Price price => new Money(Math.Abs(gap), price.Money.Currency).Label,
        _ => Math.Abs(gap).ToString("#,0.####", CultureInfo.InvariantCulture),
    };
}
