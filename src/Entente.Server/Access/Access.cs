using Entente.Storage.Engagements;
using Entente.Storage.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Entente.Server.Access;

/// <summary>Who may use a route. Every route names it; a House test finds the one that does not.</summary>
public abstract record Allowed
{
    private Allowed() { }

    public sealed record Anyone : Allowed;

    public sealed record SignedIn : Allowed;

    public sealed record Administrator : Allowed;

    /// <summary>People with a seat in the engagement that the route names in <c>{engagement}</c>; all seats when none is given.</summary>
    public sealed record Seated(params Seat[] Seats) : Allowed;
}

/// <summary>Words for routes.</summary>
public static class RouteAccess
{
    public static TBuilder AllowsAnyone<TBuilder>(this TBuilder route)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new Allowed.Anyone());

    public static TBuilder AllowsSignedIn<TBuilder>(this TBuilder route)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new Allowed.SignedIn());

    public static TBuilder AllowsAdministrator<TBuilder>(this TBuilder route)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new Allowed.Administrator());

    public static TBuilder AllowsSeated<TBuilder>(this TBuilder route, params Seat[] seats)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new Allowed.Seated(seats));
}

/// <summary>Who looks: the person, and the seat under which they act where the route names an engagement.</summary>
/// <param name="Engagement">Identifier of the engagement in the route, when there is one and the person sits in it.</param>
public sealed record Viewer(Person Person, Actor Actor, string? Engagement)
{
    public Seat Seat => Actor.Seat ?? throw new InvalidOperationException("The route names no engagement.");

    public string EngagementId => Engagement ?? throw new InvalidOperationException("The route names no engagement.");
}

/// <summary>Holds each request against what its route allows, before the route sees it.</summary>
public sealed class AccessGate(RequestDelegate next, PeopleStore people, EngagementStore engagements)
{
    public async Task InvokeAsync(HttpContext http)
    {
        if (http.GetEndpoint() is not { } endpoint)
        {
            await Refuse(http, StatusCodes.Status404NotFound, "route.unknown", "There is nothing at this address.");
            return;
        }

        if (endpoint is not RouteEndpoint)
        {
            // Routing's own answers: the address exists, but not for this method or this kind of content.
            await endpoint.RequestDelegate!(http);
            await Refuse(http, http.Response.StatusCode, "route.unsuitable",
                $"{endpoint.DisplayName}: this address does not take {http.Request.Method} of {http.Request.ContentType ?? "no content"}.");
            return;
        }

        var allowed = endpoint.Metadata.GetMetadata<Allowed>()
            ?? throw new InvalidOperationException($"The route {endpoint.DisplayName} does not name who may use it.");
        var person = http.User.FindFirst(Claims.Person)?.Value is { } id ? await people.FindPerson(id) : null;
        if (person is null && allowed is not Allowed.Anyone)
        {
            await AskToSignIn(http);
            return;
        }

        if (person is not null && !await Admit(http, allowed, person)) return;
        await next(http);
    }

    private async Task<bool> Admit(HttpContext http, Allowed allowed, Person person)
    {
        var scope = http.User.FindFirst(Claims.Scope)?.Value;
        if (scope == TokenScopes.Read && !HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method))
            return await Refuse(http, StatusCodes.Status403Forbidden, "token.scope", "This token may only read; make one with the scope 'write'.");

        var administers = person.IsAdministrator && scope is null or TokenScopes.Administer;
        if (allowed is Allowed.Administrator && !(administers && person.IsAdministrator))
            return await Refuse(http, StatusCodes.Status403Forbidden, "administrator.only", "Only an administrator may do this.");

        var engagement = http.GetRouteValue("engagement") as string;
        Seat? seat = null;
        if (allowed is Allowed.Seated seated)
        {
            seat = engagement is null ? null : await engagements.FindSeat(engagement, person.Id);
            if (seat is null)
                return await Refuse(http, StatusCodes.Status404NotFound, "engagement.unknown", "There is no such engagement, or you hold no seat in it.");
            if (seated.Seats.Length > 0 && !seated.Seats.Contains(seat.Value))
            {
                var who = string.Join(" or ", seated.Seats.Select(one => one.Words));
                return await Refuse(http, StatusCodes.Status403Forbidden, "seat.not_allowed", $"Only the {who} may do this; you sit as {seat.Value.Words}.");
            }
        }

        http.Features.Set(new Viewer(person, new Actor(person.Id, person.Name, seat, administers), seat is null ? null : engagement));
        return true;
    }

    private static async Task AskToSignIn(HttpContext http)
    {
        if (Problems.WantsPage(http))
            http.Response.Redirect($"/sign-in?return={Uri.EscapeDataString(http.Request.Path + http.Request.QueryString)}");
        else
            await Refuse(http, StatusCodes.Status401Unauthorized, "sign_in.required", "Sign in, or send an API token as 'Authorization: Bearer …'.");
    }

    private static async Task<bool> Refuse(HttpContext http, int status, string code, string message)
    {
        await Problems.Answer(http, status, code, message).ExecuteAsync(http);
        return false;
    }
}
