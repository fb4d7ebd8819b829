using Entente.Bargaining;
using Entente.Bargaining.Issues;
using Entente.Bargaining.Solutions;
using Entente.Formats.Bargaining;

namespace Entente.Formats.Tests.Bargaining;

/// <summary>Our own form, and that bad input is refused with the file and the place.</summary>
public sealed class ReadingTests
{
    internal const string Table = """
        name: hosting
        issues:
          - { name: hours, kind: ordered, values: [8x5, 12x5, 24x7] }
          - { name: onCall, values: ["2", "5"] }
          - { name: price, range: { from: 40, to: 60, step: 5, currency: EUR } }
        constraints:
          - { name: nights need five, if: { hours: 24x7 }, then: { onCall: "5" } }
          - { name: staff, budget: { limit: 9, costs: { onCall: { "2": 2, "5": 5 }, hours: { 8x5: 1, 12x5: 2, 24x7: 4 } } } }
        parties:
          - name: Globex
            reservation: 0.2
            mustHave: { price: ["40", "45", "50"] }
            issues:
              hours: { weight: 0.6, rising: 1 }
              onCall: { weight: 0, values: { "2": 0, "5": 0 } }
              price: { weight: 0.4, points: { 40: 1, 60: 0 } }
          - name: Acme
            power: 2
            issues:
              hours: { weight: 0.3, falling: 1 }
              onCall: { weight: 0.2, values: { "2": 1, "5": 0 } }
              price: { weight: 0.5, rising: 1 }
            interactions:
              - { between: [hours, price], worth: { 24x7: { "50": 0.1 } } }
        """;

    [Fact]
    public void Yaml_holds_curves_constraints_budgets_interactions_and_must_haves()
    {
        var bargain = Read(Table).Get().Bargain;
        bargain.Space.Outcomes.ShouldBe(30);
        bargain.Parties[0].Worth[0].ShouldBe([0, 0.3, 0.6]);
        bargain.Parties[0].Worth[2].ShouldBe([0.4, 0.3, 0.2, 0.1, 0], 1e-12);
        bargain.Parties[1].Power.ShouldBe(2);
        bargain.Utilities(new Package(2, 1, 2)).ShouldBe([0.8, 0.35]);
        bargain.Allows(new Package(2, 0, 2)).ShouldBeFalse();
        bargain.Allows(new Package(2, 1, 4)).ShouldBeFalse();
        bargain.Space.Issues[2].Unit.ShouldBe("EUR");
        Solver.Solve(bargain).Nash!.IsProved.ShouldBeTrue();
    }

    [Theory]
    [InlineData("weight: 0.6", "weight: -0.6", "bargain.weight", "line 14")]
    [InlineData("weight: 0.6", "weight: .inf", "bargain.number", "line 14")]
    [InlineData("weight: 0.6, ", "", "bargain.weight", "line 14")]
    [InlineData("{ hours: 24x7 }", "{ hours: 7x7 }", "bargain.value_outside", "line 7")]
    [InlineData("reservation: 0.2", "reservaton: 0.2", "bargain.unknown", "line 11")]
    [InlineData("weight: 0.2, values: { \"2\": 1, \"5\": 0 }", "weight: 0.2, values: { \"2\": 1, \"6\": 0 }",
        "bargain.value_outside", "line 21")]
    [InlineData("onCall: { weight: 0.2", "on_call: { weight: 0.2", "bargain.domains_differ", "line 17")]
    [InlineData("name: hours", "nam: hours", "bargain.issue", "line 3")]
    [InlineData("[8x5, 12x5, 24x7]", "[8x5, 12x5", "bargain.yaml", "line")]
    public void Bad_yaml_is_refused_with_file_and_line(string good, string bad, string rule, string place)
    {
        var broken = Table.Replace(good, bad);
        broken.ShouldNotBe(Table);
        var findings = Read(broken).Findings;
        findings.ShouldContain(f => f.Rule == rule && f.Path.StartsWith($"table.yaml: {place}"),
            string.Join("\n", findings));
    }

