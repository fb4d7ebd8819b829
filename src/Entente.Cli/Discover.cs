using System.CommandLine;
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
        var verdict = new Option<string?>("--verdict")
        {
            Description = "Column with the recorded verdict, such as "
            + "made_sla."
        };
        var duration = new Option<string?>("--duration")
        {
            Description = "Column with the recorded open time, such "
            + "as business_duration."
        };
        var group = new Option<string?>("--group")
        {
            Description = "Column that divides the cases, such as "
            + "priority; each group is explained on its own."
        };
        var command = new Command("discover",
            "Find the calendar, the clock and the threshold that best explain recorded verdicts or durations.")
        {
            source.Tickets, source.Mapping, source.TimeZone, source.Sheet, verdict, duration, group,
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
        var found = new DiscoveryQuestion(verdict, duration, group)
            .Answer(opened.Import, opened.File.Name, TicketsSource.Progress(), Tell);
        foreach (var dirty in opened.Import.Report.Counts) Console.Error.WriteLine($"entente: {dirty.Key}: "
            + $"{Counted.Of(dirty.Value, "row")} (see 'tickets import')");
        Output.Write(result, DiscoveryAnswer.Of(found), (console, _) => Show(console, found));
        return 0;
    }

    private static void Tell(CaseGroup cases, double share) => Console.Error.WriteLine(
        FormattableString.Invariant($"entente: {cases.Name} ({Counted.Of(cases.Cases.Count, "case")}): {share:P0}"));

    private static void Show(IAnsiConsole console, IReadOnlyList<Discovered> groups)
    {
        foreach (var group in groups)
        {
            console.WriteLine($"{group.Group}: {group.Explained} of {Counted.Of(group.Cases, "case")} explained "
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
}
