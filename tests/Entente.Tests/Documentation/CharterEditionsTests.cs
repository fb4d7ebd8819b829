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

    [Fact]
    public void Who_approved_keeps_what_did_not_change_and_is_asked_about_the_rest()
    {
        var state = CharterState.Empty.Fold(Ann, CharterRules.Write(CharterState.Empty, Ann, _first));
        state = state.Fold(Ann, CharterRules.NameStakeholder(state, Ann, "sam", "Sam")).Fold(Ann, CharterRules.NameStakeholder(state, Ann, "cem", "Cem"));
        state.Stakeholders["sam"].Pending.ShouldBe(
            [CharterSection.Purpose, CharterSection.Scope, CharterSection.Roles, CharterSection.SuccessMeasures]);
        state = state.Fold(Sam, CharterRules.Approve(state, Sam, 1));
        state = state.Fold(Ann, CharterRules.Write(state, Ann, _first with { Calendar = ["Service review | every month"] }));
        state.Stakeholders["sam"].Pending.ShouldBe([CharterSection.Calendar]);
        state.Stakeholders["cem"].Pending.Count.ShouldBe(5);
        // The change is taken back: Sam approved exactly this, and Cem never did.
        state = state.Fold(Ann, CharterRules.Write(state, Ann, _first));
        (state.Stakeholders["sam"].Approves, state.Stakeholders["sam"].At, state.Stakeholders["cem"].Approves).ShouldBe((true, Now, false));
    }

    [Fact]
    public void An_objection_to_what_was_approved_takes_the_approval_back()
    {
        var state = CharterState.Empty.Fold(Ann, CharterRules.Write(CharterState.Empty, Ann, _first));
        state = state.Fold(Ann, CharterRules.NameStakeholder(state, Ann, "sam", "Sam"));
        state = state.Fold(Sam, CharterRules.Approve(state, Sam, 1));
        state = state.Fold(Sam, CharterRules.Object(state, Sam, 1, "I was wrong"));
        state = state.Fold(Ann, CharterRules.Write(state, Ann, _first with { Sponsor = "Ida" }));
        state.Stakeholders["sam"].Pending.Count.ShouldBe(5);
        state.Stakeholders["sam"].Objection.ShouldBeNull();
    }

    /// <remarks>The oracle remembers, section by section, the very words that each stakeholder approved last.</remarks>
    [Fact]
    public void Nobody_is_asked_twice_about_the_same_words_and_nobody_is_passed_over()
    {
        var seed = Environment.GetEnvironmentVariable("SEED") is { } given ? int.Parse(given) : 20260303;
        var random = new Random(seed);
        for (var round = 0; round < 100; round++)
        {
            var state = CharterState.Empty.Fold(Ann, CharterRules.Write(CharterState.Empty, Ann, _first));
            foreach (var person in (Actor[])[Sam, Cem]) state = state.Fold(Ann, CharterRules.NameStakeholder(state, Ann, person.Id, person.Name));
            Dictionary<(string, CharterSection), string> approved = [];
            for (var step = 0; step < 25; step++)
            {
                var by = random.Next(2) == 0 ? Sam : Cem;
                if (random.Next(3) == 0)
                {
                    var approves = CharterRules.Approve(state, by, state.Edition);
                    state = state.Fold(by, approves);
                    foreach (var section in CharterSections.All) approved[(by.Id, section)] = Words(section);
                }
                else
                {
                    string[] texts = ["a", "b"];
                    state = state.Fold(Ann, CharterRules.Write(state, Ann, state.Charter! with
                    {
                        Scope = texts[random.Next(2)],
                        Sponsor = texts[random.Next(2)],
                        Roles = [texts[random.Next(2)]],
                    }));
                }

                foreach (var voice in state.Stakeholders.Values)
                {
                    voice.Pending.ShouldBe(CharterSections.All.Where(section => Words(section) != approved.GetValueOrDefault((voice.Person, section), "")),
                        $"seed={seed} round={round} step={step}");
                    voice.Approves.ShouldBe(voice.Pending.Count == 0, $"seed={seed} round={round} step={step}");
                }
            }

            string Words(CharterSection section) => string.Join('\n', state.Charter!.LinesOf(section));
        }
    }

    [Theory]
    [InlineData("Release | 2026-04-30", true)]
    [InlineData("Service review | every month", true)]
    [InlineData("Release | 2026-04-31", false)]
    [InlineData("| 2026-04-30", false)]
    [InlineData("a | b | c", false)]
    public void A_date_of_the_calendar_is_a_day_or_a_rhythm(string text, bool holds) => CharterDate.TryParse(text, out _).ShouldBe(holds);

    [Theory]
    [InlineData("Release | Pia | Ido", true)]
    [InlineData("Release | Pia | Ido | Fee, Cem | Sam", true)]
    [InlineData("Release | Pia |", false)]
    [InlineData("Release | Pia | Ido, Ann", false)]
    public void One_alone_is_accountable(string text, bool holds)
    {
        RaciRow.TryParse(text, out var row).ShouldBe(holds);
        if (holds) row.ToString().ShouldBe(text);
    }
}
