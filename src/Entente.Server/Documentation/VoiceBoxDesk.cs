using System.Data;
using System.Data.Common;
using Entente.Documentation;
using Entente.Server.Identity;
using Entente.Storage.Documentation;
using Entente.Storage.Ledger;
using NodaTime;

namespace Entente.Server.Documentation;

/// <summary>When an anonymous voice is heard.</summary>
public sealed record HeardAt(Instant At);

/// <summary>Keeps what shall not be traced, beside the rooms or at a table, and lets all of it be heard at one hour.</summary>
public sealed class VoiceBoxDesk(Recorder recorder, FactLedger ledger, VoiceStore box, HouseHours hours)
{
    private const int TriesMost = 20;

    /// <summary>Keeps a voice: no person, no seat, no key of the request, no time.</summary>
    /// <param name="place">Identifier of what it is said to: the engagement, or a table.</param>
    /// <param name="fact">What it becomes when it is heard, together with all others that wait.</param>
    public async Task<HeardAt> Keep<TFact>(string place, TFact fact)
        where TFact : class
    {
        await box.Put(new WaitingVoice(fact is VoiceFact.Spoken spoken ? spoken.Voice : Secrets.NewId("voi"), place, fact));
        return new HeardAt(await NextHearing());
    }

    /// <summary>When the anonymous voices that wait are heard, as people read it.</summary>
    public async Task<string> Hearing() =>
        $"{(await NextHearing()).InZone(DateTimeZoneProviders.Tzdb[hours.Zone]).ToString("uuuu-MM-dd HH:mm", null)} ({hours.Zone})";

    /// <summary>When what waits at a place is heard; nothing where nothing waits.</summary>
    /// <remarks>No page shows this, or whoever reloads it could learn when somebody spoke.</remarks>
    public async Task<string?> WaitsUntil(string place) => await box.Waits(place) ? await Hearing() : null;

    /// <summary>Holds that nothing waits at a place, to the end of a transaction that would outrun it.</summary>
    /// <exception cref="DBConcurrencyException">Something does.</exception>
    public Task HoldEmpty(DbConnection connection, DbTransaction transaction, string place) =>
        box.HoldEmpty(connection, transaction, place);

    /// <summary>When the anonymous voices that wait are heard.</summary>
    public async Task<Instant> NextHearing()
    {
        if (await box.Next() is { } next) return next;
        next = hours.NextHearing(recorder.Now);
        await box.SetNext(next);
        return next;
    }

    /// <summary>Puts all anonymous voices that wait into the ledger when their hour has come, once, in the order of their random names.</summary>
    /// <returns>When it does so next.</returns>
    public async Task<Instant> HearWaiting()
    {
        for (var attempt = 1; attempt <= TriesMost; attempt++)
        {
            var now = recorder.Now;
            if (await NextHearing() is var due && due > now) return due;
            var (waiting, next) = (await box.Waiting(), hours.NextHearing(now));
            List<StreamAppend> appends = [];
            foreach (var voices in waiting.GroupBy(one => one.Stream, StringComparer.Ordinal))
                appends.Add(new(voices.Key, await ledger.Version(voices.Key), [.. voices.Select(one => one.Fact)]));
            if (appends.Count == 0) await box.SetNext(next);
            else if (!await Append(appends, now, waiting, next)) continue;
            return next;
        }

        return recorder.Now; // Many write at once; the worker asks again.
    }

    /// <summary>Facts in and voices out, both or neither; false when somebody else was quicker.</summary>
    private async Task<bool> Append(IReadOnlyList<StreamAppend> appends, Instant now, IReadOnlyList<WaitingVoice> waiting, Instant next)
    {
        try
        {
            return await ledger.Append(appends, VoiceRules.Nobody, now,
                rows: (connection, transaction) => box.Take(connection, transaction, waiting, next)) is Appended.Recorded;
        }
        catch (DBConcurrencyException)
        {
            return false;
        }
    }
}
