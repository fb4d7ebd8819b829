using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Entente.Server.Identity;
using Entente.Storage;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Entente.Server.Tests.Identity;

public sealed class IdentityDoorTests : IAsyncLifetime
{
    private const string Password = "a sentence to remember";

    private Cast _cast = null!;

    public async ValueTask InitializeAsync() => _cast = await Cast.Assemble();

    public ValueTask DisposeAsync() => _cast.DisposeAsync();

    [Fact]
    public async Task The_first_administrator_sets_up_once()
    {
        await using var database = Database.InMemory($"setup-{Guid.NewGuid():N}");
        await using var app = await FrontDoor.Open(database, "http://127.0.0.1:0", new StandingClock(Instant.FromUtc(2026, 1, 1, 0, 0)));
        await using var scope = app.Services.CreateAsyncScope();
        var desk = scope.ServiceProvider.GetRequiredService<PeopleDesk>();
        var older = (await desk.OfferSetup())!;
        var key = (await desk.OfferSetup())!;
        (await desk.SetUp(older, "Org", "Ada", "ada@x.example", Password)).Refusal!.Code.ShouldBe("setup.closed");
        (await desk.SetUp(key, "Org", "Ada", "ada@x.example", "short")).Refusal!.Code.ShouldBe("password.weak");
        (await desk.SetUp(key, "Org", "Ada", "ada@x.example", Password)).Facts[0].IsAdministrator.ShouldBeTrue();
        (await desk.SetUp(key, "Org", "Eve", "eve@x.example", Password)).Refusal!.Code.ShouldBe("setup.closed");
        (await desk.OfferSetup()).ShouldBeNull();
    }

    [Fact]
    public async Task An_invitation_seats_whoever_follows_it_and_works_once()
    {
        var (_, invitation) = await _cast.Ann.Ask(HttpMethod.Post, "/api/v1/invitations",
            new { email = "new@cast.example", name = "Nia", engagement = _cast.Engagement, seat = "stakeholder" });
        var path = invitation.GetProperty("path").GetString()!;
        using var nia = _cast.Visitor();
        (await nia.Look(path)).Html.ShouldContain("Nia");
        (await nia.Submit(path, ("password", "short"))).Status.ShouldBe(422);
        (await nia.Submit(path, ("password", Password))).Status.ShouldBe(303);
        (await nia.Look(path)).Status.ShouldBe(404);
        (await _cast.Ann.Ask(HttpMethod.Get, _cast.Path())).Body.GetProperty("seats").EnumerateArray()
            .ShouldContain(seat => seat.GetProperty("name").GetString() == "Nia" && seat.GetProperty("seat").GetString() == "stakeholder");
    }

    [Fact]
    public async Task Only_the_chair_invites_to_a_seat_and_only_an_administrator_to_the_organisation()
    {
        (await _cast.Pia.Ask(HttpMethod.Post, "/api/v1/invitations",
            new { email = "a@b.example", name = "A", engagement = _cast.Engagement, seat = "provider" }))
            .Body.GetProperty("code").GetString().ShouldBe("seat.chair_only");
        (await _cast.Pia.Ask(HttpMethod.Post, "/api/v1/invitations", new { email = "a@b.example", name = "A" }))
            .Body.GetProperty("code").GetString().ShouldBe("administrator.only");
    }

    [Fact]
    public async Task The_chair_is_neutral()
    {
        foreach (var seat in new[] { "provider", "customer" })
            (await _cast.Ann.Ask(HttpMethod.Post, _cast.Path("/seats"), new { person = _cast.AnnId, seat })).Body.GetProperty("code").GetString()
                .ShouldBe("seat.neutral_chair");
        (await _cast.Ann.Ask(HttpMethod.Post, _cast.Path("/seats"), new { person = _cast.PiaId, seat = "serviceLevelManager" }))
            .Body.GetProperty("code").GetString().ShouldBe("seat.neutral_chair");
        (await _cast.Ann.Ask(HttpMethod.Delete, _cast.Path($"/seats/{_cast.AnnId}"))).Body.GetProperty("code").GetString().ShouldBe("seat.last_chair");
    }

    [Fact]
    public async Task Five_wrong_passwords_rest_the_account()
    {
        await Join("lock@cast.example");
        using var visitor = _cast.Visitor();
        for (var i = 0; i < 5; i++) (await SignIn(visitor, "lock@cast.example", "wrong password")).Html.ShouldContain("wrong");
        (await SignIn(visitor, "lock@cast.example", Password)).Html.ShouldContain("rests");
    }

