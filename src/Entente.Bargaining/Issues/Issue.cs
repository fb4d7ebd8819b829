using System.Globalization;

namespace Entente.Bargaining.Issues;

/// <summary>What the options of an issue are: names, a ladder, whole numbers, steps of a quantity, or amounts of
/// money.</summary>
public enum IssueKind { Discrete, Ordered, Integer, Stepped, Money }

/// <summary>One thing to agree on, with a finite list of options in a fixed order.</summary>
/// <param name="Values">The options as people read them; at least one, no two alike.</param>
/// <param name="Numbers">The options as quantities, ascending, where the kind has them (in <paramref
/// name="Unit"/>).</param>
public sealed record Issue(
    string Name, IssueKind Kind, IReadOnlyList<string> Values, IReadOnlyList<double>? Numbers = null,
        string? Unit = null)
{
    public int Count => Values.Count;

    public static Issue Discrete(string name, params IReadOnlyList<string> values) =>
        new(name, IssueKind.Discrete, values);

    /// <summary>Options from worst to best or back, for which value curves may be monotone.</summary>
    public static Issue Ordered(string name, params IReadOnlyList<string> values) =>
        new(name, IssueKind.Ordered, values, [.. Enumerable.Range(0, values.Count).Select(i => (double)i)]);

    /// <summary>Every whole number from <paramref name="lower"/> to <paramref name="upper"/>, both included.</summary>
    public static Issue Integer(string name, long lower, long upper) =>
        Range(name, IssueKind.Integer, lower, upper, 1, null);

    /// <summary>A continuous quantity in steps from <paramref name="lower"/>; the last step never passes the upper
    /// end.</summary>
    public static Issue Stepped(string name, decimal lower, decimal upper, decimal step, string? unit = null) =>
        Range(name, IssueKind.Stepped, lower, upper, step, unit);

    /// <summary>An amount of money in steps, in <paramref name="currency"/>.</summary>
    public static Issue Money(string name, decimal lower, decimal upper, decimal step, string currency) =>
        Range(name, IssueKind.Money, lower, upper, step, currency);

    public int IndexOf(string value)
    {
        for (var i = 0; i < Values.Count; i++)
            if (Values[i] == value) return i;
        return -1;
    }

    private static Issue Range(string name, IssueKind kind, decimal lower, decimal upper, decimal step, string? unit)
    {
        if (step <= 0 || upper < lower || (upper - lower) / step > 1_000_000)
            throw new BargainException("bargain.issue_range", name,
                $"The issue '{name}' needs lower <= upper, a step above zero and at most a million options.");
        decimal[] numbers = [.. Enumerable.Range(0, (int)((upper - lower) / step) + 1).Select(i => lower + i * step)];
        return new Issue(name, kind, [.. numbers.Select(n => n.ToString(CultureInfo.InvariantCulture))],
            [.. numbers.Select(n => (double)n)], unit);
    }
}
