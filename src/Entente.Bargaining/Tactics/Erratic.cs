using Entente.Bargaining.Issues;
using Entente.Bargaining.Preferences;

namespace Entente.Bargaining.Tactics;

/// <summary>Moves by whim: what it asks for falls with time on average, but jumps up and down as the seed says; never
/// below its limit.</summary>
public sealed class Erratic(Space space, Preference own, int seat, int seed) : Tactic(space, own, seat)
{
    /// <summary>The widest jump, as a share of what lies between its limit and its best.</summary>
    private const double Jump = 0.35;

    protected override Package Next(double time)
    {
        var chance = Chance.Seeded(seed, Made.Count, Seat, 11);
        var mood = Math.Clamp(1 - time + Jump * (2 * chance.Share() - 1), 0, 1);
        var target = Limit + (Best - Limit) * mood;
        var whim = new Preference("whim", [.. Space.Issues.Select(issue =>
            (IReadOnlyList<double>)[.. Enumerable.Range(0, issue.Count).Select(_ => chance.Share())])]);
        return Aim(Math.Min(target, Own.Utility(Favourite)), [whim]);
    }
}
