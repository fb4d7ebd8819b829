using System.Text.Json.Nodes;
using Entente.Formats.Calendars;
using Entente.ServiceTime.Discovery;
using NodaTime;

namespace Entente.Formats.Tickets;

/// <summary>What is asked of a ticket log: the column that holds a verdict, or the one that holds an open time.</summary>
/// <param name="Group">Column that divides the cases; each group is explained on its own.</param>
public sealed record DiscoveryQuestion(string? Verdict, string? Duration, string? Group)
{
    /// <param name="telling">Told how far each group is, from 0 to 1.</param>
    /// <exception cref="BadInputException">A column is missing or says nothing that can be explained.</exception>
    public IReadOnlyList<Discovered> Answer(
        TicketImport import, string name, Action<ImportProgress>? reading = null,
        Action<CaseGroup, double>? telling = null)
    {
        if (Verdict is null == Duration is null)
            throw new BadInputException("verdict", "discover.column",
                "Name either the column of the verdict or the column of the duration.");
        return Explain(Verdict is not null ? DiscoverySource.Verdicts(import, Verdict, Group, reading)
            : DiscoverySource.Durations(import, Duration!, Group, reading), name, telling);
    }

    /// <summary>Explains groups that were read already.</summary>
    public IReadOnlyList<Discovered> Explain(
        IReadOnlyList<CaseGroup> groups, string name, Action<CaseGroup, double>? telling = null)
    {
        if (groups.Count == 0)
            throw new BadInputException(name, "discover.empty", $"No case has a value in '{Verdict ?? Duration}'.");
        var discovery = new Discovery();
        return
        [
            .. groups.Select(group => Verdict is not null
                ? discovery.Verdicts(group, share => telling?.Invoke(group, share))
                : discovery.Durations(group, share => telling?.Invoke(group, share))),
        ];
    }
}

/// <summary>The groups of a log and what explains each.</summary>
public sealed record DiscoveryAnswer(IReadOnlyList<DiscoveredGroup> Groups)
{
    public static DiscoveryAnswer Of(IReadOnlyList<Discovered> found) => new([.. found.Select(DiscoveredGroup.Of)]);
}

/// <summary>One finding as every door writes it; shares are rounded to six places.</summary>
public sealed record DiscoveredGroup(
    string Group, int Cases, int Explained, double Accuracy, double? HeldOutAccuracy, string? Start, string? Stop,
    Duration? Target, JsonNode? Calendar, IReadOnlyList<string> Pauses, Confidence Confidence, double Baseline,
    double AroundTheClock, IReadOnlyList<string> Notes, IReadOnlyList<string> Unexplained)
{
    public static DiscoveredGroup Of(Discovered found) => new(
        found.Group, found.Cases, found.Explained, Short(found.Accuracy),
        found.HeldOutAccuracy is { } held ? Short(held) : null, found.Start, found.Stop, found.Target,
        found.Calendar is { } calendar ? CalendarText.Json(calendar) : null, found.Pauses, found.Confidence,
        Short(found.Baseline), Short(found.AroundTheClock), found.Notes, found.Unexplained);

    private static double Short(double share) => Math.Round(share, 6);
}
