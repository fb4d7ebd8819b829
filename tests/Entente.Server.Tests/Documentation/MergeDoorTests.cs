using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using static Entente.Server.Tests.Documentation.Documented;

namespace Entente.Server.Tests.Documentation;

/// <summary>Two people write the same text from the same beginning.</summary>
public sealed class MergeDoorTests : IAsyncLifetime
{
    private Cast _cast = null!;

    public async ValueTask InitializeAsync()
    {
        _cast = await Cast.Assemble();
        await _cast.Release();
    }

    public ValueTask DisposeAsync() => _cast.DisposeAsync();

    [Fact]
    public async Task A_program_that_comes_second_is_given_base_theirs_mine_and_what_both_make()
    {
        var version = (await Must(_cast.Ann.Ask(HttpMethod.Get, _cast.Path("/services")))).GetProperty("version").GetInt64();
        await Must(_cast.Pia.Ask(HttpMethod.Put, _cast.Path("/services/checkout"),
            new { name = "Checkout", businessView = "The shop takes orders.", technicalView = "Four nodes." }, ifMatch: $"\"{version}\""));
        var (status, problem) = await _cast.Cem.Ask(HttpMethod.Put, _cast.Path("/services/checkout"),
            new { name = "Checkout", businessView = "People pay.", technicalView = "Three nodes and a database." }, ifMatch: $"\"{version}\"");
        status.ShouldBe(409);
        var merge = problem.GetProperty("merge");
        merge.GetProperty("base").GetProperty("technicalView").GetString().ShouldBe("Three nodes and a database.");
        merge.GetProperty("theirs").GetProperty("technicalView").GetString().ShouldBe("Four nodes.");
        merge.GetProperty("mine").GetProperty("businessView").GetString().ShouldBe("People pay.");
        (merge.GetProperty("merged").GetProperty("technicalView").GetString(), merge.GetProperty("merged").GetProperty("businessView").GetString())
            .ShouldBe(("Four nodes.", "People pay."));
        (_, problem) = await _cast.Cem.Ask(HttpMethod.Put, _cast.Path("/services/checkout"),
            new { name = "Checkout", businessView = "The shop takes orders.", technicalView = "Five nodes." }, ifMatch: $"\"{version}\"");
        problem.GetProperty("merge").TryGetProperty("merged", out _).ShouldBeFalse();
        problem.GetProperty("merge").GetProperty("fields")[0].GetProperty("collides").GetBoolean().ShouldBeTrue();
        (await Must(_cast.Ann.Ask(HttpMethod.Get, _cast.Path("/services/checkout")))).GetProperty("card").GetProperty("technicalView").GetString()
            .ShouldBe("Four nodes.");
    }

