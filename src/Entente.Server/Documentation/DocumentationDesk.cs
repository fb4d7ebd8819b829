using Entente.Documentation;
using Entente.Engagements;
using Entente.Server.Engagements;

namespace Entente.Server.Documentation;

/// <summary>What the first stage tells the engagement's home.</summary>
public sealed class DocumentationDesk(CharterDesk charters) : IStageDesk
{
    public Stage Stage => Stages.Documentation;

    public async Task<bool> IsDone(string engagement) => (await charters.Read(engagement)).State.IsApproved;

    public async Task<IReadOnlyList<Waiting>> Waits(string engagement, EngagementState state)
    {
        var (charter, _) = await charters.Read(engagement);
        var page = $"/engagements/{engagement}/charter";
        if (charter.Charter is null) return [Waiting.For(state, Seat.ServiceLevelManager, "write the process charter", page)];
        if (charter.Stakeholders.IsEmpty) return [Waiting.For(state, Seat.ServiceLevelManager, "name who approves the charter", page)];
        return
        [
            .. charter.Stakeholders.Values.Where(voice => !voice.IsHeard).Select(voice => new Waiting(
                state.Seats.GetValueOrDefault(voice.Person)?.Seat ?? Seat.Stakeholder, voice.Person, voice.Name, "approve the charter, or object with a reason", page)),
            .. charter.Stakeholders.Values.Where(voice => voice.Objection is not null).Select(voice =>
                Waiting.For(state, Seat.ServiceLevelManager, $"answer {voice.Name}'s objection to the charter", page)),
        ];
    }
}
