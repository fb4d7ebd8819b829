using System.Text.Json.Serialization;
using Entente.ServiceTime.Calendars;
using Entente.ServiceTime.Clocks;
using Entente.ServiceTime.Indicators;
using Entente.Terms;
using NodaTime;
using TimedCase = Entente.ServiceTime.Indicators.TicketCase;

namespace Entente.Monitoring;

/// <summary>Where a clock of a case stands. A running clock that is late is breached; one that ended late was missed.</summary>
public enum CaseStanding { Running, DueSoon, Paused, Breached, Met, Missed, Excluded }

/// <summary>A state that a case entered, as its log tells.</summary>
public readonly record struct CaseStep(Instant At, string State);

/// <summary>One promise about one case: how its clock stands at an instant.</summary>
public sealed record CaseClock
{
    /// <summary>The last share of the target in which a running clock counts as due soon.</summary>
    private const double SoonShare = 0.2;

    private readonly Term.TicketClock _term;

    internal CaseClock(string agreement, Term.TicketClock term, TimedCase ticket, CompiledCalendar calendar, string? excludedBy, Instant now)
    {
        (_term, Agreement, Case, Compiled, ExcludedBy) = (term, agreement, ticket, calendar, excludedBy);
        Now = ticket.Stopped ?? now;
        var reading = term.Within.BusinessDays is { } days
            ? TicketClocks.ReadDays(ticket, calendar, days, now) : TicketClocks.Read(ticket, calendar, term.Within.Duration!.Value, now);
        Elapsed = reading.Elapsed;
        Due = term.Within.BusinessDays is { } count ? DueAfter(count) : Reaches(term.Within.Duration!.Value);
        Soon = term.Within.Duration is { } target ? Reaches(target * (1 - SoonShare)) : Due - Duration.FromHours(24);
        Standing = excludedBy is not null ? CaseStanding.Excluded
            : reading.Verdict switch
            {
                CaseVerdict.Met => CaseStanding.Met,
                CaseVerdict.Missed => ticket.Stopped is null ? CaseStanding.Breached : CaseStanding.Missed,
                _ when Pauses().Any(pause => pause.Start <= now && (!pause.HasEnd || now < pause.End)) => CaseStanding.Paused,
                _ => Soon <= now ? CaseStanding.DueSoon : CaseStanding.Running,
            };
    }

    /// <summary>Identifier of the agreement that promises it.</summary>
    public string Agreement { get; }

    public string Term => _term.Key;

    public string Title => _term.Title;

    public ClockKind Clock => _term.Clock;

    /// <summary>Key of the calendar it runs in; none means around the clock.</summary>
    public string? Calendar => _term.Calendar;

    public CaseStanding Standing { get; }

    public string Target => _term.Within.Text;

    public Instant StartedAt => Case.Opened;

    public Instant? StoppedAt => Case.Stopped;

    /// <summary>Open time that ran, pauses left out.</summary>
    public Duration Elapsed { get; }

    /// <summary>The earliest instant at which elapsed equals the target; none while a pause goes on before it.</summary>
    public Instant? Due { get; }

    /// <summary>When a running clock begins to be due soon.</summary>
    [JsonIgnore] public Instant? Soon { get; }

    /// <summary>The exclusion that takes the case out of the count, if one does.</summary>
    public string? ExcludedBy { get; }

    [JsonIgnore] public TimedCase Case { get; }

    [JsonIgnore] public CompiledCalendar Compiled { get; }

    [JsonIgnore] public bool IsRunning => Case.Stopped is null && ExcludedBy is null;

    /// <summary>The instant it was read at: its stop, or now.</summary>
    private Instant Now { get; }

    /// <summary>Every second from start to stop or now: open, closed or paused, by which event and which entry of the calendar.</summary>
    public IReadOnlyList<ClockLedgerEntry> Ledger(IReadOnlyList<CaseStep> steps)
    {
        List<ClockLedgerEntry> entries = [];
        var (at, by) = (Case.Opened, _term.Clock == ClockKind.Update ? "last news" : "opened");
        foreach (var pause in Pauses().Where(pause => pause.Start < Now))
        {
            Add(at, pause.Start, by, isPaused: false);
            var end = pause.HasEnd ? Instant.Min(pause.End, Now) : Now;
            Add(Instant.Max(pause.Start, Case.Opened), end, StateAt(pause.Start) is { } state ? $"entered '{state}'" : "began to wait", isPaused: true);
            (at, by) = (end, StateAt(end) is { } next ? $"entered '{next}'" : "stopped waiting");
        }

        Add(at, Now, by, isPaused: false);
        return entries;

        string? StateAt(Instant instant) => steps.LastOrDefault(step => step.At == instant).State;

        void Add(Instant from, Instant to, string cause, bool isPaused)
        {
            if (to <= from) return;
            entries.AddRange(Compiled.Explain(from, to).Select(stretch => new ClockLedgerEntry(
                stretch.Start, stretch.End, isPaused ? LedgerKind.Paused : stretch.IsOpen ? LedgerKind.Open : LedgerKind.Closed, cause, stretch.Entry,
                !isPaused && stretch.IsOpen ? stretch.End - stretch.Start : Duration.Zero)));
        }
    }

    /// <summary>The instant at which so much open time outside pauses has passed; none while an open pause comes first.</summary>
    private Instant? Reaches(Duration target)
    {
        var (at, left) = (Case.Opened, target);
        foreach (var pause in Pauses())
        {
            var ran = Compiled.Elapsed(at, pause.Start);
            if (left <= ran) return Compiled.Due(at, left);
            if (!pause.HasEnd) return null;
            (at, left) = (pause.End, left - ran);
        }

        return Compiled.Due(at, left);
    }

    private Instant? DueAfter(int days)
    {
        var due = TicketClocks.DueAfterDays(Compiled, Case.Opened, days);
        var paused = Duration.Zero;
        foreach (var pause in Pauses())
        {
            if (!pause.HasEnd) return pause.Start < due ? null : due;
            paused += Compiled.Elapsed(pause.Start, Instant.Min(pause.End, Instant.Max(Now, pause.Start)));
        }

        return paused > Duration.Zero ? Compiled.Due(due, paused) ?? due : due;
    }

    /// <summary>The pauses in order, those that touch or overlap made one, cut at the start.</summary>
    private IEnumerable<Interval> Pauses()
    {
        Interval? open = null;
        foreach (var pause in Case.Pauses.OrderBy(pause => pause.Start))
        {
            if (pause.HasEnd && pause.End <= Case.Opened) continue;
            var cut = new Interval(Instant.Max(pause.Start, Case.Opened), pause.HasEnd ? pause.End : null);
            if (open is { } before && (!before.HasEnd || cut.Start <= before.End))
                open = new Interval(before.Start, before.HasEnd && cut.HasEnd ? Instant.Max(before.End, cut.End) : null);
            else
            {
                if (open is { } done) yield return done;
                open = cut;
            }
        }

        if (open is { } last) yield return last;
    }
}
