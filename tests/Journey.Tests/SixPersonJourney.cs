namespace Entente.Journey.Tests;

/// <summary>Six people at six browsers, from an empty organisation to an open gate: the whole first stage, and nothing but it.</summary>
/// <remarks>Ann mediates; Pia and Erik sit for Acme IT (provider), Cem for Globex (customer), Fee is accounting, Sam a stakeholder.</remarks>
internal sealed class SixPersonJourney(Chromium chromium, OpenHouse house, bool withScript)
{
    private const string Assets =
        """
        key,name,type,depends on,redundant with,run
        db,Orders database,database,san,,EUR 900
        web-1,Web 1,server,,web-2,EUR 120
        web-2,Web 2,server,,,EUR 120
        san,Storage,storage,,,EUR 400
        fax,Fax machine,device,,,EUR 30

        """;

    private Visitor _ann = null!, _pia = null!, _erik = null!, _cem = null!, _fee = null!, _sam = null!;
    private string _home = "";

    public async Task Walk()
    {
        await ComeIn();
        await Charter();
        await Inventory();
        await Interviews();
        await Sheet();
        await Voices();
        await Practice();
        await Gate();
        await house.LedgerIsWhole();
    }

    private async Task ComeIn()
    {
        (_ann, _home) = await Arrival.First(chromium, house, withScript);
        _pia = await Join("Pia", "Provider");
        _erik = await Join("Erik", "Provider");
        _cem = await Join("Cem", "Customer");
        _fee = await Join("Fee", "Accounting");
        _sam = await Join("Sam", "Stakeholder");
        await _ann.Look($"{_home}/documentation");
        (await _ann.Read()).ShouldContain("charter", Case.Insensitive);

        Task<Visitor> Join(string name, string seat) => Arrival.Join(chromium, house, _ann, _home, name, seat, withScript);
    }

    private async Task Charter()
    {
        await _ann.Look($"{_home}/charter");
        await _ann.Submit("/charter", new()
        {
            ["purpose"] = "Agree what checkout must do",
            ["scope"] = "Checkout",
            ["roles"] = "Ann mediates\nPia and Cem decide",
            ["measures"] = "Signed by April",
        });
        foreach (var name in (string[])["Pia", "Cem", "Sam"])
        {
            var person = _ann.Page.Locator("select[name=person] option", new() { HasText = name });
            await _ann.Submit("/stakeholders", new() { ["person"] = (await person.GetAttributeAsync("value"))! });
        }

        foreach (var visitor in (Visitor[])[_pia, _cem, _sam])
        {
            await visitor.Look($"{_home}/charter");
            await visitor.Submit("/approval");
        }
    }

    /// <summary>Erik reads an export, sees what it would do, takes it over; Pia describes the service on top of it.</summary>
    private async Task Inventory()
    {
        await _erik.Look($"{_home}/inventory/imports");
        await _erik.Upload("/inventory/imports", "assets.csv", Assets);
        (await _erik.Read()).ShouldContain("What it would do");
        await _erik.Submit("/taking-over");
        (await _erik.Read()).ShouldContain("taken over");
        await _pia.Look($"{_home}/services");
        await _pia.Submit($"{_home}/services", new()
        {
            ["key"] = "checkout",
            ["name"] = "Checkout",
            ["businessView"] = "The shop takes orders.",
            ["technicalView"] = "Two nodes and a database.",
            ["dependsOn"] = "web-1\ndb",
        });
        await _sam.Look($"{_home}/inventory/coverage?asset=san");
        (await _sam.Read()).ShouldSatisfyAllConditions(
            text => text.ShouldContain("san → db → checkout"), text => text.ShouldContain("Fax machine"), text => text.ShouldNotContain("EUR 900"));
    }

    /// <summary>Each side is asked in its own room, and nobody else learns what it answered before it releases.</summary>
    private async Task Interviews()
    {
        var interview = $"{_home}/services/checkout/interview";
        await _cem.Look(interview);
        await _cem.Submit("/interview", new()
        {
            ["stops"] = "The shop stands still.",
            ["costHour"] = "EUR 4321",
            ["costNight"] = "EUR 200",
            ["bear"] = "45 min",
            ["restore"] = "2 h",
            ["work"] = "Sundays 02:00-06:00",
        });
        (await _cem.Read()).ShouldContain("€ 4,321");
        await _pia.Look(interview);
        (await _pia.Read()).ShouldNotContain("4,321");
        await _pia.Submit("/interview", new()
        {
            ["delivered"] = "99.5 %",
            ["restore"] = "4 h",
            ["levels"] = "99.9 %: EUR 30000 once, EUR 6000 a month",
            ["worry"] = "The database is old.",
        });
        (await _pia.Read()).ShouldContain("€ 30,000");
        foreach (var other in (Visitor[])[_ann, _fee, _sam])
        {
            await other.Look($"{_home}/requirements");
            (await other.Read()).ShouldNotContain("99.89", customMessage: "A draft is read by nobody else.");
        }

        await Release(_cem, "requirements");
        await Release(_pia, "spec-sheets");
        await _sam.Look($"{_home}/services/checkout");
        (await _sam.Read()).ShouldSatisfyAllConditions(
            text => text.ShouldContain("0.39 percentage points short of what is asked"), text => text.ShouldContain("2 h longer than asked"),
            text => text.ShouldNotContain("The database is old."));
    }

