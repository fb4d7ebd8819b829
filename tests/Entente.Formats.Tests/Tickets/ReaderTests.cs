using Entente.Formats.Tickets;
using Entente.Monitoring;

namespace Entente.Formats.Tests.Tickets;

public sealed class ReaderTests
{
    private const string ServiceNowAudit = """
        number,incident_state,sys_updated_at,opened_at,resolved_at,closed_at,priority,assignment_group,made_sla
        INC1,New,1/3/2024 09:00,1/3/2024 08:55,1/3/2024 17:00,13/3/2024 10:00,3 - Moderate,Desk,true
        INC1,Awaiting User Info,1/3/2024 10:00,1/3/2024 08:55,1/3/2024 17:00,13/3/2024 10:00,3 - Moderate,Desk,true
        INC1,Awaiting User Info,1/3/2024 11:00,1/3/2024 08:55,1/3/2024 17:00,13/3/2024 10:00,3 - Moderate,Network,true
        INC1,Closed,13/3/2024 10:00,1/3/2024 08:55,1/3/2024 17:00,13/3/2024 10:00,3 - Moderate,Network,false
        """;

    [Fact]
    public void A_ServiceNow_audit_log_gives_its_history_and_its_moments()
    {
        var (events, report, mapping) = Logs.Read(Logs.File(ServiceNowAudit));
        mapping.Name.ShouldBe("servicenow");
        report.Events.ShouldBe(4);
        report.Dirty.ShouldBeEmpty();
        events.Where(happened => !happened.IsMoment).Select(happened => happened.Event)
            .ShouldBe(["New", "Awaiting User Info", "updated", "Closed"]);
        var ticket = TicketCase.Gather(events).ShouldHaveSingleItem();
        ticket.Moments["opened"].ShouldBe(Logs.At("2024-03-01T08:55:00Z"));
        ticket.Moments["closed"].ShouldBe(Logs.At("2024-03-13T10:00:00Z"));
        ticket.States.Select(state => state.State).ShouldBe(["New", "Awaiting User Info", "Closed"]);
        ticket.Last("made_sla").ShouldBe("false");
        ticket.Events[^1].Team.ShouldBe("Network");
    }

    [Fact]
    public void A_ServiceNow_export_with_labels_gives_a_case_a_row()
    {
        var (events, report, mapping) = Logs.Read(Logs.File("""
            "Number","State","Opened","Resolved","Closed","Priority","Business duration","Made SLA"
            "INC1","Closed","2024-03-01 08:55","2024-03-01 17:00","2024-03-13 10:00","3 - Moderate","29,100","true"
            "INC2","New","2024-03-02 08:55:00","","","3 - Moderate","",""
            """));
        mapping.Name.ShouldBe("servicenow");
        report.Cases.ShouldBe(2);
        events.Select(happened => (happened.Case, happened.Event))
            .ShouldBe([("INC1", "opened"), ("INC1", "resolved"), ("INC1", "closed"), ("INC2", "opened")]);
        events[2].State.ShouldBe("Closed");
    }

    [Fact]
    public void A_ServiceNow_field_history_gives_changes_in_words()
    {
        var (events, _, mapping) = Logs.Read(Logs.File("""
            documentkey,fieldname,oldvalue,newvalue,sys_created_on,user
            INC1,state,1,3,2024-03-01 09:00:00,ada
            INC1,assignment_group,Desk,Network,2024-03-01 09:30:00,ada
            """));
        mapping.Name.ShouldBe("servicenow-history");
        events[0].State.ShouldBe("On Hold");
        events[1].Team.ShouldBe("Network");
        events[1].Actor.ShouldBe("ada");
    }

    [Fact]
    public void Jira_issues_give_their_moments_and_the_changes_inside()
    {
        var (events, _, mapping) = Logs.Read(Logs.File("""
            {"startAt": 0, "issues": [{"key": "OPS-1", "fields": {"created": "2024-03-01T09:00:00.000+0100",
              "resolutiondate": "2024-03-01T12:30:00.000+0100", "status": {"name": "Done"},
              "priority": {"name": "High"}},
              "changelog": {"histories": [
                {"created": "2024-03-01T10:00:00.000+0100", "author": {"displayName": "Ada"},
                 "items": [{"field": "status", "fromString": "Open", "toString": "Waiting for customer"}]},
                {"created": "2024-03-01T12:30:00.000+0100", "author": {"displayName": "Bo"},
                 "items": [{"field": "status", "toString": "Done"}, {"field": "resolution", "toString": "Fixed"}]}]}}]}
            """, "search.json"));
        mapping.Name.ShouldBe("jira");
        events.Select(happened => happened.Event)
            .ShouldBe(["opened", "resolved", "Waiting for customer", "Done", "updated"]);
        events[0].At.ShouldBe(Logs.At("2024-03-01T08:00:00Z"));
        events[2].Actor.ShouldBe("Ada");
        events[0].Priority.ShouldBe("High");
    }

    [Fact]
    public void A_Jira_export_reads_month_names_half_days_and_repeated_columns()
    {
        var (events, report, mapping) = Logs.Read(Logs.File("""
            Summary,Issue key,Status,Priority,Created,Updated,Resolved,Labels,Labels
            "Printer ""B"" is
            out of ink",OPS-1,Done,Low,01/Mar/24 9:05 AM,01/Mar/24 1:05 PM,01/Mar/24 12:05 PM,ink,printer
            """));
        mapping.Name.ShouldBe("jira-export");
        report.Dirty.ShouldBeEmpty();
        events.Select(happened => happened.At.ToString())
            .ShouldBe(["2024-03-01T09:05:00Z", "2024-03-01T12:05:00Z", "2024-03-01T13:05:00Z"]);
        events[0].Fields["Summary"].ShouldBe("Printer \"B\" is\nout of ink");
    }

