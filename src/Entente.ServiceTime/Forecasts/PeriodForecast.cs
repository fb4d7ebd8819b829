namespace Entente.ServiceTime.Forecasts;

/// <summary>How a period may end, seen from inside it.</summary>
/// <param name="MissProbability">How often the target is missed among the futures that were drawn.</param>
/// <param name="MissRange">The same, when the history is drawn again too: what so much history can say.</param>
/// <param name="Attained">The share at the end of the period, 80 % range.</param>
/// <param name="ExhaustedAfterDays">Days of the period after which the budget is used up, 80 % range of the futures
/// that use it up.</param>
/// <param name="Exhausting">The share of futures that use the budget up before the period ends.</param>
public sealed record PeriodForecast(
    double MissProbability, Spread MissRange, Spread Attained, Spread? ExhaustedAfterDays, double Exhausting)
{
    private const int Histories = 40;
    private const int Futures = 100;
    private const double Confidence = 0.8;

    /// <summary>Forecasts the rest of a period from its days so far and from the days of the past.</summary>
    /// <param name="history">Days before now, the newest last; at least a week.</param>
    /// <param name="soFar">Days of this period that are over; they are part of the history too.</param>
    /// <param name="daysLeft">Whole days until the period ends.</param>
    /// <remarks>
    /// 40 histories are drawn from the history, and 100 futures from each. The budget is used up on the day on which
    /// the
    /// bad so far exceeds (1 - target) of what the whole period is expected to total.
    /// </remarks>
    public static PeriodForecast Of(IReadOnlyList<DayTally> history, IReadOnlyList<DayTally> soFar, int daysLeft,
        double target, int seed)
    {
        if (history.Count < 7) throw new ArgumentException("A forecast needs at least seven days of history.",
            nameof(history));
        var done = soFar.Aggregate(default(DayTally), (sum, day) => sum + day);
        var outer = new BlockBootstrap(history, seed);
        var future = new DayTally[daysLeft];
        double[] attained = new double[Histories * Futures], missShares = new double[Histories];
        List<double> exhausted = [];
        var misses = 0;
        for (var h = 0; h < Histories; h++)
        {
            // The first history is the one that happened.
            var inner = new BlockBootstrap(h == 0 ? history : outer.Again(), unchecked(seed * 31 + h));
            var missedHere = 0;
            for (var f = 0; f < Futures; f++)
            {
                var all = done + inner.Draw(daysLeft, future);
                var share = all.Total > 0 ? all.Good / all.Total : 1;
                attained[h * Futures + f] = share;
                if (share < target) missedHere++;
                if (ExhaustedOn(soFar, future, (1 - target) * all.Total) is { } day) exhausted.Add(day);
            }

            missShares[h] = missedHere / (double)Futures;
            misses += missedHere;
        }

        return new PeriodForecast(misses / (double)(Histories * Futures), Spread.Of(missShares, Confidence),
            Spread.Of(attained, Confidence),
            exhausted.Count > 0 ? Spread.Of([.. exhausted], Confidence) : null,
                exhausted.Count / (double)(Histories * Futures));
    }

    private static double? ExhaustedOn(IReadOnlyList<DayTally> soFar, DayTally[] future, double budget)
    {
        double bad = 0;
        for (var day = 0; day < soFar.Count + future.Length; day++)
        {
            var one = day < soFar.Count ? soFar[day] : future[day - soFar.Count];
            bad += one.Total - one.Good;
            if (bad > budget) return day + 1;
        }

        return null;
    }
}

/// <summary>One forecast that can be held against what happened.</summary>
public readonly record struct ForecastOutcome(double Probability, bool Missed, bool InRange);

/// <summary>How good forecasts were: said against happened.</summary>
/// <param name="Brier">Mean squared error of the probabilities: 0 is perfect, 0.25 is a coin.</param>
/// <param name="BrierOfBaseRate">The same for a forecast that always says how often it happens.</param>
/// <param name="Coverage">How often the end lay in the 80 % range.</param>
/// <param name="Bins">Said between, said on average, happened, how many.</param>
public sealed record Calibration(double Brier, double BrierOfBaseRate, double Coverage,
    IReadOnlyList<CalibrationBin> Bins)
{
    /// <summary>Holds forecasts against what happened.</summary>
    public static Calibration Of(IReadOnlyList<ForecastOutcome> outcomes)
    {
        if (outcomes.Count == 0) throw new ArgumentException("There is nothing to hold against.", nameof(outcomes));
        var rate = outcomes.Count(outcome => outcome.Missed) / (double)outcomes.Count;
        var bins = outcomes.GroupBy(outcome => Math.Min(4, (int)(outcome.Probability * 5))).OrderBy(bin => bin.Key)
            .Select(bin => new CalibrationBin(bin.Key / 5.0, (bin.Key + 1) / 5.0, bin.Average(o => o.Probability),
                bin.Count(o => o.Missed) / (double)bin.Count(), bin.Count()));
        return new(outcomes.Average(o => Square(o.Probability - (o.Missed ? 1 : 0))), rate * (1 - rate),
            outcomes.Count(o => o.InRange) / (double)outcomes.Count, [.. bins]);
    }

    /// <summary>Forecasts every period of a history from a quarter, half and three quarters of it, with what was known
    /// then.</summary>
    /// <param name="periods">Lengths in days of the periods that follow each other from the first day on.</param>
    public static Calibration? BackTest(IReadOnlyList<DayTally> days, IReadOnlyList<int> periods, double target,
        int seed)
    {
        List<ForecastOutcome> outcomes = [];
        var start = 0;
        foreach (var length in periods)
        {
            if (start + length > days.Count) break;
            var period = days.Skip(start).Take(length).ToArray();
            var whole = period.Aggregate(default(DayTally), (sum, day) => sum + day);
            var share = whole.Total > 0 ? whole.Good / whole.Total : 1;
            foreach (var part in new[] { 0.25, 0.5, 0.75 })
            {
                var done = (int)(length * part);
                if (start + done < 28 || done == length) continue;
                var forecast = PeriodForecast.Of([.. days.Take(start + done)], period[..done], length - done, target,
                    unchecked(seed + start + done));
                outcomes.Add(new(forecast.MissProbability, share < target, share >= forecast.Attained.Low
                    && share <= forecast.Attained.High));
            }

            start += length;
        }

        return outcomes.Count == 0 ? null : Of(outcomes);
    }

    private static double Square(double value) => value * value;
}

public readonly record struct CalibrationBin(double From, double To, double Said, double Happened, int Count);
