using System.Collections.Concurrent;
using Entente.Agreements;
using Entente.Monitoring;
using Entente.Server.Monitoring;
using Entente.ServiceTime.Clocks;
using Entente.Storage.Agreements;
using Entente.Storage.Monitoring;
using NodaTime;

namespace Entente.Server.Time;

/// <summary>One clock of a case with every second explained; the counted of all entries sum to the elapsed time.</summary>
public sealed record ExplainedClock(CaseClock Clock, IReadOnlyList<ClockLedgerEntry> Ledger);

/// <summary>A case, what happened to it, and its clocks explained.</summary>
public sealed record ExplainedCase(
    string Ticket, Instant Opened, Instant? Responded, Instant? Resolved, string? Priority, IReadOnlyDictionary<string, string> Fields,
    IReadOnlyList<CaseStep> Steps, IReadOnlyList<ExplainedClock> Clocks)
{
    public static ExplainedCase Of(CaseRecord one, IReadOnlyList<CaseStep> steps) => new(
        one.Row.Id, one.Row.Opened, one.Row.Responded, one.Row.Resolved, one.Row.Priority, one.Row.Fields.ToDictionary(), steps,
        [.. one.Clocks.Select(clock => new ExplainedClock(clock, clock.Ledger(steps)))]);
}

/// <summary>A running clock that another version of a calendar would move.</summary>
public sealed record MovedClock(string Ticket, CaseClock Before, CaseClock After);

/// <summary>Which running clocks a version of a calendar would move, of how many that run.</summary>
public sealed record CalendarPreview(int Running, IReadOnlyList<MovedClock> Moved);

/// <summary>The cases of engagements as they were last worked out, until a fact or ten seconds pass.</summary>
public sealed class CaseShelf
{
    private const int KeptMost = 50;

    private readonly ConcurrentDictionary<string, (string Key, IReadOnlyList<CaseRecord> Cases)> _kept = new(StringComparer.Ordinal);

    public IReadOnlyList<CaseRecord> Of(string engagement, string key, Func<IReadOnlyList<CaseRecord>> work)
    {
        if (_kept.TryGetValue(engagement, out var kept) && kept.Key == key) return kept.Cases;
        if (_kept.Count > KeptMost) _kept.Clear();
        var cases = work();
        _kept[engagement] = (key, cases);
        return cases;
    }
}

/// <summary>Shows the cases of an engagement and how the clocks of its promises stand on them.</summary>
public sealed class CaseDesk(Recorder recorder, AgreementStore agreements, MeasurementDesk measurements, CaseStore steps, CaseShelf shelf)
{
    private const long FreshSeconds = 10;

    public Instant Now => recorder.Now;

    /// <summary>Every case, newest first.</summary>
    public async Task<IReadOnlyList<CaseRecord>> All(string engagement)
    {
        var signed = await Signed(engagement);
        var (_, measured) = await measurements.Read(engagement);
        var (calendars, version) = await recorder.Read<CalendarState, CalendarFact>(engagement);
        var history = await measurements.History(engagement);
        var now = recorder.Now;
        var key = $"{measured}/{version}/{string.Join(',', signed.Select(one => one.Version))}/{now.ToUnixTimeSeconds() / FreshSeconds}";
        return shelf.Of(engagement, key, () => CaseRules.Cases([.. signed.Select(one => (one.Id, one.State))], calendars, history, now));
    }

    public async Task<ExplainedCase?> Find(string engagement, string ticket)
    {
        return (await All(engagement)).FirstOrDefault(one => one.Row.Id == ticket) is { } found
            ? ExplainedCase.Of(found, await Steps(engagement, ticket)) : null;
    }

    /// <summary>Which running clocks would have another due instant if both sides approved this version.</summary>
    public async Task<CalendarPreview> Preview(string engagement, string calendar, int number)
    {
        var (calendars, _) = await recorder.Read<CalendarState, CalendarFact>(engagement);
        return await Preview(engagement, calendars, calendars.AsIfApproved(calendar, number));
    }

    private async Task<CalendarPreview> Preview(string engagement, CalendarState before, CalendarState after)
    {
        var signed = (await Signed(engagement)).Select(one => (one.Id, one.State)).ToList();
        var history = await measurements.History(engagement);
        var now = recorder.Now;
        var standing = Running(before);
        var next = Running(after).ToDictionary(Key);
        return new(standing.Count, [.. standing.Where(clock => next[Key(clock)].Due != clock.Due)
            .Select(clock => new MovedClock(clock.Case.Id, clock, next[Key(clock)])).OrderBy(moved => moved.Before.Due)
                .ThenBy(moved => moved.Ticket, StringComparer.Ordinal)]);

        List<CaseClock> Running(CalendarState calendars) =>
            [.. CaseRules.Cases(signed, calendars, history, now).SelectMany(one => one.Clocks).Where(clock => clock.IsRunning)];

        static (string, string, string) Key(CaseClock clock) => (clock.Case.Id, clock.Agreement, clock.Term);
    }

    /// <summary>The states a ticket entered, from the last import that tells of it.</summary>
    private async Task<IReadOnlyList<CaseStep>> Steps(string engagement, string ticket)
    {
        foreach (var import in (await measurements.Read(engagement)).State.InUse.Reverse())
        {
            if (await steps.Read(import.Id, ticket) is { Count: > 0 } found) return found;
        }

        return [];
    }

    private async Task<IReadOnlyList<(string Id, AgreementState State, long Version)>> Signed(string engagement)
    {
        List<(string, AgreementState, long)> signed = [];
        foreach (var row in await agreements.OfEngagement(engagement))
        {
            var (state, version) = await recorder.Read<AgreementState, AgreementFact>(row.Id);
            if (state.Versions.Exists(one => one.IsSigned)) signed.Add((row.Id, state, version));
        }

        return signed;
    }
}