    [Fact]
    public void Genius_files_of_another_domain_values_outside_and_negative_weights_are_refused_with_file_and_place()
    {
        var domain = new SourceText("d.xml", """
            <negotiation_template><utility_space><objective index="0" name="root"><issue index="1" name="hours" vtype="discrete">
            <item index="1" value="8x5"/><item index="2" value="24x7"/></issue></objective></utility_space></negotiation_template>
            """);
        SourceText Profile(string issue, string value, string weight) => new("p.xml", $"""
            <utility_space><objective index="0" name="root"><issue index="1" name="{issue}" vtype="discrete">
            <item index="1" value="8x5" evaluation="1"/><item index="2" value="{value}" evaluation="3"/></issue>
            <weight index="1" value="{weight}"/></objective><reservation value="0.25"/></utility_space>
            """);
        var good = BargainReader.Read(domain, Profile("hours", "24x7", "1.0")).Get().Bargain.Parties[0];
        good.Worth[0].ShouldBe([1 / 3.0, 1], 1e-12);
        good.Disagreement.ShouldBe(0.25);
        Rules(Profile("price", "24x7", "1.0")).ShouldContain("bargain.domains_differ");
        Rules(Profile("hours", "7x7", "1.0")).ShouldContain("bargain.value_outside");
        Rules(Profile("hours", "24x7", "-1.0")).ShouldContain("bargain.weight");
        Rules(Profile("hours", "24x7", "NaN")).ShouldContain("bargain.weight");
        Rules(new SourceText("p.xml", "<utility_space>")).ShouldContain("bargain.xml");
        BargainReader.Read(domain).Findings.ShouldContain(f => f.Rule == "bargain.no_parties" && f.Path == "d.xml");
        var warned = BargainReader.Read(domain, Profile("hours", "24x7", "0.5"));
        warned.IsUsable.ShouldBeTrue();
        warned.Findings.ShouldHaveSingleItem().Rule.ShouldBe("bargain.weights_sum");

        IEnumerable<string> Rules(SourceText profile)
        {
            var findings = BargainReader.Read(domain, profile).Findings;
            findings.ShouldAllBe(f => f.Path.StartsWith("p.xml"));
            return findings.Select(f => f.Rule);
        }
    }

    [Fact]
    public void Genius_spaces_with_nested_objectives_numbers_missing_weights_and_a_discount_are_read()
    {
        var domain = new SourceText("d.xml", """
            <negotiation_template><utility_space><objective index="0" name="root"><objective index="5" name="inner">
            <issue index="1" name="hours" vtype="Discrete"><item index="1" value="8x5"/><item index="2" value="24x7"/></issue>
            </objective><issue index="2" name="staff" vtype="integer" lowerbound="2" upperbound="6"/>
            <issue index="3" name="price" vtype="real"><range lowerbound="0" upperbound="10"/></issue>
            </objective></utility_space></negotiation_template>
            """);
        const string profile = """
            <utility_space><objective index="0" name="root"><weight index="5" value="0.5"/><objective index="5" name="inner">
            <weight index="1" value="0.8"/><issue index="1" name="hours" vtype="discrete">
            <item index="1" value="8x5" evaluation="1"/><item index="2" value="24x7" evaluation="4"/></issue></objective>
            <issue index="2" name="staff" vtype="integer"><evaluator ftype="linear" offset="0.0" slope="0.25"/></issue>
            <issue index="3" name="price" vtype="real"><evaluator ftype="linear" parameter0="1" parameter1="-0.1"/></issue>
            <weight index="2" value="0.2"/></objective><discount_factor value="0.7"/><reservation value="0.1"/></utility_space>
            """;
        var reading = BargainReader.Read(domain, new SourceText("p.xml", profile));
        var party = reading.Get().Bargain.Parties[0];
        party.Worth[0].ShouldBe([0.1, 0.4], 1e-12);
        party.Worth[1].ShouldBe([0, 0.05, 0.1, 0.15, 0.2], 1e-12);
        party.Worth[2].ShouldAllBe(worth => worth == 0);
        (party.Discount, party.Reservation).ShouldBe((0.7, 0.1));
        reading.Findings.Select(f => f.Rule).ShouldBe(["bargain.steps", "bargain.weight_missing", "bargain.weights_sum"]);
        var unweighted = System.Text.RegularExpressions.Regex.Replace(profile, "<weight[^>]*/>", "");
        BargainReader.Read(domain, new SourceText("p.xml", unweighted)).Get().Bargain.Parties[0].Worth[2][0]
            .ShouldBe(1 / 3.0, 1e-12);
    }

