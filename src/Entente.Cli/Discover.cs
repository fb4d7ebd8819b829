using System.CommandLine;
using System.Text.Json.Nodes;
using Entente.Formats.Calendars;
using Entente.Formats.Tickets;
using Entente.ServiceTime.Calendars;
using Entente.ServiceTime.Discovery;
using NodaTime;
using Spectre.Console;

namespace Entente.Cli;

/// <summary>
/// <c>entente discover</c>: what have we really been doing? Calendar, clock and threshold out of a ticket log.
/// </summary>
public static class Discover
{
    public static Command Create()
    {
        var source = new TicketsSource();
        var verdict = new Option<string?>("--verdict") { Description = "Column with the recorded verdict, such as "
            + "made_sla." };
        var duration = new Option<string?>("--duration") { Description = "Column with the recorded open time, such "
            + "as business_duration." };
        var group = new Option<string?>("--group") { Description = "Column that divides the cases, such as "
            + "priority; each group is explained on its own." };
        var command = new Command("discover",
            "Find the calendar, the clock and the threshold that best explain recorded verdicts or durations.")
        {
            source.Tickets, source.Mapping, source.TimeZone, verdict, duration, group,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(verdict) is null == (result.GetValue(duration) is null))
                result.AddError("Name either --verdict COLUMN or --duration COLUMN.");
        });
        command.SetAction(result => Output.Guard(result, () =>
            Run(result, source, result.GetValue(verdict), result.GetValue(duration), result.GetValue(group))));
        return command;
    }

    private static int Run(ParseResult result, TicketsSource source, string? verdict, string? duration, string? group)
    {
        var opened = source.Open(result, mayGuess: true);
        var groups = verdict is not null
            ? DiscoverySource.Verdicts(opened.Import, verdict, group, TicketsSource.Progress())
            : DiscoverySource.Durations(opened.Import, duration!, group, TicketsSource.Progress());
        foreach (var dirty in opened.Import.Report.Counts) Console.Error.WriteLine($"entente: {dirty.Key}: "
            + $"{dirty.Value} rows (see 'tickets import')");
        if (groups.Count == 0)
            throw new BadInputException(opened.File.Name, "discover.empty",
                $"No case has a value in '{verdict ?? duration}'.");
        var discovery = new Discovery();
        List<Discovered> found = [.. groups.Select(cases => Explain(discovery, cases, verdict is not null))];
        Output.Write(result, new Answer([.. found.Select(GroupAnswer.Of)]), (console, _) => Show(console, found));
        return 0;
    }

    private static Discovered Explain(Discovery discovery, CaseGroup cases, bool isVerdict)
    {
        void Tell(double share) => Console.Error.WriteLine(
            FormattableString.Invariant($"entente: {cases.Name} ({cases.Cases.Count} cases): {share:P0}"));
        return isVerdict ? discovery.Verdicts(cases, Tell) : discovery.Durations(cases, Tell);
    }

    private static void Show(IAnsiConsole console, List<Discovered> groups)
    {
        foreach (var group in groups)
        {
            console.WriteLine($"{group.Group}: {group.Explained} of {group.Cases} cases explained "
                + $"({group.Accuracy:P2}; "
                + (group.HeldOutAccuracy is { } held ? $"{held:P2} of cases held out" : "none held out")
                    + $"), confidence {group.Confidence}");
            if (group.Start is not null) console.WriteLine($"  from {group.Start} to {group.Stop}"
                + (group.Pauses.Count > 0 ? $", paused in {string.Join(", ", group.Pauses)}" : "")
                + (group.Target is { } target ? $", at most {IsoDuration.Format(target)}" : ""));
            if (group.Calendar is { } calendar) Week(console, calendar);
            foreach (var note in group.Notes) console.WriteLine($"  {note}");
        }
    }

    /// <summary>The week as a picture: a row a day, a letter for each half hour.</summary>
    private static void Week(IAnsiConsole console, ServiceCalendar calendar)
    {
        console.WriteLine($"  {calendar.TimeZone,-16} 0     3     6     9     12    15    18    21    24");
        for (var day = IsoDayOfWeek.Monday; day <= IsoDayOfWeek.Sunday; day++)
        {
            var hours = calendar.Weekly.TryGetValue(day, out var own) ? own : [];
            var before = calendar.Weekly.TryGetValue(day == IsoDayOfWeek.Monday ? IsoDayOfWeek.Sunday : day - 1,
                out var late) ? late : [];
            var line = string.Concat(Enumerable.Range(0, 48).Select(half => half * 1800)
                .Select(at => calendar.AlwaysOpen
                || hours.Any(span => span.StartSecond <= at && at < span.EndSecond)
                || before.Any(span => at + OpenHours.Day < span.EndSecond) ? '█' : '·'));
            console.WriteLine($"  {day,-16} {line}  {string.Join(", ", hours)}");
        }

        if (calendar.Holidays.Length > 0)
            console.WriteLine($"  closed on "
                + $"{string.Join(", ", calendar.Holidays.Select(holiday => ((DateSpan.Once)holiday.When).First))}");
    }

    private sealed record Answer(IReadOnlyList<GroupAnswer> Groups);

    private sealed record GroupAnswer(string Group, int Cases, int Explained, double Accuracy, double? HeldOutAccuracy,
        string? Start,
        string? Stop, Duration? Target, JsonNode? Calendar, IReadOnlyList<string> Pauses, Confidence Confidence,
            double Baseline,
        double AroundTheClock, IReadOnlyList<string> Notes, IReadOnlyList<string> Unexplained)
    {
        public static GroupAnswer Of(Discovered found) =>
            new(found.Group, found.Cases, found.Explained, Short(found.Accuracy),
            found.HeldOutAccuracy is { } held ? Short(held) : null, found.Start, found.Stop, found.Target,
                found.Calendar is { } calendar ? CalendarText.Json(calendar) : null,
            found.Pauses, found.Confidence, Short(found.Baseline), Short(found.AroundTheClock), found.Notes,
                found.Unexplained);

        private static double Short(double share) => Math.Round(share, 6);
    }
}
