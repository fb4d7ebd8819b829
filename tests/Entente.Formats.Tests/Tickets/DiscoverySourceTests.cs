using Entente.Formats.Tickets;
using Entente.ServiceTime.Discovery;

namespace Entente.Formats.Tests.Tickets;

public sealed class DiscoverySourceTests
{
    private const string Log = """
        number,opened_at,resolved_at,state,priority,made_sla,business_duration,words
        A,2024-03-01 09:00,2024-03-01 10:00,Closed,1,true,3600,one
        B,2024-03-01 09:00,2024-03-04 10:00,Closed,2,false,1 Hour,two
        C,2024-03-01 09:00,,New,2,,,three
        """;

    private static TicketImport Import() => new(Logs.File(Log), MappingGuess.Choose(Logs.File(Log)).Mapping);

    [Fact]
    public void Cases_are_divided_and_keep_the_columns_own_names()
    {
        var groups = DiscoverySource.Verdicts(Import(), "Made SLA", "priority");
        groups.Select(group => (group.Name, group.Cases.Count)).ShouldBe([("1", 1), ("2", 1)]);
        groups[0].Moments.ShouldBe(["opened_at", "resolved_at"]);
        groups[0].Cases[0].Verdict.ShouldBe(true);
        groups[0].Cases[0].Moments["opened_at"].ShouldBe(Logs.At("2024-03-01T09:00:00Z"));
    }

    [Fact]
    public void Durations_in_words_are_seconds() =>
        DiscoverySource.Durations(new(Logs.File(Log.Replace("3600", "PT1H")), MappingGuess.Choose(Logs.File(Log))
            .Mapping), "business_duration", null)
            .ShouldHaveSingleItem().ShouldSatisfyAllConditions(
                group => group.SecondsKnown.ShouldBeTrue(),
                group => group.Cases.Select(one => one.Recorded).ShouldBe([3600m, 3600m]));

    [Fact]
    public void A_state_a_history_and_a_pause_become_moments_and_states()
    {
        const string History = """
            case,at,state,met
            A,2024-03-01 09:00,New,
            A,2024-03-01 10:00,On Hold,
            A,2024-03-01 11:00,New,
            A,2024-03-01 12:00,Done,yes
            """;
        var group = DiscoverySource.Verdicts(new(Logs.File(History), MappingGuess.Choose(Logs.File(History)).Mapping),
            "met", null)
            .ShouldHaveSingleItem();
        group.Moments.ShouldBe(["first event", "last event", "first Done", "first New", "first On Hold", "last Done",
            "last New", "last On Hold"]);
        var one = group.Cases.ShouldHaveSingleItem();
        one.Moments["last New"].ShouldBe(Logs.At("2024-03-01T11:00:00Z"));
        one.States.Select(state => state.State).ShouldBe(["New", "On Hold", "New", "Done"]);
    }

    [Theory]
    [InlineData("verdict", "There is no column 'verdict'. The log has: number, opened_at")]
    [InlineData("words", "holds no verdict")]
    public void A_column_that_holds_no_verdict_is_refused(string column, string named) =>
        Should.Throw<BadInputException>(() => DiscoverySource.Verdicts(Import(), column, null))
            .Message.ShouldContain(named);

    [Fact]
    public void A_column_that_holds_no_durations_is_refused() =>
        Should.Throw<BadInputException>(() => DiscoverySource.Durations(Import(), "words", null))
            .Message.ShouldContain("it says 'one'");
}
