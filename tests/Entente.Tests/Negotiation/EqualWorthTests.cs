using Entente.Documentation;
using Entente.Negotiation;
using Entente.Terms;
using static Entente.Tests.Negotiation.TableOf;
using Comparison = Entente.Terms.Comparison;

namespace Entente.Tests.Negotiation;

/// <summary>Packages that a side makes for itself: equal to it, far apart, and such that every one may be offered.</summary>
public sealed class EqualWorthTests
{
    private static readonly CostModel _model = new("EUR", [.. Enumerable.Range(0, 4).Select(i =>
        new CostLine($"Line {i}", CostKind.PerUnit, 100 + 10 * i, $"t{i}"))]);

    [Fact]
    public void They_are_about_equal_and_differ()
    {
        var (state, own) = Seated(1);
        var found = EqualWorth.Find(state, own).Packages;
        found.Count.ShouldBe(3);
        var points = found.Select(package => own.Points(new TableSpace(state).Find(package)!)).ToList();
        (points.Max() - points.Min()).ShouldBeLessThan(5);
        found[0].Count(pair => found[1][pair.Key] != pair.Value).ShouldBeGreaterThanOrEqualTo(2);
    }

    [Fact]
    public void The_other_sides_room_is_not_asked() =>
        typeof(EqualWorth).GetMethod(nameof(EqualWorth.Find))!.GetParameters().Select(parameter => parameter.ParameterType)
            .ShouldBe([typeof(NegotiationState), typeof(SideModel), typeof((CostLimit, bool)?), typeof(int)],
                "It is given the own side's model, and accounting's limit.");

    [Fact]
    public void Every_one_may_be_offered_whatever_limits_there_are()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("SEED"), out var given) ? given : 1;
        var (offered, refusedWithout) = (0, 0);
        for (var run = seed; run < seed + 12; run++)
        {
            var (state, own) = Seated(run);
            var random = new Random(run);
            state = Fold(state, TableRules.RaiseConcern(state, "Not below this", "t1", owner: null,
                new HardNeed(Comparison.AtLeast, new TermValue.Count(10 + 10 * random.Next(3)))), Pia);
            var costs = Limit(4_000 + random.Next(14_000));
            var found = EqualWorth.Find(state, own, (costs, false));
            (found.Packages.Count == 0).ShouldBe(found.Missing is not null, $"seed={run}");
            foreach (var package in found.Packages)
            {
                costs.Beyond(state, package, isReader: true).ShouldBeNull($"seed={run}");
                state.OpenConcerns.ShouldAllBe(concern => concern.Need!.IsMetBy(package[concern.Term!]), $"seed={run}");
                own.Points(new TableSpace(state).Find(package)!).ShouldBeGreaterThanOrEqualTo(own.Said.WalkAway - 1e-6);
            }

            if (found.Packages.Count > 1)
                NegotiationRules.OfferSet(state, Cem, [.. found.Packages.Select(package =>
                    new NegotiationFact.Offered("", package))], Now).Refusal.ShouldBeNull($"seed={run}");
            offered += found.Packages.Count;
            refusedWithout += EqualWorth.Find(state, own).Packages
                .Count(package => costs.Beyond(state, package, isReader: false) is not null);
        }

        offered.ShouldBeGreaterThan(0);
        refusedWithout.ShouldBeGreaterThan(0, "without the limit some would be refused, or this shows nothing");
    }

    [Fact]
    public void The_tolerance_never_leads_below_what_no_agreement_is_worth()
    {
        // Where the side stands is worth exactly what it would walk away at.
        var (state, _) = Seated(3);
        var said = Said(3) with { WalkAway = 60 };
        var own = new SideModel(new TableSpace(state), state, Side.Customer, said);
        state = state.Offered(Cem, new NegotiationFact.Offered("", Enumerable.Range(0, 8).ToDictionary(
            i => $"t{i}", _ => (TermValue)new TermValue.Count(20))));
        own = new SideModel(new TableSpace(state), state, Side.Customer, said);
        var found = EqualWorth.Find(state, own).Packages;
        found.ShouldNotBeEmpty();
        found.ShouldAllBe(package => own.Points(new TableSpace(state).Find(package)!) >= 60 - 1e-6);
    }

    [Fact]
    public void What_leaves_nothing_is_named_to_who_may_know_it()
    {
        var (state, own) = Seated(1);
        var (reader, other) = (Missing(state, (Limit(100), true)), Missing(state, (Limit(100), false)));
        reader.ShouldContain("accounting's limit on what providing costs is € 100 a month");
        other.ShouldContain("accounting has set a limit that they would pass");
        other.ShouldBe(Missing(state, (Limit(99), false)), "it tells no figure");
        var hard = Fold(state, TableRules.RaiseConcern(state, "Ten is not enough", "t1", owner: null,
            new HardNeed(Comparison.AtLeast, new TermValue.Count(1000))), Pia);
        Missing(hard, costs: null).ShouldEndWith("are left: the concern “Ten is not enough” needs at least 1,000.");
        Missing(hard, (Limit(100), false)).ShouldEndWith("they would pass; the concern “Ten is not enough” needs at least 1,000.");

        string Missing(NegotiationState at, (CostLimit, bool)? costs)
        {
            var found = EqualWorth.Find(at, own, costs);
            found.Packages.ShouldBeEmpty();
            return found.Missing.ShouldNotBeNull();
        }
    }

    private static CostLimit Limit(decimal most) => new(new Money(most, "EUR"), _model, _ => 730m);

    private static (NegotiationState State, SideModel Own) Seated(int seed)
    {
        var state = Fold(NegotiationState.Empty, NegotiationRules.Open(
            NegotiationState.Empty, Ann, new NegotiationFact.Opened(
                "Wide", [.. Enumerable.Range(0, 8).Select(i => new AgendaTerm(
                new Term.CountLimit { Key = $"t{i}", Title = $"Term {i}", Of = "things",
                    Target = new Objective(Comparison.AtLeast, 10 + i, Unit.Number) },
                new TermValue.Count(50), new TermValue.Count(10)))], "e.a1"), blocks: null, Now), Ann);
        var random = new Random(seed);
        state = state.Offered(Cem, new NegotiationFact.Offered("", Enumerable.Range(0, 8).ToDictionary(
            i => $"t{i}", _ => (TermValue)new TermValue.Count(10 + 10 * random.Next(5)))));
        return (state, new SideModel(new TableSpace(state), state, Side.Customer, Said(seed)));
    }

    private static SidePreference Said(int seed)
    {
        var random = new Random(seed);
        return new SidePreference
        {
            Swings = Enumerable.Range(0, 8).ToDictionary(i => $"t{i}", _ => random.Next(1, 100)),
            WalkAway = random.Next(20),
        };
    }
}
