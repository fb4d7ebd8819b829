using System.Text.Json;

namespace Entente.Cli.Tests;

[Collection(Terminal.Name)]
public sealed class TimeTests : IDisposable
{
    private const string Office = """
        timeZone: Europe/Berlin
        weekly:
          monday: ["08:00-12:00", "13:00-17:00"]
          friday: ["22:00-06:00"]
        holidays: [{date: 2026-12-25, name: Christmas Day}, {from: "12-24", to: "01-02", yearly: true}]
        exceptions: [{date: 2026-12-31, open: ["08:00-12:00"]}, {date: 2026-06-04, add: ["18:00-20:00"]}, {date: 2026-06-05, remove: ["13:00-15:00"]}]
        """;

    private readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task Elapsed_time_over_a_change_of_clocks_is_exact()
    {
        var always = _shell.File("always.yaml", "timeZone: Europe/Berlin\nalwaysOpen: true\n");
        var said = await Shell.Run("time", "elapsed", "--calendar", always, "--from", "2024-03-30T23:30:00+01:00", "--to", "2024-04-01T12:00:00+02:00");
        (said.Exit, said.Out.Trim()).ShouldBe((0, """{"elapsed":"PT35H30M"}"""));
    }

    [Fact]
    public async Task Latest_start_is_the_inverse_of_due()
    {
        var calendar = _shell.File("office.yaml", Office);
        var due = (await Shell.Run("time", "due", "--calendar", calendar, "--from", "2026-03-02T10:00:00Z", "--target", "PT4H", "--json"))
            .Json.GetProperty("due").GetString()!;
        due.ShouldBe("2026-03-02T15:00:00Z");
        (await Shell.Run("time", "latest-start", "--calendar", calendar, "--to", due, "--target", "PT4H", "--json")).Json.GetProperty("latestStart").GetString()
            .ShouldBe("2026-03-02T10:00:00Z");
    }

    [Fact]
    public async Task Open_intervals_know_exceptions_and_nights()
    {
        var calendar = _shell.File("office.yaml", Office);
        var open = (await Shell.Run("time", "open", "--calendar", calendar, "--from", "2026-06-04T00:00:00Z", "--to", "2026-06-07T00:00:00Z", "--json"))
            .Json.GetProperty("open");
        open.EnumerateArray().Select(one => (one.GetProperty("start").GetString(), one.GetProperty("end").GetString()))
            .ShouldBe([("2026-06-04T16:00:00Z", "2026-06-04T18:00:00Z"), ("2026-06-05T20:00:00Z", "2026-06-06T04:00:00Z")]);
    }

    [Fact]
    public async Task Periods_begin_at_the_31st_or_the_last_day()
    {
        var said = await Shell.Run("time", "periods", "--every", "1M", "--anchor", "2026-01-31", "--time-zone", "UTC", "--from", "2026-02-01", "--to",
            "2026-04-01", "--json");
        said.Json.GetProperty("periods").EnumerateArray().Select(one => one.GetProperty("start").GetString())
            .ShouldBe(["2026-01-31T00:00:00Z", "2026-02-28T00:00:00Z", "2026-03-31T00:00:00Z"]);
        var bad = await Shell.Run("time", "periods", "--every", "often", "--from", "2026-02-01", "--to", "2026-04-01", "--json");
        (bad.Exit, Path(bad)).ShouldBe((1, "--every"));
    }

    [Theory]
    [InlineData("timeZone: Europe/Berlin\nweekly: {monday: [\"8-12\"]}\n", "weekly.monday[0]")]
    [InlineData("timeZone: Mars/Olympus\nalwaysOpen: true\n", "timeZone")]
    [InlineData("timeZone: UTC\nalwaysOpen: true\nopen: yes\n", "open")]
    public async Task A_wrong_calendar_names_its_place_and_ends_with_one(string yaml, string path)
    {
        var said = await Shell.Run("time", "check", "--calendar", _shell.File("bad.yaml", yaml), "--json");
        (said.Exit, Path(said)).ShouldBe((1, path));
    }

    [Fact]
    public async Task A_target_that_no_open_time_reaches_is_refused()
    {
        var once = _shell.File("once.yaml", "timeZone: UTC\nexceptions: [{date: 2026-01-01, open: [\"08:00-09:00\"]}]\n");
        var said = await Shell.Run("time", "due", "--calendar", once, "--from", "2026-01-02T00:00:00Z", "--target", "PT4H", "--json");
        (said.Exit, said.Json.GetProperty("error").GetProperty("code").GetString()).ShouldBe((1, "calendar.unreachable"));
        (await Shell.Run("time", "due", "--calendar", _shell.Folder + "/none.yaml", "--from", "2026-01-02T00:00:00Z", "--target", "PT4H", "--json"))
            .Exit.ShouldBe(1);
    }

    [Fact]
    public async Task A_batch_reads_standard_input_and_answers_a_line_each_in_order()
    {
        var said = await Shell.Pipe(
            """
            {"op":"isOpen","at":"2026-03-02T08:00:00Z"}
            {"op":"elapsed","from":"2026-03-02T08:00:00Z"}
            not json
            {"op":"due","from":"2026-03-02T10:00:00Z","target":"PT4H"}

            """, "time", "batch", "--calendar", _shell.File("office.yaml", Office));
        var lines = said.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<JsonElement>(line)).ToList();
        lines.Count.ShouldBe(4, said.Error);
        lines[0].GetProperty("isOpen").GetBoolean().ShouldBeTrue();
        lines[1].GetProperty("error").GetProperty("code").GetString().ShouldBe("batch.field");
        lines[2].GetProperty("error").GetProperty("code").GetString().ShouldBe("batch.json");
        lines[3].GetProperty("due").GetString().ShouldBe("2026-03-02T15:00:00Z");
    }

    [Fact]
    public async Task A_replay_reads_definition_and_events_and_tells_each_clock()
    {
        var definition = _shell.File("clocks.yaml", """
            calendars:
              office: {timeZone: UTC, weekly: {monday: ["08:00-17:00"]}}
            clocks:
              resolution: {calendar: office, target: PT4H, start: created, pause: "status = Pending", stop: "status = Resolved"}
            """);
        var events = _shell.File("events.csv", "case,at,event,status\nA,2026-03-02T08:00:00Z,created,New\nA,2026-03-02T10:00:00Z,,Pending\n");
        var said = await Shell.Run("clock", "replay", "--definition", definition, "--events", events, "--now", "2026-03-02T16:00:00Z", "--json");
        var clock = said.Json.GetProperty("cases")[0].GetProperty("clocks")[0];
        (clock.GetProperty("state").GetString(), clock.GetProperty("elapsed").GetString(), clock.GetProperty("breached").GetBoolean(),
            clock.TryGetProperty("due", out _))
            .ShouldBe(("paused", "PT2H", false, false));
    }

    private static string? Path(Said said) => said.Json.GetProperty("error").GetProperty("findings")[0].GetProperty("path").GetString();
}
