using Entente.Documentation;
using Entente.Engagements;
using Entente.Server.Engagements;

namespace Entente.Server.Documentation;

/// <summary>What the first stage tells the engagement's home.</summary>
public sealed class DocumentationDesk(CharterDesk charters, CatalogueDesk catalogue, RequestDesk requests) : IStageDesk
{
    public Stage Stage => Stages.Documentation;

    public async Task<bool> IsDone(string engagement) => (await catalogue.Blocks(engagement)).Count == 0;

    public async Task<IReadOnlyList<Waiting>> Waits(string engagement, EngagementState state)
    {
        var (charter, _) = await charters.Read(engagement);
        return charter.IsApproved
            ? [
                .. (await catalogue.Blocks(engagement)).Select(block => Waiting.For(state, block.Asks, ToDo(block), Where(engagement, block))),
                .. (await requests.Read(engagement)).State.Open.Select(request => Waiting.For(
                    state, Seat.Provider, $"answer a request for {request.Service}", $"/engagements/{engagement}/requests#{request.Id}", request.At)),
            ]
            : [.. CharterWaits(charter, state, $"/engagements/{engagement}/charter")];
    }

    /// <summary>Where a block is lifted.</summary>
    public static string Where(string engagement, Block block) => $"/engagements/{engagement}/" + block.Code switch
    {
        "gate.no_services" => "services",
        "gate.no_requirement" => $"requirements?at={block.Service}#{block.Service}",
        "gate.no_spec" => $"spec-sheets?at={block.Service}#{block.Service}",
        _ when block.Service is { } service => $"services/{service}",
        _ => "charter",
    };

    private static string ToDo(Block block) => block.Code switch
    {
        "gate.no_services" => "describe the services",
        "gate.no_requirement" => $"release a requirement for {block.Service}",
        "gate.no_spec" => $"release a spec sheet for {block.Service}",
        "gate.unheard" => $"say whether you are satisfied with {block.Service}",
        "gate.not_yet" => $"answer the “not yet” on {block.Service}",
        "gate.reopened" => $"describe anew what came back to {block.Service}",
        _ => block.Message,
    };

    private static IEnumerable<Waiting> CharterWaits(CharterState charter, EngagementState state, string page)
    {
        if (charter.Charter is null) return [Waiting.For(state, Seat.ServiceLevelManager, "write the process charter", page)];
        if (charter.Stakeholders.IsEmpty) return [Waiting.For(state, Seat.ServiceLevelManager, "name who approves the charter", page)];
        return
        [
            .. charter.Stakeholders.Values.Where(voice => !voice.IsHeard).Select(voice => new Waiting(
                state.Seats.GetValueOrDefault(voice.Person)?.Seat ?? Seat.Stakeholder, voice.Person, voice.Name, "approve the charter, or object with a reason",
                    page)),
            .. charter.Stakeholders.Values.Where(voice => voice.Objection is not null).Select(voice =>
                Waiting.For(state, Seat.ServiceLevelManager, $"answer {voice.Name}'s objection to the charter", page)),
        ];
    }
}
