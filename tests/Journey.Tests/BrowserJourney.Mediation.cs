using Microsoft.Playwright;

namespace Entente.Journey.Tests;

/// <summary>Five people at one table: sealed rooms, a hard concern, a caucus, a carried message, several of equal worth, the
/// mediator's text, and something better after the deal.</summary>
internal sealed partial class BrowserJourney
{
    private Visitor _sam = null!;

    public async Task WalkTheTable()
    {
        await ComeIn();
        _sam = await Join("Sam", "Stakeholder");
        await Charter();
        await Inventory();
        await Rooms();
        await Satisfaction();
        await SealedRooms();
        await Concern();
        await Caucus();
        await Equals();
        await SingleText();
        await Improvement();
        await BothSign();
        await house.LedgerIsWhole();
    }

    private async Task SealedRooms()
    {
        await _ann.Look($"{_home}/negotiation");
        await _ann.Submit($"{_home}/negotiation", new() { ["title"] = "Checkout 2026" });
        await WriteRoom(_cem, uptime: 20, restore: 90, charge: 50);
        await WriteRoom(_pia, uptime: 90, restore: 30, charge: 40);
        await _cem.Submit("/room/answers", press: "first");
        (await _cem.Read()).ShouldContain("You care most about");
        await _fee.Look(TablePath);
        await _fee.Submit("/budget", new() { ["limit"] = "EUR 46000" });
        (await _pia.Page.APIRequest.GetAsync($"{TablePath}/mediator")).Status.ShouldBe(403);
        (await _ann.Page.APIRequest.GetAsync($"{TablePath}/room")).Status.ShouldBe(403);
    }

    private async Task WriteRoom(Visitor side, int uptime, int restore, int charge)
    {
        await side.Look($"{TablePath}/room");
        await side.Submit("/n1/room", new()
        {
            [$"swing.{Story.Uptime}"] = $"{uptime}",
            [$"swing.{Story.Restore}"] = $"{restore}",
            [$"swing.{Story.Charge}"] = $"{charge}",
            ["walkAway"] = "5",
        });
    }

    private async Task Concern()
    {
        await _sam.Look($"{TablePath}/concerns");
        await _sam.Submit("/concerns", new()
        {
            ["text"] = "On-call is two people",
            ["term"] = Story.Restore,
            ["needsHow"] = "AtLeast",
            ["needs"] = "3 h",
            ["owner"] = "Provider",
            ["anonymous"] = "yes",
        });
        (await _sam.Read()).ShouldContain("It is heard at 2026-");
        await house.HearVoices();
        await _ann.Look($"{TablePath}/concerns");
        (await _ann.Read()).ShouldSatisfyAllConditions(
            text => text.ShouldContain("Anonymous"), text => text.ShouldNotContain("Sam"));
        await _ann.Submit("/c1/interest", new() { ["interest"] = "rest after a call" });
        (await _ann.Read()).ShouldContain("rest after a call");
    }

    private async Task Caucus()
    {
        await _ann.Look($"{TablePath}/mediator");
        await _ann.Submit("/caucus/provider", new() { ["text"] = "What would help with nights?" });
        await _pia.Look($"{TablePath}/room");
        await _pia.Submit("/caucus/provider", new() { ["text"] = "They must stop calling for trifles!" });
        await _ann.Look($"{TablePath}/mediator");
        await _ann.Submit("/caucus/provider/shuttles", new() { ["text"] = "Fewer calls at night would help" });
        await _pia.Look($"{TablePath}/room");
        await _pia.Submit("/shuttles/m1/approval");
        await _cem.Look($"{TablePath}/room");
        (await _cem.Read()).ShouldSatisfyAllConditions(
            text => text.ShouldContain("carried by the mediator"),
            text => text.ShouldContain("Fewer calls at night would help"),
            text => text.ShouldNotContain("trifles"));
    }

    private async Task Equals()
    {
        await _cem.Look(TablePath);
        if (withScript) await _cem.Page.EvaluateAsync("window.stayed = true");
        await Offer(_pia, "offers/new", Story.FirstOffer);
        await Sees(_cem, "#offer-o1");
        await _cem.Look($"{TablePath}/equal-worth");
        await _cem.Submit("/equal-worth");
        await _pia.Look(TablePath);
        (await _pia.Read()).ShouldContain("one of several of equal worth");
    }

    private async Task SingleText()
    {
        var drafts = 0;
        do await _ann.Look($"{TablePath}/mediator");
        while (await _ann.TrySubmit("/draft") == 200 && ++drafts < 20);
        drafts.ShouldBeGreaterThan(0);
        (await _ann.Read()).ShouldContain("No draft is left");
        await _sam.Look(TablePath);
        (await _sam.Read()).ShouldContain("draft of the single text");
        var text = _pia.Page.Locator("a[href*='/offers/o']", new() { HasText = "Counter, reject" }).First;
        await _pia.Look(TablePath);
        var draft = (await text.GetAttributeAsync("href"))!;
        await _sam.Look(draft);
        await _sam.Submit("/vote", press: "yes");
        await _pia.Look(draft);
        await _pia.Submit("/rejection", new() { ["reason"] = "I would rather offer it myself" });
    }

    private async Task Improvement()
    {
        await Offer(_pia, "offers/new", Story.Package("99.95 %", "6 h", "EUR 44000"));
        await _cem.Look(TablePath);
        var card = _cem.Page.Locator("[id^='offer-']", new() { HasText = "Acme IT's" }).First;
        var deal = (await card.GetAttributeAsync("id"))!["offer-".Length..];
        await _cem.Submit($"/offers/{deal}/acceptance");
        (await _cem.Read()).ShouldContain("The sides agreed on Acme IT's");
        await _ann.Look($"{TablePath}/mediator");
        await _ann.Submit("/improvement");
        (await _ann.Read()).ShouldContain("improvement of what was agreed");
        foreach (var side in (Visitor[])[_cem, _pia])
        {
            await side.Look(TablePath);
            await side.Press("a:has-text('answer in confidence')");
            await side.Submit("/confidence", press: "yes");
        }

        await _cem.Look(TablePath);
        (await _cem.Read()).ShouldContain("The sides took the mediator's first improvement");
        await _cem.Look($"{TablePath}/fairness");
        (await _cem.Read()).ShouldContain("once all have signed");
    }

    private async Task BothSign()
    {
        var agreement = $"{_home}/agreements/a1";
        var signature = new Dictionary<string, string> { ["title"] = "Head of Operations", ["place"] = "Berlin" };
        await _pia.Look(agreement);
        (await _pia.SubmitRefused("/signatures", signature)).ShouldContain("concern");
        await _pia.Look($"{TablePath}/concerns");
        await _pia.Submit("/answer", new() { ["answer"] = "A third person is hired." });
        foreach (var side in (Visitor[])[_pia, _cem])
        {
            await side.Look(agreement);
            await side.Submit("/signatures", signature);
        }

        (await _cem.Read()).ShouldContain("Pareto-efficient");
        foreach (var reader in (Visitor[])[_cem, _pia, _ann])
        {
            await reader.Look($"{TablePath}/fairness");
            (await reader.Read()).ShouldContain("tenths");
        }

        await _ann.Look($"{TablePath}/participation");
        (await _ann.Read()).ShouldContain("answered: A third person is hired.");
    }
}
