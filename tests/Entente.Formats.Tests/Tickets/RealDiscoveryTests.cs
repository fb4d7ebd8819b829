using Entente.Formats.Tickets;
using Entente.ServiceTime.Discovery;
using Entente.Tests.Shared;

namespace Entente.Formats.Tests.Tickets;

public sealed class RealDiscoveryTests
{
    /// <remarks>
    /// The floor is what the search reaches blind on a quarter of the cases; opened to resolved reaches 0.90.
    /// </remarks>
    [Fact]
    public void The_ServiceNow_verdicts_are_explained_far_better_than_by_the_time_to_resolution()
    {
        var file = TicketFile.At(SharedData.Path("uci_servicenow", "incident_event_log.csv.gz"));
        var import = new TicketImport(file, MappingGuess.Choose(file).Mapping);
        var groups = DiscoverySource.Verdicts(import, "made_sla", "priority");
        groups.Select(group => (group.Name, group.Cases.Count)).ShouldBe(
            [("3 - Moderate", 23_466), ("4 - Low", 774), ("2 - High", 408), ("1 - Critical", 270)]);
        var discovery = new Discovery();
        var moderate = discovery.Verdicts(groups[0] with
        {
            Cases = [.. groups[0].Cases.Where((_, at) =>
            at % 6 == 0)]
        });
        moderate.Start.ShouldBe("opened_at");
        moderate.HeldOutAccuracy!.Value.ShouldBeGreaterThan(0.99);
        moderate.Confidence.ShouldBe(Confidence.High);
        moderate.Calendar!.AlwaysOpen.ShouldBeFalse();
        discovery.Verdicts(groups[1]).HeldOutAccuracy!.Value.ShouldBeGreaterThan(0.98);
        var high = discovery.Verdicts(groups[2]);
        high.Confidence.ShouldBe(Confidence.None);
        high.Notes.ShouldContain("The data cannot tell: only 2 of 408 cases have the rarer verdict.");
    }
}
