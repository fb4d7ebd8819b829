using System.Globalization;
using Entente.ServiceTime.Accounting;
using Entente.Terms;
using Entente.Terms.Evaluation;

namespace Entente.Agreements;

/// <summary>Gaps and overlaps between the bands of a ladder, and credits that are paid although the promise was
/// kept.</summary>
internal static class BandLint
{
    public static IEnumerable<Finding> Find(Term term, CreditLadder ladder, AccountingPolicy policy, string path)
    {
        var objective = ladder.By == CreditBasis.Attainment ? TermEvaluation.ObjectiveOf(term) : null;
        var unit = objective?.Unit ?? ladder.Bands.FirstOrDefault()?.When.Unit ?? Unit.Number;
        foreach (var (band, i) in ladder.Bands.Select((band, i) => (band, i))
            .Where(pair => ladder.By == CreditBasis.Attainment && pair.band.When.Unit != unit))
            yield return Finding.Error($"{path}.bands[{i}].when", "bands.unit",
                $"'{band.When}' is not in the unit of the target '{objective}'.");
        foreach (var piece in Pieces(ladder, objective, policy, unit))
        {
            var inside = ladder.Bands.Where(band => band.When.Contains(piece.Sample)).ToArray();
            var missed = objective is null ? piece.Sample >= 1m || ladder.By is not CreditBasis.Breaches
                : IsMissed(piece.Sample, objective);
            if (inside.Length == 0 && missed && IsGap(piece, ladder))
                yield return Finding.Warning($"{path}.bands", "bands.gap",
                    $"{piece.Words} misses the target, but is in no band.");
            if (inside.Length > 1)
                yield return Finding.Warning($"{path}.bands", "bands.overlap",
                    $"{piece.Words} is in {inside.Length} bands: {string.Join(" and ", inside.Select(band => band.Credit))}.");
            if (inside.Length > 0 && objective is not null && !missed)
                yield return Finding.Warning($"{path}.bands", "bands.met",
                    $"{piece.Words} meets the target {objective}, but earns {inside[0].Credit}.");
        }

        if (objective is not { MoreIsBetter: true }) yield break;
        var falling = ladder.Bands.Where(band => band.Credit.Share is not null)
            .OrderByDescending(band => band.When.High ?? decimal.MaxValue).ToArray();
        for (var i = 1; i < falling.Length; i++)
            if (falling[i].Credit.Share!.Value.Value < falling[i - 1].Credit.Share!.Value.Value)
                yield return Finding.Warning($"{path}.bands", "bands.order",
                    $"{falling[i].When} is worse than {falling[i - 1].When}, but earns less: {falling[i].Credit} against {falling[i - 1].Credit}.");
    }

    /// <summary>Every end of a band as one value, and every stretch between two neighbours.</summary>
    private static IEnumerable<(decimal Sample, string Words)> Pieces(CreditLadder ladder, Objective? objective,
        AccountingPolicy policy, Unit unit)
    {
        var ends = ladder.Bands.SelectMany(band => new[] { band.When.Low, band.When.High }).OfType<decimal>()
            .ToHashSet();
        if (objective is not null) ends.Add(objective.Target);
        if (unit == Unit.Percent) ends.UnionWith([0m, 100m]);
        if (ladder.By == CreditBasis.Breaches)
        {
            for (var count = 1m; count <= ends.DefaultIfEmpty(0m).Max() + 1;
                count++) yield return (count, $"{count:0}");
            yield break;
        }

        // Where results are rounded before they are compared, only rounded values can occur.
        var step = policy.Decimals is { } decimals ? (decimal)Math.Pow(10, -decimals) : (decimal?)null;
        var sorted = ends.Where(end => step is null || end % step == 0).Order().ToArray();
        for (var i = 0; i < sorted.Length; i++)
        {
            yield return (sorted[i], $"exactly {Words(sorted[i])}");
            if (i + 1 == sorted.Length) continue;
            var sample = step is { } grid ? sorted[i] + grid : (sorted[i] + sorted[i + 1]) / 2;
            if (sample < sorted[i + 1]) yield return (sample, $"between {Words(sorted[i])} and {Words(sorted[i + 1])}");
        }

        string Words(decimal number) =>
            string.Create(CultureInfo.InvariantCulture, $"{number}{(unit == Unit.Percent ? " %" : "")}");
    }

    private static bool IsGap((decimal Sample, string Words) piece, CreditLadder ladder) =>
        ladder.By is CreditBasis.Attainment or CreditBasis.Breaches
        || (piece.Sample > (ladder.Bands.Min(band => band.When.Low) ?? 0m)
            && piece.Sample < (ladder.Bands.Max(band => band.When.High) ?? decimal.MaxValue));

    private static bool IsMissed(decimal number, Objective objective) => objective.Comparison switch
    {
        Comparison.AtLeast => number < objective.Target,
        Comparison.MoreThan => number <= objective.Target,
        Comparison.AtMost => number > objective.Target,
        _ => number >= objective.Target,
    };
}
