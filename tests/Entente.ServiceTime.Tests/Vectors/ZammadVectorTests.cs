using System.Collections.Immutable;
using System.Text.Json;
using Entente.ServiceTime.Calendars;
using Entente.ServiceTime.Clocks;
using NodaTime;
using Shouldly;
using Xunit;

namespace Entente.ServiceTime.Tests.Vectors;

/// <summary>
/// Zammad's ticket lives: three clocks, paused while pending or closed; the update clock begins anew at each contact.
/// </summary>
public sealed class ZammadVectorTests
{
    private const string WholeMinutes =
        "Zammad counts whole minutes; here deadlines and remainders are exact to the second";
    private const string AfterClosing =
        "the history has a response after the closing, which pauses here; Zammad counted it earlier";
    private const string ContactIsResponse = "the history leaves out the first response that the agent's contact was";

    private static readonly Dictionary<string, string> Differences = new()
    {
        ["long pending then customer contact (upstream rounds the deadline to 09:27:00)"] = WholeMinutes,
        ["created after hours; first response at opening counts 0 min"] = WholeMinutes,
        ["closed late"] = AfterClosing,
        ["calendar widened to 04:00-20:00 recalculates the deadline"] = ContactIsResponse,
    };

    private static readonly Condition.Is Pauses = new("state", "pending reminder", "pending close", "closed");

    [Fact]
    public void All_29_ticket_lives_of_Zammad_are_equal_or_differ_for_a_documented_reason()
    {
        var tally = new VectorTally();
        foreach (var (index, vector) in VectorFile.Read("zammad_sla_lifecycle.json").Index())
        {
            var (expected, actual) = (new List<string>(), new List<string>());
            foreach (var field in vector.GetProperty("expected").EnumerateObject())
            {
                expected.Add($"{field.Name} {Show(field.Value)}");
                actual.Add($"{field.Name} {Answer(vector, field.Name)}");
            }

            tally.Add(index, vector, string.Join('\n', expected), string.Join('\n', actual),
                Differences.GetValueOrDefault(vector.Text("name")));
        }

        tally.ShouldHold(29);
        tally.Equal.ShouldBe(25);
        tally.Differences.Values.Sum().ShouldBe(4);
    }

    private static string Answer(JsonElement vector, string field)
    {
        var readings = Read(vector, Last(vector));
        return field switch
        {
            "first_response_deadline" => Deadline(vector, readings, "response"),
            "update_deadline" => Deadline(vector, readings, "update"),
            "solution_deadline" => Deadline(vector, readings, "solution"),
            "next_escalation" => readings.Where(r => r.State == ClockState.Running && r.Due is not null)
                .Select(r => r.Due).Min()?.ToString() ?? "null",
            "first_response_in_min" => Minutes(Latest(readings, "response").Elapsed),
            "first_response_diff_in_min" => Minutes(Latest(readings, "response").Remaining!.Value),
            "update_in_min" => Minutes(readings.Last(r => r.State == ClockState.Reset).Elapsed),
            "update_diff_in_min" => Minutes(readings.Last(r => r.State == ClockState.Reset).Remaining!.Value),
            "close_in_min" => Minutes(Latest(readings, "solution").Elapsed),
            "close_diff_in_min" => Minutes(Latest(readings, "solution").Remaining!.Value),
            "running_minutes_whole_life" => Minutes(Latest(readings, "solution").Elapsed),
            "running_minutes_first_30" => Minutes(Latest(Read(vector, After30(vector)), "solution").Elapsed),
            "running_minutes_from_plus30_to_close" => Minutes(Latest(readings, "solution").Elapsed
                - Latest(Read(vector, After30(vector)), "solution").Elapsed),
            _ => throw new InvalidOperationException($"{field} is new."),
        };
    }

    /// <summary>Zammad shows a paused clock's deadline as if it ran again at the last event.</summary>
    private static string Deadline(JsonElement vector, IReadOnlyList<ClockReading> readings, string clock)
    {
        var reading = Latest(readings, clock);
        if (reading.Target is null) return "null";
        return (reading.Due ?? CompiledCalendar.Compile(Calendar(vector)).Due(Last(vector), reading.Remaining!.Value))
            .ToString()!;
    }

    private static ClockReading Latest(IReadOnlyList<ClockReading> readings, string clock) =>
        readings.Last(r => r.Clock == clock);

    private static IReadOnlyList<ClockReading> Read(JsonElement vector, Instant now)
    {
        var calendar = CompiledCalendar.Compile(Calendar(vector));
        var sla = vector.GetProperty("sla");
        var book = new ClockBook(new ClockVersion
        {
            Clocks =
            [
                Clock("response", "first_response_min") with { Stop = new Condition.Happens("first_response") },
                Clock("update", "update_min") with { Reset = new Condition.Happens("agent_contact") },
                Clock("solution", "solution_min") with { Stop = new Condition.Happens("close_at_set") },
            ],
        });
        return CaseClocks.Replay(book, Events(vector), now);

        ClockDefinition Clock(string name, string target) => new()
        {
            Name = name,
            Calendar = calendar,
            Start = new Condition.Happens("created"),
            Pause = Pauses,
            Target = sla.GetProperty(target).ValueKind == JsonValueKind.Null
                ? null : new TargetRule(Duration.FromMinutes(sla.GetProperty(target).GetInt32())),
        };
    }

    private static List<CaseEvent> Events(JsonElement vector) =>
    [
        new(VectorFile.At(vector.Text("created_at"), "UTC"), "created"),
        .. vector.GetProperty("history").EnumerateArray().Select(h => h.TryGetProperty("to", out var to)
            ? new CaseEvent(VectorFile.At(h.Text("at"), "UTC"), "state", new FieldChange("state", to.GetString()))
            : new CaseEvent(VectorFile.At(h.Text("at"), "UTC"), h.Text("event"))),
    ];

    private static ServiceCalendar Calendar(JsonElement vector)
    {
        var calendar = vector.GetProperty("calendar");
        return new ServiceCalendar
        {
            TimeZone = calendar.Text("time_zone"),
            Weekly = VectorFile.Week(calendar.GetProperty("hours").EnumerateObject()
                .Select(d => (d.Name, d.Value.EnumerateArray().Select(h => h.GetString()!)))),
            Holidays = [.. calendar.GetProperty("holidays").EnumerateArray()
                .Select(h => new Holiday(DateSpan.On(VectorFile.Date(h.GetString()!))))],
        };
    }

    private static Instant Last(JsonElement vector) => Events(vector).Max(e => e.At);

    private static Instant After30(JsonElement vector) =>
        VectorFile.At(vector.Text("created_at"), "UTC") + Duration.FromMinutes(30);

    private static string Minutes(Duration value) => ((long)value.TotalMinutes).ToString();

    private static string Show(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "null",
        JsonValueKind.String => VectorFile.At(value.GetString()!, "UTC").ToString(),
        _ => value.GetRawText(),
    };
}
