using System.Text.Json;
using Entente.Tests.Shared;

namespace Entente.Cli.Tests;

/// <summary>The verbs of <c>entente bargain</c> on one small domain, and what is said about bad input.</summary>
[Collection(Terminal.Name)]
public sealed class BargainTests : IDisposable
{
    private const string Hosting = """
        name: hosting
        issues:
          - { name: hours, kind: ordered, values: [8x5, 12x5, 24x7] }
          - { name: onCall, values: ["2", "5"] }
          - { name: price, range: { from: 40, to: 60, step: 5, currency: EUR } }
        constraints:
          - { name: nights need five, if: { hours: 24x7 }, then: { onCall: "5" } }
        parties:
          - name: Globex
            reservation: 0.2
            discount: 0.8
            riskAversion: 2
            issues:
              hours: { weight: 0.6, rising: 0.7 }
              onCall: { weight: 0, values: { "2": 0, "5": 0 } }
              price: { weight: 0.4, points: { 40: 1, 50: 0.7, 60: 0 } }
          - name: Acme
            issues:
              hours: { weight: 0.3, falling: 1 }
              onCall: { weight: 0.2, values: { "2": 1, "5": 0 } }
              price: { weight: 0.5, rising: 1 }
        """;

    private readonly Shell _shell = new();
    private readonly string _file;

    public BargainTests() => _file = _shell.File("hosting.yaml", Hosting);

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task A_draft_changes_few_issues_and_harms_nobody()
    {
        var draft = await Ask("draft", "--package", "0,0,2", "--changes", "2");
        draft.GetProperty("gains").EnumerateArray().ShouldAllBe(gain => gain.GetDouble() >= 0);
        draft.GetProperty("changes").GetInt32().ShouldBeLessThanOrEqualTo(2);
        draft.GetProperty("explanation")[0].GetString()!.ShouldContain("Globex is better off");
    }

    [Fact]
    public async Task Trades_help_both_and_an_explanation_adds_up()
    {
        var trades = (await Ask("trades", "--package", "0,0,0", "--between", "0,1")).GetProperty("trades");
        trades.GetArrayLength().ShouldBeGreaterThan(0);
        trades[0].GetProperty("gains").EnumerateArray().ShouldAllBe(gain => gain.GetDouble() > 0);
        var parties = (await Ask("explain", "--from", "0,0,0", "--to", "hours=24x7; onCall=5; price=55")).GetProperty("parties");
        parties[1].GetProperty("total").GetDouble().ShouldBe(-0.125, 1e-9);
        parties[1].GetProperty("words").GetString()!.ShouldContain("gives up hours 24x7 instead of 8x5");
    }

