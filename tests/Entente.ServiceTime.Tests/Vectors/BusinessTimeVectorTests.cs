using System.Globalization;
using System.Text.Json;
using Entente.ServiceTime.Calendars;
using NodaTime;
using Shouldly;
using Xunit;

namespace Entente.ServiceTime.Tests.Vectors;

/// <summary>bokmann/business_time: nine to five, Monday to Friday; results roll to openings.</summary>
public sealed class BusinessTimeVectorTests
{
    private const string BackToOpening =
        "the gem counts back from the opening of the day before; here a closed instant rolls back to the last closing";

    private const string ZeroHours =
        "the gem moves zero hours to the nearest opening or closing; here a target of zero is due at once";

    private const string NoHoliday = "the expectation needs a holiday that the vector's schedule does not name";

    [Fact]
    public void All_149_vectors_of_business_time_are_equal_or_differ_for_a_documented_reason()
    {
        var tally = new VectorTally();
        foreach (var (index, vector) in VectorFile.Read("business_time_gem.json").Index())
        {
            var schedule = vector.GetProperty("schedule");
            var zone = Zone(schedule);
            Answer(tally, index, vector, CompiledCalendar.Compile(Calendar(schedule, zone)), zone);
        }

        tally.ShouldHold(149);
        tally.Differences.ShouldBe(
            new Dictionary<string, int> { [BackToOpening] = 7, [ZeroHours] = 2, [NoHoliday] = 7 }, ignoreOrder: true);
    }

    private static void Answer(VectorTally tally, int index, JsonElement vector, CompiledCalendar calendar, string zone)
    {
        var start = VectorFile.At(vector.Text("start"), zone);
        var (localStart, rules) = (start.InZone(DateTimeZoneProviders.Tzdb[zone]), DateTimeZoneProviders.Tzdb[zone]);
        switch (vector.Text("op"))
        {
            case "add_business_days":
                var days = Amount(vector);
                var expected = VectorFile.At(vector.Text("expected"), zone);
                var isDate = vector.Text("start_kind") == "date";
                var actual = isDate
                    ? calendar.PlusWorkingDays(localStart.Date, days)!.Value.AtStartOfDayInZone(rules).ToInstant()
                    : calendar.PlusWorkingDays(start, days)!.Value;
                var isHoliday = !isDate || days != 0 ? NamesHoliday(vector, start, expected) : null;
                tally.Add(index, vector, expected, actual, isHoliday
                    ?? (!isDate && !calendar.IsOpen(start) && IsBack(vector) ? BackToOpening : null));
                break;
            case "add_business_hours":
                var hours = Amount(vector);
                tally.Add(index, vector, VectorFile.At(vector.Text("expected"), zone), hours < 0
                    ? calendar.LatestStart(start, Duration.FromHours(-hours))!.Value
                    : calendar.Due(start, Duration.FromHours(hours))!.Value,
                    hours == 0 ? ZeroHours : NamesHoliday(vector, start, VectorFile.At(vector.Text("expected"), zone)));
                break;
            case "roll_forward":
                tally.Add(index, vector, VectorFile.At(vector.Text("expected"), zone),
                    calendar.Rolled(start, forward: true)!.Value);
                break;
            case "first_business_day" or "previous_business_day":
                // The gem asks for the day only and keeps the time of day.
                var day = calendar.PlusWorkingDays(localStart.Date, 0)!.Value;
                tally.Add(index, vector, VectorFile.At(vector.Text("expected"), zone),
                    day.At(localStart.TimeOfDay).InZoneLeniently(rules).ToInstant());
                break;
            case "business_days_until":
                var end = VectorFile.At(vector.Text("end"), zone).InZone(rules).Date;
                tally.Add(index, vector, vector.GetProperty("expected").GetInt32(), calendar.WorkingDaysBetween(
                    localStart.Date, vector.GetProperty("inclusive").GetBoolean() ? end.PlusDays(1) : end));
                break;
            default:
                tally.Add(index, vector, vector.GetProperty("expected").GetDouble(),
                    calendar.Elapsed(start, VectorFile.At(vector.Text("end"), zone)).TotalSeconds);
                break;
        }
    }

    /// <summary>Some schedules were recorded without the holiday of 5 July 2010 that the test had set.</summary>
    private static string? NamesHoliday(JsonElement vector, Instant start, Instant expected)
    {
        var holiday = Instant.FromUtc(2010, 7, 5, 12, 0);
        var spans = Instant.Min(start, expected) < holiday && holiday < Instant.Max(start, expected);
        return spans && vector.GetProperty("schedule").GetProperty("holidays").GetArrayLength() == 0
            && Duration.FromDays(3.5) < (expected - start > Duration.Zero ? expected - start : start - expected)
                ? NoHoliday : null;
    }

    private static bool IsBack(JsonElement vector) => Amount(vector) < 0
        || (Amount(vector) == 0 && vector.Text("direction") == "before");

    private static int Amount(JsonElement vector) =>
        vector.GetProperty("amount").GetInt32() * (vector.Text("direction") == "before" ? -1 : 1);

    private static string Zone(JsonElement schedule) => schedule.GetProperty("time_zone_rails").GetString() switch
    {
        "Eastern Time (US & Canada)" => "America/New_York",
        _ => "UTC",
    };

    private static ServiceCalendar Calendar(JsonElement schedule, string zone)
    {
        var hours = schedule.GetProperty("work_hours");
        var usual = $"{Clock(schedule.Text("beginning_of_workday"))}-{Clock(schedule.Text("end_of_workday"))}";
        return new ServiceCalendar
        {
            TimeZone = zone,
            Weekly = hours.ValueKind == JsonValueKind.Object
                ? VectorFile.Week(hours.EnumerateObject().Select(d => (d.Name, (IEnumerable<string>)[Hours(d.Value)])))
                : VectorFile.Week(schedule.GetProperty("work_week").EnumerateArray()
                    .Select(d => (d.GetString()!, (IEnumerable<string>)[usual]))),
            Holidays = [.. schedule.GetProperty("holidays").EnumerateArray()
                .Select(h => new Holiday(DateSpan.On(VectorFile.Date(h.GetString()!))))],
        };
    }

    /// <summary>Midnight to midnight is the whole day.</summary>
    private static string Hours(JsonElement pair) =>
        pair[0].GetString() == pair[1].GetString() ? "00:00-24:00" : $"{pair[0].GetString()}-{pair[1].GetString()}";

    private static string Clock(string text) =>
        DateTime.ParseExact(text, "h:mm tt", CultureInfo.InvariantCulture)
            .ToString("HH:mm", CultureInfo.InvariantCulture);
}
