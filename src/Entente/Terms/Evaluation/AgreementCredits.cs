namespace Entente.Terms.Evaluation;

/// <summary>The credits of all terms together, under the agreement's caps.</summary>
/// <param name="Due">What is due by term, before caps.</param>
/// <param name="Total">What is due in all, after caps.</param>
/// <param name="Caps">Which cap took how much away.</param>
public sealed record AgreementCredit(IReadOnlyDictionary<string, Money> Due, Money Total, IReadOnlyList<string> Caps,
    string Label);

/// <summary>Adds up credits and applies the terms that cap them.</summary>
public static class AgreementCredits
{
    public static AgreementCredit? Of(IReadOnlyList<Term> terms, MeasuringContext context,
        IReadOnlyList<TermResult> results)
    {
        var due = results.Where(result => result.Credit?.Amount is { Amount: > 0 })
            .ToDictionary(result => result.Term, result => result.Credit!.Amount!.Value);
        if (results.Count > 0) terms = [.. terms.Select(term => context.On(term, results[0].Period.From))];
        if (due.Count == 0 || due.Values.Select(money => money.Currency).Distinct().Count() != 1) return null;
        var currency = due.Values.First().Currency;
        var left = due.ToDictionary(pair => pair.Key, pair => pair.Value.Amount);
        List<string> caps = [];
        foreach (var cap in terms.OfType<Term.ServiceCredit>())
        {
            var covered = left.Keys.Where(key => cap.Covers is [] || cap.Covers.Contains(key)).ToArray();
            if (covered.Length == 0 || FeeOf(cap, covered[0], terms, context, results) is not { } fee) continue;
            var (sum, most) = (covered.Sum(key => left[key]),
                decimal.Round(fee * cap.Cap.Value, 2, MidpointRounding.AwayFromZero));
            if (sum <= most) continue;
            caps.Add(
                $"{cap.Title}: {cap.Cap} of {new Money(fee, currency).Label} takes {new Money(sum - most, currency).Label} away");
            foreach (var key in covered) left[key] *= most / sum;
        }

        var total = new Money(decimal.Round(left.Values.Sum(), 2, MidpointRounding.AwayFromZero), currency);
        return new AgreementCredit(due, total, caps, $"{total.Label}{(caps.Count > 0 ? " (capped)" : "")}");
    }

    /// <summary>The fee of the periods that were settled: the cap is a share of it.</summary>
    private static decimal? FeeOf(
        Term.ServiceCredit cap, string key, IReadOnlyList<Term> terms, MeasuringContext context,
            IReadOnlyList<TermResult> results)
    {
        var term = terms.First(one => one.Key == key);
        var periods = results.First(result => result.Term == key).Periods?.Count ?? 1;
        var ladder = cap.Credit ?? term.Credit;
        return ladder is null ? null : CreditRules.Fee(term, ladder, context)?.Amount * periods;
    }
}
