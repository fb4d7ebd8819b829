using System.Globalization;
using Entente.Terms;

namespace Entente.Negotiation;

/// <summary>How the cost of a line follows from the value of its term.</summary>
/// <remarks>
/// Fixed: whatever is promised. PerUnit: for each one of what the term counts. PerStaffedHour: for each open hour of
/// the calendar that the term promises or counts in. Steps: from a value on, such as the second site that 99.9 % needs.
/// </remarks>
public enum CostKind { Fixed, PerUnit, PerStaffedHour, Steps }

/// <summary>One reason why providing costs something, by the month.</summary>
/// <param name="Name">What is paid for: "Second data centre".</param>
/// <param name="Amount">By the month, by the unit or by the staffed hour; steps carry their own.</param>
/// <param name="Term">Key of the term whose value decides; none for a fixed line.</param>
/// <param name="People">How many are there at once in each staffed hour.</param>
public sealed record CostLine(
    string Name, CostKind Kind, decimal Amount = 0m, string? Term = null, decimal People = 1m,
    ValueList<CostStep> Steps = default);

/// <summary>What is paid by the month once a term promises this much or more.</summary>
/// <param name="From">The value from which it is needed, as people write it: <c>99.9 %</c>, <c>4 h</c>.</param>
public sealed record CostStep(string From, decimal Amount);

/// <summary>What it costs to provide what may be promised, by the month, as accounting knows it.</summary>
/// <param name="Currency">The one currency of all amounts.</param>
public sealed record CostModel(string Currency, ValueList<CostLine> Lines, string Notes = "");

/// <summary>One part of a cost and how it came about.</summary>
public sealed record CostPart(string Name, decimal Amount, string Words);

/// <summary>Computes what a value costs to provide.</summary>
public static class CostOf
{
    /// <summary>What the lines of a term cost by the month at a value; none when no line is about the term.</summary>
    /// <param name="openHours">Open hours of a calendar in a mean month, by its key; none means all hours.</param>
    public static IReadOnlyList<CostPart>? Value(
        CostModel model, Term term, TermValue value, Func<string?, decimal> openHours)
    {
        var parts = model.Lines.Where(line => line.Term == term.Key)
            .Select(line => Part(line, term, value, model.Currency, openHours)).OfType<CostPart>().ToList();
        return model.Lines.Any(line => line.Term == term.Key) ? parts : null;
    }

    /// <summary>What is paid whatever is promised.</summary>
    public static IReadOnlyList<CostPart> Fixed(CostModel model) =>
        [.. model.Lines.Where(line => line.Term is null).Select(line => new CostPart(
            line.Name, line.Amount, "whatever is promised"))];

    private static CostPart? Part(
        CostLine line, Term term, TermValue value, string currency, Func<string?, decimal> openHours)
    {
        switch (line.Kind)
        {
            case CostKind.Fixed:
                return new CostPart(line.Name, line.Amount, "whatever is promised");
            case CostKind.PerUnit when value.Number is { } number:
                return new CostPart(line.Name, Rounded(line.Amount * number), string.Create(CultureInfo.InvariantCulture,
                    $"{number:#,0.##} at {new Money(line.Amount, currency).Label} each"));
            case CostKind.PerStaffedHour:
                var hours = openHours(value is TermValue.Calendar calendar ? calendar.Key : term.Calendar);
                return new CostPart(line.Name, Rounded(line.Amount * hours * line.People), string.Create(
                    CultureInfo.InvariantCulture,
                    $"{hours:#,0.#} open hours a month, {line.People:0.##} at once, {new Money(line.Amount, currency).Label} an hour"));
            case CostKind.Steps:
                return Needed(line, term, value) is { } step
                    ? new CostPart(line.Name, step.Amount, $"needed from {step.From} on") : null;
            default:
                return null;
        }
    }

    /// <summary>The strictest step that a value reaches: the dearest of those it asks for.</summary>
    private static CostStep? Needed(CostLine line, Term term, TermValue value) =>
        line.Steps.Where(step => Reaches(term, value, TermValueReading.Read(term, step.From)))
            .OrderByDescending(step => step.Amount).FirstOrDefault();

    private static bool Reaches(Term term, TermValue value, TermValue? from) =>
        from is not null && (value == from || (value.Number, from.Number, term.MoreIsBetter) switch
        {
            ({ } promised, { } need, true) => promised >= need,
            ({ } promised, { } need, false) => promised <= need,
            _ => false,
        });

    private static decimal Rounded(decimal amount) => Math.Round(amount, 2);
}
