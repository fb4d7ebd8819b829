using System.Collections.Immutable;
using Entente.ServiceTime.Clocks;
using NodaTime;
using Shouldly;
using Xunit;
using static Entente.ServiceTime.Tests.Clocks.Desk;

namespace Entente.ServiceTime.Tests.Clocks;

/// <summary>Laws of clocks on random lives of cases.</summary>
public sealed class ClockLawTests
{
    private static readonly int Seed = Environment.GetEnvironmentVariable("SEED") is { } seed ? int.Parse(seed)
        : 20260302;

    private static readonly ClockBook All = new(
        new ClockVersion { Label = "1", Clocks = Clocks(4) },
        new ClockVersion { Label = "2", EffectiveFrom = At("Wed 12:00"), TakesOver = true, Clocks = Clocks(6) });

    [Fact]
    public void Step_by_step_equals_replay_at_every_step()
    {
        for (var round = 0; round < 200; round++)
        {
            var life = Life(new Random(Seed + round));
            var steps = new CaseClocks(All);
            for (var i = 0; i < life.Count; i++)
            {
                steps.Take(life[i]);
                var now = i + 1 < life.Count ? life[i + 1].At : life[i].At + Duration.FromHours(30);
                if (now == life[i].At) continue;
                now -= Duration.Epsilon;
                Show(steps.Read(now)).ShouldBe(Show(CaseClocks.Replay(All, life, now)),
                    $"seed={Seed} round={round} step={i}");
            }
        }
    }

    [Fact]
    public void The_order_of_the_input_changes_nothing()
    {
        for (var round = 0; round < 200; round++)
        {
            var random = new Random(Seed + round);
            var life = Life(random);
            var now = life[^1].At + Duration.FromHours(9);
            var expected = Show(CaseClocks.Replay(All, life, now));
            var shuffled = life.ToArray();
            random.Shuffle(shuffled);
            Show(CaseClocks.Replay(All, shuffled, now)).ShouldBe(expected, $"seed={Seed} round={round}");
        }
    }

    [Fact]
    public void The_ledger_explains_every_second_and_sums_to_the_elapsed_time()
    {
        for (var round = 0; round < 200; round++)
        {
            var life = Life(new Random(Seed + round));
            var now = life[^1].At + Duration.FromHours(20);
            foreach (var reading in CaseClocks.Replay(All, life, now).Where(r => r.StartedAt is not null))
            {
                var ledger = reading.Ledger();
                Sum(ledger.Select(e => e.Counted))
                    .ShouldBe(reading.Elapsed, $"seed={Seed} round={round} {reading.Clock}");
                Sum(ledger.Select(e => e.End - e.Start)).ShouldBe((reading.EndedAt ?? now) - reading.StartedAt!.Value);
                for (var i = 1; i < ledger.Count; i++) ledger[i].Start.ShouldBe(ledger[i - 1].End);
            }
        }
    }

    [Fact]
    public void A_running_clock_has_elapsed_its_target_at_its_due_instant()
    {
        var book = Book(Clocks(4));
        for (var round = 0; round < 200; round++)
        {
            var life = Life(new Random(Seed + round));
            foreach (var reading in CaseClocks.Replay(book, life, life[^1].At)
                .Where(r => r.State == ClockState.Running && !r.IsBreached))
            {
                var later = CaseClocks.Replay(book, life, reading.Due!.Value)
                    .Single(r => r.Clock == reading.Clock && r.Hop == reading.Hop
                    && r.Cycle == reading.Cycle && r.StartedAt == reading.StartedAt);
                (later.Elapsed, later.IsBreached)
                    .ShouldBe((reading.Target!.Value, false), $"seed={Seed} round={round}");
            }
        }
    }

    private static ImmutableArray<ClockDefinition> Clocks(int hours) =>
    [
        Resolution with { Target = new TargetRule(Duration.FromHours(hours)),
            Reopen = new(ReopenPolicy.Grace, Duration.FromHours(3)) },
        Resolution with
        {
            Name = "held", Pause = new Condition.Happens("hold"), Resume = new Condition.Happens("unhold"),
            Reset = new Condition.Happens("contact"), Target = new TargetRule(Duration.FromHours(hours)),
            Cancel = new Condition.Is("status", "Cancelled"),
        },
        Resolution with { Name = "late", Start = new Condition.Is("priority", "P1"), FromFirstEvent = true },
        Resolution with { Name = "team", Start = null, Each = "team",
            Target = new TargetRule(Duration.FromHours(hours)) },
    ];

    private static List<CaseEvent> Life(Random random)
    {
        string[] states = ["Open", "Pending", "Resolved", "Closed", "Cancelled", "Open", "Open"];
        var at = At("Mon 09:00");
        var life = new List<CaseEvent> { new(at, "created") };
        for (var i = 0; i < 12; i++)
        {
            // Several events of one instant are common.
            if (random.Next(3) > 0) at += Duration.FromMinutes(random.Next(700));
            life.Add(random.Next(5) switch
            {
                0 => new(at, random.Next(2) == 0 ? "hold" : "unhold"),
                1 => new(at, "contact"),
                2 => new(at, null, new FieldChange("team", random.Next(3) == 0 ? null : $"T{random.Next(3)}")),
                3 => new(at, null, new FieldChange("priority", random.Next(2) == 0 ? "P1" : "P2")),
                _ => new(at, null, new FieldChange("status", states[random.Next(states.Length)])),
            });
        }

        return life;
    }

    private static string Show(IEnumerable<ClockReading> readings) => string.Join('\n', readings.Select(r =>
        $"{r.Clock} {r.Hop} {r.Cycle} {r.State} {r.StartedAt} {r.EndedAt} {r.Elapsed} {r.Paused} "
        + $"{r.Due} {r.BreachedAt} {r.EarlierBreach} {r.Version}"
        + string.Concat(r.Ledger().Select(e => $"\n  {e.Start} {e.End} {e.Kind} {e.By} {e.Entry}"))));

    private static Duration Sum(IEnumerable<Duration> parts) =>
        parts.Aggregate(Duration.Zero, (sum, part) => sum + part);
}
