using Microsoft.Playwright;

namespace Entente.Journey.Tests;

/// <summary>Four people at four browsers, from an empty server to a term that comes back from a review.</summary>
internal sealed partial class BrowserJourney(Chromium chromium, OpenHouse house, bool withScript)
{
    private Visitor _ann = null!, _pia = null!, _cem = null!, _fee = null!;
    private string _home = "";

    public async Task Walk()
    {
        await ComeIn();
        await Charter();
        await Inventory();
        await Rooms();
        await Satisfaction();
        await Table();
        await Signatures();
        await Measurements();
        await Report();
        await Return();
        await house.LedgerIsWhole();
    }

    private async Task ComeIn()
    {
        (_ann, _home) = await Arrival.First(chromium, house, withScript);
        _pia = await Join("Pia", "Provider");
        _cem = await Join("Cem", "Customer");
        _fee = await Join("Fee", "Accounting");
        await _ann.Look(_home);
        (await _ann.Read()).ShouldContain("accounting");
    }

    private Task<Visitor> Join(string name, string seat) => Arrival.Join(chromium, house, _ann, _home, name, seat, withScript);

    private async Task Charter()
    {
        var charter = $"{_home}/charter";
        await WriteCharter(charter, "Checkout");
        foreach (var name in (string[])["Pia", "Cem"])
        {
            var person = _ann.Page.Locator("select[name=person] option", new() { HasText = name });
            await _ann.Submit("/stakeholders", new() { ["person"] = (await person.GetAttributeAsync("value"))! });
        }

        await Approve(_pia, charter, edition: 1);
        await _pia.Look($"{_home}/services");
        (await _pia.SubmitRefused($"{_home}/services", Checkout)).ShouldContain("charter", Case.Insensitive);
        await _cem.Look(charter);
        await _cem.Submit("/objection", new() { ["reason"] = "Payments are missing" });
        await WriteCharter(charter, "Checkout and payments");
        (await _ann.Read()).ShouldContain("not heard yet");
        await Approve(_pia, charter, edition: 2);
        await Approve(_cem, charter, edition: 2);
        (await _cem.Read()).ShouldContain("edition 2, approved");
    }

    private async Task WriteCharter(string charter, string scope)
    {
        await _ann.Look(charter);
        await _ann.Submit("/charter", new()
        {
            ["purpose"] = "Agree what checkout must do",
            ["scope"] = scope,
            ["roles"] = "Ann mediates\nPia and Cem decide",
            ["measures"] = "Signed by April",
        });
    }

    private static async Task Approve(Visitor visitor, string charter, int edition)
    {
        await visitor.Look(charter);
        await visitor.Submit("/approval");
        (await visitor.Read()).ShouldContain($"edition {edition}");
    }

    private static readonly Dictionary<string, string> Checkout = new()
    {
        ["key"] = "checkout",
        ["name"] = "Checkout",
        ["businessView"] = "The shop takes orders.",
        ["technicalView"] = "Two nodes and a database.",
    };

    private async Task Inventory()
    {
        await _pia.Look($"{_home}/inventory?kind=asset");
        await _pia.Submit("/items/asset", new() { ["key"] = "web-1", ["name"] = "Web node 1", ["what"] = "server" });
        await _cem.Look($"{_home}/inventory?kind=goal");
        await _cem.Submit("/items/goal", new()
        {
            ["key"] = "orders",
            ["name"] = "More orders",
            ["measure"] = "orders a day",
        });
        await _cem.Look($"{_home}/inventory?kind=asset");
        (await _cem.Read()).ShouldContain("Web node 1");
        await _pia.Look($"{_home}/services");
        await _pia.Submit($"{_home}/services", Checkout);
        _pia.Path.ShouldBe($"{_home}/services/checkout");
    }
}
