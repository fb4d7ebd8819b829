using System.Data;
using Entente.Documentation;
using Entente.Server.Identity;
using Entente.Storage.Documentation;
using Entente.Storage.Ledger;
using NodaTime;

namespace Entente.Server.Documentation;

/// <summary>Somebody with a seat and when they were heard last, if they were.</summary>
public sealed record HeardPerson(string Person, string Name, Seat Seat, string? LastHeard);

/// <summary>When an anonymous voice is heard.</summary>
public sealed record HeardAt(Instant At);

/// <summary>Hears people beside the two rooms, under their name or under none.</summary>
public sealed class VoiceDesk(
    Recorder recorder, FactLedger ledger, HeardStore heard, VoiceStore box, HouseHours hours, Engagements.EngagementDesk engagements)
{
    private const int TriesMost = 20;

    /// <summary>The zone in which the hour of anonymous voices is told.</summary>
    public string Zone => hours.Zone;

    public async Task<(IReadOnlyList<Voice> Voices, long Version)> Read(string engagement, Actor reader)
    {
        var (state, version) = await recorder.Read<VoiceState, VoiceFact>(engagement);
        return (VoiceRules.HeardBy(state, reader), version);
    }

    public Task<Outcome<VoiceState>> Speak(string engagement, Write write, string text, Hearer to, string? service) =>
        recorder.Record<VoiceState, VoiceFact>(engagement, write, (_, _) => VoiceRules.Speak(Secrets.NewId("voi"), text, to, service));

    /// <summary>Keeps a voice that cannot be traced: no person, no seat, no key of the request, no time.</summary>
    /// <returns>When it is heard, together with all others that wait.</returns>
    /// <remarks>It takes no <see cref="Write"/>, so that whoever speaks never comes near the ledger.</remarks>
    public async Task<Decision<HeardAt>> SpeakAnonymously(string engagement, string text, Hearer to, string? service)
    {
        var decision = VoiceRules.Speak(Secrets.NewId("voi"), text, to, service);
        if (decision.Refusal is { } refusal) return refusal;
        await box.Put(engagement, (VoiceFact.Spoken)decision.Facts[0]);
        return new HeardAt(await NextHearing());
    }

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
            foreach (var voices in waiting.GroupBy(one => one.Engagement, StringComparer.Ordinal))
            {
                var (_, version) = await recorder.Read<VoiceState, VoiceFact>(voices.Key);
                appends.Add(StreamAppend.Of<VoiceFact>(voices.Key, version, [.. voices.Select(one => one.Voice)]));
            }

            if (appends.Count == 0) await box.SetNext(next);
            else if (!await Append(appends, now, waiting, next)) continue;
            return next;
        }

        return recorder.Now; // Many write at once; the worker asks again.
    }

    public Task<Outcome<VoiceState>> Answer(string engagement, Write write, string voice, string text) =>
        recorder.Record<VoiceState, VoiceFact>(engagement, write, (state, _) => VoiceRules.Answer(state, write.By, voice, text));

    /// <summary>Everybody with a seat, those first who have not been heard yet.</summary>
    public async Task<IReadOnlyList<HeardPerson>> Heard(string engagement)
    {
        var last = await heard.Heard(engagement);
        return [.. (await engagements.Read(engagement)).State.Seats.Values.Where(holder => holder.Seat is not Seat.ServiceLevelManager)
            .Select(holder => new HeardPerson(holder.Person, holder.Name, holder.Seat, last.GetValueOrDefault(holder.Person)))
            .OrderBy(one => one.LastHeard is not null).ThenBy(one => one.Name, StringComparer.Ordinal)];
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
