namespace Entente.Server.Tests;

public sealed class AgreementDoorTests : IAsyncLifetime
{
    private Cast _cast = null!;

    public async ValueTask InitializeAsync()
    {
        _cast = await Cast.Assemble();
        await _cast.OpenGate();
        await _cast.OpenTable(new { title = "Checkout 2027", effectiveFrom = "2026-01-01" });
        await _cast.Agree();
    }

    public ValueTask DisposeAsync() => _cast.DisposeAsync();

    [Fact]
    public async Task Both_sides_sign_and_the_version_is_in_force()
    {
        (await _cast.Sign(_cast.Pia)).Body.TryGetProperty("inForce", out _).ShouldBeFalse();
        var signed = (await _cast.Sign(_cast.Cem)).Body;
        signed.GetProperty("inForce").GetInt32().ShouldBe(1);
        var signature = signed.GetProperty("versions")[0].GetProperty("signatures")[0];
        (signature.GetProperty("name").GetString(), signature.GetProperty("title").GetString(),
            signature.GetProperty("place").GetString())
            .ShouldBe(("Pia", "Head of Operations", "Berlin"));
        signature.GetProperty("at").GetString().ShouldBe("2026-03-02T09:00:00Z");
        (await _cast.Sign(_cast.Pia)).Body.GetProperty("code").GetString().ShouldBe("agreement.signed_already");
    }

