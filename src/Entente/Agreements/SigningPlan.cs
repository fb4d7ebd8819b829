using Entente.ServiceTime.Windows;
using Entente.Terms;
using NodaTime;

namespace Entente.Agreements;

/// <summary>Whose signatures an agreement needs. Those of one step may sign in any order; a later step waits.</summary>
public sealed record SigningPlan(ValueList<Signatory> Signatories)
{
    /// <summary>One person of the provider and one of the customer, in any order.</summary>
    public static SigningPlan Default { get; } = new([
        new Signatory("provider", Seat.Provider), new Signatory("customer", Seat.Customer)]);

    /// <summary>Names each signatory by its seat, and the second of a seat with a number.</summary>
    public static SigningPlan Of(IEnumerable<Signatory> signatories)
    {
        Dictionary<Seat, int> counts = [];
        return new(signatories.Select(one =>
        {
            var count = counts[one.Seat] = counts.GetValueOrDefault(one.Seat) + 1;
            return one with { Key = count == 1 ? one.Seat.Words : $"{one.Seat.Words}-{count}" };
        }).ToValueList());
    }

    public Signatory? Find(string key) => Signatories.FirstOrDefault(one => one.Key == key);

    /// <summary>The signatures that a document needs: some only above a yearly value.</summary>
    public IEnumerable<Signatory> For(AgreementDocument document) => Signatories.Where(one => one.IsNeededFor(document));
}

/// <summary>One signature that an agreement needs.</summary>
/// <param name="Key">Its name within the plan: <c>provider</c>, <c>provider-2</c>.</param>
/// <param name="Person">Who gives it; none lets anybody of the seat give it.</param>
/// <param name="Step">Everybody of an earlier step signs first.</param>
/// <param name="UpTo">The yearly value that this person may sign for; above it somebody of the same seat with more
/// authority signs too.</param>
/// <param name="Above">The yearly value above which this signature is needed; none needs it always.</param>
public sealed record Signatory(
    string Key, Seat Seat, string? Person = null, string? Name = null, int Step = 1, Money? UpTo = null,
    Money? Above = null)
{
    /// <summary>Who signs, in words: "Ido", or "the provider".</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string Words => Name ?? (Seat is Seat.Stakeholder ? "a stakeholder" : Seat is Seat.Accounting ? "accounting" : $"the {Seat.Words}");

    /// <summary>For what the signatory may sign, in words.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string Authority => $"{(UpTo is { } most ? $"up to {most.Label} a year" : "without limit")}"
        + $"{(Above is { } above ? $"; needed above {above.Label}" : "")}";

    /// <summary>Whether it is the same one who signs, whatever the step and the authority.</summary>
    internal bool IsSame(Signatory other) => Person == other.Person && Seat == other.Seat;

    /// <summary>Whether the plan gives this signature to somebody, delegations aside.</summary>
    public bool IsHeldBy(Actor actor) => Person is null ? actor.Seat == Seat : actor.Id == Person;

    /// <remarks>Where the value cannot be compared, the further signature is needed.</remarks>
    internal bool IsNeededFor(AgreementDocument document) => Above is not { } above
        || YearlyValue.Of(document, above.Currency) is not { } value || value > above.Amount;

    /// <summary>Whether this person may sign alone for what a document is worth.</summary>
    public bool Covers(AgreementDocument document) => UpTo is not { } most
        || YearlyValue.Of(document, most.Currency) is { } value && value <= most.Amount;
}

/// <summary>A signature that another person of the same seat gives instead.</summary>
/// <param name="Until">The last day on which it holds; none holds for the agreement.</param>
/// <param name="By">Who delegated it, and may take it back.</param>
public sealed record Delegation(string Person, string Name, string Reason, LocalDate? Until, string By, string ByName)
{
    public bool HoldsOn(LocalDate day) => !(Until < day);
}

/// <summary>What an agreement is worth: its charges over a year.</summary>
public static class YearlyValue
{
    private const decimal DaysOfYear = 365m;

    /// <summary>The sum in a currency; none when something is charged in another one.</summary>
    public static decimal? Of(AgreementDocument document, string currency)
    {
        var charges = document.Terms.OfType<Term.Charge>().Where(charge => charge.Amount.Amount != 0m).ToList();
        return charges.Exists(charge => charge.Amount.Currency != currency) ? null
            : charges.Sum(charge => charge.Amount.Amount * Times(charge.Period ?? document.Period));
    }

    /// <summary>The sums by currency, for the eye.</summary>
    public static IReadOnlyList<Money> Of(AgreementDocument document) =>
        [.. document.Terms.OfType<Term.Charge>().Where(charge => charge.Amount.Amount != 0m)
            .GroupBy(charge => charge.Amount.Currency, StringComparer.Ordinal)
            .Select(all => new Money(
                Math.Round(all.Sum(charge => charge.Amount.Amount * Times(charge.Period ?? document.Period)), 2), all.Key))];

    private static decimal Times(TermPeriod period) => period switch
    {
        { Length: { } length } => DaysOfYear / (decimal)length.TotalDays,
        { Unit: PeriodUnit.Day } => DaysOfYear,
        { Unit: PeriodUnit.Week } => DaysOfYear / 7m,
        { Unit: PeriodUnit.Month } => 12m,
        { Unit: PeriodUnit.Quarter } => 4m,
        _ => 1m,
    };
}
