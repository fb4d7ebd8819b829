using System.Collections.Immutable;
using NodaTime;

namespace Entente.ServiceTime.Discovery;

/// <summary>The cases of a group as columns of numbers, so that thousands of calendars can be tried on them.</summary>
/// <remarks>
/// Times are seconds since Monday 1970-01-05 00:00 UTC, so that a week begins where the count divides.
/// </remarks>
internal sealed class CaseTable
{
    public const long Missing = long.MinValue;
    private const long Monday = 4 * 86_400;

    private CaseTable(ImmutableArray<string> moments, ImmutableArray<string> states, ObservedCase[] cases,
        long[][] times, StateSpan[][] spans)
    {
        (MomentNames, StateNames, Cases, Times, Spans) = (moments, states, cases, times, spans);
    }

    public ImmutableArray<string> MomentNames { get; }

    public ImmutableArray<string> StateNames { get; }

    public ObservedCase[] Cases { get; }

    public int Count => Cases.Length;

    /// <summary>Seconds by moment, then by case.</summary>
    public long[][] Times { get; }

    /// <summary>Stays in states by case; the last has no end.</summary>
    public StateSpan[][] Spans { get; }

    public static long Seconds(Instant at) => at.ToUnixTimeSeconds() - Monday;

    public static Instant At(long seconds) => Instant.FromUnixTimeSeconds(seconds + Monday);

    public static LocalDate Date(int day) => new LocalDate(1970, 1, 5).PlusDays(day);

    public static CaseTable Of(IReadOnlyList<ObservedCase> cases, IReadOnlyList<string> moments)
    {
        ImmutableArray<string> states = [.. cases.SelectMany(observed => observed.States).Select(state => state.State)
            .GroupBy(state => state).OrderByDescending(state => state.Count())
                .ThenBy(state => state.Key, StringComparer.Ordinal)
            .Take(40).Select(state => state.Key)];
        var places = states.Select((state, place) => (state, place))
            .ToDictionary(entry => entry.state, entry => entry.place);
        ObservedCase[] all = [.. cases];
        var times = moments.Select(name => all.Select(observed =>
            observed.Moments.TryGetValue(name, out var at) ? Seconds(at) : Missing).ToArray()).ToArray();
        var kept = Distinct(times);
        var spans = all.Select(observed => Stays(observed, places)).ToArray();
        return new([.. kept.Select(place => moments[place])], states, all, [.. kept.Select(place => times[place])],
            spans);
    }

    public CaseTable Subset(int[] rows) => new(MomentNames, StateNames, [.. rows.Select(row => Cases[row])],
        [.. Times.Select(column => rows.Select(row => column[row]).ToArray())], [.. rows.Select(row => Spans[row])]);

    /// <remarks>A moment that nearly always coincides with a plainer one adds no question, only time.</remarks>
    private static List<int> Distinct(long[][] times)
    {
        var kept = new List<int>();
        for (var place = 0; place < times.Length; place++)
        {
            var column = times[place];
            if (column.Count(time => time != Missing) < column.Length / 2) continue;
            if (!kept.Any(other => Alike(times[other], column))) kept.Add(place);
        }

        return kept;
    }

    private static bool Alike(long[] one, long[] other)
    {
        var different = 0;
        for (var row = 0; row < one.Length; row++)
            if (one[row] != other[row]) different++;
        return different <= one.Length / 500;
    }

    private static StateSpan[] Stays(ObservedCase observed, Dictionary<string, int> places)
    {
        var stays = new StateSpan[observed.States.Count];
        for (var index = 0; index < stays.Length; index++)
        {
            var (at, state) = observed.States[index];
            var end = index + 1 < stays.Length ? Seconds(observed.States[index + 1].At) : long.MaxValue;
            stays[index] = new(places.GetValueOrDefault(state, -1), Seconds(at), end);
        }

        return stays;
    }
}

/// <summary>A stay in a state, <c>[From, To)</c>.</summary>
internal readonly record struct StateSpan(int State, long From, long To);
