using System.Diagnostics;
using System.Text;
using Entente.Formats.Tickets;
using Entente.ServiceTime.Discovery;

namespace Entente.Bench;

/// <summary>
/// Import of 200,000 events, and discovery over a log named as argument (default: the ServiceNow log).
/// </summary>
public static class DiscoveryBench
{
    private const int Events = 200_000;

    public static int Run(string[] arguments)
    {
        var log = Generated();
        var import = Median(() => Count(new("generated.csv", () => new MemoryStream(log))));
        Console.WriteLine($"import of {Events} events, {log.Length / 1_000_000} MB: {import:F2} s");
        var path = arguments is [var named, ..] ? named : "../shared/data/uci_servicenow/incident_event_log.csv.gz";
        var file = TicketFile.At(path);
        Console.WriteLine($"import of {file.Name}: {Median(() => Count(file)):F2} s");
        var groups = DiscoverySource.Verdicts(new(file, MappingGuess.Choose(file).Mapping),
            arguments.ElementAtOrDefault(1) ?? "made_sla",
            arguments.ElementAtOrDefault(2) ?? "priority");
        var started = Stopwatch.GetTimestamp();
        var discovery = new Discovery();
        List<Discovered> found = [.. groups.Select(group => discovery.Verdicts(group))];
        Console.WriteLine($"discovery: {Stopwatch.GetElapsedTime(started).TotalSeconds:F1} s");
        foreach (var group in found)
            Console.WriteLine($"{group.Group}: {group.Explained} of {group.Cases}, held out "
                + $"{group.HeldOutAccuracy:P2}, {group.Confidence}");
        Console.WriteLine($"all: {(double)found.Sum(group => group.Explained) / found.Sum(group => group.Cases):P2}");
        return 0;
    }

    private static double Median(Action measured)
    {
        var seconds = new List<double>();
        for (var turn = 0; turn < 3; turn++)
        {
            var started = Stopwatch.GetTimestamp();
            measured();
            seconds.Add(Stopwatch.GetElapsedTime(started).TotalSeconds);
        }

        return seconds.Order().ElementAt(1);
    }

    private static void Count(TicketFile file)
    {
        foreach (var _ in new TicketImport(file, MappingGuess.Choose(file).Mapping).Read()) { }
    }

    private static byte[] Generated()
    {
        var text = new StringBuilder("number,state,sys_updated_at,opened_at,resolved_at,priority,"
            + "assignment_group,short_description\n");
        for (var row = 0; row < Events; row++)
        {
            var (number, step) = (row / 8, row % 8);
            var (day, hour) = (1 + (number % 28), number % 24);
            text.Append("INC").Append(number.ToString("D7")).Append(",State ").Append(step).Append(",2024-03-")
                .Append(day.ToString("D2"))
                .Append(' ').Append(hour.ToString("D2")).Append(':').Append((step * 7).ToString("D2"))
                    .Append(":00,2024-03-")
                .Append(day.ToString("D2")).Append(' ').Append(hour.ToString("D2"))
                    .Append(":00:00,2024-04-01 12:00:00,3 - Moderate,Group ")
                .Append(number % 50).Append(",\"Printer ").Append(number).Append(", out of ink\"\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
