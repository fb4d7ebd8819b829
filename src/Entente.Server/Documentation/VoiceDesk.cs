using Entente.Documentation;
using Entente.Server.Identity;
using Entente.Storage.Documentation;

namespace Entente.Server.Documentation;

/// <summary>Somebody with a seat and when they were heard last, if they were.</summary>
public sealed record HeardPerson(string Person, string Name, Seat Seat, string? LastHeard);

/// <summary>Hears people beside the two rooms, under their name or under none.</summary>
public sealed class VoiceDesk(Recorder recorder, HeardStore heard, VoiceBoxDesk box, Engagements.EngagementDesk engagements)
{
    public async Task<(IReadOnlyList<Voice> Voices, long Version)> Read(string engagement, Actor reader)
    {
        var (state, version) = await recorder.Read<VoiceState, VoiceFact>(engagement);
        return (VoiceRules.HeardBy(state, reader), version);
    }

    public Task<Outcome<VoiceState>> Speak(string engagement, Write write, string text, Hearer to, string? service) =>
        recorder.Record<VoiceState, VoiceFact>(engagement, write, (_, _) => VoiceRules.Speak(Secrets.NewId("voi"), text, to, service));

    /// <summary>Keeps a voice that cannot be traced.</summary>
    /// <returns>When it is heard, together with all others that wait.</returns>
    /// <remarks>It takes no <see cref="Write"/>, so that whoever speaks never comes near the ledger.</remarks>
    public async Task<Decision<HeardAt>> SpeakAnonymously(string engagement, string text, Hearer to, string? service)
    {
        var decision = VoiceRules.Speak(Secrets.NewId("voi"), text, to, service);
        return decision.Refusal is { } refusal ? refusal : await box.Keep(engagement, decision.Facts[0]);
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
