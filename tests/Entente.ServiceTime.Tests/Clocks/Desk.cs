using System.Collections.Immutable;
using Entente.ServiceTime.Calendars;
using Entente.ServiceTime.Clocks;
using NodaTime;
using NodaTime.Text;

namespace Entente.ServiceTime.Tests.Clocks;

/// <summary>Acme Hosting's service desk: nine to five, Monday to Friday, UTC; the week of 2 March 2026.</summary>
internal static class Desk
{
    public static readonly CompiledCalendar Office = CompiledCalendar.Compile(new ServiceCalendar
    {
        TimeZone = "UTC",
        Weekly = Enum.GetValues<IsoDayOfWeek>().Where(d => d is >= IsoDayOfWeek.Monday and <= IsoDayOfWeek.Friday)
            .ToImmutableSortedDictionary(d => d, _ => ImmutableArray.Create(OpenHours.Parse("09:00-17:00"))),
    });

    public static ClockDefinition Resolution { get; } = new()
    {
        Name = "resolution",
        Calendar = Office,
        Target = new TargetRule(Duration.FromHours(4)),
        Start = new Condition.Happens("created"),
        Pause = new Condition.Is("status", "Pending"),
        Stop = new Condition.Is("status", "Resolved", "Closed"),
    };

    public static ClockBook Book(params ImmutableArray<ClockDefinition> clocks) =>
        new(new ClockVersion { Clocks = clocks });

    /// <summary><c>Mon 09:30</c> of the week of 2 March 2026; <c>Mon+7 09:30</c> a week later.</summary>
    public static Instant At(string text)
    {
        var day = Array.IndexOf(["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"], text[..3]);
        var weeks = text[3] == '+' ? int.Parse(text[4..text.IndexOf(' ', StringComparison.Ordinal)]) : 0;
        var time = LocalTimePattern.CreateWithInvariantCulture("HH:mm").Parse(text[^5..]).Value;
        return new LocalDate(2026, 3, 2).PlusDays(day + weeks).At(time).InUtc().ToInstant();
    }

    public static CaseEvent Created(string at, params FieldChange[] changes) => new(At(at), "created", changes);

    public static CaseEvent Event(string at, string name) => new(At(at), name);

    public static CaseEvent Set(string at, string field, string? value) =>
        new(At(at), null, new FieldChange(field, value));

    public static CaseEvent Status(string at, string value) => Set(at, "status", value);

    public static ClockReading Read(ClockBook book, string now, params CaseEvent[] events) =>
        CaseClocks.Replay(book, events, At(now))[^1];
}