    [Fact]
    public async Task Signing_is_refused_while_a_concern_is_open()
    {
        await _cast.Post(_cast.Sam, "/concerns", new { text = "On-call is two people" });
        (await _cast.Sign(_cast.Pia)).Body.GetProperty("code").GetString().ShouldBe("agreement.open_concern");
        await _cast.Post(_cast.Ann, "/concerns/c1/answer", new { answer = "A third is hired" });
        (await _cast.Sign(_cast.Pia)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task The_text_comes_as_page_markdown_yaml_and_json()
    {
        await _cast.Sign(_cast.Pia);
        var html = (await _cast.Cem.Look($"/engagements/{_cast.Engagement}/agreements/a1")).Html;
        html.ShouldContain("Checkout is available for at least 99.9 % of all hours in each month.");
        html.ShouldContain("Head of Operations");
        html.ShouldContain("Sign version 1");
        foreach (var (format, expected) in new[] { ("markdown", "**Pia**, Head of Operations, Berlin"),
            ("yaml", "entente: agreement/v1"), ("openslo", "apiVersion: openslo/v1"),
                ("json", "\"entente\": \"agreement/v1\"") })
            (await _cast.Sam.GetStringAsync(_cast.Path($"/agreements/a1/versions/1/document?format={format}")))
                .ShouldContain(expected);
        using var pdf = await _cast.Sam.GetAsync(_cast.Path("/agreements/a1/versions/1/document?format=pdf"));
        if (pdf.IsSuccessStatusCode) (await pdf.Content.ReadAsByteArrayAsync())[..5].ShouldBe("%PDF-"u8.ToArray());
        else (await pdf.Content.ReadAsStringAsync()).ShouldContain("install");
        (await _cast.Sam.Ask(HttpMethod.Get, _cast.Path("/agreements/a1/versions/1/document?format=doc")))
            .Status.ShouldBe(400);
        (await _cast.Sam.Ask(HttpMethod.Get, _cast.Path("/agreements/a1/versions/7/document"))).Status.ShouldBe(404);
        (await _cast.Sam.Ask(HttpMethod.Get, _cast.Path("/agreements/a7"))).Status.ShouldBe(404);
    }

    [Fact]
    public async Task It_is_amended_only_by_a_new_version_through_the_table()
    {
        var wish = new { title = "Checkout 2028", amends = "a1", effectiveFrom = "2026-06-01" };
        (await _cast.Ann.Ask(HttpMethod.Post, _cast.Path("/negotiations"), wish)).Body.GetProperty("code").GetString()
            .ShouldBe("agreement.unsigned");
        await _cast.Sign(_cast.Pia);
        await _cast.Sign(_cast.Cem);
        var table = await _cast.OpenTable(wish);
        table.GetProperty("id").GetString().ShouldBe("n2");
        table.GetProperty("amends").GetInt32().ShouldBe(1);
        (await _cast.Ann.Ask(HttpMethod.Post, _cast.Path("/negotiations"), wish)).Body.GetProperty("code").GetString()
            .ShouldBe("negotiation.amending");
        await _cast.Cem.Ask(HttpMethod.Post, _cast.Path("/negotiations/n2/offers"),
            new { package = new { availability = "99.95 %", restore = "4 h", charge = "EUR 45000" } });
        (await _cast.Pia.Ask(HttpMethod.Post, _cast.Path("/negotiations/n2/offers/o1/acceptance")))
            .Status.ShouldBe(200);
        await _cast.Sign(_cast.Pia, version: 2);
        (await _cast.Sign(_cast.Cem, version: 2)).Body.GetProperty("inForce").GetInt32().ShouldBe(1);
        _cast.Clock.Now = NodaTime.Instant.FromUtc(2026, 6, 1, 0, 0);
        (await _cast.Sam.Ask(HttpMethod.Get, _cast.Path("/agreements/a1"))).Body.GetProperty("inForce").GetInt32()
            .ShouldBe(2);
        var rows = (await _cast.Sam.Ask(HttpMethod.Get, _cast.Path("/agreements/a1/redline?from=1&to=2"))).Body;
        rows.EnumerateArray().Where(row => row.GetProperty("isChanged").GetBoolean())
            .Select(row => row.GetProperty("key").GetString())
            .ShouldBe(["availability", "charge"], ignoreOrder: true);
        (await _cast.Cem.Look($"/engagements/{_cast.Engagement}/agreements/a1?version=2")).Html.ShouldContain("<del>");
    }

    [Fact]
    public async Task The_chair_plans_who_signs_and_a_signature_is_delegated_and_taken_back()
    {
        var plan = new object[]
        {
            new { seat = "customer" }, new { seat = "provider", person = _cast.PiaId, step = 2, upTo = "EUR 600000" },
            new { seat = "accounting", step = 3, above = "EUR 500000" }, new { seat = "stakeholder", above = "EUR 900000" },
        };
        (await Signing(_cast.Cem, plan)).Status.ShouldBe(403);
        var bad = await Signing(_cast.Ann, [new { seat = "provider", person = _cast.CemId }]);
        bad.Status.ShouldBe(400);
        bad.Body.ToString().ShouldContain("$.signatories[0].person");
        var planned = (await Signing(_cast.Ann, plan)).Body;
        planned.GetProperty("signatories").EnumerateArray()
            .Select(one => one.GetProperty("signatory").GetProperty("key").GetString())
            .ShouldBe(["customer", "provider", "accounting"], "EUR 534000 a year is not above 900000");
        (await _cast.Sign(_cast.Pia)).Body.GetProperty("code").GetString().ShouldBe("agreement.order");
        (await Delegate(_cast.Cem, _cast.PiaId)).Body.GetProperty("code").GetString().ShouldBe("agreement.other_side");
        (await Delegate(_cast.Zoe, _cast.PiaId)).Status.ShouldBe(404);
        (await Delegate(_cast.Cem, _cast.CemId)).Status.ShouldBe(200);
        (await _cast.Pia.Ask(HttpMethod.Delete, _cast.Path("/agreements/a1/signer/customer"))).Body.GetProperty("code")
            .GetString().ShouldBe("agreement.authority");
        (await _cast.Cem.Ask(HttpMethod.Delete, _cast.Path("/agreements/a1/signer/customer"))).Status.ShouldBe(200);
        foreach (var signer in new[] { _cast.Cem, _cast.Pia, _cast.Fee }) (await _cast.Sign(signer)).Status.ShouldBe(200);
        var html = (await _cast.Sam.Look($"/engagements/{_cast.Engagement}/agreements/a1")).Html;
        html.ShouldContain("All 3 signatures that this version needs are given; its charges are worth");
        var yaml = await _cast.Sam.GetStringAsync(_cast.Path("/agreements/a1/versions/1/document?format=yaml"));
        yaml.ShouldContain("for: accounting");
        Formats.Agreements.AgreementYaml.Read(yaml).Value!.Signatures.Select(one => one.Name).ShouldBe(["Cem", "Pia", "Fee"]);
        (await _cast.Sam.Look($"/engagements/{_cast.Engagement}/agreements")).Html.ShouldContain("version 1 signed");
    }

    [Fact]
    public async Task The_plan_is_a_form_of_rows_and_only_the_chair_has_it()
    {
        var page = $"/engagements/{_cast.Engagement}/agreements/a1";
        (string, string)[] rows =
        [
            ("who", $"Provider {_cast.PiaId}"), ("step", "2"), ("upTo", ""), ("above", ""),
            ("who", "Customer"), ("step", "1"), ("upTo", "EUR 900000"), ("above", ""),
            ("who", ""), ("step", "1"), ("upTo", ""), ("above", ""),
        ];
        (await _cast.Pia.Submit($"{page}/signing-plan", rows)).Status.ShouldBe(403);
        (await _cast.Pia.Look(page)).Html.ShouldNotContain("Plan the signatures");
        (await _cast.Ann.Look(page)).Html.ShouldContain("Plan the signatures");
        (await _cast.Ann.Submit($"{page}/signing-plan", rows)).Status.ShouldBe(303);
        (await _cast.Pia.Look(page)).Html.ShouldContain("900,000 a year");
        (await _cast.Pia.Submit($"{page}/signer", ("person", _cast.PiaId), ("reason", "x"), ("signatory", "customer")))
            .Html.ShouldContain("gives you no signature that you could delegate");
    }

    [Fact]
    public async Task The_charter_proposes_who_signs_and_only_the_chair_takes_it()
    {
        var (page, proposal) = ($"/engagements/{_cast.Engagement}/agreements/a1",
            _cast.Path("/agreements/a1/signing-plan/proposal"));
        (await _cast.Ann.Ask(HttpMethod.Get, proposal)).Body.GetProperty("code").GetString()
            .ShouldBe("agreement.no_signing_row");
        (await _cast.Ann.Look(page)).Html.ShouldNotContain("as the charter says");
        (await _cast.Ann.Ask(HttpMethod.Put, _cast.Path("/charter"), new
        {
            purpose = "Agree",
            scope = "Checkout",
            roles = new[] { "Ann mediates" },
            successMeasures = new[] { "Signed by May" },
            raci = new[] { "Sign the agreement | Cem | Fee | Sam", "Design it | Zork | Zork" },
        })).Status.ShouldBe(200);

        (await _cast.Zoe.Ask(HttpMethod.Get, proposal)).Status.ShouldBe(404);
        var seen = (await _cast.Pia.Ask(HttpMethod.Get, proposal)).Body;
        seen.GetProperty("words").EnumerateArray().Select(one => one.GetString())
            .ShouldBe(["Cem, for the customer", "anybody, for the provider", "Fee, for accounting"]);
        seen.GetProperty("notes").ToString().ShouldContain("nobody who signs for the provider");
        (await _cast.Pia.Look(page)).Html.ShouldNotContain("Take this as the plan");
        var html = (await _cast.Ann.Look(page)).Html;
        html.ShouldContain("Sign the agreement, by Cem; Fee answers for it.");
        html.ShouldContain("Take this as the plan");
        (await _cast.Ann.Ask(HttpMethod.Get, _cast.Path("/agreements/a1"))).Body.ToString()
            .ShouldNotContain(_cast.FeeId, customMessage: "nothing is taken unasked");

        var hidden = System.Text.RegularExpressions.Regex.Matches(html[html.IndexOf("signing-proposal",
            StringComparison.Ordinal)..html.IndexOf(
            "Take this as the plan", StringComparison.Ordinal)],
                "name=\"(who|step|upTo|above)\" value(?:=\"([^\"]*)\")?");
        (await _cast.Ann.Submit($"{page}/signing-plan", [.. hidden.Select(one =>
            (one.Groups[1].Value, one.Groups[2].Value))])).Status.ShouldBe(303);
        (await _cast.Ann.Look(page)).Html.ShouldContain("The plan says this already");
        seen = (await _cast.Ann.Ask(HttpMethod.Get, proposal)).Body;
        seen.GetProperty("stands").GetBoolean().ShouldBeTrue();
        (await Signing(_cast.Ann, [new { seat = "provider" }, new { seat = "customer" }])).Status.ShouldBe(200);
        (await _cast.Ann.Ask(HttpMethod.Put, _cast.Path("/agreements/a1/signing-plan"),
            new { signatories = seen.GetProperty("signatories") })).Status
            .ShouldBe(200, "what is proposed is what the plan takes");
    }

    private Task<(int Status, System.Text.Json.JsonElement Body)> Signing(HttpClient by, object[] signatories) =>
        by.Ask(HttpMethod.Put, _cast.Path("/agreements/a1/signing-plan"), new { signatories });

    private Task<(int Status, System.Text.Json.JsonElement Body)> Delegate(HttpClient by, string person) => by.Ask(
        HttpMethod.Put, _cast.Path("/agreements/a1/signer"), new { person, reason = "Board", until = "2026-12-31" });

    [Fact]
    public async Task The_page_signs_by_form_and_the_home_says_who_signs()
    {
        (await _cast.Pia.Ask(HttpMethod.Get, _cast.Path("/waiting"))).Body.EnumerateArray()
            .Count(wait => wait.GetProperty("text").GetString() == "sign version 1 of Checkout 2027").ShouldBe(2);
        (await _cast.Pia.Submit($"/engagements/{_cast.Engagement}/agreements/a1/signatures", ("number", "1"),
            ("title", "Head"), ("place", "Berlin"))).Status.ShouldBe(303);
        (await _cast.Sam.Look($"/engagements/{_cast.Engagement}/agreements"))
            .Html.ShouldContain("waits for signatures");
        (await _cast.Zoe.Look($"/engagements/{_cast.Engagement}/agreements/a1/versions/1/document"))
            .Status.ShouldBe(404);
        (await _cast.Fee.Submit($"/engagements/{_cast.Engagement}/agreements/a1/signatures", ("number", "1"),
            ("title", "x"), ("place", "y"))).Status.ShouldBe(422, "the plan names the two sides");
    }
}
