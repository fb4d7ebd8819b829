using Entente.Server.Layout;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Entente.Server.Tests;

/// <summary>Nothing that a person typed is lost when a form is refused.</summary>
public sealed class TypedFormsTests
{
    [Fact]
    public void The_refused_form_holds_what_was_typed_and_no_other_form_does()
    {
        var page = TypedForms.Fill(
            """
            <!DOCTYPE html><html><head></head><body>
            <details><form method="post" action="/here?again"><input name="a" value="old"><input name="a" value="old"><textarea name="t">old</textarea>
            <input type="checkbox" name="c" value="yes" checked><input type="password" name="p"><input type="date" name="untold" value="2026-01-01">
            <select name="s"><option value="x" selected>X</option><option value="y">Y</option></select></form></details>
            <form method="post" action="/here"><input type="hidden" name="version" value="8"><input name="a" value="newer"></form>
            <form method="post" action="/there"><input name="a" value="other"></form></body></html>
            """,
            "/here", Typed(("a", ["<b>", "two"]), ("t", ["1 < 2\nand \"so\""]), ("p", ["hush"]), ("s", ["y"]), ("version", ["7"])));
        page.ShouldContain("<details open");
        page.ShouldContain("name=\"a\" value=\"&lt;b&gt;\"");
        page.ShouldContain("name=\"a\" value=\"two\"");
        page.ShouldContain("1 &lt; 2\nand \"so\"</textarea>");
        page.ShouldContain("<option value=\"y\" selected");
        page.ShouldContain("value=\"2026-01-01\"", Case.Sensitive, "what was not sent stays");
        page.ShouldContain("value=\"newer\"", Case.Sensitive, "a form over a newer version shows the newer");
        page.ShouldContain("value=\"other\"");
        foreach (var gone in new[] { "checked", "hush", "value=\"old\"", "value=\"x\" selected" }) page.ShouldNotContain(gone);
    }

    [Fact]
    public async Task A_refusal_shows_the_form_as_it_was_typed_and_a_page_without_it_lists_it()
    {
        await using var cast = await Cast.Assemble();
        await cast.OpenGate();
        await cast.OpenTable();
        var requests = await cast.Sam.Submit($"/engagements/{cast.Engagement}/requests", ("service", "nosuch"), ("text", "Quokkas at noon"));
        requests.Status.ShouldBe(422);
        requests.Html.ShouldContain("Quokkas at noon</textarea>");
        requests.Html.ShouldNotContain("What you typed");
        var concerns = $"/engagements/{cast.Engagement}/negotiation/n1/concerns";
        var refused = await cast.Sam.Submit(concerns, ("text", "Quokkas by night"), ("term", "nosuch"), ("owner", "Provider"));
        refused.Status.ShouldBe(422);
        refused.Html.ShouldContain("<dd class=\"pre\">Quokkas by night</dd>", Case.Sensitive, "the page that answers has no such form");
        var bad = await cast.Sam.Submit(concerns, ("text", "Quokkas by day"), ("term", ""), ("owner", "Nobody"), ("password", "hush"));
        bad.Status.ShouldBe(400);
        bad.Html.ShouldContain("<dd class=\"pre\">Quokkas by day</dd>");
        bad.Html.ShouldNotContain("hush");
        (await cast.Sam.Look(concerns)).Html.ShouldNotContain("Quokkas");
    }

    private static FormCollection Typed(params (string Name, string[] Texts)[] fields) =>
        new(fields.ToDictionary(field => field.Name, field => new StringValues(field.Texts)));
}
