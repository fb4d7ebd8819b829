using Entente.Bargaining.Solutions;
using Entente.Negotiation;
using Entente.Terms;
using NodaTime;
using Comparison = Entente.Terms.Comparison;
using static Entente.Tests.Negotiation.TableOf;

namespace Entente.Tests.Negotiation;

public sealed class MediationTests
{
    private static readonly SidePreference _provider = new()
    {
        Swings = new Dictionary<string, int> { ["availability"] = 90, ["restore"] = 30, ["charge"] = 40 },
        WalkAway = 10,
    };

    private static readonly SidePreference _customer = new()
    {
        Swings = new Dictionary<string, int> { ["availability"] = 20, ["restore"] = 90, ["charge"] = 50 },
        WalkAway = 10,
    };

    [Theory]
    [InlineData(Fairness.Nash)]
    [InlineData(Fairness.KalaiSmorodinsky)]
    [InlineData(Fairness.Egalitarian)]
    public void A_proposal_is_above_both_limits_and_efficient(Fairness fairness)
    {
        var mediation = Between(Open(), _provider, _customer);
        var test = mediation.Test(mediation.Propose(fairness)!);
        (test.IsEfficient, test.AboveLimits).ShouldBe((true, true));
        test.SharedTenths.ShouldBeGreaterThanOrEqualTo(5);
    }

    [Fact]
    public void Without_a_zone_there_is_nothing_to_propose_and_nobody_is_named()
    {
        var mediation = Between(Open(), _provider with { WalkAway = 95 }, _customer with { WalkAway = 95 });
        mediation.Propose(Fairness.Nash).ShouldBeNull();
        mediation.FirstDraft().ShouldBeNull();
        mediation.Sight().HasZone.ShouldBeFalse();
    }

    [Fact]
    public void A_walk_away_value_is_never_passed()
    {
        var limited = _customer with
        {
            Playbooks = new Dictionary<string,
            Playbook>
            { ["restore"] = new(WalkAway: Span(3)) }
        };
        var mediation = Between(Open(), _provider, limited);
        foreach (var fairness in Enum.GetValues<Fairness>())
            ((TermValue.Span)mediation.Propose(fairness)!["restore"])
                .Duration.ShouldBeLessThanOrEqualTo(Duration.FromHours(3));
        Between(Open(), _provider with
        {
            Playbooks = new Dictionary<string,
            Playbook>
            { ["restore"] = new(WalkAway: Span(6)) }
        }, limited)
            .Propose(Fairness.Nash).ShouldBeNull();
    }

    [Fact]
    public void Accountings_limit_holds_for_the_engine_too()
    {
        var state = Open();
        state = Fold(state, TableRules.SetBudget(state, Fee, new Money(43_000, "EUR"), null), Fee);
        foreach (var fairness in Enum.GetValues<Fairness>())
            ((TermValue.Price)Between(state, _provider, _customer).Propose(fairness)!["charge"])
                .Money.Amount.ShouldBeLessThanOrEqualTo(43_000);
    }

    [Fact]
    public void Each_draft_changes_at_most_three_terms_leaves_nobody_worse_off_and_the_last_is_final()
    {
        for (var seed = 1; seed <= 20; seed++)
        {
            var (provider, customer) = (Random(seed), Random(seed + 100));
            var state = Wide();
            var mediation = Between(state, provider, customer);
            var draft = mediation.FirstDraft()!;
            var drafts = 0;
            while (mediation.NextDraft(draft) is { } next)
            {
                next.Count(pair => draft[pair.Key] != pair.Value).ShouldBeInRange(1, 3, $"seed={seed}");
                foreach (var (side, said) in new[] { (Side.Provider, provider), (Side.Customer, customer) })
                    Points(state, side, said, next).ShouldBeGreaterThanOrEqualTo(
                        Points(state, side, said, draft) - 1e-6, $"seed={seed}");
                draft = next;
                (++drafts).ShouldBeLessThan(30, $"seed={seed}");
            }
        }
    }