    [Fact]
    public async Task A_cookie_opens_what_its_person_may_see_and_another_site_cannot_use_it()
    {
        await Join("cookie@cast.example");
        using var visitor = _cast.Visitor();
        (await SignIn(visitor, "cookie@cast.example", Password)).Status.ShouldBe(303);
        (await visitor.Look($"/engagements/{_cast.Engagement}")).Status.ShouldBe(200);
        visitor.DefaultRequestHeaders.Add("Origin", "https://evil.example");
        (await visitor.Submit($"/engagements/{_cast.Engagement}/charter/approval", ("edition", "1"))).Status.ShouldBe(403);
    }

    [Fact]
    public async Task A_token_reaches_as_far_as_its_scope()
    {
        var read = (await _cast.Ann.Ask(HttpMethod.Post, "/api/v1/tokens", new { name = "look", scope = "read" })).Body.GetProperty("secret").GetString();
        using var reader = _cast.Visitor();
        reader.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", read);
        (await reader.Ask(HttpMethod.Get, _cast.Path())).Status.ShouldBe(200);
        (await reader.Ask(HttpMethod.Post, "/api/v1/tokens", new { name = "more", scope = "write" })).Body.GetProperty("code").GetString()
            .ShouldBe("token.scope");
        (await _cast.Pia.Ask(HttpMethod.Post, "/api/v1/tokens", new { name = "x", scope = "administer" })).Body.GetProperty("code").GetString()
            .ShouldBe("administrator.only");
        (await _cast.Pia.Ask(HttpMethod.Post, "/api/v1/tokens", new { name = "x", scope = "everything" })).Status.ShouldBe(400);

        var id = (await _cast.Ann.Ask(HttpMethod.Get, "/api/v1/tokens")).Body.EnumerateArray().Single(token => token.GetProperty("name").GetString() == "look")
            .GetProperty("id").GetString();
        (await _cast.Pia.Ask(HttpMethod.Delete, $"/api/v1/tokens/{id}")).Status.ShouldBe(404, "a token is its owner's");
        (await _cast.Ann.Ask(HttpMethod.Delete, $"/api/v1/tokens/{id}")).Status.ShouldBe(204);
        (await reader.Ask(HttpMethod.Get, _cast.Path())).Status.ShouldBe(401);
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("https://evil.example")]
    [InlineData("/\\evil.example")]
    public async Task Signing_in_never_leads_to_another_site(string back)
    {
        await Join($"back{back.Length}@cast.example");
        using var visitor = _cast.Visitor();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sign-in")
        {
            Content = new FormUrlEncodedContent([new("email", $"back{back.Length}@cast.example"), new("password", Password), new("return", back)]),
        };
        using var response = await visitor.SendAsync(request);
        response.Headers.Location!.ToString().ShouldBe("/");
    }

    [Fact]
    public async Task The_pages_of_people_belong_to_their_person()
    {
        using var visitor = _cast.Visitor();
        (await visitor.Look("/account")).Status.ShouldBe(302);
        (await _cast.Pia.Look("/account")).Html.ShouldNotContain("People of your organisation");
        (await _cast.Ann.Look("/account")).Html.ShouldContain("People of your organisation");
        (await _cast.Pia.Submit("/account/invitations", ("name", "X"), ("email", "x@y.example"))).Status.ShouldBe(403);
        (await _cast.Pia.Look($"/engagements/{_cast.Engagement}/seats")).Status.ShouldBe(403);
        (await visitor.Look("/api")).Html.ShouldContain("/api/v1/engagements");
        (await visitor.Look("/no/such/page")).Status.ShouldBe(404);
    }

    private async Task Join(string email)
    {
        var (_, invitation) = await _cast.Ann.Ask(HttpMethod.Post, "/api/v1/invitations",
            new { email, name = "Nia", engagement = _cast.Engagement, seat = "stakeholder" });
        using var visitor = _cast.Visitor();
        (await visitor.Submit(invitation.GetProperty("path").GetString()!, ("password", Password))).Status.ShouldBe(303);
    }

    private static Task<(int Status, string Html)> SignIn(HttpClient visitor, string email, string password) =>
        visitor.Submit("/sign-in", ("email", email), ("password", password));
}
