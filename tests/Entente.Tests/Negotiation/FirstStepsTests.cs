using Entente.Negotiation;
using static Entente.Tests.Negotiation.TableOf;

namespace Entente.Tests.Negotiation;

/// <summary>What a stakeholder starts from, and how mood and trust went over the rounds.</summary>
public sealed class FirstStepsTests
{
    [Fact]
    public void A_stakeholder_starts_from_what_touches_them()
    {
        var state = Open();
        FirstPreference.Touching(state)!.Swings.MaxBy(term => term.Value).Key.ShouldBe("restore", "people answer there");
        state = Fold(state, TableRules.RaiseConcern(state, "Too dear", "charge", owner: null), Sam);
        FirstPreference.Touching(state)!.Swings.MaxBy(term => term.Value).Key.ShouldBe("charge");
        var model = new SideModel(new TableSpace(state), state, Seat.Stakeholder,
            SidePreference.Empty with { First = FirstPreference.Touching(state) });
        model.Ranked[0].Key.ShouldBe("charge");
        model.InWords().ShouldContain(words => words.StartsWith("What you raised a concern on"));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void A_concern_without_a_name_or_of_another_seat_moves_nothing(bool anonymous, bool accounting)
    {
        var state = Open();
        var before = FirstPreference.Touching(state)!.Swings;
        state = Fold(state, new NegotiationFact.ConcernRaised("c1", "Hm", "charge", anonymous), accounting ? Fee : Sam);
        FirstPreference.Touching(state)!.Swings.ShouldBe(before);
    }

    [Fact]
    public void Mood_and_trust_are_told_over_all_rounds()
    {
        List<Pulse> pulses =
        [
            new("pia", Seat.Provider, 1, 2, 3), new("paul", Seat.Provider, 1, 4, 3), new("cem", Seat.Customer, 1, 5, 5),
            new("pia", Seat.Provider, 3, 5, 3),
        ];
        PulseRound.Of(pulses, Side.Provider).ShouldBe([new(1, 3, 3), new(3, 5, 3)]);
        PulseRound.Words(PulseRound.Of(pulses, Side.Provider))
            .ShouldBe("Mood rose from 3.0 to 5.0, trust held at 3.0, from round 1 to 3.");
        PulseRound.Words(PulseRound.Of(pulses, Side.Customer)).ShouldBe("Mood 5.0 and trust 5.0 of 5, in round 1.");
        PulseRound.Words([]).ShouldBe("Not said yet.");
    }
}