    [Fact]
    public async Task A_package_is_measured_and_what_improves_on_it_is_listed()
    {
        var measures = (await Ask("measure", "--package", "0,0,2")).GetProperty("measures");
        measures.GetProperty("frontierDistance").GetDouble().ShouldBeGreaterThan(0);
        measures.GetProperty("nashRatio").GetDouble().ShouldBeInRange(0, 1);
        var better = (await Ask("frontier", "--above", "0,0,2")).GetProperty("frontier").GetProperty("points").EnumerateArray().ToList();
        better.Count.ShouldBeGreaterThan(0);
        better.ShouldAllBe(point => point[0].GetDouble() >= 0.28 && point[1].GetDouble() >= 0.75);
        (await Ask("solve")).GetProperty("measures").GetProperty("opposition").GetDouble().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Payments_share_the_gain_and_equal_offers_are_equal()
    {
        var deal = await Ask("transfer", "--worth", "100000,50000");
        deal.GetProperty("transfers").EnumerateArray().Sum(paid => paid.GetDouble()).ShouldBe(0, 1e-6);
        deal.GetProperty("gains")[0].GetDouble().ShouldBe(deal.GetProperty("gains")[1].GetDouble(), 1e-6);
        var offers = (await Ask("meso", "--party", "1", "--target", "0.5")).GetProperty("packages").EnumerateArray().ToList();
        offers.Count.ShouldBeGreaterThan(1);
        offers.ShouldAllBe(offer => Math.Abs(offer.GetProperty("utilities")[1].GetDouble() - 0.5) <= 0.01 + 1e-9);
    }

    [Fact]
    public async Task A_gamble_that_is_late_is_worth_less_to_who_fears_it_and_cannot_wait()
    {
        var parties = (await Ask("value", "--lottery", "0.5: 2,1,0 | 0.5: 0,0,4", "--time", "1")).GetProperty("parties");
        double Of(int party, string what) => parties[party].GetProperty(what).GetDouble();
        Of(0, "expected").ShouldBe(0.5, 1e-9);
        Of(0, "certainty").ShouldBe(0.2831, 1e-4);
        Of(0, "discounted").ShouldBe(0.8 * Of(0, "certainty"), 1e-9);
        Of(1, "discounted").ShouldBe(Of(1, "expected"), 1e-9);
        (await Fails("value", "--lottery", "0.5: 2,1,0 | 0.4: 0,0,4")).ShouldBe("--lottery");
    }

    [Fact]
    public async Task Limits_that_conflict_are_named()
    {
        (await Ask("conflicts")).GetProperty("contractZone").GetBoolean().ShouldBeTrue();
        _shell.File("hosting.yaml", Hosting.Replace("reservation: 0.2", "reservation: 0.9").Replace("- name: Acme", "- name: Acme\n    reservation: 0.8"));
        var none = await Ask("conflicts");
        none.GetProperty("contractZone").GetBoolean().ShouldBeFalse();
        none.GetProperty("smallest").EnumerateArray().Select(limit => limit.GetProperty("name").GetString())
            .ShouldBe(["reservation of Globex", "reservation of Acme"]);
        (await Ask("solve")).GetProperty("nash").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task Simulated_parties_and_an_interview_answer_as_json()
    {
        var run = await Ask("simulate", "--tactics", "fair,erratic", "--seed", "2");
        run.GetProperty("discounted")[0].GetDouble().ShouldBeLessThan(run.GetProperty("utilities")[0].GetDouble());
        (await Ask("tournament", "--tactics", "fair,micro", "--rounds", "10")).GetProperty("standings").GetArrayLength().ShouldBe(2);
        var domain = Path.Combine(SharedData.Path("bargaining", "synthetic", "sla-2p-8i"), "domain.json");
        var first = (await Shell.Run("bargain", "elicit", domain, "--json")).Json;
        first.GetProperty("next").GetProperty("first").EnumerateObject().Count().ShouldBe(2);
        var all = (await Shell.Run("bargain", "elicit", domain, "--truthful", "--swings", "5,5,4,3,3,2,1,1", "--json")).Json;
        all.GetProperty("regret").GetDouble().ShouldBeLessThan(0.02);
        all.GetProperty("asked").GetArrayLength().ShouldBeLessThanOrEqualTo(15);
    }

    [Theory]
    [InlineData("--package", "certify")]
    [InlineData("--package", "certify", "--package", "9,9,9")]
    [InlineData("--package", "certify", "--package", "2,0,0")]
    [InlineData("--package", "measure")]
    [InlineData("--above", "frontier", "--above", "0")]
    [InlineData("--between", "trades", "--package", "0,0,0", "--between", "0,0")]
    [InlineData("--worth", "transfer", "--worth", "100,-1")]
    [InlineData("--worth", "transfer", "--worth", "100")]
    [InlineData("--party", "meso", "--party", "2", "--target", "0.5")]
    [InlineData("--to", "explain", "--from", "0,0,0")]
    [InlineData("--time", "value", "--lottery", "0,0,0", "--time", "-1")]
    [InlineData("--tactics", "simulate", "--tactics", "boulware,sneaky")]
    [InlineData("--tactics", "simulate", "--tactics", "boulware")]
    [InlineData("--rounds", "simulate", "--rounds", "0")]
    [InlineData("--swings", "elicit", "--swings", "1,2")]
    [InlineData("--swings", "elicit", "--swings", "1,-2,3")]
    [InlineData("--answers", "elicit", "--answers", "3")]
    [InlineData("--points", "solve", "--points", "-1")]
    [InlineData("--memory", "solve", "--memory", "0")]
    public async Task What_is_wrong_is_named_by_its_option(string where, params string[] words) =>
        (await Fails(words)).ShouldBe(where);

    [Fact]
    public async Task A_space_without_any_package_is_refused_at_its_file()
    {
        _shell.File("hosting.yaml", Hosting.Replace("then: { onCall: \"5\" } }",
            "then: { onCall: \"5\" } }\n  - { name: nothing, forbid: { onCall: [\"2\", \"5\"] } }"));
        (await Fails("solve")).ShouldStartWith(_file);
    }

    private async Task<JsonElement> Ask(string verb, params string[] words)
    {
        var said = await Shell.Run(["bargain", verb, _file, .. words, "--json"]);
        said.Exit.ShouldBe(0, said.Out + said.Error);
        return said.Json;
    }

    private async Task<string> Fails(params string[] words)
    {
        var said = await Shell.Run(["bargain", words[0], _file, .. words[1..], "--json"]);
        said.Exit.ShouldBe(1, said.Out);
        return said.Json.GetProperty("error").GetProperty("findings")[0].GetProperty("path").GetString()!;
    }
}
