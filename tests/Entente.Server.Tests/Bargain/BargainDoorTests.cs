using System.Text.Json;

namespace Entente.Server.Tests.Bargain;

public sealed class BargainDoorTests : IAsyncLifetime
{
    private const string Hosting = """
        name: hosting
        issues:
          - { name: hours, kind: ordered, values: [8x5, 12x5, 24x7] }
          - { name: price, values: ["40", "50", "60"] }
        parties:
          - name: Globex
            issues:
              hours: { weight: 0.6, values: { 8x5: 0, 12x5: 0.5, 24x7: 1 } }
              price: { weight: 0.4, values: { "40": 1, "50": 0.5, "60": 0 } }
          - name: Acme
            issues:
              hours: { weight: 0.3, values: { 8x5: 1, 12x5: 0.5, 24x7: 0 } }
              price: { weight: 0.7, values: { "40": 0, "50": 0.5, "60": 1 } }
        """;

    private Cast _cast = null!;

    public async ValueTask InitializeAsync() => _cast = await Cast.Assemble();

    public ValueTask DisposeAsync() => _cast.DisposeAsync();

    [Fact]
    public async Task A_domain_is_solved_with_its_four_solutions_proved()
    {
        var answer = await Ask("solve", new { domain = Hosting });
        answer.GetProperty("outcomes").GetInt32().ShouldBe(9);
        foreach (var solution in new[] { "nash", "kalaiSmorodinsky", "egalitarian", "utilitarian" })
            answer.GetProperty(solution).GetProperty("proved").GetBoolean().ShouldBeTrue(solution);
        answer.GetProperty("nash").GetProperty("values").GetProperty("hours").GetString().ShouldBe("24x7");
        answer.GetProperty("nash").GetProperty("values").GetProperty("price").GetString().ShouldBe("60");
        (await Ask("frontier", new { domain = Hosting, points = 1 })).GetProperty("frontier").GetProperty("points").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task A_poor_package_is_not_certified_and_is_improved()
    {
        (await Ask("certify", new { domain = Hosting, package = "hours=8x5; price=40" })).GetProperty("efficient").GetBoolean().ShouldBeFalse();
        var better = await Ask("improve", new { domain = Hosting, package = "0,0", by = "nash" });
        better.GetProperty("gains").EnumerateArray().ShouldAllBe(gain => gain.GetDouble() > 0);
    }

    [Fact]
    public async Task Every_question_of_the_command_line_has_its_route()
    {
        (await Ask("draft", new { domain = Hosting, package = "0,0" })).GetProperty("changes").GetInt32().ShouldBe(2);
        var measured = await Ask("measure", new { domain = Hosting, package = "0,0" });
        measured.GetProperty("measures").GetProperty("frontierDistance").GetDouble().ShouldBeGreaterThan(0);
        var better = await Ask("frontier", new { domain = Hosting, above = "0,0" });
        better.GetProperty("frontier").GetProperty("size").GetInt32().ShouldBeGreaterThan(0);
        var trades = await Ask("trades", new { domain = Hosting, package = "0,0", between = new[] { 1, 0 } });
        trades.GetProperty("trades")[0].GetProperty("gains").EnumerateArray().ShouldAllBe(gain => gain.GetDouble() > 0);
        var deal = await Ask("transfer", new { domain = Hosting, worth = new[] { 100, 100 } });
        deal.GetProperty("transfers").EnumerateArray().Sum(paid => paid.GetDouble()).ShouldBe(0, 1e-9);
        var offers = await Ask("meso", new { domain = Hosting, party = 1, package = "1,1", count = 2 });
        offers.GetProperty("packages").GetArrayLength().ShouldBeGreaterThan(0);
        var words = await Ask("explain", new { domain = Hosting, from = "0,0", to = "2,2" });
        words.GetProperty("parties")[0].GetProperty("total").GetDouble().ShouldBe(0.2, 1e-9);
        var gamble = await Ask("value", new { domain = Hosting, lottery = "0.5: 0,0 | 0.5: 2,2" });
        gamble.GetProperty("parties")[0].GetProperty("expected").GetDouble().ShouldBe(0.5, 1e-9);
        (await Ask("conflicts", new { domain = Hosting })).GetProperty("contractZone").GetBoolean().ShouldBeTrue();
        var run = await Ask("simulate", new { domain = Hosting, tactics = new[] { "fair", "micro" }, seed = 3, rounds = 20 });
        run.GetProperty("seed").GetInt32().ShouldBe(3);
        var played = await Ask("tournament", new { domain = Hosting, tactics = new[] { "linear", "conceder" }, rounds = 10 });
        played.GetProperty("standings").GetArrayLength().ShouldBe(2);
        var asked = await Ask("elicit", new { domain = Hosting, party = 0, truthful = true });
        asked.GetProperty("weights").GetProperty("hours").GetArrayLength().ShouldBe(3);
    }

    [Fact]
    public async Task The_frontier_is_drawn()
    {
        using var content = new StringContent(JsonSerializer.Serialize(new { domain = Hosting }), System.Text.Encoding.UTF8, "application/json");
        using var response = await _cast.Zoe.PostAsync("/api/v1/bargain/plot", content);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("image/svg+xml");
        (await response.Content.ReadAsStringAsync()).ShouldContain("Kalai-Smorodinsky");
    }

    [Fact]
    public async Task A_run_ends_when_its_time_is_up()
    {
        var file = Path.Combine(Entente.Tests.Shared.SharedData.Path("bargaining", "synthetic", "sla-7p-20i"), "domain.json");
        var domain = JsonSerializer.Deserialize<JsonElement>(await File.ReadAllTextAsync(file));
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var answer = await Ask("tournament", new { domain, rounds = 1000, repeats = 100, seconds = 1 });
        answer.GetProperty("stopped").GetBoolean().ShouldBeTrue();
        watch.Elapsed.TotalSeconds.ShouldBeLessThan(60);
    }

    [Theory]
    [InlineData("simulate", """{"tactics":["boulware","sneaky"]}""", "$.tactics")]
    [InlineData("simulate", """{"rounds":100000}""", "$.rounds")]
    [InlineData("tournament", """{"repeats":100000}""", "$.repeats")]
    [InlineData("elicit", """{"swings":[1]}""", "$.swings")]
    [InlineData("elicit", """{"answers":"7"}""", "$.answers")]
    [InlineData("elicit", """{"party":2}""", "$.party")]
    [InlineData("solve", """{"parties":[0,5]}""", "$.parties")]
    [InlineData("trades", """{"package":"0,0","between":[0]}""", "$.between")]
    [InlineData("value", """{"lottery":"0.5: 0,0"}""", "$.lottery")]
    public async Task A_wrong_field_is_named(string verb, string fields, string where)
    {
        var body = System.Text.Json.Nodes.JsonNode.Parse(fields)!;
        body["domain"] = Hosting;
        var (status, problem) = await _cast.Zoe.Ask(HttpMethod.Post, $"/api/v1/bargain/{verb}", body);
        (status, problem.GetProperty("errors")[0].GetProperty("path").GetString()).ShouldBe((400, where));
    }

    [Theory]
    [InlineData("solve")]
    [InlineData("elicit")]
    [InlineData("tournament")]
    public async Task Nobody_computes_here_without_signing_in(string verb)
    {
        using var visitor = _cast.Visitor();
        (await visitor.Ask(HttpMethod.Post, $"/api/v1/bargain/{verb}", new { domain = Hosting })).Status.ShouldBe(401);
    }

    [Fact]
    public async Task Real_domains_of_the_field_give_the_same_numbers_over_this_door()
    {
        var folder = Entente.Tests.Shared.SharedData.Path("bargaining");
        var file = Directory.EnumerateFiles(folder, "domain.json", SearchOption.AllDirectories).OrderBy(path => new FileInfo(path).Length).First();
        var answer = await Ask("solve", new { domain = JsonSerializer.Deserialize<JsonElement>(await File.ReadAllTextAsync(file)) });
        answer.GetProperty("frontier").GetProperty("exact").GetBoolean().ShouldBeTrue(file);
    }

    [Theory]
    [InlineData("""{"domain":"name: x"}""", "$.domain")]
    [InlineData("""{"domain":7}""", "$.domain")]
    [InlineData("""{"domain":"name: x","seconds":9999}""", "$.seconds")]
    [InlineData("""{"domain":"name: x","memory":4096}""", "$.memory")]
    public async Task Bad_bargains_are_told_where_they_are_wrong(string body, string where)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var response = await _cast.Zoe.PostAsync("/api/v1/bargain/solve", content);
        ((int)response.StatusCode).ShouldBe(400);
        (await response.Content.ReadAsStringAsync()).ShouldContain(where);
    }

    [Fact]
    public async Task A_package_outside_the_domain_is_refused_at_its_place()
    {
        var (status, problem) = await _cast.Zoe.Ask(HttpMethod.Post, "/api/v1/bargain/certify", new { domain = Hosting, package = "0,9" });
        (status, problem.GetProperty("errors")[0].GetProperty("path").GetString()).ShouldBe((400, "$.package"));
    }

    private async Task<JsonElement> Ask(string verb, object body)
    {
        var (status, answer) = await _cast.Zoe.Ask(HttpMethod.Post, $"/api/v1/bargain/{verb}", body);
        status.ShouldBe(200, answer.ToString());
        return answer;
    }
}