    [Fact]
    public void Nothing_that_the_engine_suggests_is_below_anybodys_limit()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("SEED"), out var given) ? given : 1;
        for (var run = seed; run < seed + 20; run++)
        {
            var random = new Random(run);
            var state = Wide();
            SidePreference Drawn(int of) => Random(of) with
            {
                WalkAway = random.Next(60),
                Playbooks = new Dictionary<string, Playbook>
                {
                    [$"t{random.Next(8)}"] = new(WalkAway: new TermValue.Count(10 + 10 * random.Next(5))),
                },
            };
            var (provider, customer) = (Drawn(run), Drawn(run + 1000));
            var mediation = Between(state, provider, customer);
            var both = Enum.GetValues<Fairness>().Select(mediation.Propose).Append(mediation.FirstDraft()).ToList();
            if (both[^1] is { } draft) both.AddRange([mediation.NextDraft(draft), mediation.Improvement(draft)]);
            foreach (var (side, said) in new[] { (Side.Provider, provider), (Side.Customer, customer) })
            {
                // Packages of equal worth keep the limits of their maker: it does not know the other's.
                var own = EqualWorth.Find(state, Model(state, side, said)).Packages;
                foreach (var package in both.OfType<IReadOnlyDictionary<string, TermValue>>().Concat(own))
                {
                    var model = Model(state, side, said);
                    var found = new TableSpace(state).Find(package)!;
                    model.Points(found).ShouldBeGreaterThanOrEqualTo(said.WalkAway - 1e-6, $"seed={run} {side}");
                    model.Preference.MustHaves.ShouldAllBe(must => must.Holds(found), $"seed={run} {side}");
                }
            }
        }
    }

    [Fact]
    public void A_draft_that_came_to_lie_below_a_limit_is_mended_within_three_terms()
    {
        var (state, mended) = (Wide(), 0);
        for (var seed = 1; seed <= 8; seed++)
        {
            var (provider, customer) = (Random(seed) with { WalkAway = 0 }, Random(seed + 100) with { WalkAway = 0 });
            var draft = Between(state, provider, customer).FirstDraft()!;
            // Just more than the draft is worth to the customer.
            var more = customer with { WalkAway = (int)Math.Ceiling(Points(state, Side.Customer, customer, draft)) + 1 };
            if (Between(state, provider, more).NextDraft(draft) is not { } next) continue;
            mended++;
            next.Count(pair => draft[pair.Key] != pair.Value).ShouldBeInRange(1, 3, $"seed={seed}");
            Points(state, Side.Customer, more, next).ShouldBeGreaterThanOrEqualTo(more.WalkAway - 1e-6, $"seed={seed}");
        }

        mended.ShouldBeGreaterThan(0);
    }

    private static SideModel Model(NegotiationState state, Side side, SidePreference said) =>
        new(new TableSpace(state), state, side, said);

    [Fact]
    public void An_improvement_is_better_for_one_and_worse_for_none_and_an_efficient_deal_has_none()
    {
        var state = Open();
        var mediation = Between(state, _provider, _customer);
        var poor = Package(99.95m, 6, 44_000).Package;
        state = Fold(state, NegotiationRules.Propose(state, Ann, new NegotiationFact.Offered("", poor), Now), Ann);
        mediation = Between(state, _provider, _customer);
        var better = mediation.Improvement(poor).ShouldNotBeNull();
        var gains = new[] { (Side.Provider, _provider), (Side.Customer, _customer) }
            .Select(one => Points(state, one.Item1, one.Item2, better) - Points(state, one.Item1, one.Item2, poor))
                .ToList();
        gains.ShouldAllBe(gain => gain > -1e-6);
        gains.Max().ShouldBeGreaterThan(1e-6);
        mediation.Test(poor).IsEfficient.ShouldBeFalse();
        mediation.Improvement(better).ShouldBeNull();
    }

    [Fact]
    public void A_hint_names_two_terms_that_are_ranked_in_opposite_order() =>
        Between(Open(), _provider, _customer).Hint().ShouldNotBeNull().ShouldContain("Restore time");

    [Fact]
    public void Contradicting_answers_are_shown()
    {
        var state = Wide();
        var table = new TableSpace(state);
        var (first, second) = new SideModel(table, state, Side.Customer, SidePreference.Empty).NextQuestion()!.Value;
        var said = SidePreference.Empty with
        {
            Answers = [
            new GivenAnswer(first, second, Rather.First), new GivenAnswer(first, second, Rather.Second)]
        };
        var strong = said with
        {
            Answers = said.Answers.Append(new GivenAnswer(first, second, Rather.First))
            .ToValueList()
        };
        new SideModel(table, state, Side.Customer, SidePreference.Empty with { Answers = [said.Answers[0]] })
            .Contradiction.ShouldBeEmpty();
        Should.NotThrow(() => new SideModel(table, state, Side.Customer, strong).InWords());
    }

    [Fact]
    public void Few_questions_find_how_a_side_ranks_packages()
    {
        List<double> taus = [];
        for (var seed = 1; seed <= 4; seed++)
        {
            var state = Wide();
            var table = new TableSpace(state);
            var random = new Random(seed);
            var weights = table.Agenda.Select(_ => random.NextDouble() + 0.05).ToArray();
            var curves = new SideModel(table, state, Side.Customer, SidePreference.Empty).Curves;
            double Hidden(IReadOnlyDictionary<string, TermValue> values) =>
                table.Find(values)!.Values.Select((option, i) => weights[i] * curves[i][option]).Sum();
            var said = SidePreference.Empty with
            {
                Swings = table.Agenda.Select((term, i) => (term.Key,
                    Points: (int)(100 * weights[i] * (0.7 + 0.6 * random.NextDouble()) / 1.4)))
                    .ToDictionary(pair => pair.Key, pair => pair.Points),
            };
            while (new SideModel(table, state, Side.Customer, said).NextQuestion() is { } question)
            {
                var rather = Hidden(question.First) >= Hidden(question.Second) ? Rather.First : Rather.Second;
                said = said with
                {
                    Answers = said.Answers.Append(
                    new GivenAnswer(question.First, question.Second, rather)).ToValueList()
                };
            }

            said.Answers.Count.ShouldBeLessThanOrEqualTo(15, $"seed={seed}");
            taus.Add(Tau(state, said, Hidden, random));
        }

        taus.Average().ShouldBeGreaterThan(0.9, string.Join(", ", taus));
    }

    private static double Tau(NegotiationState state, SidePreference said, Func<IReadOnlyDictionary<string, TermValue>,
        double> hidden, Random random)
    {
        var table = new TableSpace(state);
        var model = new SideModel(table, state, Side.Customer, said);
        var sample = Enumerable.Range(0, 60).Select(_ =>
            new Bargaining.Issues.Package([.. table.Options.Select(options => random.Next(options.Count))])).ToList();
        var (agree, all) = (0, 0);
        for (var i = 0; i < sample.Count; i++)
        {
            for (var j = i + 1; j < sample.Count; j++)
            {
                var truth = hidden(table.Values(sample[i])) - hidden(table.Values(sample[j]));
                var guess = model.Points(sample[i]) - model.Points(sample[j]);
                if (Math.Abs(truth) < 1e-9) continue;
                all++;
                agree += Math.Sign(truth) == Math.Sign(guess) ? 1 : -1;
            }
        }

        return agree / (double)all;
    }

    /// <summary>A table with eight terms.</summary>
    private static NegotiationState Wide() => Fold(NegotiationState.Empty, NegotiationRules.Open(
        NegotiationState.Empty, Ann, new NegotiationFact.Opened(
            "Wide", [.. Enumerable.Range(0, 8).Select(i => new AgendaTerm(
            new Term.CountLimit { Key = $"t{i}", Title = $"Term {i}", Of = "things",
                Target = new Objective(Comparison.AtLeast, 10 + i, Unit.Number) },
            new TermValue.Count(50), new TermValue.Count(10)))], "e.a1"), blocks: null, Now), Ann);

    private static NegotiationFact.Offered WidePackage(int seed)
    {
        var random = new Random(seed);
        return new("", Enumerable.Range(0, 8).ToDictionary(
            i => $"t{i}", _ => (TermValue)new TermValue.Count(10 + 10 * random.Next(5))));
    }

    private static SidePreference Random(int seed)
    {
        var random = new Random(seed);
        return new SidePreference
        {
            Swings = Enumerable.Range(0, 8)
            .ToDictionary(i => $"t{i}", _ => random.Next(1, 100)),
            WalkAway = random.Next(20)
        };
    }

    private static double Points(NegotiationState state, Side side, SidePreference said, IReadOnlyDictionary<string,
        TermValue> package)
    {
        var table = new TableSpace(state);
        return new SideModel(table, state, side, said).Points(table.Find(package)!);
    }

    private static Mediation Between(NegotiationState state, SidePreference provider, SidePreference customer) =>
        new(state, new Sealed<SidePreference>("provider", provider), new Sealed<SidePreference>("customer", customer));
}
