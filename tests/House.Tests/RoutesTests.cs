using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Entente.Server.Access;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;

namespace Entente.House.Tests;

/// <summary>Every route names who may use it, and the server holds to it.</summary>
public sealed partial class RoutesTests(RoutesServer server) : IClassFixture<RoutesServer>
{
    private const string Golden = "tests/House.Tests/openapi.golden.txt";

    /// <summary>The five stages, and what is of the whole house.</summary>
    private static readonly string[] _tags =
        [.. Stages.All.Select(stage => stage.Name), "People", "Engagements", "Service time", "Bargaining"];

    private IEnumerable<RouteEndpoint> OfEngagements =>
        server.Routes.Where(route => route.RoutePattern.Parameters.Any(one => one.Name == "engagement"));

    [Fact]
    public void Every_route_names_who_may_use_it()
    {
        server.Routes.Count.ShouldBeGreaterThan(100);
        server.Routes.Where(route => route.Metadata.GetMetadata<Allowed>() is null)
            .Select(route => route.DisplayName).ShouldBeEmpty();
    }

    [Fact]
    public void A_route_of_an_engagement_is_for_those_who_sit_in_it() =>
        OfEngagements.Where(route => route.Metadata.GetMetadata<Allowed>() is not Allowed.Seated)
            .Concat(server.Routes.Except(OfEngagements)
                .Where(route => route.Metadata.GetMetadata<Allowed>() is Allowed.Seated))
            .Select(route => route.DisplayName).ShouldBeEmpty();

    [Fact]
    public void Nothing_of_an_engagement_is_written_by_a_link() =>
        server.Routes.Where(route => Methods(route).Contains("GET") && Methods(route).Except(["GET", "HEAD"]).Any())
            .Select(route => route.DisplayName).ShouldBeEmpty();

    [Fact]
    public async Task Someone_without_a_seat_finds_no_engagement_at_any_of_its_routes()
    {
        List<string> wrong = [];
        foreach (var route in OfEngagements)
        {
            using var answer = await Ask(server.Stranger, route, "text/html, application/json");
            var text = await answer.Content.ReadAsStringAsync();
            if ((int)answer.StatusCode != 404 || !text.Contains("engagement.unknown", StringComparison.Ordinal))
                wrong.Add($"{route.DisplayName} answers {(int)answer.StatusCode}");
        }

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_visitor_is_asked_to_sign_in()
    {
        List<string> wrong = [];
        foreach (var route in server.Routes.Where(route => route.Metadata.GetMetadata<Allowed>() is not Allowed.Anyone))
        {
            using var asPage = await Ask(server.Visitor, route, "text/html");
            using var asProgram = await Ask(server.Visitor, route, "application/json");
            var isApi = asPage.RequestMessage!.RequestUri!.AbsolutePath.StartsWith("/api/", StringComparison.Ordinal);
            var turned = asPage.Headers.Location?.OriginalString.StartsWith("/sign-in?return=", StringComparison.Ordinal);
            if ((isApi ? (int)asPage.StatusCode != 401 : turned != true) || (int)asProgram.StatusCode != 401)
                wrong.Add($"{route.DisplayName} answers {(int)asPage.StatusCode} and {(int)asProgram.StatusCode}");
        }

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_OpenAPI_document_lists_every_route_with_a_sentence_and_its_stage()
    {
        var document = JsonSerializer.Deserialize<JsonElement>(await server.Visitor.GetStringAsync("/api/openapi.json"));
        var listed = (from path in document.GetProperty("paths").EnumerateObject()
                      from operation in path.Value.EnumerateObject()
                      select (Route: $"{operation.Name.ToUpperInvariant()} {path.Name}", operation.Value)).ToList();
        var mapped = from route in server.Routes
                     let path = Constraint().Replace($"/{route.RoutePattern.RawText!.TrimStart('/')}", "")
                     where path.StartsWith("/api/v1", StringComparison.Ordinal)
                     from method in Methods(route)
                     select $"{method} {path.TrimEnd('/')}";
        listed.Select(one => one.Route.TrimEnd('/')).ShouldBe(mapped, ignoreOrder: true);
        listed.Where(one => Summary(one.Value) is not [.., '.']).Select(one => one.Route).ShouldBeEmpty();
        listed.Where(one => one.Value.GetProperty("tags").EnumerateArray().All(tag => !_tags.Contains(tag.GetString())))
            .Select(one => one.Route).ShouldBeEmpty();

        var lines = listed.Select(one => $"{one.Route}  {Summary(one.Value)}").Order(StringComparer.Ordinal).ToArray();
        if (Environment.GetEnvironmentVariable("GOLDEN") == "write")
            await File.WriteAllLinesAsync(Checkout.Full(Golden), lines);
        var golden = Checkout.Lines(Golden);
        golden.Except(lines).Select(line => $"- {line}").Concat(lines.Except(golden).Select(line => $"+ {line}"))
            .ShouldBeEmpty($"{Golden} is the reviewed list; GOLDEN=write writes it anew.");
    }

    private async Task<HttpResponseMessage> Ask(HttpClient client, RouteEndpoint route, string accept)
    {
        var path = Parameter().Replace(route.RoutePattern.RawText!, match => match.Groups[1].Value switch
        {
            "engagement" => server.Engagement,
            _ => match.Value.Contains(":int", StringComparison.Ordinal) ? "1" : "x1",
        });
        var method = Methods(route)[0];
        using var request = new HttpRequestMessage(new HttpMethod(method), $"/{path.TrimStart('/')}");
        request.Headers.Accept.ParseAdd(accept);
        if (method != "GET")
        {
            var type = route.Metadata.GetMetadata<IAcceptsMetadata>()?.ContentTypes[0] ?? "application/json";
            request.Content = new StringContent("{}", Encoding.UTF8, type);
        }

        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    private static IReadOnlyList<string> Methods(RouteEndpoint route) =>
        route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"];

    private static string Summary(JsonElement operation) =>
        operation.TryGetProperty("summary", out var summary) ? summary.GetString()! : "";

    [GeneratedRegex(@"\{\**(\w+)[^}]*\}")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"(?<=\{\w+):\w+(?=\})")]
    private static partial Regex Constraint();
}
