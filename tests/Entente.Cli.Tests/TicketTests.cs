using System.Globalization;
using System.Text;
using Entente.Tests.Shared;

namespace Entente.Cli.Tests;

[Collection(Terminal.Name)]
public sealed class TicketTests : IDisposable
{
    private readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task A_bad_row_is_reported_and_nothing_is_taken_without_saying_so()
    {
        var log = _shell.File("log.csv", Log(cases: 200, seed: 2).Replace("T0001,", ",", StringComparison.Ordinal));
        var events = System.IO.Path.Combine(_shell.Folder, "events.jsonl");
        var refused = await Shell.Run("tickets", "import", log, "--guess", "--out", events, "--json");
        (refused.Exit, refused.Json.GetProperty("taken").GetBoolean(), System.IO.File.Exists(events)).ShouldBe((1, false, false));
        refused.Json.GetProperty("badRows")[0].GetProperty("line").GetInt32().ShouldBe(3);
        var taken = await Shell.Run("tickets", "import", log, "--guess", "--partial", "--out", events, "--json");
        (taken.Exit, taken.Json.GetProperty("written").GetInt32()).ShouldBe((0, System.IO.File.ReadLines(events).Count()));
    }

    [Fact]
    public async Task A_log_in_a_workbook_is_read_by_the_sheet_that_is_named()
    {
        var lines = Log(cases: 20, seed: 3).ReplaceLineEndings("\n").TrimEnd().Split('\n')
            .Select(line => line.Replace(',', '|')).ToArray();
        var log = System.IO.Path.Combine(_shell.Folder, "log.xlsx");
        await System.IO.File.WriteAllBytesAsync(log, Xlsx.Book(new Xlsx.Sheet("Legend",
            Xlsx.Rows("word|means", "open|waits")), new("Log", Xlsx.Rows(lines))));
        var said = await Shell.Run("tickets", "import", log, "--guess", "--sheet", "log", "--json");
        said.Exit.ShouldBe(0, said.Error);
        (said.Json.GetProperty("cases").GetInt32(), said.Json.GetProperty("notes").GetArrayLength()).ShouldBe((20, 0));
        (await Shell.Run("tickets", "import", log, "--guess", "--sheet", "March"))
            .Error.ShouldContain("expected one of Legend, Log");
    }

    [Fact]
    public async Task Discovery_finds_hours_and_says_how_sure_it_is()
    {
        var said = await Shell.Run("discover", "--tickets", _shell.File("log.csv", Log(cases: 300, seed: 11)), "--duration", "minutes", "--json");
        said.Exit.ShouldBe(0, said.Error);
        var group = said.Json.GetProperty("groups")[0];
        group.GetProperty("cases").GetInt32().ShouldBe(300);
        group.GetProperty("heldOutAccuracy").GetDouble().ShouldBeGreaterThan(0.9);
        group.GetProperty("calendar").GetProperty("weekly").GetProperty("tuesday")[0].GetString().ShouldBe("09:00-17:00");
        group.GetProperty("calendar").GetProperty("weekly").TryGetProperty("sunday", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Discovery_wants_one_column_to_explain_and_names_one_that_is_missing()
    {
        var log = _shell.File("log.csv", Log(cases: 20, seed: 1));
        (await Shell.Run("discover", "--tickets", log, "--json")).Exit.ShouldNotBe(0);
        var missing = await Shell.Run("discover", "--tickets", log, "--verdict", "nothing", "--json");
        missing.Exit.ShouldBe(1);
        missing.Out.ShouldContain("nothing");
    }

    /// <summary>Tickets of an office that works Monday to Friday, 9 to 5 in UTC, with the open minutes it recorded.</summary>
    private static string Log(int cases, int seed)
    {
        var chance = new Random(seed);
        var text = new StringBuilder("number,opened_at,resolved_at,minutes\n");
        for (var i = 0; i < cases; i++)
        {
            var opened = new DateTime(2025, 1, 6, 0, 0, 0, DateTimeKind.Utc).AddMinutes(chance.Next(0, 360 * 24 * 60));
            var resolved = opened.AddMinutes(chance.Next(5, chance.Next(2) == 0 ? 24 * 60 : 6 * 24 * 60));
            var open = 0;
            for (var at = opened; at < resolved; at = at.AddMinutes(1))
                if (at.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && at.Hour is >= 9 and < 17) open++;
            text.AppendLine(CultureInfo.InvariantCulture, $"T{i:0000},{opened:yyyy-MM-ddTHH:mm:ssZ},{resolved:yyyy-MM-ddTHH:mm:ssZ},{open}");
        }

        return text.ToString();
    }
}
