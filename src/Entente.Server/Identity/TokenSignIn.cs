using System.Collections.Concurrent;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Entente.Server.Access;
using Entente.Storage.Identity;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;
using NodaTime.Text;

namespace Entente.Server.Identity;

/// <summary>Keys that the local program makes for itself when it opens a database: each acts as one person until the process ends.</summary>
public sealed class LocalKeys
{
    private readonly ConcurrentDictionary<string, string> _people = new(StringComparer.Ordinal);

    public string Issue(string person)
    {
        var secret = Secrets.NewSecret("loc");
        _people[secret] = person;
        return secret;
    }

    public string? FindPerson(string secret) => _people.GetValueOrDefault(secret);
}

/// <summary>Signs requests in by <c>Authorization: Bearer</c>.</summary>
public sealed class TokenSignIn(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder,
    PeopleStore people, LocalKeys local, IClock clock)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "token";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith("Bearer ", StringComparison.Ordinal)) return AuthenticateResult.NoResult();
        var secret = header["Bearer ".Length..].Trim();
        if (local.FindPerson(secret) is { } person) return Signed(person, scope: null);
        var token = await people.FindToken(Secrets.Hash(secret));
        if (token is null || (token.Expires is { } expires && InstantPattern.ExtendedIso.Parse(expires).Value <= clock.GetCurrentInstant()))
            return AuthenticateResult.Fail("The token is unknown or has expired.");
        return Signed(token.Person, token.Scope);
    }

    private AuthenticateResult Signed(string person, string? scope)
    {
        List<Claim> claims = [new(Claims.Person, person)];
        if (scope is not null) claims.Add(new(Claims.Scope, scope));
        var identity = new ClaimsIdentity(claims, SchemeName);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }
}
