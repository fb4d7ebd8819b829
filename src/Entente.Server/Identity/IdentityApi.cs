using Entente.Server.Access;
using Entente.Storage.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Entente.Server.Identity;

/// <summary>A wish for an API token.</summary>
public sealed record TokenWish(string Name, string Scope);

/// <summary>A token as its owner sees it; the secret only when it was just made.</summary>
public sealed record TokenView(string Id, string Name, string Scope, string Created, string? Secret = null);

/// <summary>The link by which an invited person joins.</summary>
public sealed record InvitationView(string Path);

/// <summary>A person as colleagues see them.</summary>
public sealed record PersonView(string Id, string Name, string Email, bool IsAdministrator);

/// <summary>REST for the person who signs the request, and for administrators.</summary>
public static class IdentityApi
{
    public static void MapIdentityApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1").WithTags("People");
        api.MapGet("/me", (Viewer viewer) => Show(viewer.Person)).AllowsSignedIn().WithSummary("The person who signs the request.");
        api.MapGet("/people", async (Viewer viewer, PeopleStore people) => (await people.PeopleOf(viewer.Person.Organisation)).Select(Show))
            .AllowsSignedIn().WithSummary("Everyone in my organisation.");
        api.MapPost("/invitations", async (HttpContext http, Viewer viewer, PeopleDesk desk) =>
        {
            var invite = await Inputs.Body<Invite>(http);
            new Inputs().Text("$.email", invite.Email, most: 200).Text("$.name", invite.Name, most: 200)
                .Check(invite.Email.Contains('@', StringComparison.Ordinal), "$.email", "email.invalid", "expected an e-mail address").Throw();
            var decision = await desk.Invite(viewer.Person, invite);
            return decision.Refusal is { } refusal ? Problems.Refused(http, refusal)
                : Results.Json(new InvitationView($"/join/{decision.Facts[0]}"), Json.Options, statusCode: 201);
        }).Accepts<Invite>("application/json").AllowsSignedIn().WithSummary("Invite someone to the organisation or to a seat; answers the link.");

        api.MapGet("/tokens", async (Viewer viewer, PeopleStore people) =>
            (await people.TokensOf(viewer.Person.Id)).Select(token => new TokenView(token.Id, token.Name, token.Scope, token.Created)))
            .AllowsSignedIn().WithSummary("My API tokens, without their secrets.");
        api.MapPost("/tokens", async (HttpContext http, Viewer viewer, PeopleDesk desk) =>
        {
            var wish = await Inputs.Body<TokenWish>(http);
            Check(wish);
            var decision = await desk.MakeToken(viewer.Person, wish.Name, wish.Scope);
            return decision.Refusal is { } refusal ? Problems.Refused(http, refusal)
                : Results.Json(new { secret = decision.Facts[0] }, Json.Options, statusCode: 201);
        }).Accepts<TokenWish>("application/json").AllowsSignedIn().WithSummary("Make an API token; its secret is shown this once.");
        api.MapDelete("/tokens/{token}", async (HttpContext http, Viewer viewer, string token, PeopleStore people) =>
            await people.RemoveToken(viewer.Person.Id, token) ? Results.NoContent()
                : Problems.Answer(http, 404, "token.unknown", "You have no such token."))
            .AllowsSignedIn().WithSummary("Withdraw a token.");
    }

    public static void Check(TokenWish wish) => new Inputs()
        .Text("$.name", wish.Name, most: 100)
        .Check(TokenScopes.All.Contains(wish.Scope), "$.scope", "scope.unknown", $"expected one of {string.Join(", ", TokenScopes.All)}")
        .Throw();

    private static PersonView Show(Person person) => new(person.Id, person.Name, person.Email, person.IsAdministrator);
}
