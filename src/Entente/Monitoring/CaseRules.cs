using Entente.Agreements;
using Entente.ServiceTime.Calendars;
using Entente.Terms;
using Entente.Terms.Evaluation;
using NodaTime;

namespace Entente.Monitoring;

/// <summary>One case with the clocks that promises set on it.</summary>
public sealed record CaseRecord(TicketRow Row, IReadOnlyList<CaseClock> Clocks)
{
    /// <summary>The clock that asks for attention first.</summary>
    public CaseStanding Worst => Clocks.Select(clock => clock.Standing).MinBy(Urgency);

    /// <summary>The next instant at which something is due.</summary>
    public Instant? NextDue => Clocks.Where(clock => clock.IsRunning).Min(clock => clock.Due);

    private static int Urgency(CaseStanding standing) => standing switch
    {
        CaseStanding.Breached => 0,
        CaseStanding.DueSoon => 1,
        CaseStanding.Running => 2,
        CaseStanding.Paused => 3,
        CaseStanding.Missed => 4,
        CaseStanding.Met => 5,
        _ => 6,
    };
}

/// <summary>Sets the clocks of signed promises on measured tickets.</summary>
public static class CaseRules
{
    /// <summary>Every ticket with its clocks, newest first; a ticket that two files tell of is taken from the later one.</summary>
    /// <remarks>A ticket belongs to the version in force on the day it was opened, as the figures count it.</remarks>
    public static IReadOnlyList<CaseRecord> Cases(
        IReadOnlyList<(string Id, AgreementState State)> agreements, CalendarState calendars, IReadOnlyList<Measurements> history, Instant now)
    {
        var rows = history.SelectMany(one => one.Tickets).GroupBy(row => row.Id, StringComparer.Ordinal)
            .ToDictionary(same => same.Key, same => same.Last(), StringComparer.Ordinal);
        var clocks = agreements.SelectMany(agreement => Clocks(agreement.Id, agreement.State, calendars, history, now))
            .Where(clock => rows.ContainsKey(clock.Case.Id))
            .DistinctBy(clock => (clock.Case.Id, clock.Agreement, clock.Term)).ToLookup(clock => clock.Case.Id, StringComparer.Ordinal);
        return [.. rows.Values.OrderByDescending(row => row.Opened).ThenBy(row => row.Id, StringComparer.Ordinal)
            .Select(row => new CaseRecord(row, [.. clocks[row.Id]]))];
    }

    private static IEnumerable<CaseClock> Clocks(
        string agreement, AgreementState state, CalendarState calendars, IReadOnlyList<Measurements> history, Instant now)
    {
        foreach (var version in state.Versions.Where(version => version.IsSigned))
        {
            var zone = DateTimeZoneProviders.Tzdb[version.Document.TimeZone];
            var context = CalendarRules.Context(version, calendars);
            foreach (var term in version.Document.Terms.OfType<Term.TicketClock>().Where(term => term.Within.IsMeasurable))
            {
                var calendar = context.CalendarOf(term) ?? CompiledCalendar.Always;
                foreach (var row in Preparation.Select(term, context, history).Data.Tickets)
                {
                    if (state.InForceAt(row.Opened.InZone(zone).Date) != version) continue;
                    var excluded = context.ExcludedRows(term).FirstOrDefault(clause => row.Fields.Match(clause.Where!));
                    yield return new CaseClock(agreement, term, PreparedTerm.ToCase(row, term.Clock), calendar, excluded?.Key, now);
                }
            }
        }
    }
}
