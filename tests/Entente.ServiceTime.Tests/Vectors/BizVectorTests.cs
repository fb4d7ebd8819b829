using System.Collections.Immutable;
using System.Text.Json;
using Entente.ServiceTime.Calendars;
using NodaTime;
using Shouldly;
using Xunit;

namespace Entente.ServiceTime.Tests.Vectors;

/// <summary>zendesk/biz: shifts replace the hours of a date, breaks are removed, holidays remove the date.</summary>
public sealed class BizVectorTests
{
    private const string ZeroTarget =
        "biz moves a scalar of zero to the nearest open moment; here a target of zero is due at once, open or not";

    [Fact]
    public void All_64_vectors_of_biz_are_equal_or_differ_for_a_documented_reason()
    {
        var tally = new VectorTally();
        foreach (var (index, vector) in VectorFile.Read("biz.json").Index())
        {
            var calendar = CompiledCalendar.Compile(Calendar(vector.GetProperty("schedule")));
            switch (vector.Text("op"))
            {
                case "periods_after" or "periods_before": Periods(tally, index, vector, calendar); break;
                case "duration_within":
                    tally.Add(index, vector, vector.GetProperty("expected_seconds").GetDouble(),
                        calendar.Elapsed(At(vector, "start"), At(vector, "end")).TotalSeconds);
                    break;
                case "is_active":
                    tally.Add(index, vector, vector.GetProperty("expected").GetBoolean(),
                        calendar.IsOpen(At(vector, "time")));
                    break;
                default: Arithmetic(tally, index, vector, calendar); break;
            }
        }

        tally.ShouldHold(64);
        tally.Equal.ShouldBe(58);
        tally.Differences[ZeroTarget].ShouldBe(6);
    }

    private static void Arithmetic(VectorTally tally, int index, JsonElement vector, CompiledCalendar calendar)
    {
        var (scalar, at, forward) = (vector.GetProperty("scalar").GetInt32(), At(vector, "time"),
            vector.Text("op") == "after");
        var expected = At(vector, "expected");
        if (vector.Text("unit") == "day")
        {
            tally.Add(index, vector, expected, calendar.PlusWorkingDays(at, forward ? scalar : -scalar)!.Value);
            return;
        }

        var target = vector.Text("unit") switch
        {
            "second" => Duration.FromSeconds(scalar),
            "minute" => Duration.FromMinutes(scalar),
            _ => Duration.FromHours(scalar),
        };
        var actual = forward ? calendar.Due(at, target)!.Value : calendar.LatestStart(at, target)!.Value;
        tally.Add(index, vector, expected, actual, scalar == 0 ? ZeroTarget : null);
        if (scalar == 0) calendar.Rolled(at, forward).ShouldBe(expected);
    }

    private static void Periods(VectorTally tally, int index, JsonElement vector, CompiledCalendar calendar)
    {
        var zone = vector.GetProperty("schedule").Text("time_zone");
        var origin = VectorFile.At(vector.Text("origin"), zone);
        var expected = vector.GetProperty("expected_first").EnumerateArray()
            .Select(p => new Interval(VectorFile.At(p.Text("start"), zone), VectorFile.At(p.Text("end"), zone)))
                .ToList();
        var month = Duration.FromDays(31);
        var actual = vector.Text("op") == "periods_after"
            ? calendar.Open(origin, origin + month) : calendar.Open(origin - month, origin).Reverse();
        tally.Add(index, vector, string.Join(' ', expected), string.Join(' ', actual.Take(expected.Count)));
    }

    /// <summary>
    /// A shift on a holiday stays closed in biz: the shift is left out, as the holiday rules the date.
    /// </summary>
    private static ServiceCalendar Calendar(JsonElement schedule)
    {
        var holidays = schedule.GetProperty("holidays").EnumerateArray().Select(h => VectorFile.Date(h.GetString()!))
            .ToHashSet();
        return new ServiceCalendar
        {
            TimeZone = schedule.Text("time_zone"),
            Weekly = VectorFile.Week(schedule.GetProperty("hours").EnumerateObject()
                .Select(d => (d.Name, Hours(d.Value)))),
            Holidays = [.. holidays.Select(h => new Holiday(DateSpan.On(h)))],
            Exceptions =
            [
                .. schedule.GetProperty("shifts").EnumerateObject()
                    .Where(d => !holidays.Contains(VectorFile.Date(d.Name)))
                    .Select(d => new CalendarException(DateSpan.On(VectorFile.Date(d.Name)), Open: Parsed(d.Value))),
                .. schedule.GetProperty("breaks").EnumerateObject()
                    .Select(d => new CalendarException(DateSpan.On(VectorFile.Date(d.Name)), Remove: Parsed(d.Value))),
            ],
        };
    }

    private static ImmutableArray<OpenHours> Parsed(JsonElement hours) => [.. Hours(hours).Select(OpenHours.Parse)];

    private static IEnumerable<string> Hours(JsonElement hours) =>
        hours.EnumerateObject().Select(h => $"{h.Name}-{h.Value.GetString()}");

    private static Instant At(JsonElement vector, string field) =>
        VectorFile.At(vector.Text(field), vector.GetProperty("schedule").Text("time_zone"));
}
