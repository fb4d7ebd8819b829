namespace Entente.Journey.Tests;

/// <summary>A month passes, its measurements come in, and its report is issued, disputed, settled and
/// accepted.</summary>
internal sealed partial class BrowserJourney
{
    private async Task Measurements()
    {
        house.Clock.Now = Story.AfterApril;
        foreach (var (name, text) in new[] { ("outages.csv", Story.Outages), ("tickets.csv", Story.Tickets) })
        {
            await _pia.Look($"{_home}/monitoring");
            await _pia.Upload("/monitoring", name, text);
        }

        (await _pia.Read()).ShouldContain("missed in 2026-04");
        await _pia.Look($"{_home}/monitoring/a1/{Story.Month}/{Story.Uptime}");
        (await _pia.Read()).ShouldContain("99.8333");
        await _ann.Look(_home);
        (await _ann.Read()).ShouldContain($"issue the report for {Story.Month}");
    }

    private async Task Report()
    {
        var report = $"{_home}/review/a1/{Story.Month}";
        await _ann.Look($"{_home}/review");
        await _ann.Submit("/review/a1", new() { ["period"] = Story.Month });
        _ann.Path.ShouldBe(report);
        var text = await _ann.Read();
        text.ShouldContain("0 promises met, 2 missed");
        text.ShouldContain("99.8333");
        text.ShouldContain("2 of 3");

        await _cem.Look(report);
        await _cem.Submit("/disputes", new() { ["term"] = Story.Restore, ["reason"] = "T2 was ours to answer" });
        (await _cem.SubmitRefused("/acceptance")).ShouldContain("settled");
        await _ann.Look(report);
        await _ann.Submit("/settlements", new() { ["reason"] = "Both count T2", ["upheld"] = "yes" });
        await _cem.Look(report);
        await _cem.Submit("/acceptance", new() { ["remark"] = "Thank you" });
        (await _cem.Read()).ShouldSatisfyAllConditions(
            words => words.ShouldContain("Accepted by Globex"),
            words => words.ShouldContain("Settled, upheld: Both count T2"));
    }

    /// <summary>A term that no longer fits goes back to where it was written, and shuts the gate again.</summary>
    private async Task Return()
    {
        await _cem.Look($"{_home}/review/a1/{Story.Month}");
        await _cem.Submit("/reopenings", new() { ["term"] = Story.Uptime, ["reason"] = "Sales double in May" });
        await _cem.Look($"{_home}/services/checkout");
        (await _cem.Read()).ShouldContain("Sales double in May");
        await _ann.Look($"{_home}/documentation");
        (await _ann.Read()).ShouldNotContain("Go to the table");
    }
}
