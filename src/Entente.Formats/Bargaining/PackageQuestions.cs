using System.Globalization;
using Entente.Bargaining.Issues;
using Entente.Bargaining.Solutions;

namespace Entente.Formats.Bargaining;

/// <summary>Questions about one or two packages.</summary>
public static class PackageQuestions
{
    public static CertifyAnswer Certify(BargainAsk ask, string? package)
    {
        var certificate = Efficiency.Certify(ask.Bargain, ask.Package("package", package), ask.Limits);
        return new CertifyAnswer(PackageAnswer.From(ask.Bargain, certificate.Package), certificate.IsEfficient,
            certificate.IsProved, certificate.Dominating is { } better ? PackageAnswer.From(ask.Bargain, better) : null,
            certificate.CommonGainBound, ask.Seconds);
    }

    /// <summary>How far a package is from the frontier and from each solution, and how its gains are shared.</summary>
    public static MeasureAnswer Measure(BargainAsk ask, string? package)
    {
        var deal = ask.Package("package", package);
        var (frontier, set) = Solver.SolveAll(ask.Bargain, ask.Limits);
        return new MeasureAnswer(PackageAnswer.From(ask.Bargain, deal),
            set.HasContractZone ? Measures.Of(ask.Bargain, deal, frontier, set) : null, frontier.IsExact, ask.Seconds);
    }

    /// <param name="changes">How many issues may change; null for any number.</param>
    public static ImproveAnswer Improve(BargainAsk ask, string? package, int? changes, Fairness fairness)
    {
        var (bargain, from) = (ask.Bargain, ask.Package("package", package));
        int? most = changes is null ? null : ask.AtLeast(1, "changes", changes, 1);
        var found = Efficiency.Improve(bargain, from, most, fairness, ask.Limits);
        return new ImproveAnswer(PackageAnswer.From(bargain, from),
            found is null ? null : PackageAnswer.From(bargain, found.Package), found?.Gains, found?.Changes ?? 0,
            found?.IsProved ?? !ask.Limits.Stop(),
            found is null ? []
                : [.. bargain.Parties.Select((_, p) => Explanation.Compare(bargain, p, from, found.Package).InWords())],
            ask.Seconds);
    }

    /// <summary>The next draft of a single negotiating text: few changes, nobody worse off, the least gain as large as
    /// can be.</summary>
    public static ImproveAnswer Draft(BargainAsk ask, string? package, int? changes) =>
        Improve(ask, package, changes ?? 3, Fairness.KalaiSmorodinsky);

    public static ConflictsAnswer Conflicts(BargainAsk ask)
    {
        var smallest = Conflict.Smallest(ask.Bargain, ask.Limits);
        // What conflicts is certain; that nothing smaller does is only known when the run was not ended.
        var known = !ask.Limits.Stop();
        bool? zone = smallest is null ? true : smallest.Count > 0 ? false : null;
        return new ConflictsAnswer(zone, smallest ?? [], smallest is null || known, ask.Seconds);
    }

    public static TradesAnswer Trades(BargainAsk ask, string? package, IReadOnlyList<int>? between, int? count)
    {
        int[] pair = [.. (between ?? [0, 1]).Select(seat => ask.Party("between", seat))];
        if (pair.Length != 2 || pair[0] == pair[1])
            throw ask.Wrong("between", "party", "Expected two different parties, such as 0,1.");
        var from = ask.Package("package", package);
        var trades = Explanation.BestTrades(ask.Bargain, pair[0], pair[1], from, ask.AtLeast(1, "count", count, 5));
        return new TradesAnswer(PackageAnswer.From(ask.Bargain, from),
            [.. pair.Select(p => ask.Bargain.Parties[p].Party)],
            [.. trades.Select(t => new TradeAnswer(
                PackageAnswer.From(ask.Bargain, t.Package), t.FirstGives, t.FirstTakes, t.Gains))], ask.Seconds);
    }

