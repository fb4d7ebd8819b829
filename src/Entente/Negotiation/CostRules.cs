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
        : state.Limit is { } limit && limit.Currency != model.Currency ? new Refusal(
            "cost.currency", $"The limit of what packages may cost is in {limit.Currency}: set it anew or keep the currency.")
        : new CostFact.Written(model, from);

    /// <summary>The most that a package may cost to provide. The first limit needs no reason; raising or lifting one
    /// does.</summary>
    public static Decision<CostFact> Limit(CostState state, Actor by, Money? limit, string? reason, LocalDate today) =>
        by.Seat != Seat.Accounting ? new Refusal("cost.accounting_only", "Only accounting sets the limit of what packages cost.")
        : state.Limit == limit ? Array.Empty<CostFact>()
        : limit is { Amount: < 0 } ? new Refusal("negotiation.budget_negative", "A limit is not below nothing.")
        : limit is not null && state.InForceAt(today) is null ? new Refusal(
            "cost.no_model", "Write the cost model first: without it nobody knows what a package costs.")
        : limit is { } most && most.Currency != state.InForceAt(today)!.Model.Currency ? new Refusal(
            "cost.currency", $"The cost model is in {state.InForceAt(today)!.Model.Currency}: set the limit in it.")
        : state.Limit is { } before && !(limit?.Amount < before.Amount) && string.IsNullOrWhiteSpace(reason)
            ? new Refusal("negotiation.reason_missing", "Raising the limit needs a reason.")
        : new CostFact.Limited(limit, string.IsNullOrWhiteSpace(reason) ? null : reason.Trim());

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
