using static Entente.Server.Tests.Documentation.Documented;

namespace Entente.Server.Tests.Documentation;

/// <summary>What cannot hold is refused at the door of programs and on the page, with the field and what to do instead.</summary>
public sealed class BadInputDoorTests : IAsyncLifetime
{
    private Cast _cast = null!;

    public async ValueTask InitializeAsync()
    {
        _cast = await Cast.Assemble();
        await _cast.Describe();
        await Record("san", new { kind = "asset", key = "san", name = "Storage", dependsOn = new[] { "db" } });
    }

    public ValueTask DisposeAsync() => _cast.DisposeAsync();

    public static TheoryData<string, object, (string, string)[], string> Wrong => new()
    {
        { "db", new { kind = "asset", key = "db", name = "D", dependsOn = new[] { "san" } }, [("dependsOn", "san")], "close a circle: db → san → db" },
        { "db", new { kind = "asset", key = "db", name = "D", redundantWith = new[] { "san" } }, [("redundantWith", "san")],
            "neither is a spare of the other" },
        { "db", new { kind = "asset", key = "db", name = "D", needs = new[] { new { k = 1, of = new[] { "san" } } } }, [("needs", "1 of san")],
            "needs would close a circle" },
        { "db", new { kind = "asset", key = "db", name = "D", capacity = "64 bananas" }, [("capacity", "64 bananas")], "64 GB" },
        { "db", new { kind = "asset", key = "db", name = "D", purchase = "EUR 1", run = "USD 1" }, [("purchase", "EUR 1"), ("run", "USD 1")],
            "different currencies; use one" },
        { "san", new { kind = "asset", key = "san", name = "S", side = "customer" }, [("side", "customer")], "nobody belongs to two sides" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task An_item_that_cannot_hold_is_refused_by_the_API_and_on_the_page(string key, object item, (string, string)[] fields, string says)
    {
        var (status, problem) = await _cast.Ann.Ask(HttpMethod.Put, _cast.Path($"/inventory/asset/{key}"), item);
        status.ShouldBeOneOf(400, 422);
        problem.ToString().Replace("\\u2192", "→", StringComparison.Ordinal).ShouldContain(says);
        var typed = new[] { ("key", key), ("name", "Typed name"), ("lifecycle", "inUse") }
            .Concat(fields).Concat(fields.Any(field => field.Item1 == "side") ? [] : new[] { ("side", "provider") }).ToArray();
        var page = $"/engagements/{_cast.Engagement}/inventory/items/asset{(key == "san" ? "/san" : "")}";
        var (answered, html) = await _cast.Ann.Submit(page, typed);
        answered.ShouldBe(422);
        html = System.Net.WebUtility.HtmlDecode(html);
        html.ShouldContain(says);
        html.ShouldContain("Typed name", customMessage: "What was typed is kept.");
        (await _cast.Ann.Ask(HttpMethod.Get, _cast.Path("/inventory/asset/db"))).Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_person_does_not_sit_for_two_sides()
    {
        var (status, problem) = await _cast.Ann.Ask(HttpMethod.Post, _cast.Path("/seats"), new { person = _cast.PiaId, seat = "customer" });
        (status, problem.GetProperty("code").GetString()).ShouldBe((422, "seat.taken"));
        problem.GetProperty("detail").GetString()!.ShouldContain("leave that seat first");
        await Record("ops", new { kind = "person", key = "ops", name = "Operations", isTeam = true }, "person");
        (await _cast.Ann.Ask(HttpMethod.Put, _cast.Path("/inventory/person/ops"), new { kind = "person", key = "ops", name = "Operations", side = "customer" }))
            .Body.GetProperty("code").GetString().ShouldBe("inventory.two_sides");
    }

    [Theory]
    [InlineData("""{"kind":"clause","key":"checkout.x","title":"t","text":"The shop must be fast and always available."}""", "proof: 'The shop must be fast")]
    [InlineData("""{"kind":"clause","key":"checkout.x","title":"t","text":"Anrufe werden prompt beantwortet."}""", "proof: 'Anrufe werden prompt")]
    [InlineData("""{"kind":"ticketClock","key":"checkout.x","title":"t","clock":"response","within":"next release"}""", "within: 'next release'")]
    [InlineData("""{"kind":"countLimit","key":"checkout.x","title":"t","target":"<= 2","of":" "}""", "of: a limit of nothing")]
    public async Task A_requirement_without_a_measurable_metric_is_refused_with_field_and_remedy(string body, string says)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var response = await _cast.Cem.PutAsync(_cast.Path("/requirements/checkout/terms/checkout.x"), content);
        ((int)response.StatusCode).ShouldBe(422);
        var problem = System.Text.Json.JsonSerializer.Deserialize<System.Text.Json.JsonElement>(await response.Content.ReadAsStringAsync());
        problem.GetProperty("code").GetString().ShouldBe("requirement.not_measurable");
        problem.GetProperty("detail").GetString()!.ShouldContain(says);
        var fields = System.Text.Json.JsonSerializer.Deserialize<Dictionary<string, string>>(body)!.Select(pair => (pair.Key, pair.Value)).ToArray();
        var page = await _cast.Cem.Submit($"/engagements/{_cast.Engagement}/requirements/checkout/terms", fields);
        page.Status.ShouldBe(422);
    }

    [Fact]
    public async Task A_clause_in_words_says_how_both_tell_whether_it_is_kept_in_whatever_language()
    {
        foreach (var (text, proof) in new[]
        {
            ("Es gilt deutsches Recht.", "agreement"), ("Data are available to the auditor on request.", "document"), ("Der Laden ist geheizt.", "inspection"),
        })
            await Must(_cast.Cem.Ask(HttpMethod.Put, _cast.Path("/requirements/checkout/terms/checkout.law"),
                new { kind = "clause", key = "checkout.law", title = "Law", text, proof }));
        var editor = (await _cast.Cem.Look($"/engagements/{_cast.Engagement}/requirements?service=checkout&term=checkout.law")).Html;
        editor.ShouldContain("How will both tell whether it is kept?");
        editor.ShouldContain("<option value=\"inspection\" selected");
        (await _cast.Cem.Submit($"/engagements/{_cast.Engagement}/requirements/checkout/terms",
            ("kind", "clause"), ("key", "checkout.law"), ("title", "Law"), ("text", "Schnell."), ("proof", "gut gemeint"))).Status.ShouldBe(422);
    }

    [Fact]
    public async Task Spending_to_question_is_added_up_in_one_currency_or_refused()
    {
        var coverage = _cast.Path("/inventory/coverage");
        await Record("fax", new { kind = "asset", key = "fax", name = "Fax", run = "EUR 30" });
        await Record("telex", new { kind = "asset", key = "telex", name = "Telex", run = "EUR 12.50" });
        (await Must(_cast.Pia.Ask(HttpMethod.Get, coverage))).GetProperty("unusedRun").GetString().ShouldBe("EUR 42.50");
        (await Must(_cast.Cem.Ask(HttpMethod.Get, coverage))).TryGetProperty("unusedRun", out _).ShouldBeFalse("the other side's costs");
        var page = $"/engagements/{_cast.Engagement}/inventory/coverage";
        System.Net.WebUtility.HtmlDecode((await _cast.Fee.Look(page)).Html).ShouldContain("They cost € 42.50 a month.");
        (await _cast.Cem.Look(page)).Html.ShouldNotContain("42.50");
        await Record("pager", new { kind = "asset", key = "pager", name = "Pager", run = "USD 5" });
        (await Must(_cast.Pia.Ask(HttpMethod.Get, coverage))).GetProperty("unusedRunProblem").GetString()!.ShouldContain("EUR and USD cannot be added");
        (await Must(_cast.Pia.Ask(HttpMethod.Get, coverage))).GetProperty("unusedRuns").EnumerateArray().Select(one => one.GetString())
            .ShouldBe(["EUR 42.50", "USD 5"]);
        var html = System.Net.WebUtility.HtmlDecode((await _cast.Pia.Look(page)).Html);
        html.ShouldContain("They cost € 42.50 and $ 5 a month.");
        html.ShouldContain("record them in one currency");
        (await Must(_cast.Cem.Ask(HttpMethod.Get, coverage))).GetProperty("unusedRuns").GetArrayLength().ShouldBe(0, "the other side's costs");
    }

    private Task Record(string key, object item, string kind = "asset") => Must(_cast.Pia.Ask(HttpMethod.Put, _cast.Path($"/inventory/{kind}/{key}"), item));
}
