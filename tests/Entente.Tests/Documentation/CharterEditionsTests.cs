using Entente.Documentation;
using static Entente.Tests.Documentation.Folding;

namespace Entente.Tests.Documentation;

public sealed class CharterEditionsTests
{
    private static readonly Charter _first = new("Agree on checkout", "Checkout", ["Ann mediates", "Pia offers"], ["Signed by May"]);

    [Fact]
    public void Two_editions_differ_line_by_line()
    {
        var second = _first with { Scope = "Checkout\nPayments", Roles = ["Ann mediates", "Cem asks", "Pia offers"], SuccessMeasures = ["Signed by June"] };
        CharterDifference.Between(_first, second).Where(line => line.Change is not LineChange.Kept).Select(line => (line.Part, line.Change, line.Text))
            .ShouldBe(
        [
            ("Scope", LineChange.Added, "Payments"), ("Roles and authority", LineChange.Added, "Cem asks"),
            ("Success measures", LineChange.Removed, "Signed by May"), ("Success measures", LineChange.Added, "Signed by June"),
        ]);
        CharterDifference.Between(second, second).ShouldAllBe(line => line.Change == LineChange.Kept);
        CharterDifference.Between(null, _first).ShouldAllBe(line => line.Change == LineChange.Added);
    }

    [Fact]
    public void The_older_lines_and_the_newer_lines_can_be_read_back()
    {
        var seed = Environment.GetEnvironmentVariable("SEED") is { } given ? int.Parse(given) : 20260302;
        var random = new Random(seed);
        for (var round = 0; round < 200; round++)
        {
            var (older, newer) = (Lines(), Lines());
            var lines = CharterDifference.Between(_first with { Roles = older }, _first with { Roles = newer })
                .Where(line => line.Part == "Roles and authority").ToList();
            lines.Where(line => line.Change is not LineChange.Added).Select(line => line.Text).ShouldBe(older, $"seed={seed} round={round}");
            lines.Where(line => line.Change is not LineChange.Removed).Select(line => line.Text).ShouldBe(newer, $"seed={seed} round={round}");
        }

        ValueList<string> Lines() => Enumerable.Range(0, random.Next(8)).Select(_ => ((char)('a' + random.Next(4))).ToString()).ToValueList();
    }

    [Fact]
    public void A_voice_that_is_handed_over_is_heard_for_the_one_who_handed_it()
    {
        var state = CharterState.Empty.Fold(Ann, CharterRules.Write(CharterState.Empty, Ann, _first));
        state = state.Fold(Ann, CharterRules.NameStakeholder(state, Ann, "sam", "Sam"));
        CharterRules.Delegate(state, Cem, "pia", "Pia").Refusal!.Code.ShouldBe("charter.not_a_stakeholder");
        CharterRules.Delegate(state, Sam, "sam", "Sam").Refusal!.Code.ShouldBe("charter.delegate_self");
        state = state.Fold(Sam, CharterRules.Delegate(state, Sam, "cem", "Cem"));
        CharterRules.Approve(state, Sam, 1).Refusal!.Code.ShouldBe("charter.not_a_stakeholder");
        state = state.Fold(Cem, CharterRules.Approve(state, Cem, 1));
        (state.IsApproved, state.Stakeholders["cem"].For).ShouldBe((true, "Sam"));
    }

    [Fact]
    public void A_stakeholder_is_asked_about_what_changed_since_they_approved()
    {
        var state = CharterState.Empty.Fold(Ann, CharterRules.Write(CharterState.Empty, Ann, _first));
        state = state.Fold(Ann, CharterRules.NameStakeholder(state, Ann, "sam", "Sam"));
        state = state.Fold(Sam, CharterRules.Approve(state, Sam, 1));
        state = state.Fold(Ann, CharterRules.Write(state, Ann, _first with { Scope = "All" }));
        (state.IsApproved, state.Stakeholders["sam"].ApprovedEdition, state.Editions.Count).ShouldBe((false, 1, 2));
    }
}
