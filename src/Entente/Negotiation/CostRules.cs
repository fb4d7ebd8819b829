using Entente.Terms;
using NodaTime;

namespace Entente.Negotiation;

/// <summary>Decides who writes the cost model and who may read it.</summary>
public static class CostRules
{
    public static Decision<CostFact> Write(CostState state, Actor by, CostModel model, LocalDate from) =>
        by.Seat != Seat.Accounting ? new Refusal("cost.accounting_only", "Only accounting writes the cost model.")
        : state.Editions.LastOrDefault() is { } last && last.Model == model && last.EffectiveFrom == from
            ? Array.Empty<CostFact>()
        : new CostFact.Written(model, from);

    public static Decision<CostFact> Open(CostState state, Actor by, Seat to) =>
        by.Seat != Seat.Accounting ? new Refusal("cost.accounting_only", "Only accounting opens the cost model.")
        : state.IsReadBy(to) ? Array.Empty<CostFact>()
        : new CostFact.Opened(to);

    /// <summary>Everything that is wrong with a model: each place with what was expected there.</summary>
    public static IReadOnlyList<Finding> Validate(CostModel model, string path)
    {
        List<Finding> findings = [];
        if (!Money.TryParse($"{model.Currency} 0", out _))
            Add("currency", "cost.currency", $"expected a currency such as EUR, found \"{model.Currency}\"");
        if (model.Lines.Count == 0) Add("lines", "list.empty", "expected at least one line");
        for (var i = 0; i < model.Lines.Count; i++) Check(model.Lines[i], $"lines[{i}]");
        return findings;

        void Check(CostLine line, string at)
        {
            if (string.IsNullOrWhiteSpace(line.Name)) Add($"{at}.name", "text.missing", "expected what is paid for");
            if (line.Amount < 0) Add($"{at}.amount", "cost.negative", "expected an amount of 0 or more");
            if (line.People <= 0) Add($"{at}.people", "cost.people", "expected more than nobody");
            if (line.Kind is not CostKind.Fixed && line.Term is null)
                Add($"{at}.term", "text.missing", "expected the key of the term whose value decides");
            if (line.Kind is CostKind.Steps != line.Steps.Count > 0)
                Add($"{at}.steps", "cost.steps", line.Steps.Count > 0 ? "expected no steps for this kind" : "expected at least one step");
            for (var k = 0; k < line.Steps.Count; k++)
            {
                if (string.IsNullOrWhiteSpace(line.Steps[k].From))
                    Add($"{at}.steps[{k}].from", "text.missing", "expected a value such as 99.9 %");
                if (line.Steps[k].Amount < 0)
                    Add($"{at}.steps[{k}].amount", "cost.negative", "expected an amount of 0 or more");
            }
        }

        void Add(string field, string rule, string message) => findings.Add(Finding.Error($"{path}{field}", rule, message));
    }
}
