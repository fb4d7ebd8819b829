using Entente.Agreements;
using Entente.Monitoring;
using Entente.Negotiation;
using Entente.ServiceTime.Calendars;
using NodaTime;

namespace Entente.Server.Negotiation;

/// <summary>The calendars that a table speaks of: those of its agreement and those that both sides approved.</summary>
public sealed class TableHours(Recorder recorder)
{
    /// <summary>A month of the mean length, 1/12 of 365.25 days.</summary>
    private const decimal AllHours = 730.5m;

    public async Task<OpenHours> Of(string engagement, NegotiationState table)
    {
        var (agreement, _) = await recorder.Read<AgreementState, AgreementFact>(table.Agreement);
        var document = agreement.Newest?.Document ?? agreement.Frame;
        var (approved, _) = await recorder.Read<CalendarState, CalendarFact>(engagement);
        var today = recorder.Now.InUtc().Date;
        var calendars = document is null ? new Dictionary<string, CompiledCalendar>()
            : AgreementDocumentRules.Context(document).Calendars.ToDictionary();
        foreach (var key in approved.Calendars.Keys.Where(key => !calendars.ContainsKey(key)))
        {
            if (approved.InForceAt(key, today) is { } edition) calendars[key] = CompiledCalendar.Compile(edition.Read());
        }

        return new OpenHours(calendars, DateTimeZoneProviders.Tzdb[document?.TimeZone ?? "UTC"], today.Year);
    }

    /// <summary>Open hours by calendar key, over a year.</summary>
    public sealed record OpenHours(IReadOnlyDictionary<string, CompiledCalendar> Calendars, DateTimeZone Zone, int Year)
    {
        private readonly Dictionary<string, decimal> _known = new(StringComparer.Ordinal);

        /// <summary>Open hours in a mean month; a calendar that nobody knows counts as all hours.</summary>
        public decimal InMonth(string? calendar)
        {
            if (calendar is null || !Calendars.TryGetValue(calendar, out var known)) return AllHours;
            if (_known.TryGetValue(calendar, out var hours)) return hours;
            var open = known.Elapsed(Start(Year), Start(Year + 1));
            return _known[calendar] = Math.Round((decimal)open.TotalHours / 12m, 2);
        }

        public bool IsOpen(string? calendar, LocalDateTime hour) =>
            calendar is null || !Calendars.TryGetValue(calendar, out var known)
            || known.IsOpen(hour.InZoneLeniently(Zone).ToInstant());

        private Instant Start(int year) => Zone.AtStartOfDay(new LocalDate(year, 1, 1)).ToInstant();
    }
}
