using System.Collections.Immutable;
using NodaTime;

namespace Entente.Documentation;

/// <summary>Where a request stands.</summary>
public enum RequestStatus { Open, Granted, Declined, Withdrawn }

/// <summary>Somebody's wish to use a service, and what was answered.</summary>
/// <param name="By">Identifier of the person who wishes it.</param>
public sealed record ServiceRequest(string Id, string Service, string Text, string By, Instant At)
{
    public RequestStatus Status { get; init; }

    public string? Reply { get; init; }

    public string? AnsweredBy { get; init; }

    public Instant? AnsweredAt { get; init; }
}

/// <summary>Every request of an engagement, in order.</summary>
public sealed record RequestState : IState<RequestState, RequestFact>
{
    public static RequestState Empty { get; } = new();

    public ImmutableList<ServiceRequest> Requests { get; init; } = [];

    public IEnumerable<ServiceRequest> Open => Requests.Where(request => request.Status is RequestStatus.Open);

    public ServiceRequest? Find(string id) => Requests.Find(request => request.Id == id);

    public RequestState Apply(RequestFact fact, Stamp stamp) => fact switch
    {
        RequestFact.Requested one => this with { Requests = Requests.Add(new(one.Id, one.Service, one.Text, stamp.By, stamp.At)) },
        RequestFact.Granted one => Answered(one.Id, RequestStatus.Granted, one.Reply, stamp),
        RequestFact.Declined one => Answered(one.Id, RequestStatus.Declined, one.Reply, stamp),
        RequestFact.Withdrawn one => Answered(one.Id, RequestStatus.Withdrawn, reply: null, stamp),
        _ => this,
    };

    private RequestState Answered(string id, RequestStatus status, string? reply, Stamp stamp) => this with
    {
        Requests = Requests.Replace(Find(id)!, Find(id)! with { Status = status, Reply = reply, AnsweredBy = stamp.By, AnsweredAt = stamp.At }),
    };
}
