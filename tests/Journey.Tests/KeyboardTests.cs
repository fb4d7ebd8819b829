using System.Text.Json;

namespace Entente.Journey.Tests;

/// <summary>The table of the example by keyboard alone.</summary>
public sealed class KeyboardTests(Chromium chromium, ExampleHouse example)
{
    private const int StopsMost = 200;

    [Fact]
    public async Task The_skip_link_comes_first_is_seen_and_leads_past_the_head()
    {
        var customer = await AtTheTable();
        await customer.Page.Keyboard.PressAsync("Tab");
        (await Focused(customer)).GetProperty("text").GetString().ShouldBe("Skip to content");
        (await Focused(customer)).GetProperty("top").GetDouble().ShouldBeGreaterThanOrEqualTo(0);
        await customer.Page.Keyboard.PressAsync("Enter");
        await customer.Page.Keyboard.PressAsync("Tab");
        (await Focused(customer)).GetProperty("inMain").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Focus_walks_the_table_in_reading_order_and_is_always_seen()
    {
        var customer = await AtTheTable();
        List<int> order = [];
        List<string> texts = [];
        for (var stop = 0; stop < StopsMost; stop++)
        {
            await customer.Page.Keyboard.PressAsync("Tab");
            var focused = await Focused(customer);
            // Past the last stop the focus leaves the document.
            if (focused.GetProperty("tag").GetString() == "BODY") break;
            order.Add(focused.GetProperty("position").GetInt32());
            texts.Add(focused.GetProperty("text").GetString()!);
            focused.GetProperty("outline").GetString().ShouldNotBe("none", $"{texts[^1]} does not show its focus.");
            focused.GetProperty("height").GetDouble().ShouldBeGreaterThan(0, $"{texts[^1]} is focused but not seen.");
        }

        order.Count.ShouldBeInRange(15, StopsMost - 1, "Focus does not come to an end.");
        order.SequenceEqual(order.Order()).ShouldBeTrue("Focus does not follow the document.");
        texts.ShouldContain("Negotiation");
        texts.ShouldContain("Sign out");
        texts.Count(text => text == "History").ShouldBeGreaterThan(3);
    }

    private async Task<Visitor> AtTheTable()
    {
        var customer = await example.SignIn(chromium, "per_example_customer");
        await customer.Press("main a[href^='/engagements/']");
        await customer.Look($"{customer.Path}/negotiation");
        await customer.Press("main a[href*='/negotiation/n']");
        return customer;
    }

    private static Task<JsonElement> Focused(Visitor visitor) => visitor.Page.EvaluateAsync<JsonElement>(
        """
        () => {
          const one = document.activeElement, box = one.getBoundingClientRect();
          return {
            tag: one.tagName, text: one.innerText?.split("(")[0].trim() ?? "", top: box.top, height: box.height,
            outline: getComputedStyle(one).outlineStyle, inMain: one.closest("main") !== null,
            position: [...document.querySelectorAll("*")].indexOf(one),
          };
        }
        """);
}
