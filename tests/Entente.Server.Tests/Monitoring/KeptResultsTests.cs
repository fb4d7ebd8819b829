using Entente.Server.Monitoring;
using NodaTime;

namespace Entente.Server.Tests.Monitoring;

public sealed class KeptResultsTests
{
    private readonly MovingClock _clock = new();

    [Fact]
    public async Task What_was_made_is_kept_and_what_failed_is_made_again()
    {
        var kept = new KeptResults(_clock);
        var made = 0;
        Should.Throw<InvalidOperationException>(() => kept.Of<int>("a", () => throw new InvalidOperationException()));
        kept.Of("a", () => ++made).ShouldBe(1);
        kept.Of("a", () => ++made).ShouldBe(1);
        await Should.ThrowAsync<InvalidOperationException>(kept.Of("later", () => Task.FromException<int>(new InvalidOperationException())));
        (await kept.Of("later", () => Task.FromResult(7))).ShouldBe(7);
    }

    [Fact]
    public async Task What_takes_more_than_there_is_room_for_lets_go_of_what_was_asked_for_least_lately()
    {
        var kept = new KeptResults(_clock, bytesMost: 1_000_000);
        (await kept.OfTask("rows", () => Task.FromResult("of an open table"), _ => 400_000)).ShouldNotBeNull();
        kept.Of("old", () => 1, _ => 400_000);
        kept.Touch("rows");
        kept.Of("new", () => 2, _ => 400_000);
        IsKept("rows").ShouldBeTrue();
        IsKept("new").ShouldBeTrue();
        IsKept("old").ShouldBeFalse("it was asked for least lately");
        kept.Of("huge", () => 3, _ => 2_000_000).ShouldBe(3);
        kept.Count.ShouldBe(1, "the latest stays, however much it takes");

        bool IsKept(string key)
        {
            var before = kept.Count;
            kept.Touch(key);
            var isMade = false;
            if (key == "rows") kept.OfTask(key, () => { isMade = true; return Task.FromResult(""); }, _ => 1);
            else kept.Of(key, () => { isMade = true; return 0; }, _ => 1);
            return !isMade && kept.Count == before;
        }
    }

    [Fact]
    public void An_hour_after_it_was_last_of_use_it_goes()
    {
        var kept = new KeptResults(_clock);
        kept.Of("used", () => 1);
        kept.Of("unused", () => 1);
        foreach (var _ in Enumerable.Range(0, 5))
        {
            _clock.Now += Duration.FromMinutes(40);
            kept.Touch("used");
        }

        kept.Of("used", () => 2).ShouldBe(1);
        kept.Of("unused", () => 2).ShouldBe(2);
    }

    private sealed class MovingClock : IClock
    {
        public Instant Now { get; set; } = Instant.FromUtc(2026, 3, 2, 9, 0);

        public Instant GetCurrentInstant() => Now;
    }
}