    private async Task Sheet()
    {
        await _pia.Look($"{_home}/spec-sheets");
        await _pia.Submit("/checkout/sheet", new()
        {
            ["external"] = "You can pay, day and night.",
            ["underpinning"] = "Hosting contract: 99.7 %\nNetwork: 99.95 %",
            ["cost"] = "EUR 18000",
        });
        await Release(_pia, "spec-sheets");
        await _pia.Submit("/checkout/internal-opening");
        await _fee.Look($"{_home}/spec-sheets");
        (await _fee.Read()).ShouldContain("€ 18,000");
        await _cem.Look($"{_home}/spec-sheets");
        (await _cem.Read()).ShouldNotContain("18,000");
        await _pia.Look($"{_home}/services/checkout");
        (await _pia.Read()).ShouldContain("underpinning as written allows at best 99.6501 %");
    }

    /// <summary>Sam speaks without a name, Fee under hers; the chair sees who was not heard, and not who wrote what, nor when.</summary>
    private async Task Voices()
    {
        await _sam.Look($"{_home}/voices");
        await _sam.Submit($"{_home}/voices", new() { ["text"] = "The review frightens us.", ["anonymous"] = "true" });
        (await _sam.Read()).ShouldSatisfyAllConditions(
            text => text.ShouldContain("It is shown at 2026-03-03 06:00 (UTC)"), text => text.ShouldNotContain("The review frightens us."));
        await _fee.Look($"{_home}/voices");
        await _fee.Submit($"{_home}/voices", new() { ["text"] = "It may not cost more than last year." });
        await _ann.Look($"{_home}/voices");
        (await _ann.Read()).ShouldNotContain("The review frightens us.");
        await house.HearVoices();
        await _ann.Look($"{_home}/voices");
        (await _ann.Read()).ShouldSatisfyAllConditions(
            text => text.ShouldContain("Anonymous"), text => text.ShouldContain("The review frightens us."),
            text => text.ShouldContain("Fee, accounting: heard 2026-03-02"));
        await _ann.Submit("/answer", new() { ["text"] = "Nobody is judged by it." });
        await _sam.Look($"{_home}/voices");
        (await _sam.Read()).ShouldContain("Nobody is judged by it.");
    }

    private async Task Practice()
    {
        await _ann.Look($"{_home}/practice-fit");
        (await _ann.Read()).ShouldContain("5 assets recorded");
        await _ann.Submit("/practice-fit/iso-9.4", new()
        {
            ["fit"] = "Partly",
            ["evidence"] = "Slides",
            ["plan"] = "Report monthly",
            ["owner"] = "Pia",
            ["due"] = "2026-12-31",
        });
        (await _ann.Read()).ShouldContain("Plans that are not done");
    }

    /// <summary>A reason to wait is answered by a better offer, both sides say that they are satisfied, and the gate opens.</summary>
    private async Task Gate()
    {
        await Say(_cem, "notYet", "Four hours are too long.");
        await _ann.Look($"{_home}/documentation");
        (await _ann.Read()).ShouldContain("Four hours are too long.");
        await _pia.Look($"{_home}/spec-sheets?service=checkout&term=checkout.restore");
        await _pia.Submit("/checkout/terms", new() { ["within"] = "2 h" });
        await Release(_pia, "spec-sheets");
        await Say(_cem, "satisfied", "Mind the nights.");
        await Say(_pia, "satisfied");
        foreach (var visitor in (Visitor[])[_ann, _erik, _fee, _sam])
        {
            await visitor.Look($"{_home}/documentation");
            (await visitor.Read()).ShouldContain("Both sides are satisfied");
        }

        (await _ann.Read()).ShouldContain("Go to the table");
    }

    private async Task Release(Visitor side, string room)
    {
        await side.Look($"{_home}/{room}");
        await side.Submit("/checkout/release");
    }

    private async Task Say(Visitor side, string words, string? remark = null)
    {
        await side.Look($"{_home}/services/checkout");
        await side.Submit("/checkout/satisfaction", remark is null ? null : new() { ["remark"] = remark }, words);
    }
}
