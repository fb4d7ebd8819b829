namespace Entente.Journey.Tests;

/// <summary>How people come into an empty house: the first by the link that the program prints, the others by invitation.</summary>
internal static class Arrival
{
    /// <summary>Ann sets the server up and opens an engagement; answers her and its home.</summary>
    public static async Task<(Visitor Ann, string Home)> First(Chromium chromium, OpenHouse house, bool withScript)
    {
        var ann = await chromium.Visit(house.Address, withScript);
        var setup = await house.SetupPath();
        await ann.Look(setup);
        // The form of the setup link posts to its own address, so it names none.
        await ann.SubmitHere(new()
        {
            ["organisation"] = "The mediators",
            ["name"] = "Ann",
            ["email"] = "ann@journey.example",
            ["password"] = Story.Password,
        });
        (await ann.Page.APIRequest.GetAsync(setup)).Status.ShouldBe(404, "A setup link works once.");
        await ann.Submit("/engagements", new()
        {
            ["title"] = "Checkout",
            ["provider"] = "Acme IT",
            ["customer"] = "Globex",
        });
        return (ann, ann.Path);
    }

    /// <summary>Ann invites somebody to a seat, and they follow the link in a browser of their own.</summary>
    public static async Task<Visitor> Join(
        Chromium chromium, OpenHouse house, Visitor ann, string home, string name, string seat, bool withScript)
    {
        await ann.Look($"{home}/seats");
        await ann.Submit($"{home}/seats", new()
        {
            ["name"] = name,
            ["email"] = $"{name}@journey.example",
            ["seat"] = seat,
        });
        var link = await ann.Page.Locator("a[href^='/join/']").GetAttributeAsync("href");
        var visitor = await chromium.Visit(house.Address, withScript);
        await visitor.Look(link!);
        await visitor.SubmitHere(new() { ["password"] = Story.Password });
        visitor.Path.ShouldBe(home);
        return visitor;
    }
}
