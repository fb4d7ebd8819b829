using System.IO.Compression;
using System.Text;
using Entente.Formats.Measurements;
using Entente.Tests.Shared;
using NodaTime;
using Data = Entente.Terms.Evaluation.Measurements;

namespace Entente.Formats.Tests.Measurements;

public sealed class MeasurementFileTests
{
    private static Reading<Data> Read(string text, string zone = "UTC") =>
        MeasurementFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "file", DateTimeZoneProviders.Tzdb[zone]);

    [Theory]
    [InlineData("start,series,good,total\n2026-01-01T00:00:00Z,a,9,10\n2026-01-01T00:05:00Z,a,10,10\n")]
    [InlineData("at;service;bad;total\n2026-01-01 00:00;a;1;10\n2026-01-01 00:05;a;0;10\n")]
    [InlineData("timestamp\tcomponent\tgood\tbad\n1767225600\ta\t9\t1\n1767225900\ta\t10\t0\n")]
    [InlineData(
        "{\"at\":\"2026-01-01T01:00:00+01:00\",\"series\":\"a\",\"good\":9,\"total\":10}\n{\"at\":\"2026-01-01T00:05:00Z\",\"series\":\"a\",\"good\":10,\"total\":10}\n")]
    [InlineData(
        "[{\"at\":1767225600,\"series\":\"a\",\"good\":9,\"total\":10},\n {\"at\":1767225900,\"series\":\"a\",\"good\":10.0,\"total\":10}]")]
    public void Counts_are_read_in_every_spelling(string text)
    {
        var data = Read(text).Get();
        data.Counts.Select(row => (row.Series, row.Bucket.Start, row.Bucket.Length, row.Bucket.Good, row.Bucket.Total))
            .ShouldBe([("a", 1767225600, 300, 9, 10), ("a", 1767225900, 300, 10, 10)]);
    }

    [Fact]
    public void A_compressed_file_is_read_as_it_is()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true))
            gzip.Write("at,good,total\n2026-01-01T00:00:00Z,1,2\n"u8);
        packed.Position = 0;
        MeasurementFile.Read(packed, "x.gz").Get().Counts.Single().Bucket.Total.ShouldBe(2);
    }

    /// <remarks>46023 is the first day of 2026; a sheet counts days.</remarks>
    [Fact]
    public void A_workbook_is_read_like_a_table()
    {
        var book = Xlsx.Book("", ["yyyy-mm-dd hh:mm"], new Xlsx.Sheet("Cover", Xlsx.Rows("Counts of Acme")),
            new("January", Xlsx.Rows("at|series|good|total") + """
                <row r="2"><c s="1"><v>46023</v></c><c t="s"><v>0</v></c><c><v>9</v></c><c><v>10</v></c></row>
                <row r="3"><c s="1"><v>46023.003472222219</v></c><c t="s"><v>0</v></c><c><v>10</v></c><c><v>10</v></c></row>
                <row r="5"><c t="str"><v>soon</v></c><c t="s"><v>0</v></c><c><v>9</v></c><c><v>10</v></c></row>
                """));
        var reading = MeasurementFile.Read(new MemoryStream(book), "x.xlsx",
            DateTimeZoneProviders.Tzdb["Europe/Berlin"]);
        reading.Value!.Counts.Select(row => (row.Series, row.Bucket.Start, row.Bucket.Length, row.Bucket.Good,
            row.Bucket.Total))
            .ShouldBe([("shared", 1767222000, 300, 9, 10), ("shared", 1767222300, 300, 10, 10)]);
        reading.Findings.Select(finding => finding.Path).ShouldBe(["x.xlsx: line 5, column at",
            "x.xlsx: sheet January"]);
        reading.Findings[1].Message.ShouldContain("also holds Cover");
        MeasurementFile.Read(new MemoryStream(book), "x.xlsx", sheet: "March").Findings.Single()
            .Message.ShouldContain("expected one of Cover, January");
        MeasurementFile.Read(new MemoryStream([(byte)'P', (byte)'K', 3, 4, 0]), "x.zip").Findings.Single()
            .Message.ShouldContain("a damaged workbook");
    }

    [Fact]
    public void Intervals_know_whether_they_are_a_log_or_a_list_of_outages()
    {
        Read("series,start,end\na,2026-01-01T00:00:00Z,2026-01-01T01:00:00Z\n").Get().ShouldSatisfyAllConditions(
            data => data.ListsOutagesOnly.ShouldBeTrue(), data => data.States.Single().State.ShouldBe("down"));
        Read("series,start,end,state\na,2026-01-01T00:00:00Z,2026-01-01T01:00:00Z,up\na,2026-01-01T01:00:00Z,,down\n")
            .Get().ShouldSatisfyAllConditions(
            data => data.ListsOutagesOnly.ShouldBeFalse(), data => data.States[1].End.ShouldBeNull());
    }

    [Fact]
    public void Tickets_bring_pauses_updates_and_fields()
    {
        var row = Read("""
            id,opened_at,first_response_at,resolved_at,priority,team,pauses,updates
            T1,2026-01-05 09:00,2026-01-05 09:10,2026-01-05 12:00,P1,Network,"2026-01-05 10:00/2026-01-05 11:00;2026-01-05 11:30/",2026-01-05 09:30;2026-01-05 10:30
            """, "Europe/Berlin").Get().Tickets.Single();
        row.Opened.ShouldBe(Instant.FromUtc(2026, 1, 5, 8, 0));
        row.Pauses.Count.ShouldBe(2);
        row.Pauses[1].HasEnd.ShouldBeFalse();
        (row.Updates.Count, row.Fields.Find("TEAM")).ShouldBe((2, "Network"));
    }

    [Fact]
    public void Histograms_keep_their_lower_edges()
    {
        var rows =
            Read("at,le_ms,count\n2026-01-01T00:00:00Z,100,5\n2026-01-01T00:00:00Z,300,3\n2026-01-01T00:01:00Z,100,1\n")
            .Get().Values;
        rows.Select(row => (row.Low, row.Value, row.Count))
            .ShouldBe([(0m, 100_000m, 5), (100_000m, 300_000m, 3), (0m, 100_000m, 1)]);
    }

    [Fact]
    public void Planned_work_begins_when_it_is_in_progress_and_a_status_page_s_own_answer_is_read()
    {
        var data = Read("""
            {"page":{}, "incidents":[{"id":"1","name":"Work","impact":"maintenance","created_at":"2026-01-01T00:00:00Z","resolved_at":"2026-01-03T00:00:00Z",
              "components":[{"name":"API"},{"name":"Web"}],
              "incident_updates":[{"status":"scheduled","created_at":"2026-01-01T00:00:00Z"},{"status":"in_progress","created_at":"2026-01-02T22:00:00Z"}]}]}
            """).Get();
        data.States.Select(row => (row.Series, row.Start))
            .ShouldBe([("API", Instant.FromUtc(2026, 1, 2, 22, 0)), ("Web", Instant.FromUtc(2026, 1, 2, 22, 0))]);
    }

    [Theory]
    [InlineData("start,good,total\nyesterday,1,2\n", "line 2, column start", "yesterday")]
    [InlineData("start,good,total\n2026-01-01T00:00:00Z,3,2\n", "line 2, column good", "no more than the total of 2")]
    [InlineData("start,good,total\n2026-01-01T00:00:00Z,-1,2\n", "line 2, column good", "a whole number")]
    [InlineData("start,good,total\n2026-01-01T00:00:00Z,1\n", "line 2", "Expected 3 columns")]
    [InlineData("start,end\n2026-01-02T00:00:00Z,2026-01-01T00:00:00Z\n", "line 2, column end", "not before the start")]
    [InlineData("colour,taste\nred,sweet\n", "line 1", "counts (start, good, total)")]
    [InlineData("", "line 1", "empty")]
    [InlineData("{\"at\": oops}\n", "line 1", "no JSON")]
    [InlineData("id,opened,resolved\n1,2026-01-02T00:00:00Z,2026-01-01T00:00:00Z\n", "line 2, column resolved",
        "not before opened")]
    [InlineData("at,status\n\"2026-01-01T00:00:00Z,up\n", "file", "never closed")]
    public void What_is_wrong_is_named_with_line_and_column(string text, string place, string words)
    {
        var finding = Read(text).Findings.First(one => one.Severity == Severity.Error);
        finding.Path.ShouldContain(place);
        finding.Message.ShouldContain(words);
    }

    [Theory]
    [InlineData("2024-Q1", "2023-12-31T23:00:00Z", "2024-03-31T22:00:00Z"),
        InlineData("2024-05", "2024-04-30T22:00:00Z", "2024-05-31T22:00:00Z")]
    [InlineData("2024", "2023-12-31T23:00:00Z", "2024-12-31T23:00:00Z"),
        InlineData("2024-W20", "2024-05-12T22:00:00Z", "2024-05-19T22:00:00Z")]
    [InlineData("2024-03-31", "2024-03-30T23:00:00Z", "2024-03-31T22:00:00Z"),
        InlineData("2024-01-01/2024-01-02T00:00:00Z", "2023-12-31T23:00:00Z", "2024-01-02T00:00:00Z")]
    public void A_period_lies_in_the_zone_of_the_agreement(string text, string from, string to)
    {
        var interval = PeriodText.Read(text, DateTimeZoneProviders.Tzdb["Europe/Berlin"])!.Value;
        $"{interval.Start} {interval.End}".ShouldBe($"{from} {to}");
    }

    [Theory, InlineData("2024-13"), InlineData("2024-Q5"), InlineData("2024-02-30"),
        InlineData("2024-02-02/2024-02-01"), InlineData("soon"), InlineData("2023-W53")]
    public void What_is_no_period_is_none(string text) => PeriodText.Read(text, DateTimeZone.Utc).ShouldBeNull();
}
