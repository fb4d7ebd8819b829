using System.Text.Json;
using Entente.Agreements;
using Entente.Formats.Calendars;
using Entente.Monitoring;
using Entente.ServiceTime.Calendars;
using Entente.Storage.Agreements;
using Entente.Storage.Ledger;
using NodaTime;
using CalendarRules = Entente.Monitoring.CalendarRules;

namespace Entente.Server.Time;

/// <summary>A calendar of an engagement: what rules now, where that comes from, and its versions.</summary>
/// <param name="Agreement">The signed agreement that names it; none for one that no agreement uses yet.</param>
/// <param name="Current">What rules today; none before the first approval.</param>
public sealed record CalendarCard(string Key, string? Agreement, ServiceCalendar? Current, CalendarEdition? Edition, IReadOnlyList<CalendarEdition> Editions)
{
    public CalendarEdition? Open => Editions.FirstOrDefault(edition => edition is { IsApproved: false, Withdrawn: null });
}

/// <summary>Keeps the calendars of an engagement.</summary>
public sealed class CalendarDesk(Recorder recorder, AgreementStore agreements)
{
    public Task<Versioned<CalendarState>> Read(string engagement) => recorder.Read<CalendarState, CalendarFact>(engagement);

    /// <summary>Every calendar: those that signed agreements name, and those that were proposed.</summary>
    public async Task<IReadOnlyList<CalendarCard>> Cards(string engagement)
    {
        var state = (await Read(engagement)).State;
        var signed = await Signed(engagement);
        return [.. signed.Keys.Concat(state.Calendars.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(Card)];

        CalendarCard Card(string key)
        {
            var stated = signed.TryGetValue(key, out var found) ? found : default;
            var rules = state.InForceAt(key, recorder.Now.InUtc().Date);
            if (rules is not null && stated.Version is { } version && rules.EffectiveFrom <= version.EffectiveFrom) rules = null;
            return new(key, stated.Agreement, rules?.Read() ?? stated.Calendar, rules, state.Of(key));
        }
    }

    public async Task<CalendarCard?> Find(string engagement, string calendar) =>
        (await Cards(engagement)).FirstOrDefault(card => card.Key == calendar);

    public async Task<Outcome<CalendarState>> Propose(
        string engagement, Write write, string calendar, LocalDate from, ServiceCalendar hours, string source)
    {
        var file = CalendarText.Json(hours).Deserialize<CalendarFile>(Json.Options)!;
        var isBound = await IsBound(engagement, calendar);
        return await recorder.Record<CalendarState, CalendarFact>(
            engagement, write, (state, now) => CalendarRules.Propose(state, write.By, calendar, from, file, source, now, isBound));
    }

    public async Task<Outcome<CalendarState>> Approve(string engagement, Write write, string calendar, int number)
    {
        var isBound = await IsBound(engagement, calendar);
        return await recorder.Record<CalendarState, CalendarFact>(
            engagement, write, (state, now) => CalendarRules.Approve(state, write.By, calendar, number, now, isBound));
    }

    public Task<Outcome<CalendarState>> Withdraw(string engagement, Write write, string calendar, int number, string reason) =>
        recorder.Record<CalendarState, CalendarFact>(engagement, write, (state, _) => CalendarRules.Withdraw(state, calendar, number, reason));

    /// <summary>The calendar with the holidays of a feed or a list put in, as they would be proposed.</summary>
    /// <exception cref="BadInputException">The feed cannot be read, or holds nothing that is not known.</exception>
    public async Task<ServiceCalendar> WithHolidays(string engagement, string calendar, string text)
    {
        var current = (await Find(engagement, calendar))?.Current
            ?? throw new BadInputException("calendar", "calendar.unknown", $"There is no calendar '{calendar}' that rules, so no holidays can be put into it.");
        var year = recorder.Now.InUtc().Year;
        var feed = (text.Contains("BEGIN:VCALENDAR", StringComparison.OrdinalIgnoreCase)
            ? HolidayFeed.ReadIcs(text, current.TimeZone, new LocalDate(year - 1, 1, 1), new LocalDate(year + 5, 12, 31)) : HolidayFeed.ReadList(text)).Get();
        var grown = feed.Onto(current);
        return grown.Holidays.Length + grown.Exceptions.Length > current.Holidays.Length + current.Exceptions.Length ? grown
            : throw new BadInputException("holidays", "holiday.nothing", "This names no day that the calendar does not know already.");
    }

    public LocalDate Today(string timeZone) => recorder.Now.InZone(DateTimeZoneProviders.Tzdb[timeZone]).Date;

    private async Task<bool> IsBound(string engagement, string calendar) => (await Signed(engagement)).ContainsKey(calendar);

    /// <summary>The calendars that newest signed versions name; of two agreements with the same key the first.</summary>
    private async Task<Dictionary<string, (string Agreement, AgreementVersion Version, ServiceCalendar? Calendar)>> Signed(string engagement)
    {
        Dictionary<string, (string, AgreementVersion, ServiceCalendar?)> signed = new(StringComparer.Ordinal);
        foreach (var row in await agreements.OfEngagement(engagement))
        {
            var (state, _) = await recorder.Read<AgreementState, AgreementFact>(row.Id);
            if (state.Versions.FindLast(version => version.IsSigned) is not { } version) continue;
            foreach (var (key, file) in version.Document.Calendars) signed.TryAdd(key, (version.Document.Title, version, file.Read(key, [])));
        }

        return signed;
    }
}
