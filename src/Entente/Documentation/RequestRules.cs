namespace Entente.Documentation;

/// <summary>Decides who may ask for a service of the catalogue, and who answers.</summary>
public static class RequestRules
{
    public static Decision<RequestFact> Request(
        CharterState charter, DescriptionState description, RequestState state, Actor by, string service, string text) =>
        CharterRules.Blocks(charter) is { } blocked ? blocked
        : !description.Services.TryGetValue(service, out var entry) ? new Refusal("description.unknown", $"There is no service '{service}'.")
        : !entry.IsOffered ? new Refusal("description.retired", $"{entry.Card.Name} is retired.")
        : string.IsNullOrWhiteSpace(text) ? new Refusal("request.text_missing", "Say what you need the service for, and from when.")
        : state.Open.Any(request => request.By == by.Id && request.Service == service)
            ? new Refusal("request.open", $"Your request for {entry.Card.Name} waits for its answer; withdraw it to ask otherwise.")
        : new RequestFact.Requested($"r{state.Requests.Count + 1}", service, text.Trim());

    public static Decision<RequestFact> Grant(RequestState state, Actor by, string id, string reply) =>
        Answer(state, by, id, reply) is { } refusal ? refusal : new RequestFact.Granted(id, reply.Trim());

    public static Decision<RequestFact> Decline(RequestState state, Actor by, string id, string reply) =>
        Answer(state, by, id, reply) is { } refusal ? refusal : new RequestFact.Declined(id, reply.Trim());

    public static Decision<RequestFact> Withdraw(RequestState state, Actor by, string id) =>
        Open(state, id) is { } refusal ? refusal
        : state.Find(id)!.By != by.Id ? new Refusal("request.not_yours", "Only whoever made a request withdraws it.")
        : new RequestFact.Withdrawn(id);

    private static Refusal? Answer(RequestState state, Actor by, string id, string reply) =>
        by.Side is not Side.Provider ? new Refusal("request.provider_only", "The provider answers requests.")
        : Open(state, id) is { } refusal ? refusal
        : string.IsNullOrWhiteSpace(reply) ? new Refusal("request.reply_missing", "Say what happens next, or why not.")
        : null;

    private static Refusal? Open(RequestState state, string id) =>
        state.Find(id) is not { } request ? new Refusal("request.unknown", $"There is no request '{id}'.")
        : request.Status is not RequestStatus.Open
            ? new Refusal("request.closed", $"This request was {request.Status.ToString().ToLowerInvariant()} already.")
        : null;
}
