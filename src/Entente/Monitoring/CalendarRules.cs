using Entente.Agreements;
using Entente.ServiceTime.Calendars;
using Entente.Terms;
using Entente.Terms.Evaluation;
using NodaTime;

namespace Entente.Monitoring;

/// <summary>Decides which calendars rule an engagement.</summary>
public static class CalendarRules
{
    /// <summary>Proposes a version; the side that proposes it approves it with that.</summary>
    /// <param name="isBound">A signed agreement measures with this calendar already: what was measured must not change.</param>
    public static Decision<CalendarFact> Propose(
        CalendarState state, Actor by, string calendar, LocalDate from, CalendarFile hours, string source, Instant now, bool isBound)
    {
        if (!TermRules.IsKey(calendar))
            return new Refusal("calendar.key", $"'{calendar}' is no key: lower case letters, digits, hyphens and dots.");
        if (state.Open(calendar) is { } open)
            return new Refusal("calendar.proposed", $"Version {open.Number} of '{calendar}' waits for approval; approve or withdraw it first.");
        if (Past(state, calendar, from, hours, now, isBound) is { } past) return past;
        var number = state.Of(calendar).Count + 1;
        List<CalendarFact> facts = [new CalendarFact.Proposed(calendar, number, from, hours, source)];
        if (by.Side is { } side) facts.Add(new CalendarFact.Approved(calendar, number, side));
        return facts;
    }

    public static Decision<CalendarFact> Approve(CalendarState state, Actor by, string calendar, int number, Instant now, bool isBound) =>
        state.Find(calendar, number) is not { } edition ? Unknown(calendar, number)
        : by.Side is not { } side ? new Refusal("calendar.sides_only", "A calendar is approved by provider and customer; the chair stays neutral.")
        : edition.Withdrawn is not null ? new Refusal("calendar.withdrawn", "This version was withdrawn; propose it again.")
        : edition.Sides.Contains(side) ? Array.Empty<CalendarFact>()
        : Past(state, calendar, edition.EffectiveFrom, edition.Hours, now, isBound) is { } past ? past
        : new CalendarFact.Approved(calendar, number, side);

    public static Decision<CalendarFact> Withdraw(CalendarState state, string calendar, int number, string reason) =>
        state.Find(calendar, number) switch
        {
            null => Unknown(calendar, number),
            { IsApproved: true } => new Refusal("calendar.approved", "Both sides approved this version; propose another one instead."),
            { Withdrawn: not null } => new Refusal("calendar.withdrawn", "This version was withdrawn before."),
            _ when string.IsNullOrWhiteSpace(reason) => new Refusal("calendar.reason_missing", "Say why it is withdrawn."),
            _ => new CalendarFact.Withdrawn(calendar, number, reason.Trim()),
        };

    /// <summary>What a signed version is measured with: its own calendars, followed by what both sides approved since it took effect.</summary>
    /// <remarks>A key that the agreement names without a calendar of its own takes the approved one, from its first version on.</remarks>
    public static MeasuringContext Context(AgreementVersion version, CalendarState state)
    {
        var context = AgreementDocumentRules.Context(version.Document);
        var calendars = context.Calendars.ToDictionary();
        foreach (var (key, editions) in state.Calendars)
        {
            var signed = context.Calendars.GetValueOrDefault(key)?.Definition;
            var approved = editions.Where(edition => edition.IsApproved && (signed is null || edition.EffectiveFrom > version.EffectiveFrom))
                .OrderBy(edition => edition.EffectiveFrom).ThenBy(edition => edition.Number)
                .GroupBy(edition => edition.Start).Select(same => new CalendarVersion(same.Key, same.Last().Read())).ToList();
            if (approved.Count == 0) continue;
            var first = new CalendarVersion(CompiledCalendar.Earliest, signed ?? approved[0].Definition);
            calendars[key] = CompiledCalendar.Compile([first, .. signed is null ? approved.Skip(1) : approved]);
        }

        return context with { Calendars = calendars };
    }

    private static Refusal? Past(CalendarState state, string calendar, LocalDate from, CalendarFile hours, Instant now, bool isBound)
    {
        var today = now.InZone(DateTimeZoneProviders.Tzdb[hours.TimeZone]).Date;
        return from < today && (isBound || state.Of(calendar).Exists(edition => edition.IsApproved))
            ? new Refusal("calendar.past",
                $"'{calendar}' rules already, so a new version takes effect today ({today:uuuu-MM-dd}) or later: what was measured stays.")
            : null;
    }

    private static Refusal Unknown(string calendar, int number) => new("calendar.unknown", $"There is no version {number} of a calendar '{calendar}'.");
}
