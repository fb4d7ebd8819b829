using Entente.Formats.Tickets;

namespace Entente.Formats.Tests.Tickets;

public sealed class MappingTests
{
    [Fact]
    public void Every_shipped_mapping_reads_and_is_recognised_by_roles_it_has()
    {
        ShippedMappings.All.Select(mapping => mapping.Name).ShouldBe(
            ["entente", "glpi", "itop", "jira", "jira-export", "servicenow", "servicenow-history",
                "servicenow-task-sla", "xes", "zammad", "zammad-history"],
            ignoreOrder: true);
        foreach (var mapping in ShippedMappings.All)
            mapping.RecognisedBy.ShouldBeSubsetOf(mapping.Roles().Select(role => role.Role), mapping.Name);
    }

    [Fact]
    public void An_unknown_column_says_which_columns_there_are() =>
        Should.Throw<BadInputException>(() =>
            Logs.Read(Logs.File("id,when\nA,2024-03-01\n"), "{case: id, at: happened}"))
            .Message.ShouldContain("There is no column 'happened'. The log has: id, when.");

    [Theory]
    [InlineData("{case: id, at: at, statte: x}", "statte")]
    [InlineData("{at: at}", "case")]
    [InlineData("{case: id}", "moments")]
    [InlineData("", "empty")]
    public void A_mapping_with_a_wrong_word_says_what_a_mapping_knows(string yaml, string named) =>
        Should.Throw<BadInputException>(() => TicketMapping.Parse(yaml, "mapping.yaml")).Message.ShouldContain(named);

    [Fact]
    public void Columns_nobody_described_are_guessed_from_names_and_content()
    {
        var file = Logs.File("""
            Ticket ID,Reported on,Sub Status,Status,Fixed on,Queue,Severity,Within target
            T1,2024-03-01 09:00,Wait - User,Accepted,2024-03-01 10:00,Desk,2,yes
            T2,2024-03-02 09:00,In Progress,Accepted,2024-03-02 10:00,Desk,2,no
            """);
        var choice = MappingGuess.Choose(file);
        choice.IsGuess.ShouldBeTrue();
        var mapping = choice.Mapping;
        (mapping.Case, mapping.At, mapping.State, mapping.Team, mapping.Priority)
            .ShouldBe(("Ticket ID", null, "Status + Sub Status", "Queue", "Severity"));
        mapping.Moments.ShouldBe(new Dictionary<string,
            string>
        { ["opened"] = "Reported on", ["resolved"] = "Fixed on" }, ignoreOrder: true);
        TicketMapping.Parse(mapping.ToYaml(), "again").Case.ShouldBe("Ticket ID");
    }

    [Fact]
    public void The_time_of_an_event_is_the_one_that_changes_within_a_case()
    {
        var choice = MappingGuess.Choose(Logs.File("""
            id,created,happened,activity
            A,2024-03-01 09:00,2024-03-01 09:00,New
            A,2024-03-01 09:00,2024-03-01 09:30,Working
            B,2024-03-02 09:00,2024-03-02 09:00,New
            B,2024-03-02 09:00,2024-03-02 09:10,Done
            """));
        (choice.Mapping.At, choice.Mapping.State, choice.Mapping.Moments["created"])
            .ShouldBe(("happened", "activity", "created"));
    }

    [Theory]
    [InlineData("PK\u0003\u0004workbook", "a damaged workbook")]
    [InlineData("%PDF-1.7", "PDF")]
    [InlineData("<!DOCTYPE html><html></html>", "web page")]
    [InlineData("BEGIN:VCALENDAR\r\n", "iCalendar")]
    [InlineData("", "empty")]
    [InlineData("just words\nwithout columns\n", "names no columns")]
    [InlineData("a,b\n", "no usable row")]
    [InlineData("{\"issues\": [{\"key\": }", "broken")]
    [InlineData("{\n\"total\": 0\n}", "no array")]
    [InlineData("<Set><A>", "broken")]
    [InlineData("colour,shape\nred,round\n", "No column looks like")]
    public void A_file_of_the_wrong_kind_says_what_it_looks_like(string content, string named) =>
        Should.Throw<BadInputException>(() => Logs.Read(Logs.File(content))).Message.ShouldContain(named);
}