    /// <param name="worth">What one unit of utility is worth to each party in money.</param>
    public static TransferAnswer Transfer(BargainAsk ask, IReadOnlyList<double>? worth)
    {
        if (worth is null || worth.Count != ask.Bargain.Parties.Count || worth.Any(w => !(double.IsFinite(w) && w > 0)))
            throw ask.Wrong("worth", "money", "Expected for each party what one unit of utility is worth to it in "
                + $"money, above zero: {ask.Bargain.Parties.Count} numbers.");
        var deal = SideWithMoney.Share(ask.Bargain, worth, ask.Limits);
        return new TransferAnswer([.. ask.Bargain.Parties.Select(party => party.Party)],
            deal is null ? null : PackageAnswer.From(ask.Bargain, deal.Package), deal?.Transfers, deal?.Gains, deal?.Surplus,
            deal?.IsProved ?? !ask.Limits.Stop(), ask.Seconds);
    }

    /// <param name="target">What each package is to be worth to the party; null: as much as <paramref
    /// name="package"/>.</param>
    public static MesoAnswer Meso(BargainAsk ask, int? party, double? target, string? package, int? count)
    {
        var seat = ask.Party("party", party ?? 0);
        var own = ask.Bargain.Parties[seat];
        if (target is { } given && !double.IsFinite(given))
            throw ask.Wrong("target", "target", "Expected a finite number.");
        var worth = target ?? own.Utility(ask.Package("package", package));
        var found = EqualOffers.Find(ask.Bargain.Space, own, worth,
            [.. ask.Bargain.Parties.Where((_, p) => p != seat)], ask.AtLeast(1, "count", count, 3), limits: ask.Limits);
        return new MesoAnswer(own.Party, worth, [.. found.Select(p => PackageAnswer.From(ask.Bargain, p))], ask.Seconds);
    }

    public static ExplainAnswer Explain(BargainAsk ask, string? from, string? to)
    {
        var (before, after) = (ask.Package("from", from), ask.Package("to", to));
        return new ExplainAnswer(PackageAnswer.From(ask.Bargain, before), PackageAnswer.From(ask.Bargain, after),
            [.. ask.Bargain.Parties.Select((_, p) => Explanation.Compare(ask.Bargain, p, before, after))
                .Select(c => new ExplainedParty(c.Party, c.Total, c.Gains, c.Concessions, c.InWords()))]);
    }

    /// <param name="lottery">What may come of it: <c>0.7: hours=24x7; price=50 | 0.3: 0,2,1</c>, or one package for
    /// sure.</param>
    public static ValueAnswer Value(BargainAsk ask, string? lottery, double? time)
    {
        var parts = Lottery(ask, lottery);
        if (time is { } t && !(t >= 0 && double.IsFinite(t)))
            throw ask.Wrong("time", "time", "Expected a finite number, 0 or more.");
        return new ValueAnswer(
            [.. parts.Select(part => new LotteryPart(part.Probability, PackageAnswer.From(ask.Bargain, part.Package)))],
            time ?? 0, [.. ask.Bargain.Parties.Select((party, p) =>
            {
                var certainty = party.CertaintyEquivalent(parts);
                var discounted = party.AfterTime(certainty, time ?? 0);
                return new ValuedParty(party.Party, parts.Sum(part => part.Probability * party.Utility(part.Package)),
                    certainty, discounted, discounted >= ask.Bargain.Disagreement[p] - 1e-9);
            })]);
    }

    private static (double Probability, Package Package)[] Lottery(BargainAsk ask, string? text)
    {
        var parts = (text ?? "").Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (parts is [var sure] && !sure.Contains(':')) return [(1, ask.Package("lottery", sure))];
        (double Probability, Package Package)[] lottery = [.. parts.Select(part =>
        {
            var at = part.IndexOf(':');
            return at > 0 && double.TryParse(part[..at], NumberStyles.Float, CultureInfo.InvariantCulture, out var chance)
                && chance is >= 0 and <= 1 ? (chance, ask.Package("lottery", part[(at + 1)..]))
                : throw ask.Wrong("lottery", "lottery",
                    $"Expected a probability and a package, such as 0.7: hours=24x7; price=50; found '{part}'.");
        })];
        var sum = lottery.Sum(part => part.Probability);
        return Math.Abs(sum - 1) < 1e-9 ? lottery : throw ask.Wrong("lottery", "lottery",
            FormattableString.Invariant($"The probabilities sum to {sum:0.######}, not to 1."));
    }
}
