using System.CommandLine;
using Entente.Formats.Calendars;

namespace Entente.Cli;

/// <summary><c>entente time periods</c>: calendar periods from an anchor, or rolling windows.</summary>
internal static class TimePeriods
{
    public static Command Create()
    {
        var every = Time.Text("--every", "Length: 1D, 2W, 1M, 1Q, 1Y.");
        var anchor = new Option<string>(
            "--anchor")
        { Description = "Local date or date-time at which a period begins." };
        var zone = new Option<string>("--time-zone") { Description = "IANA zone.", DefaultValueFactory = _ => "UTC" };
        var (from, to) = (Time.Text("--from", "Instant, or local date."), Time.Text("--to", "Instant, or local date."));
        var rolling = new Option<string>("--rolling")
        {
            Description = "Roll instead: the window before the end of each such step (1D, 1W) inside the range.",
        };
        var command = new Command("periods", "The periods that overlap [from, to), each whole and half-open.")
        {
            every, anchor, zone, from, to, rolling,
        };
        command.SetAction(result => Output.Guard(result, () =>
        {
            var question = new PeriodQuestion(
                result.GetValue(every)!, result.GetValue(from)!, result.GetValue(to)!,
                result.GetValue(anchor), result.GetValue(zone), result.GetValue(rolling));
            return Time.Answer(result, question.Answer(Flag), a => Time.Show(a.Periods));
        }));
        return command;
    }

    private static string Flag(string field) => field == "timeZone" ? "--time-zone" : $"--{field}";
}