    [Fact]
    public void A_choice_may_be_at_least_or_at_most_a_number()
    {
        var space = Read(Table.Replace("then: { onCall: \"5\" }", "then: { onCall: \">= 5\" }")
            .Replace("mustHave: { price: [\"40\", \"45\", \"50\"] }", "mustHave: { price: \"<= 50\" }")).Get().Bargain;
        space.Allows(new Package(2, 0, 0)).ShouldBeFalse();
        space.Allows(new Package(2, 1, 2)).ShouldBeTrue();
        space.Allows(new Package(0, 0, 3)).ShouldBeFalse();
        Read(Table.Replace("then: { onCall: \"5\" }", "then: { onCall: \">= 9\" }")).Findings
            .ShouldContain(f => f.Rule == "bargain.value_outside");
    }

    [Fact]
    public void A_GeniusWeb_profile_of_another_domain_is_refused()
    {
        var domain = new SourceText("d.json", """{"name":"d","issuesValues":{"a":{"values":["x","y"]}}}""");
        const string profile = """
            {"LinearAdditiveUtilitySpace":{"domain":{"name":"d","issuesValues":{"a":{"values":["y","x"]}}},
             "issueUtilities":{"a":{"DiscreteValueSetUtilities":{"valueUtilities":{"x":1,"y":0}}}},"issueWeights":{"a":1}}}
            """;
        BargainReader.Read(domain, new SourceText("p.json", profile)).IsUsable.ShouldBeTrue();
        BargainReader.Read(domain, new SourceText("p.json", profile.Replace("[\"y\",\"x\"]", "[\"y\",\"z\"]"))).Findings
            .ShouldContain(f => f.Rule == "bargain.domains_differ" && f.Path.StartsWith("p.json"));
        BargainReader.Read(domain, new SourceText("p.json", profile.Replace("issueWeights", "weights"))).Findings
            .ShouldHaveSingleItem().Path.ShouldBe("p.json: $.issueWeights.a");
    }

    [Fact]
    public void Ranges_of_weights_and_values_become_the_least_and_the_most_each_option_may_be_worth()
    {
        var text = Table.Replace("weight: 0.6, rising: 1", "weight: [0.5, 0.7], rising: 1")
            .Replace("weight: 0.2, values: { \"2\": 1, \"5\": 0 }", "weight: 0.2, values: { \"2\": 1, \"5\": [0, 0.5] }");
        var bargain = Read(text).Get().Bargain;
        bargain.Parties[0].Worth[0].ShouldBe([0, 0.3, 0.6], 1e-12);
        bargain.Parties[0].Range!.Most[0].ShouldBe([0, 0.35, 0.7], 1e-12);
        bargain.Parties[1].Range!.Most[1].ShouldBe([0.2, 0.1], 1e-12);
        Read(text.Replace("[0.5, 0.7]", "[0.7, 0.5]")).Findings.ShouldContain(f => f.Rule == "bargain.range");
        var answer = BargainQuestions.Solve(new BargainAsk(Read(text).Get(), [], 10, 100, field => field), points: 0);
        answer.Nash!.Regrets!.Count.ShouldBe(2);
        answer.Nash.Regrets.ShouldAllBe(regret => regret >= 0);
        BargainQuestions.Solve(new BargainAsk(Read(Table).Get(), [], 10, 100, field => field), 0).Nash!.Regrets
            .ShouldBeNull();
    }

    [Fact]
    public void A_normal_form_with_rows_that_do_not_fit_is_refused_with_their_place()
    {
        const string text = """
            {"id":"x","issues":[{"name":"a","type":"discrete","values":["u","v"]}],
             "parties":[{"name":"p","reservation":null,"discount":null,"weights":[1.0],"contrib":[[0.5]]}]}
            """;
        BargainReader.Read(new SourceText("domain.json", text)).Findings.Select(f => f.Path)
            .ShouldContain("domain.json: $.parties[0].contrib[0]");
        BargainReader.Read(new SourceText("domain.json", text.Replace("[0.5]", "[0.5, \"x\"]"))).Findings
            .ShouldContain(f => f.Rule == "bargain.worth" && f.Path == "domain.json: $.parties[0].contrib[0][1]");
        BargainReader.Read(new SourceText("domain.json", text.Replace("[0.5]", "[0.5, 1]").Replace("[1.0]", "[-1.0]")))
            .Findings
            .ShouldContain(f => f.Rule == "bargain.weight");
        BargainReader.Read(new SourceText("domain.json", "{")).Findings.ShouldContain(f => f.Rule == "bargain.json");
        BargainReader.Read(new SourceText("domain.json", text.Replace("[0.5]", "[0.5, 1]"))).Get().Bargain.Parties[0]
            .Worth[0].ShouldBe([0.5, 1]);
    }