    [Fact]
    public void Zammad_tickets_and_their_history_are_told_apart()
    {
        var tickets = Logs.Read(Logs.File("""
            [{"id": 1, "number": "64001", "state": "closed", "group": "Users", "priority": "2 normal",
            "created_at": "2024-03-01T09:00:00.000Z",
              "first_response_at": "2024-03-01T09:30:00.000Z", "close_at": "2024-03-01T12:00:00.000Z",
              "updated_at": "2024-03-01T12:00:01.000Z"}]
            """, "tickets.json"));
        tickets.Mapping.Name.ShouldBe("zammad");
        tickets.Events.Select(happened => happened.Event).ShouldBe(["opened", "firstResponse", "closed", "updated"]);
        var history = Logs.Read(Logs.File("""
            {"history": [{"o_id": 1, "attribute": "state", "value_from": "new", "value_to": "pending reminder",
            "created_at": "2024-03-01T10:00:00Z"}]}
            """, "history.json"));
        history.Mapping.Name.ShouldBe("zammad-history");
        history.Events.ShouldHaveSingleItem().State.ShouldBe("pending reminder");
    }

    [Fact]
    public void GLPI_reads_numbers_for_states_and_semicolons()
    {
        var api = Logs.Read(Logs.File("""
            {"id": 7, "status": 4, "date": "2024-03-01 09:00:00", "solvedate": null, "closedate": null, "priority": 3}
            {"id": 8, "status": 6, "date": "2024-03-01 09:00:00", "solvedate": "2024-03-01 10:00:00", "closedate": null}
            """, "tickets.jsonl"), zone: "Europe/Paris");
        api.Mapping.Name.ShouldBe("glpi");
        api.Events[0].State.ShouldBe("Pending");
        api.Events[0].At.ShouldBe(Logs.At("2024-03-01T08:00:00Z"));
        var export = Logs.Read(Logs.File("""
            "ID";"Title";"Status";"Opening date";"Resolution date";"Priority"
            "7";"Mail; slow";"Pending";"01-03-2024 09:00";"";"Medium"
            """));
        export.Mapping.Name.ShouldBe("glpi");
        export.Events.ShouldHaveSingleItem().At.ShouldBe(Logs.At("2024-03-01T09:00:00Z"));
    }

    [Fact]
    public void ITop_is_read_as_XML_and_as_CSV()
    {
        var xml = Logs.Read(Logs.File("""
            <?xml version="1.0" encoding="UTF-8"?>
            <Set><Incident alias="Incident" id="12"><ref>I-000012</ref><status>closed</status>
            <start_date>2024-03-01 09:00:00</start_date>
            <resolution_date>2024-03-01 10:00:00</resolution_date><close_date>2024-03-04 10:00:00</close_date>
            <last_pending_date/><sla_ttr_passed>no</sla_ttr_passed></Incident></Set>
            """, "incidents.xml"));
        xml.Mapping.Name.ShouldBe("itop");
        xml.Events.Select(happened => happened.Event).ShouldBe(["opened", "resolved", "closed"]);
        xml.Events[0].Case.ShouldBe("I-000012");
        Logs.Read(Logs.File("""
            "Ref","Status","Start date","Resolution date","Close date"
            "I-000012","Closed","2024-03-01 09:00:00","2024-03-01 10:00:00","2024-03-04 10:00:00"
            """)).Mapping.Name.ShouldBe("itop");
    }

    [Fact]
    public void An_XES_log_is_streamed_trace_by_trace()
    {
        var (events, _, mapping) = Logs.Read(Logs.File("""
            <?xml version="1.0"?><log xes.version="1.0" xmlns="http://www.xes-standard.org/">
            <extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
            <string key="concept:name" value="whole log"/>
            <trace><string key="concept:name" value="1-1"/><string key="impact" value="High"/>
              <event><string key="concept:name" value="Queued"/>
              <date key="time:timestamp" value="2012-05-01T10:00:00.000+02:00"/></event>
              <event><string key="concept:name" value="Completed"/><string key="lifecycle:transition" value="Closed"/>
                <date key="time:timestamp" value="2012-05-02T10:00:00.000+02:00"/></event></trace></log>
            """, "log.xes"));
        mapping.Name.ShouldBe("xes");
        events.Select(happened => happened.State).ShouldBe(["Queued", "Completed/Closed"]);
        events[0].Impact.ShouldBe("High");
        events[0].At.ShouldBe(Logs.At("2012-05-01T08:00:00Z"));
    }

    [Fact]
    public void Gzip_is_read_as_it_is() =>
        Logs.Read(Logs.Zipped(ServiceNowAudit)).Report.Events.ShouldBe(4);

    [Fact]
    public void Events_written_as_JSON_lines_read_back_the_same()
    {
        var (events, _, _) = Logs.Read(Logs.File(ServiceNowAudit));
        using var written = new MemoryStream();
        using (var lines = new EventLines(written))
            foreach (var happened in events) lines.Write(happened);
        var bytes = written.ToArray();
        var back = Logs.Read(new("events.jsonl", () => new MemoryStream(bytes)));
        back.Mapping.Name.ShouldBe("entente");
        back.Report.Dirty.ShouldBeEmpty();
        back.Events.Select(happened => (happened.Case, happened.At, happened.Event, happened.State, happened.Team))
            .ShouldBe(events.Select(happened =>
                (happened.Case, happened.At, happened.Event, happened.State, happened.Team)));
    }
}
