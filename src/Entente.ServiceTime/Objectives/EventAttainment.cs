using Entente.ServiceTime.Accounting;
using Entente.ServiceTime.Indicators;

namespace Entente.ServiceTime.Objectives;

/// <summary>The share of events that were good; a bucket counts when it starts in counted time.</summary>
public static class EventAttainment
{
    public static Attainment Of(CountSeries series, Scope scope, Slices? slices = null)
    {
        if (slices is { Method: not Budgeting.Occurrences }) return OfSlices(series, scope, slices);
        var (counts, excluded) = (series.Within(scope.Counted), series.Within(scope.Excluded));
        var result = new Attainment
        {
            Unit = "events",
            Good = new Fraction(counts.Good, 1),
            Total = new Fraction(counts.Total, 1),
            Unknown = new Fraction(counts.Unknown, 1),
            Excluded = new Fraction(excluded.Total + excluded.Unknown, 1),
            Measured = Math.Min(counts.Seconds, scope.Counted.Total),
            Expected = scope.Counted.Total,
        }.Bounded();
        return counts.Total + counts.Unknown > 0 ? result : scope.Policy.ZeroTraffic switch
        {
            ZeroTraffic.Good => result with { Attained = Fraction.One, Worst = Fraction.One, Best = Fraction.One },
            ZeroTraffic.Bad => result with { Attained = Fraction.Zero, Worst = Fraction.Zero, Best = Fraction.Zero },
            _ => result,
        };
    }

    private static Attainment OfSlices(CountSeries series, Scope scope, Slices slices)
    {
        var ratios = new SliceRatios(slices, scope.Policy);
        long measured = 0;
        foreach (var (_, counts) in series.Slices(scope.Counted, slices.Length))
        {
            measured += counts.Seconds;
            if (counts.Total > 0) ratios.Add(counts.Good, counts.Total);
            else ratios.AddDecided(scope.Policy.ZeroTraffic switch
            {
                ZeroTraffic.Good => true,
                ZeroTraffic.Bad => false,
                _ => null
            });
        }

        return ratios.Result(scope.Counted, SliceRatios.Count(scope.Excluded, slices.Length),
            Math.Min(measured, scope.Counted.Total));
    }
}
