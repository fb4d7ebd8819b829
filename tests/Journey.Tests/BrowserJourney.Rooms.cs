namespace Entente.Journey.Tests;

/// <summary>Each side writes in its own room, both say that they are satisfied, and the gate opens.</summary>
internal sealed partial class BrowserJourney
{
    private async Task Rooms()
    {
        await Write(_cem, "requirements", Story.Asked);
        await _pia.Look($"{_home}/requirements");
        (await _pia.Read()).ShouldNotContain("99.95", customMessage: "A draft is read by nobody else.");
        await Release(_cem, "requirements");
        await _pia.Look($"{_home}/requirements");
        (await _pia.Read()).ShouldContain("99.95");

        await Write(_pia, "spec-sheets", Story.Offered);
        await _pia.Submit("/checkout/sheet", new() { ["external"] = "You can pay, day and night." });
        await Release(_pia, "spec-sheets");
        await _cem.Look($"{_home}/services/checkout");
        (await _cem.Read()).ShouldSatisfyAllConditions(
            text => text.ShouldContain("99.8"), text => text.ShouldContain("You can pay, day and night."));
    }

    private async Task Write(Visitor side, string room, IReadOnlyList<Dictionary<string, string>> terms)
    {
        foreach (var term in terms)
        {
            await side.Look($"{_home}/{room}?service=checkout&kind={term["kind"]}");
            var fields = term.Where(field => field.Key != "kind");
            await side.Submit("/checkout/terms", fields.ToDictionary(field => field.Key, field => field.Value));
        }
    }

    private async Task Release(Visitor side, string room)
    {
        await side.Look($"{_home}/{room}");
        await side.Submit("/checkout/release");
    }

    private async Task Satisfaction()
    {
        await Say(_cem, "satisfied");
        await _ann.Look($"{_home}/documentation");
        (await _ann.Read()).ShouldContain("1 thing blocks");
        await _ann.Look($"{_home}/negotiation");
        (await _ann.Page.Locator($"form[action$='{_home}/negotiation']").CountAsync()).ShouldBe(0);
        await Say(_pia, "satisfied");
        await _ann.Look($"{_home}/documentation");
        (await _ann.Read()).ShouldContain("Go to the table");
    }

    private async Task Say(Visitor side, string words)
    {
        await side.Look($"{_home}/services/checkout");
        await side.Submit("/checkout/satisfaction", press: words);
    }
}
