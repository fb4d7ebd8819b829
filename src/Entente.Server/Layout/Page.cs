using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Entente.Server.Layout;

/// <summary>Answers a page rendered on the server.</summary>
public static class Page
{
    public static IResult Of<TPage>(object parameters, int status = StatusCodes.Status200OK)
        where TPage : IComponent =>
        new RazorComponentResult<TPage>(parameters) { StatusCode = status, PreventStreamingRendering = true };
}

/// <summary>One sentence above a page: what was done, or why it was not.</summary>
public sealed record Notice(string Text, bool IsRefusal = false);
