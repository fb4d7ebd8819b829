using System.Globalization;
using Entente.Documentation;
using Entente.Terms;
using NodaTime;

namespace Entente.Negotiation;

/// <summary>What the levels of IT's interview cost by the month, where accounting's model says nothing of a term.</summary>
/// <remarks>What it takes once is spread over the months of the agreement, twelve where it names no end. What each unit
/// adds is counted by the workload on the table, else by the requests that IT can take; an unknown number adds
/// nothing and says so.</remarks>
public static class LevelCosts
{
    private const int MonthsOtherwise = 12;

    public static CostModel? Model(
        string term, IReadOnlyList<LevelCost> levels, NegotiationState table, decimal? requestsPerMonth)
    {
        if (levels.SelectMany(level => level.Amounts).Select(money => money.Currency).FirstOrDefault() is not { } currency)
            return null;
        var months = Months(table);
        List<CostLine> lines =
        [
            Line("What this level takes", level => level.PerMonth?.Amount),
            Line($"What it takes once, over {months} months", level => level.Once?.Amount / months),
        ];
        foreach (var unit in levels.Where(level => level.PerUnit is not null).Select(level => level.Unit).Distinct())
        {
            var count = Units(table, unit, requestsPerMonth);
            lines.Add(Line(count is null ? $"For each {unit}, and nobody says how many there are" : string.Create(
                CultureInfo.InvariantCulture, $"For each {unit}, {count:#,0.##} of them"),
                level => level.Unit == unit ? level.PerUnit?.Amount * (count ?? 0m) : null));
        }

        return new CostModel(currency, lines.Where(line => line.Steps.Count > 0).ToValueList());

        CostLine Line(string name, Func<LevelCost, decimal?> amount) => new(name, CostKind.Steps, Term: term, Steps: levels
            .Where(level => level.Amounts.All(money => money.Currency == currency))
            .Select(level => (level, Amount: amount(level))).Where(one => one.Amount is not null)
            .Select(one => new CostStep(one.level.Level.Label, Math.Round(one.Amount!.Value, 2))).ToValueList());
    }

    private static int Months(NegotiationState table) => table is { EffectiveFrom: { } from, Ends: { } ends } && ends > from
        ? Math.Max(1, Period.Between(from, ends, PeriodUnits.Months).Months) : MonthsOtherwise;

    private static decimal? Units(NegotiationState table, string unit, decimal? requestsPerMonth) =>
        table.Agenda.Select(item => item.Term).OfType<Term.Workload>()
            .FirstOrDefault(load => Singular(load.Of) == Singular(unit))?.Limit.Value
        ?? (Singular(unit) is "request" or "ticket" ? requestsPerMonth : null);

    private static string Singular(string word) => word.Trim().ToLowerInvariant().TrimEnd('s');
}
