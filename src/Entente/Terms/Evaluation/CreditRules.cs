using System.Globalization;
using Entente.ServiceTime.Accounting;
using Entente.ServiceTime.Credits;
using Entente.ServiceTime.Windows;
using NodaTime;

namespace Entente.Terms.Evaluation;

/// <summary>From a term's ladder and what was attained to what the customer gets back.</summary>
public static class CreditRules
{
    public static CreditResult? Of(Term term, MeasuringContext context, TermPeriodResult result, bool isShare)
    {
        if (term.Credit is not { } ladder) return null;
        var policy = context.PolicyAt(result.Period.From);
        var fee = Fee(term, ladder, context);
        var credit = Schedule(ladder, policy)
            .Of(Bases(term, ladder, result, isShare, policy), fee?.Amount, InForce(ladder, context, result.Period));
        var reward = ladder.Rewards is [] || result.Exact is not { } exact ? 0m
            : ladder.Rewards.FirstOrDefault(band =>
                band.When.Contains(Basis(exact, isShare, policy).ToDecimal(18)))?.Credit.Share?.Value ?? 0m;
        var currency = fee?.Currency ?? ladder.Bands.Select(band => band.Credit.Money?.Currency)
            .FirstOrDefault(one => one is not null);
        var amount = credit.Amount is { } money && currency is not null ? new Money(money, currency) : (Money?)null;
        var share = credit.Share.ToDecimal(6);
        var hit = credit.Hits.Count > 0 ? credit.Hits[0] : null;
        return new CreditResult(share, amount, Words(share, amount, credit), hit?.Tier.Name, credit.Capped,
            credit.TooSmall,
            ladder.ClaimWithin?.Duration is { } within && !credit.IsNone ? result.Period.To + within : null,
                Reward: reward);
    }

    /// <summary>The fee of one of the term's periods: the ladder's own, or that of the charge it names.</summary>
    public static Money? Fee(Term term, CreditLadder ladder, MeasuringContext context)
    {
        if (ladder.Of is { } own) return own;
        var charges = context.Terms.OfType<Term.Charge>().ToArray();
        var charge = ladder.Charge is { } key ? charges.FirstOrDefault(one => one.Key == key)
            : charges.FirstOrDefault(one => one.Service is not null && one.Service == term.Service)
            ?? (charges.Length == 1 ? charges[0] : null);
        if (charge is null || Months(context.PeriodOf(term)) is not { } termMonths
            || Months(context.PeriodOf(charge)) is not { } chargeMonths)
            return charge?.Amount;
        return new Money(charge.Amount.Amount * termMonths / chargeMonths, charge.Amount.Currency);
    }

    private static decimal? Months(TermPeriod period) => period.Length is not null ? null : period.Unit switch
    {
        PeriodUnit.Month => 1m,
        PeriodUnit.Quarter => 3m,
        PeriodUnit.Year => 12m,
        _ => null,
    };

    private static IEnumerable<Fraction> Bases(Term term, CreditLadder ladder, TermPeriodResult result, bool isShare,
        AccountingPolicy policy)
    {
        switch (ladder.By)
        {
            case CreditBasis.Attainment when result.Exact is { } exact:
                return [Basis(exact, isShare, policy)];
            case CreditBasis.Breaches:
                return [new Fraction(result.Missed > 0 ? result.Missed : result.Breached == true ? 1 : 0, 1)];
            case CreditBasis.OutageLength:
                return result.OutageSeconds.Select(seconds => new Fraction(seconds, 60));
            case CreditBasis.Downtime:
                return [new Fraction(result.OutageSeconds.Sum(), 60)];
            case CreditBasis.Shortfall when result.Exact is { } exact && TargetOf(term) is { } target:
                var shortfall = Basis(Fraction.From(target), isShare, policy) - Basis(exact, isShare, policy);
                return shortfall > Fraction.Zero ? [shortfall] : [];
            default:
                return [];
        }
    }

    /// <summary>Bands of shares are written in per cent, so the basis is too, rounded as the contract rounds.</summary>
    private static Fraction Basis(Fraction attained, bool isShare, AccountingPolicy policy) =>
        isShare ? policy.AsCompared(attained, isShare: true) * new Fraction(100, 1)
            : policy.AsCompared(attained, isShare: false);

    private static decimal? TargetOf(Term term) => term switch
    {
        Term.Availability t => t.Target.Value,
        Term.EventRatio t => t.Target.Value,
        Term.Latency t => t.Target.Value,
        Term.TicketClock t => (t.Target ?? Objective.All).Value,
        Term.Survey t => t.Target.Value,
        Term.CountLimit t => t.Target.Value,
        _ => null,
    };

    public static CreditSchedule Schedule(CreditLadder ladder, AccountingPolicy policy) =>
        new([.. ladder.Bands.Select(band => new CreditTier(
        Number(band.When.Low), band.When.LowIn, Number(band.When.High), band.When.HighIn,
        band.Credit.Share?.Value, band.Credit.Money?.Amount, Step(band.Credit.Per), $"{band.When}: {band.Credit}"))])
        {
            CapShare = ladder.Cap?.Share?.Value,
            CapAmount = ladder.Cap?.Money?.Amount,
            Min = ladder.Min?.Amount ?? 0,
            MinExclusive = ladder.MinExclusive,
            MoneyDecimals = policy.MoneyDecimals,
            Rounding = policy.MoneyRounding,
        };

    private static Fraction? Number(decimal? end) => end is { } number ? Fraction.From(number) : null;

    /// <summary>Steps are minutes of an outage, percentage points of a shortfall, or breaches.</summary>
    private static Fraction? Step(string? per) => per switch
    {
        null => null,
        "breach" => Fraction.One,
        _ when TimeLimit.TryParseDuration(per, out var length) => new Fraction((long)length.TotalSeconds, 60),
        _ when Share.TryParse(per, out var share) => Fraction.From(share.Percent),
        _ => null,
    };

    private static Fraction? InForce(CreditLadder ladder, MeasuringContext context, PeriodSpan period)
    {
        if (!ladder.Prorated) return null;
        var (from, to) = (Instant.Max(period.From, context.From ?? period.From),
            Instant.Min(period.To, context.To ?? period.To));
        return to <= from ? Fraction.Zero
            : new Fraction((long)(to - from).TotalSeconds, (long)(period.To - period.From).TotalSeconds);
    }

    private static string Words(decimal share, Money? amount, Credit credit)
    {
        if (credit.TooSmall) return "none: smaller than the least that is paid";
        if (credit.IsNone) return "none";
        var percent = share > 0 ? string.Create(CultureInfo.InvariantCulture, $"{share * 100m:0.####} %") : null;
        return (percent, amount) switch
        {
            (not null, { } money) => $"{percent} = {money.Label}",
            (not null, null) => percent,
            (null, { } money) => money.Label,
            _ => "none",
        } + (credit.Capped ? " (capped)" : "");
    }
}
