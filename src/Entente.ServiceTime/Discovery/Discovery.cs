using NodaTime;

namespace Entente.ServiceTime.Discovery;

/// <summary>Finds blind which calendar, clock and threshold best explain what a ticket log recorded.</summary>
/// <remarks>
/// The finding is the rule with the shortest description of rule and exceptions together (minimum description length,
/// Rissanen 1978): a holiday, a break or a pause is only named where it explains more than the naming costs. It is
/// sought
/// on 7 of 10 cases, chosen by a hash of their ids, and measured on the others.
/// </remarks>
public sealed class Discovery
{
    private readonly List<Known> _known = [];

    /// <summary>Explains recorded verdicts of a group.</summary>
    public Discovered Verdicts(CaseGroup group, Action<double>? progress = null) =>
        Remember(new VerdictQuestion(group).Answer(_known, progress));

    /// <summary>Explains recorded open times of a group.</summary>
    public Discovered Durations(CaseGroup group, Action<double>? progress = null) =>
        Remember(new DurationQuestion(group).Answer(_known, progress));

    private Discovered Remember((Discovered Answer, Known? Rule) found)
    {
        if (found.Rule is not null && found.Answer.Confidence >= Confidence.Fair) _known.Add(found.Rule);
        return found.Answer;
    }
}

/// <summary>A rule by names, so that another group's cases can be tried on it.</summary>
internal sealed record Known(string Start, string Stop, IReadOnlyList<string> Pauses, Rule Rule)
{
    public Rule? In(CaseTable table)
    {
        var (start, stop) = (table.MomentNames.IndexOf(Start), table.MomentNames.IndexOf(Stop));
        return start < 0 || stop < 0 ? null
            : Rule with
            {
                Start = start,
                Stop = stop,
                Pauses = [.. Pauses.Select(name => table.StateNames.IndexOf(name)).Where(state => state >= 0)]
            };
    }
}
