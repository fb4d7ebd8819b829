using System.Security.Claims;
using Entente.Server.Access;
using Entente.Storage.Identity;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Entente.Server.Identity;

/// <summary>Signs browsers in and out.</summary>
public static class Cookies
{
    public static Task SignIn(this HttpContext http, Person person)
    {
        var identity = new ClaimsIdentity(
            [new(Claims.Person, person.Id), new(Claims.Stamp, person.SecurityStamp)], CookieAuthenticationDefaults.AuthenticationScheme);
        return http.SignInAsync(
            CookieAuthenticationDefaults.AuthenticationScheme, new ClaimsPrincipal(identity), new AuthenticationProperties { IsPersistent = true });
    }

    /// <summary>A cookie made before the password changed, or of someone who left, no longer signs in.</summary>
    public static async Task Validate(CookieValidatePrincipalContext context)
    {
        var people = context.HttpContext.RequestServices.GetRequiredService<PeopleStore>();
        var person = context.Principal?.FindFirst(Claims.Person)?.Value is { } id ? await people.FindPerson(id) : null;
        if (person is null || person.SecurityStamp != context.Principal!.FindFirst(Claims.Stamp)?.Value) context.RejectPrincipal();
    }
}