    [Fact]
    public async Task A_program_that_prefers_it_is_merged_and_told_so_and_what_collides_stays_unwritten()
    {
        var seen = (await Must(_cast.Ann.Ask(HttpMethod.Get, _cast.Path("/services")))).GetProperty("version").GetInt64();
        await Must(_cast.Pia.Ask(HttpMethod.Put, _cast.Path("/services/checkout"), Card("The shop takes orders.", "Four nodes.")));
        var (status, applied, body) = await Put(_cast.Cem, "/services/checkout", Card("People pay.", "Three nodes and a database."), seen);
        (status, body.GetProperty("card").GetProperty("technicalView").GetString(), body.GetProperty("card").GetProperty("businessView").GetString())
            .ShouldBe((200, "Four nodes.", "People pay."));

        seen = (await Must(_cast.Pia.Ask(HttpMethod.Get, _cast.Path("/specs")))).GetProperty("version").GetInt64();
        await Must(_cast.Pia.Ask(HttpMethod.Put, _cast.Path("/specs/checkout/sheet"), Sheet("You can pay.", "two")));
        await Must(_cast.Pia.Ask(HttpMethod.Put, _cast.Path("/specs/checkout/terms/checkout.uptime"), Uptime(">= 99.6 %")));
        (status, _, body) = await Put(_cast.Pia, "/specs/checkout/terms/checkout.uptime",
            new { kind = "availability", key = "checkout.uptime", title = "People can pay", target = ">= 99.5 %", period = "month" }, seen);
        var term = body.GetProperty("services")[0].GetProperty("terms")[0].GetProperty("term");
        (status, term.GetProperty("target").GetString(), term.GetProperty("title").GetString()).ShouldBe((200, ">= 99.6 %", "People can pay"));
        var written = body.GetProperty("version").GetInt64();
        await Must(_cast.Pia.Ask(HttpMethod.Put, _cast.Path("/specs/checkout/sheet"), Sheet("You can pay.\nWe answer.", "two")));
        (status, _, body) = await Put(_cast.Pia, "/specs/checkout/sheet", Sheet("You can pay.", "three"), written);
        var sheet = body.GetProperty("services")[0].GetProperty("sheet");
        (status, sheet.GetProperty("external").GetString(), sheet.GetProperty("internal").GetProperty("staffing").GetString())
            .ShouldBe((200, "You can pay.\nWe answer.", "three"));

        var charter = new
        {
            purpose = "Agree what checkout must do",
            scope = "Checkout",
            roles = new[] { "Ann mediates" },
            successMeasures = new[] { "Signed by May" },
        };
        seen = (await Must(_cast.Ann.Ask(HttpMethod.Get, _cast.Path("/charter")))).GetProperty("version").GetInt64();
        await Must(_cast.Ann.Ask(HttpMethod.Put, _cast.Path("/charter"), charter with { scope = "Checkout and payments" }));
        (status, applied, body) = await Put(_cast.Ann, "/charter", charter with { roles = ["Ann mediates", "Pia offers"] }, seen);
        (status, applied).ShouldBe((200, "merge"));
        (body.GetProperty("charter").GetProperty("scope").GetString(), body.GetProperty("charter").GetProperty("roles").GetArrayLength())
            .ShouldBe(("Checkout and payments", 2));
        (status, _, body) = await Put(_cast.Ann, "/charter", charter with { scope = "Payments" }, seen);
        status.ShouldBe(409);
        body.GetProperty("merge").GetProperty("fields").EnumerateArray().Single(field => field.GetProperty("collides").GetBoolean()).ToString()
            .ShouldContain("Checkout and payments");
        (await Put(_cast.Pia, "/charter", charter, seen)).Status.ShouldBe(403);
        (await Put(_cast.Zoe, "/charter", charter, seen)).Status.ShouldBe(404);

        static object Card(string businessView, string technicalView) => new { name = "Checkout", businessView, technicalView };
        static object Sheet(string external, string staffing) => new { external, @internal = new { staffing } };
        async Task<(int Status, string Applied, JsonElement Body)> Put(HttpClient who, string path, object text, long version)
        {
            using var request = new HttpRequestMessage(HttpMethod.Put, _cast.Path(path)) { Content = JsonContent.Create(text, text.GetType()) };
            request.Headers.TryAddWithoutValidation("If-Match", $"\"{version}\"");
            request.Headers.TryAddWithoutValidation("Prefer", "respond-async, merge");
            using var response = await who.SendAsync(request);
            return ((int)response.StatusCode, response.Headers.TryGetValues("Preference-Applied", out var values) ? values.Single() : "",
                JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync()));
        }
    }

    [Fact]
    public async Task A_person_who_comes_second_is_merged_in_silence_or_shown_what_collides()
    {
        var page = $"/engagements/{_cast.Engagement}/services/checkout";
        var version = (await Must(_cast.Ann.Ask(HttpMethod.Get, _cast.Path("/services")))).GetProperty("version").ToString();
        (await Describe(_cast.Pia, "The shop takes orders.", "Four nodes.")).Status.ShouldBe(303);
        (await Describe(_cast.Cem, "People pay.", "Three nodes and a database.")).Status.ShouldBe(303);
        (await Card()).ShouldBe(("People pay.", "Four nodes."));
        var (status, html) = await Describe(_cast.Ann, "The shop takes orders.", "Five nodes.");
        status.ShouldBe(422);
        foreach (var text in new[] { "Three nodes and a database.", "Four nodes.", "Five nodes.", "Two people changed the same lines" })
            html.ShouldContain(text);
        (await Card()).ShouldBe(("People pay.", "Four nodes."));

        Task<(int Status, string Html)> Describe(HttpClient who, string business, string technical) => who.Submit(
            page, ("version", version), ("name", "Checkout"), ("businessView", business), ("technicalView", technical), ("status", "Live"));
    }

    [Fact]
    public async Task A_charter_is_merged_line_by_line()
    {
        var page = $"/engagements/{_cast.Engagement}/charter";
        var version = (await Must(_cast.Ann.Ask(HttpMethod.Get, _cast.Path("/charter")))).GetProperty("version").ToString();
        (await Write("Ann mediates\nPia offers", "Checkout")).Status.ShouldBe(303);
        (await Write("Ann mediates", "Checkout and payments")).Status.ShouldBe(303);
        var charter = (await Must(_cast.Ann.Ask(HttpMethod.Get, _cast.Path("/charter")))).GetProperty("charter");
        charter.GetProperty("scope").GetString().ShouldBe("Checkout and payments");
        charter.GetProperty("roles").GetArrayLength().ShouldBe(2);
        var (status, html) = await Write("Ann mediates\nCem asks", "Checkout");
        status.ShouldBe(422);
        WebUtility.HtmlDecode(html).ShouldContain("Ann mediates\nPia offers\nCem asks");
        (await _cast.Ann.Submit(page, ("purpose", "p"), ("scope", "s"), ("roles", "r"), ("measures", "m"), ("calendar", "Release | 2026-02-30")))
            .Html.ShouldContain("2026-02-30");

        Task<(int Status, string Html)> Write(string roles, string scope) => _cast.Ann.Submit(page, ("version", version),
            ("purpose", "Agree what checkout must do"), ("scope", scope), ("roles", roles), ("measures", "Signed by May"));
    }

    [Fact]
    public async Task A_spec_sheet_is_merged_in_its_own_room_and_shown_to_nobody_else()
    {
        await Must(_cast.Pia.Ask(HttpMethod.Put, _cast.Path("/specs/checkout/sheet"), Sheet("You can pay.\nWe answer at night.", "two")));
        var version = (await Must(_cast.Pia.Ask(HttpMethod.Get, _cast.Path("/specs")))).GetProperty("version").ToString();
        await Must(_cast.Pia.Ask(HttpMethod.Put, _cast.Path("/specs/checkout/sheet"), Sheet("You can pay.\nWe answer always.", "two")));
        var page = $"/engagements/{_cast.Engagement}/spec-sheets/checkout/sheet";
        (await _cast.Pia.Submit(page, ("version", version), ("external", "You can pay.\nWe answer at night."), ("staffing", "three"))).Status.ShouldBe(303);
        var (status, problem) = await _cast.Pia.Ask(HttpMethod.Put, _cast.Path("/specs/checkout/sheet"), Sheet("You can pay.\nWe sleep.", "two"),
            ifMatch: $"\"{version}\"");
        status.ShouldBe(409);
        problem.GetProperty("merge").GetProperty("theirs").GetProperty("external").GetString().ShouldBe("You can pay.\nWe answer always.");
        problem.GetProperty("merge").GetProperty("theirs").GetProperty("internal").GetProperty("staffing").GetString().ShouldBe("three");
        WebUtility.HtmlDecode((await _cast.Pia.Submit(page, ("version", version), ("external", "You can pay.\nWe sleep."), ("staffing", "two"))).Html)
            .ShouldContain("We answer always.\nWe sleep.");
        (await _cast.Cem.Ask(HttpMethod.Put, _cast.Path("/specs/checkout/sheet"), Sheet("x", "y"), ifMatch: $"\"{version}\"")).Status.ShouldBe(403);

        static object Sheet(string external, string staffing) => new { external, @internal = new { staffing } };
    }

    [Fact]
    public async Task Two_people_of_one_side_on_the_same_term_are_merged_or_shown_what_collides()
    {
        var pages = $"/engagements/{_cast.Engagement}/requirements";
        var read = (await _cast.Cem.Look($"{pages}?service=checkout&term=checkout.uptime")).Html;
        (await Keep(read, ">= 99.95 %", "The shop is open")).Status.ShouldBe(303);
        (await Keep(read, ">= 99.9 %", "People can pay")).Status.ShouldBe(303);
        (await Term()).ShouldBe((">= 99.95 %", "People can pay"));
        var (status, html) = await Keep(read, ">= 99 %", "The shop is open");
        status.ShouldBe(422);
        html.ShouldContain("Somebody of your side changed this");
        WebUtility.HtmlDecode(html).ShouldContain(">= 99.95 %");
        (await Keep(html, ">= 99 %", "People can pay")).Status.ShouldBe(303);
        (await Term()).ShouldBe((">= 99 %", "People can pay"));
        (await Keep(html.Replace(Field(html, "was"), "none", StringComparison.Ordinal), ">= 98 %", "Mine")).Html.ShouldContain("There is a term");
        (await _cast.Cem.Ask(HttpMethod.Put, _cast.Path("/requirements/checkout/terms/checkout.uptime"), Uptime(">= 97 %"), ifMatch: "\"2\""))
            .Body.GetProperty("merge").GetProperty("theirs").GetProperty("target").GetString().ShouldBe(">= 99 %");

        Task<(int Status, string Html)> Keep(string page, string target, string title) => _cast.Cem.Submit($"{pages}/checkout/terms",
            ("kind", "availability"), ("key", "checkout.uptime"), ("title", title), ("target", target), ("period", "month"),
            ("was", Field(page, "was")), ("version", Field(page, "version")));
        static string Field(string page, string name) =>
            System.Text.RegularExpressions.Regex.Match(page, $"name=\"{name}\" value=\"([^\"]+)\"").Groups[1].Value;
        async Task<(string?, string?)> Term()
        {
            var term = (await Must(_cast.Cem.Ask(HttpMethod.Get, _cast.Path("/requirements")))).GetProperty("services")[0].GetProperty("terms")[0]
                .GetProperty("term");
            return (term.GetProperty("target").GetString(), term.GetProperty("title").GetString());
        }
    }

    [Fact]
    public async Task The_form_keeps_what_it_has_no_field_for()
    {
        await Must(_cast.Cem.Ask(HttpMethod.Put, _cast.Path("/requirements/checkout/terms/checkout.uptime"), new
        {
            kind = "availability",
            key = "checkout.uptime",
            title = "The shop is open",
            target = ">= 99.9 %",
            restsOn = new[] { "isp.uptime" },
            notes = "old",
        }));
        (await _cast.Cem.Submit($"/engagements/{_cast.Engagement}/requirements/checkout/terms",
            ("kind", "availability"), ("key", "checkout.uptime"), ("title", "The shop is open"), ("target", ">= 99.8 %"))).Status.ShouldBe(303);
        var term = (await Must(_cast.Cem.Ask(HttpMethod.Get, _cast.Path("/requirements")))).GetProperty("services")[0].GetProperty("terms")[0]
            .GetProperty("term");
        term.GetProperty("restsOn")[0].GetString().ShouldBe("isp.uptime");
        term.TryGetProperty("notes", out _).ShouldBeFalse("the form has a field for notes, and it was emptied");
    }

    private async Task<(string?, string?)> Card()
    {
        var card = (await Must(_cast.Ann.Ask(HttpMethod.Get, _cast.Path("/services/checkout")))).GetProperty("card");
        return (card.GetProperty("businessView").GetString(), card.GetProperty("technicalView").GetString());
    }
}
