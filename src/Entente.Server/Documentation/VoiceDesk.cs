using Entente.Documentation;
using Entente.Server.Identity;
using Entente.Storage.Documentation;
using Entente.Storage.Ledger;
using NodaTime;

namespace Entente.Server.Documentation;

/// <summary>Somebody with a seat and when they were heard last, if they were.</summary>
public sealed record HeardPerson(string Person, string Name, Seat Seat, string? LastHeard);

/// <summary>Hears people beside the two rooms, under their name or under none.</summary>
public sealed class VoiceDesk(Recorder recorder, FactLedger ledger, HeardStore heard, Engagements.EngagementDesk engagements)
{
    private const int TriesMost = 20;

    public async Task<(IReadOnlyList<Voice> Voices, long Version)> Read(string engagement, Actor reader)
    {
        var (state, version) = await recorder.Read<VoiceState, VoiceFact>(engagement);
        return (VoiceRules.HeardBy(state, reader), version);
    }

    public Task<Outcome<VoiceState>> Speak(string engagement, Write write, string text, Hearer to, string? service) =>
        recorder.Record<VoiceState, VoiceFact>(engagement, write, (_, _) => VoiceRules.Speak(Secrets.NewId("voi"), text, to, service));

    /// <summary>Records a voice that cannot be traced: no person, no seat, no key of the request, and of the time only the day.</summary>
    /// <remarks>It takes no <see cref="Write"/>, so that whoever speaks never comes near the ledger.</remarks>
    public async Task<Refusal?> SpeakAnonymously(string engagement, string text, Hearer to, string? service)
    {
        var decision = VoiceRules.Speak(Secrets.NewId("voi"), text, to, service);
        if (decision.IsRefused) return decision.Refusal;
        var day = recorder.Now.InUtc().Date.AtMidnight().InUtc().ToInstant();
        for (var attempt = 1; ; attempt++)
        {
            var (_, version) = await recorder.Read<VoiceState, VoiceFact>(engagement);
            if (await ledger.Append([StreamAppend.Of(engagement, version, decision.Facts)], VoiceRules.Nobody, day) is Appended.Recorded) return null;
            if (attempt == TriesMost) return new Refusal("voice.busy", "Many speak at once; try again.");
        }
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
}
