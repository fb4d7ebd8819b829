using System.Text.Json;
using Entente.ServiceTime.Calendars;
using NodaTime;
using Shouldly;
using Xunit;

namespace Entente.ServiceTime.Tests.Vectors;

/// <summary>GLPI's calendar: working days, yearly closings, active seconds.</summary>
public sealed class GlpiVectorTests
{
    [Fact]
    public void All_31_vectors_of_GLPI_are_equal()
    {
        var tally = new VectorTally();
        foreach (var (index, vector) in VectorFile.Read("glpi_calendar.json").Index()) Answer(tally, index, vector);
        tally.ShouldHold(31);
        tally.Equal.ShouldBe(31);
    }

    private static void Answer(VectorTally tally, int index, JsonElement vector)
    {
        var calendar = CompiledCalendar.Compile(Calendar(vector));
        switch (vector.Text("op"))
        {
            case "add_working_days":
                var at = calendar.PlusWorkingDays(At(vector, "start"), vector.GetProperty("days").GetInt32())!.Value;
                if (vector.GetProperty("end_of_working_day").GetBoolean())
                    at = calendar.Open(at, at.InUtc().Date.PlusDays(1).AtStartOfDayInZone(DateTimeZone.Utc)
                        .ToInstant()).Last().End;
                tally.Add(index, vector, At(vector, "expected"), at);
                break;
            case "active_seconds_between":
                tally.Add(index, vector, vector.GetProperty("expected_seconds").GetDouble(),
                    calendar.Elapsed(At(vector, "start"), At(vector, "end")).TotalSeconds);
                break;
            case "is_working_hour":
                tally.Add(index, vector, vector.GetProperty("expected").GetBoolean(),
                    calendar.IsOpen(At(vector, "time")));
                break;
            case "is_working_day":
                tally.Add(index, vector, vector.GetProperty("expected").GetBoolean(),
                    calendar.IsWorkingDay(VectorFile.Date(vector.Text("date"))));
                break;
            default:
                tally.Add(index, vector, vector.GetProperty("expected").GetBoolean(),
                    calendar.Definition.Holidays.Any(h => h.When.Contains(VectorFile.Date(vector.Text("date")))));
                break;
        }
    }

    private static ServiceCalendar Calendar(JsonElement vector)
    {
        if (!vector.TryGetProperty("calendar", out var name))
            return new ServiceCalendar
            {
                TimeZone = "UTC",
                AlwaysOpen = true,
                Holidays = [.. vector.GetProperty("holidays").EnumerateArray()
                    .Select(Holiday)],
            };
        var hours = name.GetString()!.Split(' ')[1];
        return new ServiceCalendar
        {
            TimeZone = "UTC",
            Weekly = VectorFile.Week(new[] { "mon", "tue", "wed", "thu", "fri" }
                .Select(d => (d, (IEnumerable<string>)[hours]))),
        };
    }

    private static Holiday Holiday(JsonElement entry)
    {
        var (first, last) = (VectorFile.Date(entry.Text("begin")), VectorFile.Date(entry.Text("end")));
        return new(entry.GetProperty("every_year").GetBoolean()
            ? DateSpan.EveryYear(new AnnualDate(first.Month, first.Day), new AnnualDate(last.Month, last.Day))
            : DateSpan.Between(first, last));
    }

    private static Instant At(JsonElement vector, string field) => VectorFile.At(vector.Text(field), "UTC");
}
