using Entente.ServiceTime.Accounting;

namespace Entente.ServiceTime.Indicators;

/// <summary>One observation of a probe: what it saw, when and from where.</summary>
/// <param name="Loss">As in <see cref="Stretch.Loss"/>: 0 is up, the scale is down, -1 says nothing.</param>
/// <param name="IsRetry">A repeated try of the same check.</param>
/// <param name="Micros">How long the answer took, in microseconds, where it was measured.</param>
public readonly record struct Check(long At, long Loss, string? Place = null, bool IsRetry = false, long? Micros = null,
    string? Label = null);

/// <summary>From observations to states: confirmation, quorum, and how long an observation holds.</summary>
public static class Checks
{
    /// <summary>The states that the checks of one target show under the policy.</summary>
    /// <param name="checks">Observations of one target, in any order.</param>
    /// <param name="until">The end of what the source speaks for; the last state never holds beyond it.</param>
    /// <remarks>
    /// A state holds until the next observation from the same place, at most <see cref="AccountingPolicy.StaleAfter"/>.
    /// The
    /// last one holds for the median gap between checks. An outage begins at its first failure, once confirmed.
    /// </remarks>
    public static Timeline States(IEnumerable<Check> checks, AccountingPolicy policy, long until = long.MaxValue)
    {
        var counted = checks.Where(check => policy.CountRetries || !check.IsRetry).ToArray();
        var places = Array.TrueForAll(counted, check => check.Place is null)
            ? counted.Length == 0 ? [] : [OfPlace(InOrder(counted), policy, until)]
            : counted.GroupBy(check => check.Place ?? "").Select(place => OfPlace(InOrder([.. place]), policy, until))
                .ToArray();
        if (places.Length == 0) return Timeline.Of([]);
        return places.Length == 1 ? places[0]
            : Composite.DownWhen(places, Math.Min(policy.Quorum ?? 1, places.Length), LateMemberPolicy.Ignore);
    }

    private static Check[] InOrder(Check[] checks)
    {
        for (var i = 1; i < checks.Length; i++)
            if (checks[i].At < checks[i - 1].At) return [.. checks.OrderBy(check => check.At)];
        return checks;
    }

    private static Timeline OfPlace(Check[] checks, AccountingPolicy policy, long until)
    {
        var losses = Confirmed(checks, policy.Confirmations);
        var stale = policy.StaleAfter is { } limit ? (long)limit.TotalSeconds : long.MaxValue;
        var last = Math.Min(stale, MedianGap(checks));
        var stretches = new List<Stretch>(checks.Length);
        for (var i = 0; i < checks.Length; i++)
        {
            var holds = i + 1 < checks.Length ? Math.Min(checks[i + 1].At - checks[i].At, stale) : last;
            stretches.Add(new Stretch(checks[i].At, Math.Min(checks[i].At + holds, until), losses[i], checks[i].Label));
        }

        return Timeline.Of(stretches);
    }

    private static long[] Confirmed(Check[] checks, int confirmations)
    {
        var losses = Array.ConvertAll(checks, check => check.Loss);
        for (var i = 0; i < losses.Length;)
        {
            if (losses[i] <= 0)
            {
                i++;
                continue;
            }

            var end = i;
            while (end < losses.Length && losses[end] > 0) end++;
            if (end - i < confirmations) Array.Clear(losses, i, end - i);
            i = end;
        }

        return losses;
    }

    private static long MedianGap(Check[] checks)
    {
        if (checks.Length < 2) return 1;
        var gaps = new long[checks.Length - 1];
        for (var i = 0; i < gaps.Length; i++) gaps[i] = checks[i + 1].At - checks[i].At;
        Array.Sort(gaps);
        return gaps[gaps.Length / 2];
    }
}
