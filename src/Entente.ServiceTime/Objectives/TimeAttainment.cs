using Entente.ServiceTime.Accounting;
using Entente.ServiceTime.Indicators;

namespace Entente.ServiceTime.Objectives;

/// <summary>Availability from states: the share of seconds that were not lost.</summary>
public static class TimeAttainment
{
    public static Attainment Of(Timeline timeline, Scope scope, Slices? slices = null)
    {
        var policy = scope.Policy;
        timeline = timeline.WithoutOutagesShorterThan((long)policy.OutageMin.TotalSeconds);
        if (slices is { Method: not Budgeting.Occurrences }) return OfSlices(timeline, scope, slices);
        long known = 0;
        Int128 lost = 0;
        foreach (var piece in timeline.Inside(scope.Counted))
        {
            if (piece.Loss < 0) continue;
            known += piece.End - piece.Start;
            lost += (Int128)(piece.End - piece.Start) * piece.Loss;
        }

        var unknown = scope.Counted.Total - known;
        var (missed, asExcluded) = (policy.Missing == Missing.Bad ? unknown : 0, policy.Missing == Missing.Excluded);
        if (policy.Denominator == Denominator.MeasuredTime) (missed, asExcluded) = (0, true);
        var asKnown = !asExcluded && policy.Missing is Missing.Good or Missing.Bad
            && policy.Denominator != Denominator.MeasuredTime;
        var total = policy.Denominator == Denominator.ContractPeriod
            ? scope.Period.Length - (asKnown ? 0 : unknown)
            : known + (asKnown ? unknown : 0);
        return new Attainment
        {
            Unit = "seconds",
            Total = new Fraction(total, 1),
            Good = new Fraction(total - missed, 1) - new Fraction((System.Numerics.BigInteger)lost, timeline.Scale),
            Unknown = new Fraction(asKnown || asExcluded ? 0 : unknown, 1),
            Excluded = new Fraction(scope.Excluded.Total
                + (asExcluded && policy.Denominator != Denominator.MeasuredTime ? unknown : 0), 1),
            Measured = known,
            Expected = scope.Counted.Total,
        }.Bounded();
    }

    private static Attainment OfSlices(Timeline timeline, Scope scope, Slices slices)
    {
        var ratios = new SliceRatios(slices, scope.Policy);
        long slice = long.MinValue, known = 0, measured = 0;
        Int128 lost = 0;
        foreach (var piece in timeline.Inside(scope.Counted))
        {
            if (piece.Loss < 0) continue;
            measured += piece.End - piece.Start;
            for (var start = piece.Start; start < piece.End;)
            {
                var own = start - Floor.Mod(start, slices.Length);
                if (own != slice)
                {
                    Close();
                    (slice, known, lost) = (own, 0, 0);
                }

                var end = Math.Min(piece.End, own + slices.Length);
                known += end - start;
                lost += (Int128)(end - start) * piece.Loss;
                start = end;
            }
        }

        Close();
        return ratios.Result(scope.Counted, SliceRatios.Count(scope.Excluded, slices.Length), measured);

        void Close()
        {
            if (known > 0) ratios.Add((Int128)known * timeline.Scale - lost, (Int128)known * timeline.Scale);
        }
    }
}
