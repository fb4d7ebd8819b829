using System.CommandLine;
using System.Text;
using Entente.Formats.Calendars;

namespace Entente.Cli;

/// <summary>
/// <c>entente time batch</c>: questions as JSON Lines on standard input, one answer a line, in order.
/// </summary>
internal static class TimeBatch
{
    public static Command Create()
    {
        var calendar = Time.CalendarOption();
        var command = new Command("batch",
            "Answer JSON Lines from standard input: elapsed, due, latest-start, isOpen.") { calendar };
        command.SetAction(result => Output.Guard(result, () =>
        {
            using var input = new StreamReader(Console.OpenStandardInput(), Encoding.UTF8, bufferSize: 1 << 16);
            using var output = Console.OpenStandardOutput();
            BatchAnswers.Answer(Time.LoadCalendar(result.GetValue(calendar)!), input, output);
            return 0;
        }));
        return command;
    }
}
