using Microsoft.Playwright;

namespace Entente.Journey.Tests;

/// <summary>A table, an offer that appears on the other side's open page, a counter, a concern, an agreement and its
/// signatures.</summary>
internal sealed partial class BrowserJourney
{
    private string TablePath => $"{_home}/negotiation/n1";

    private async Task Table()
    {
        await _ann.Look($"{_home}/negotiation");
        await _ann.Submit($"{_home}/negotiation", new() { ["title"] = "Checkout 2026" });
        _ann.Path.ShouldBe(TablePath);

        await _cem.Look(TablePath);
        if (withScript) await _cem.Page.EvaluateAsync("window.stayed = true");
        await Offer(_pia, "offers/new", Story.FirstOffer);
        await Sees(_cem, "#offer-o1");

        await _fee.Look($"{TablePath}/concerns");
        await _fee.Submit("/concerns", new()
        {
            ["text"] = "Who pays for the nights?",
            ["term"] = Story.Charge,
            ["owner"] = "Provider",
        });
        await Offer(_cem, "offers/o1", Story.Counter);
        await _pia.Look($"{TablePath}/offers/o2");
        (await _pia.Read()).ShouldContain("99.9 %");
        await _pia.Submit("/offers/o2/acceptance");
        (await _pia.Read()).ShouldContain("The sides agreed on Globex's first offer");
    }

    private async Task Offer(Visitor side, string page, Dictionary<string, string> package)
    {
        await side.Look($"{TablePath}/{page}");
        await side.Submit("/n1/offers", package.ToDictionary(term => $"term.{term.Key}", term => term.Value));
    }

    /// <summary>With script the page that is open shows it by itself; without, it shows it when it is read
    /// again.</summary>
    private async Task Sees(Visitor visitor, string selector)
    {
        if (!withScript) await visitor.Look(visitor.Path);
        await visitor.Page.Locator(selector).WaitForAsync(new() { State = WaitForSelectorState.Visible });
        if (withScript) (await visitor.Page.EvaluateAsync<bool>("window.stayed")).ShouldBeTrue("The page was reloaded.");
    }

    private async Task Signatures()
    {
        var agreement = $"{_home}/agreements/a1";
        var signature = new Dictionary<string, string> { ["title"] = "Head of Operations", ["place"] = "Berlin" };
        await _pia.Look(agreement);
        (await _pia.SubmitRefused("/signatures", signature)).ShouldContain("concern");
        await _pia.Look($"{TablePath}/concerns");
        await _pia.Submit("/answer", new() { ["answer"] = "The charge holds them." });
        foreach (var side in (Visitor[])[_pia, _cem])
        {
            await side.Look(agreement);
            await side.Submit("/signatures", signature);
        }

        (await _cem.Read()).ShouldSatisfyAllConditions(
            text => text.ShouldContain("signed, not in force yet"),
            text => text.ShouldContain("at least 99.9 %"),
            text => text.ShouldContain("Head of Operations"));
    }
}