    [Fact]
    public void GeniusWeb_numbers_and_a_reservation_bid_are_read()
    {
        var domain = new SourceText("d.json",
            """{"name":"d","issuesValues":{"a":{"values":["x","y"]},"n":{"range":["0","10","5"]}}}""");
        var profile = new SourceText("p.json", """
            {"LinearAdditiveUtilitySpace":{"issueUtilities":{
              "a":{"DiscreteValueSetUtilities":{"valueUtilities":{"x":1,"y":0}}},
              "n":{"NumberValueSetUtilities":{"lowValue":0,"lowUtility":0,"highValue":10,"highUtility":1}}},
             "issueWeights":{"a":0.4,"n":0.6},"reservationBid":{"issuevalues":{"a":"y","n":5}}}}
            """);
        var party = BargainReader.Read(domain, profile).Get().Bargain.Parties[0];
        party.Worth[1].ShouldBe([0, 0.3, 0.6], 1e-12);
        party.Disagreement.ShouldBe(0.3, 1e-12);
    }

    [Fact]
    public void A_package_is_read_by_places_and_by_names()
    {
        var space = Read(Table).Get().Bargain.Space;
        BargainQuestions.ReadPackage(space, "[2, 1, 0]").ShouldBe(new Package(2, 1, 0));
        BargainQuestions.ReadPackage(space, "price=40; hours=24x7; onCall=5").ShouldBe(new Package(2, 1, 0));
        Should.Throw<BadInputException>(() => BargainQuestions.ReadPackage(space, "2,1"));
        Should.Throw<BadInputException>(() => BargainQuestions.ReadPackage(space, "2,1,9"));
        Should.Throw<BadInputException>(() => BargainQuestions.ReadPackage(space, "price=40; hours=24x7"));
        Should.Throw<BadInputException>(() => BargainQuestions.ReadPackage(space, "price=40; hours=7x7; onCall=5"));
    }

    [Fact]
    public void The_answer_of_solve_has_the_fields_that_were_promised()
    {
        var ask = new BargainAsk(Read(Table).Get(), [], seconds: 10, megabytes: 100, field => field);
        var frontier = Solver.Frontier(ask.Bargain);
        var json = System.Text.Json.Nodes.JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(
            BargainQuestions.Solve(ask, points: 2), Json.Options))!;
        ((int)json["outcomes"]!).ShouldBe(30);
        ((int)json["frontier"]!["size"]!).ShouldBe(frontier.Points.Count);
        ((string)json["frontier"]!["sha256"]!).Length.ShouldBe(64);
        json["frontier"]!["points"]!.AsArray().Count.ShouldBe(2);
        foreach (var name in new[] { "nash", "kalaiSmorodinsky", "egalitarian", "utilitarian" })
        {
            json[name]!["utilities"]!.AsArray().Count.ShouldBe(2);
            json[name]!["package"]!.AsArray().Count.ShouldBe(3);
            ((bool)json[name]!["proved"]!).ShouldBeTrue();
            ((int)json[name]!["ties"]!).ShouldBeGreaterThan(0);
        }
    }

    [Fact]
    public void The_picture_shows_every_point_and_the_solutions()
    {
        var bargain = Read(Table).Get().Bargain;
        var (frontier, solutions) = Solver.SolveAll(bargain);
        var svg = System.Xml.Linq.XDocument.Parse(FrontierSvg.Draw(bargain, frontier, solutions));
        svg.Descendants().Count(e => e.Name.LocalName == "circle").ShouldBe(frontier.Points.Count + 8);
        svg.Descendants().Where(e => e.Name.LocalName == "text").Select(e => e.Value).ShouldContain("Globex");
    }

    private static Reading<BargainDocument> Read(string text) => BargainReader.Read(new SourceText("table.yaml", text));
}
