using Entente.Formats.Tickets;
using Entente.Monitoring;
using Entente.Tests.Shared;

namespace Entente.Formats.Tests.Tickets;

public sealed class RealLogTests
{
    [Fact]
    public void The_ServiceNow_audit_log_reads_whole()
    {
        var file = TicketFile.At(SharedData.Path("uci_servicenow", "incident_event_log.csv.gz"));
        var (events, report, mapping) = Logs.Read(file);
        mapping.Name.ShouldBe("servicenow");
        (report.Rows, report.Events, report.Cases, report.Refused).ShouldBe((141_712, 141_712, 24_918, 0));
        var first = TicketCase.Gather(events)[0];
        first.Id.ShouldBe("INC0000045");
        first.Moments["opened"].ShouldBe(Logs.At("2016-02-29T01:16:00Z"));
        first.States.Select(state => state.State).ShouldBe(["New", "Resolved", "Closed"]);
    }

    [Theory]
    [InlineData("incidents.csv.gz", 65_533, 7_554, "status + sub_status")]
    [InlineData("closed_problems.csv.gz", 6_660, 1_487, "activity")]
    public void The_Volvo_logs_are_guessed_right(string name, int events, int cases, string state)
    {
        var (_, report, mapping) = Logs.Read(TicketFile.At(SharedData.Path("bpic2013_volvo", name)));
        (mapping.Case, mapping.At, mapping.State).ShouldBe(("case", "timestamp", state));
        (report.Events, report.Cases, report.Refused).ShouldBe((events, cases, 0));
    }
}
