using System.Globalization;
using NodaTime;

namespace Entente.Terms;

/// <summary>What holds of a term only until something has happened: another value, or credits that count several
/// times.</summary>
/// <param name="Until">What ends it, in words: "the new data centre is live". Terms that name the same words end
/// together.</param>
/// <param name="Value">The value meanwhile; none keeps the term's own.</param>
/// <param name="CreditTimes">How many times a credit counts meanwhile; none leaves it.</param>
/// <param name="At">The last day it can hold, whatever happened.</param>
public sealed record Contingent(string Until, TermValue? Value = null, decimal? CreditTimes = null,
    LocalDate? At = null)
{
    /// <summary>Whether it still holds on a day. From the day on which it is said to have happened, it does
    /// not.</summary>
    public bool HoldsOn(LocalDate day, IReadOnlyDictionary<string, LocalDate> happened) =>
        !(day > At) && !(happened.TryGetValue(Until, out var on) && on <= day);

    /// <summary>For the eye: <c>10 %</c>, <c>credits count 2 times</c>.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string Label => string.Join(" and ", new[]
    {
        Value?.Label,
        CreditTimes is { } times
            ? string.Create(CultureInfo.InvariantCulture, $"credits count {times:0.##} times") : null,
    }.OfType<string>());

    [System.Text.Json.Serialization.JsonIgnore]
    public string Words => $"Until {Until}{(At is { } last
        ? string.Create(CultureInfo.InvariantCulture, $", at the latest until {last:uuuu-MM-dd}") : "")}: {Label}.";
}

/// <summary>Reads terms as they stand on a day.</summary>
public static class Contingents
{
    /// <summary>The term with whatever holds of it on a day; the same term when nothing does.</summary>
    /// <remarks>Of two that hold at once, the later one in the list gives the value, and their credits
    /// multiply.</remarks>
    public static Term On(Term term, LocalDate day, IReadOnlyDictionary<string, LocalDate> happened)
    {
        foreach (var one in term.Contingents.Where(one => one.HoldsOn(day, happened)))
        {
            if (one.Value is { } value && term.With(value) is { IsRefused: false, Facts: [var changed] }) term = changed;
            if (one.CreditTimes is { } times && term.Credit is { } ladder)
                term = term with { Credit = Times(ladder, times) };
        }

        return term;
    }

    /// <summary>Which of a term's contingents hold on a day, in words.</summary>
    public static IEnumerable<string> Words(Term term, LocalDate day, IReadOnlyDictionary<string, LocalDate> happened)
        => term.Contingents.Where(one => one.HoldsOn(day, happened)).Select(one => one.Words);

    /// <remarks>The cap is a promise of its own and stays.</remarks>
    private static CreditLadder Times(CreditLadder ladder, decimal times) => ladder with
    {
        Bands = [.. ladder.Bands.Select(band => band with
        {
            Credit = band.Credit with
            {
                Share = band.Credit.Share is { } share ? new Share(share.Percent * times) : null,
                Money = band.Credit.Money is { } money ? new Money(money.Amount * times, money.Currency) : null,
            },
        })],
    };
}
