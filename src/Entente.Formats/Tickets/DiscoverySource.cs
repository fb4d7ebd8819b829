using Entente.Monitoring;
using Entente.ServiceTime.Discovery;
using NodaTime;

namespace Entente.Formats.Tickets;

/// <summary>Reads a ticket log for discovery: groups of cases with what was recorded of each in one column.</summary>
public static class DiscoverySource
{
    /// <summary>Group name of a log that is not divided, and of cases without a value in the dividing column.</summary>
    public const string All = "all";
    public const string None = "(none)";

    public static IReadOnlyList<CaseGroup> Verdicts(
        TicketImport import, string verdict, string? group, Action<ImportProgress>? progress = null) =>
        Groups(import, verdict, group, progress, isVerdict: true);

    public static IReadOnlyList<CaseGroup> Durations(
        TicketImport import, string duration, string? group, Action<ImportProgress>? progress = null) =>
        Groups(import, duration, group, progress, isVerdict: false);

    /// <summary>Groups of cases that were read before, each with what one column recorded of it.</summary>
    /// <param name="groupOf">The group of a case, by its place.</param>
    /// <param name="moments">The plainest moments, best first.</param>
    public static IReadOnlyList<CaseGroup> Groups(
        List<(ObservedCase Case, string? Text)> rows, string? verdict, string? duration, Func<int, string> groupOf,
        IReadOnlyList<string> moments, DateTimeZone zone)
    {
        var (observed, secondsKnown) = verdict is not null ? Verdict(rows, verdict) : Duration(rows, duration!);
        return [.. observed.Select((one, place) => (one, Name: groupOf(place))).Where(entry => entry.one is not null)
            .GroupBy(entry => entry.Name, entry => entry.one!)
            .Select(cases => Group(cases.Key, [.. cases], moments, zone, secondsKnown))
            .OrderByDescending(cases => cases.Cases.Count).ThenBy(cases => cases.Name, StringComparer.Ordinal)];
    }

    private static IReadOnlyList<CaseGroup> Groups(TicketImport import, string recorded, string? group,
        Action<ImportProgress>? progress, bool isVerdict)
    {
        var tickets = TicketCase.Gather(import.Read(progress));
        var column = ColumnNames.Get(import.Columns, recorded, "the recorded column");
        var divider = group is null ? null : ColumnNames.Get(import.Columns, group, "--group");
        var columns = import.Mapping.Moments.Select(moment =>
            (moment.Key, Places: ColumnNames.Find(import.Columns, moment.Value)))
            .Where(moment => moment.Places.Length > 0)
            .ToDictionary(moment => moment.Key, moment => import.Columns.Names[moment.Places[0]]);
        var rows = tickets.Select(ticket => (TicketObservations.Observe(ticket, columns), ticket.Last(column)))
            .ToList();
        return Groups(rows, isVerdict ? column : null, isVerdict ? null : column,
            place => divider is null ? All : tickets[place].Last(divider) ?? None, [.. columns.Values], import.Zone);
    }

    private static CaseGroup Group(
        string name, ObservedCase[] cases, IEnumerable<string> columns, DateTimeZone zone, bool secondsKnown) =>
        new(name, cases, TicketObservations.Names(cases, columns), zone, secondsKnown);

    /// <summary>
    /// Any column with two values at most can hold a verdict; words that are known are read as yes and no.
    /// </summary>
    private static (List<ObservedCase?>, bool) Verdict(List<(ObservedCase Case, string? Text)> rows, string column)
    {
        string[] values = [.. rows.Select(row => row.Text).OfType<string>().Distinct().Order(StringComparer.Ordinal)
            .Take(10)];
        if (values.Length == 0) throw new BadInputException(column, "discover.verdict",
            $"The column '{column}' is empty.");
        var known = values.All(value => Amount.YesOrNo(value) is not null);
        if (!known && values.Length > 2)
            throw new BadInputException(column, "discover.verdict",
                $"The column '{column}' holds no verdict: yes and no, or two words, are expected, found "
                    + $"{string.Join(", ", values)}, …");
        return ([.. rows.Select(row => row.Text is null ? null
            : row.Case with { Verdict = known ? Amount.YesOrNo(row.Text) : row.Text == values[0] })], false);
    }

    private static (List<ObservedCase?>, bool) Duration(List<(ObservedCase Case, string? Text)> rows, string column)
    {
        var read = rows.Select(row => row.Text is null ? default : Amount.Read(row.Text)).ToList();
        var wrong = rows.Zip(read, (row, amount) => (row.Text, amount))
            .Where(row => row.Text is not null && row.amount is { Exact: null, Bare: null }).Select(row => row.Text!)
                .ToList();
        var told = rows.Count(row => row.Text is not null);
        if (told == 0) throw new BadInputException(column, "discover.duration", $"The column '{column}' is empty.");
        if (wrong.Count > told / 2)
            throw new BadInputException(column, "discover.duration",
                $"The column '{column}' holds no durations; it says '{wrong[0]}'. "
                + "A number, PT8H5M, 8:05:00 or 8 Hours 5 Minutes is expected.");
        var exact = read.Count(amount => amount.Exact is not null) > told / 2;
        return ([.. rows.Zip(read, (row, amount) =>
            (exact ? (decimal?)amount.Exact?.TotalSeconds : amount.Bare) is { } recorded
            ? row.Case with { Recorded = recorded } : null)], exact);
    }
}
