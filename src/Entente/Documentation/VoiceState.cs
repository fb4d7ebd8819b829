using System.Collections.Immutable;
using NodaTime;

namespace Entente.Documentation;

/// <summary>Everything that was said, in order.</summary>
public sealed record VoiceState : IState<VoiceState, VoiceFact>
{
    public static VoiceState Empty { get; } = new();

    public ImmutableList<Voice> Voices { get; init; } = [];

    public VoiceState Apply(VoiceFact fact, Stamp stamp) => fact switch
    {
        VoiceFact.Spoken spoken => this with
        {
            Voices = Voices.Add(new Voice(spoken.Voice, spoken.Text, spoken.To, spoken.Service, stamp.By == VoiceRules.Nobody.Id ? null : stamp.By, stamp.At)),
        },
        VoiceFact.Answered answered => this with
        {
            Voices = [.. Voices.Select(voice => voice.Id == answered.Voice ? voice with { Answer = answered.Text, AnsweredBy = stamp.By } : voice)],
        },
        _ => this,
    };
}

/// <summary>One thing that was said.</summary>
/// <param name="By">Who said it; nobody knows where it is empty, this program included.</param>
/// <param name="At">When; of an anonymous voice, when all that waited were heard together.</param>
public sealed record Voice(string Id, string Text, Hearer To, string? Service, string? By, Instant At, string? Answer = null, string? AnsweredBy = null);

/// <summary>Decides who may speak, be heard, and answer.</summary>
public static class VoiceRules
{
    /// <summary>Under whom an anonymous voice is recorded: no person, no seat.</summary>
    public static Actor Nobody { get; } = new("anonymous", "Anonymous");

    public static Decision<VoiceFact> Speak(string id, string text, Hearer to, string? service) =>
        string.IsNullOrWhiteSpace(text) ? new Refusal("voice.empty", "Say something.") : new VoiceFact.Spoken(id, text.Trim(), to, service);

    public static Decision<VoiceFact> Answer(VoiceState state, Actor by, string id, string text) =>
        by.Seat is not Seat.ServiceLevelManager ? new Refusal("voice.chair_only", "The service level manager answers.")
        : state.Voices.All(voice => voice.Id != id) ? new Refusal("voice.unknown", "Nobody said that here.")
        : string.IsNullOrWhiteSpace(text) ? new Refusal("voice.empty", "Say something.")
        : new VoiceFact.Answered(id, text.Trim());

    /// <summary>What a reader may read: what is for everybody, what is their own, and for the chair all of it.</summary>
    public static IReadOnlyList<Voice> HeardBy(VoiceState state, Actor reader) =>
        [.. state.Voices.Where(voice => voice.To is Hearer.Everybody || reader.Seat is Seat.ServiceLevelManager || voice.By == reader.Id)];
}
