using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Entente.Server.Identity;
using Entente.Server.Mail;
using Entente.Storage.Identity;
using Entente.Storage.Mail;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using static Entente.Server.Tests.Documentation.Documented;

namespace Entente.Server.Tests.Mail;

/// <summary>The outbox, approval by link, reminders.</summary>
public sealed partial class MailDoorTests : IAsyncLifetime
{
    private Cast _cast = null!;
    private HttpClient _admin = null!;
    private HttpClient _visitor = null!;

    public async ValueTask InitializeAsync()
    {
        _cast = await Cast.Assemble(mail: new MailOptions { PublicAddress = "https://slm.example/", RemindEvery = Duration.FromDays(2) });
        (_admin, _visitor) = (await Administrator("org_cast"), _cast.Visitor());
    }

    public async ValueTask DisposeAsync()
    {
        _admin.Dispose();
        _visitor.Dispose();
        await _cast.DisposeAsync();
    }

    [Fact]
    public async Task A_stakeholder_approves_by_the_link_in_a_mail_without_signing_in()
    {
        await Ask();
        var link = await HandOver();
        var (status, html) = await _visitor.Look(link);
        status.ShouldBe(200);
        html.ShouldContain("Agree what checkout must do");
        html.ShouldContain("Approve edition 1");
        (await Voice()).GetProperty("approves").GetBoolean().ShouldBeFalse("opening a link approves nothing");
        (await _visitor.Submit($"{link}/approval")).Html.ShouldContain("With it the charter is approved");
        var voice = await Voice();
        (voice.GetProperty("approves").GetBoolean(), voice.GetProperty("via").GetString()).ShouldBe((true, "a link handed on by Root"));
        (await _cast.Ann.Look($"/engagements/{_cast.Engagement}/charter")).Html.ShouldContain("by a link handed on by Root");
        (status, html) = await _visitor.Submit($"{link}/objection", ("reason", "I changed my mind"));
        status.ShouldBe(410);
        html.ShouldContain("you approved this charter on 2026-03-02");
        (await Voice()).GetProperty("approves").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task A_link_is_good_for_one_person_one_edition_once_and_for_two_weeks()
    {
        await Ask();
        var first = await HandOver();
        await Must(_cast.Ann.Ask(HttpMethod.Put, _cast.Path("/charter"),
            new { purpose = "Other", scope = "Checkout", roles = new[] { "r" }, successMeasures = new[] { "m" } }));
        (await _visitor.Look(first)).ShouldSatisfyAllConditions(seen => seen.Status.ShouldBe(410), seen => seen.Html.ShouldContain("replaced by edition 2"));
        (await _visitor.Submit($"{first}/approval")).Status.ShouldBe(410);
        await Round();
        var second = await HandOver();
        var token = second.Split('/')[^1];
        foreach (var forged in new[] { token[..^1], token[..^6] + "AAAAAA", "zork" })
            (await _visitor.Ask(HttpMethod.Get, $"/api/v1/charter-links/{forged}")).Body.GetProperty("code").GetString().ShouldBe("link.unknown");
        _cast.Clock.Now += Duration.FromDays(14);
        (await _visitor.Ask(HttpMethod.Post, $"/api/v1/charter-links/{token}/approval")).Body.GetProperty("code").GetString().ShouldBe("link.expired");
        _cast.Clock.Now -= Duration.FromMilliseconds(1);
        (await _visitor.Ask(HttpMethod.Post, $"/api/v1/charter-links/{token}/objection", new { reason = " " })).Body.GetProperty("code").GetString()
            .ShouldBe("charter.reason_missing");
        (await _visitor.Ask(HttpMethod.Post, $"/api/v1/charter-links/{token}/objection", new { reason = "No nights" })).Status.ShouldBe(200);
        (await Voice()).GetProperty("objection").GetString().ShouldBe("No nights");
        (await _visitor.Ask(HttpMethod.Post, $"/api/v1/charter-links/{token}/approval")).Body.GetProperty("code").GetString().ShouldBe("link.used");
    }

    [Fact]
    public async Task A_stakeholder_hands_their_voice_on_by_the_link_to_somebody_with_a_seat()
    {
        await Ask();
        var link = await HandOver();
        var (_, html) = await _visitor.Look(link);
        html.ShouldContain("Or hand your voice to");
        html.ShouldContain(_cast.PiaId);
        var refused = await _visitor.Submit($"{link}/delegation", ("person", "per_zoe"));
        refused.Status.ShouldBe(422);
        refused.Html.ShouldContain("Choose somebody with a seat");
        (await _visitor.Submit($"{link}/delegation", ("person", _cast.SamId))).Status.ShouldBe(422);
        (await _visitor.Submit($"{link}/delegation", ("person", _cast.PiaId))).Html.ShouldContain("Pia, provider, is asked in your place");
        var voice = await Voice();
        (voice.GetProperty("person").GetString(), voice.GetProperty("for").GetString(), voice.GetProperty("handedOverVia").GetString())
            .ShouldBe((_cast.PiaId, "Sam", "a link handed on by Root"));
        (await _visitor.Look(link)).ShouldSatisfyAllConditions(
            seen => seen.Status.ShouldBe(410), seen => seen.Html.ShouldContain("you handed your voice to somebody else"));
        (await _visitor.Submit($"{link}/approval")).Status.ShouldBe(410);
        await Round();
        var token = (await HandOver()).Split('/')[^1];
        var asked = await Must(_visitor.Ask(HttpMethod.Get, $"/api/v1/charter-links/{token}"));
        asked.GetProperty("mayTake").EnumerateArray().Select(one => one.GetProperty("name").GetString()).ShouldBe(["Ann", "Cem", "Fee", "Sam"]);
        (await _visitor.Ask(HttpMethod.Post, $"/api/v1/charter-links/{token}/delegation", new { person = _cast.FeeId })).Status.ShouldBe(200);
        (await Voice()).GetProperty("for").GetString().ShouldBe("Sam", "it stays Sam's voice, in whoever's hands");
        (await _cast.Ann.Look($"/engagements/{_cast.Engagement}/charter")).Html.ShouldContain("handed over by a link handed on by Root");
    }

    [Fact]
    public async Task A_later_mail_asks_only_about_what_changed()
    {
        await Ask();
        await Must(_cast.Sam.Ask(HttpMethod.Post, _cast.Path("/charter/approval"), new { edition = 1 }));
        await Must(_cast.Ann.Ask(HttpMethod.Put, _cast.Path("/charter"), new
        {
            purpose = "Agree what checkout must do",
            scope = "Checkout and payments",
            roles = new[] { "Ann mediates" },
            successMeasures = new[] { "Signed by May" },
        }));
        await Round();
        var mail = (await Mails("waiting")).Single();
        mail.GetProperty("body").GetString()!.ShouldContain("- Checkout\n  + Checkout and payments");
        mail.GetProperty("body").GetString()!.ShouldNotContain("Ann mediates");
        mail.ToString().ShouldNotContain("charter-approval");
        (await Mails("dropped")).Count.ShouldBe(1);
        var link = await HandOver();
        var asked = await Must(_visitor.Ask(HttpMethod.Get, $"/api/v1/charter-links/{link.Split('/')[^1]}"));
        asked.GetProperty("asked").EnumerateArray().Select(section => section.GetString()).ShouldBe(["scope"]);
    }

    [Fact]
    public async Task The_outbox_is_the_administrators_of_the_same_organisation_and_nobody_elses()
    {
        await Ask();
        var id = (await Mails("waiting")).Single().GetProperty("id").GetString();
        using var other = await Administrator("org_other");
        (await Must(other.Ask(HttpMethod.Get, "/api/v1/mails"))).GetArrayLength().ShouldBe(0);
        (await other.Ask(HttpMethod.Post, $"/api/v1/mails/{id}/handing-over")).Body.GetProperty("code").GetString().ShouldBe("mail.unknown");
        foreach (var stranger in new[] { _cast.Zoe, _cast.Cem })
        {
            (await stranger.Ask(HttpMethod.Get, "/api/v1/mails")).Status.ShouldBe(403);
            (await stranger.Look("/mails")).Status.ShouldBe(403);
            (await stranger.Ask(HttpMethod.Post, $"/api/v1/mails/{id}/handing-over")).Status.ShouldBe(403);
            (await stranger.Ask(HttpMethod.Put, "/api/v1/organisation/quiet-hours", Quiet)).Status.ShouldBe(403);
            (await stranger.Submit("/account/organisation-quiet-hours", ("keep", "none"))).Status.ShouldBe(403);
            (await stranger.Submit($"/mails/{id}/handing-over")).Status.ShouldBe(403);
        }

        (await _admin.Look("/mails")).Html.ShouldContain("No mail server is set");
        (await _admin.Submit($"/mails/{id}/handing-over")).Html.ShouldContain("https://slm.example/charter-approval/");
        (await _admin.Submit($"/mails/{id}/handing-over")).Html.ShouldContain("sent already");
    }

    [Fact]
    public async Task Reminders_wait_for_quiet_to_end_across_a_weekend_with_a_clock_change_and_come_once_an_interval()
    {
        await Must(_admin.Ask(HttpMethod.Put, "/api/v1/organisation/quiet-hours", Quiet));
        _cast.Clock.Now = Instant.FromUtc(2026, 3, 25, 19, 30);
        await Ask();
        foreach (var (at, count) in new[]
        {
            (Instant.FromUtc(2026, 3, 27, 19, 29), 0), // not two days yet
            (Instant.FromUtc(2026, 3, 27, 19, 30), 0), // Friday 20:30 in Berlin
            (Instant.FromUtc(2026, 3, 28, 12, 0), 0), // Saturday
            (Instant.FromUtc(2026, 3, 29, 4, 0), 0), // Sunday, after the clocks went forward
            (Instant.FromUtc(2026, 3, 30, 4, 59), 0), // Monday 06:59 in summer time
            (Instant.FromUtc(2026, 3, 30, 5, 0), 1), // 07:00
            (Instant.FromUtc(2026, 3, 30, 5, 0), 1), // never twice
            (Instant.FromUtc(2026, 4, 1, 4, 59), 1),
            (Instant.FromUtc(2026, 4, 1, 5, 0), 2),
        })
        {
            _cast.Clock.Now = at;
            await Round();
            (await Reminders()).Count.ShouldBe(count, at.ToString());
        }

        (await Reminders())[0].Body.ShouldContain($"https://slm.example/engagements/{_cast.Engagement}/charter");
        await Must(_cast.Sam.Ask(HttpMethod.Post, _cast.Path("/charter/approval"), new { edition = 1 }));
        _cast.Clock.Now += Duration.FromDays(2);
        await Round();
        var sams = (await Reminders()).Where(letter => letter.Person == _cast.SamId).ToList();
        sams.Count.ShouldBe(2);
        sams.ShouldAllBe(letter => letter.DroppedBecause != null, "whoever answered needs none of them");
    }

    [Fact]
    public async Task Both_sides_and_the_chair_are_reminded_of_an_agreement_that_ends_until_its_renewal_is_drafted()
    {
        await _cast.OpenGate();
        await _cast.OpenTable(new { title = "Checkout 2026", effectiveFrom = "2026-01-01", ends = "2026-05-01" });
        await _cast.Agree();
        await _cast.Sign(_cast.Pia);
        await _cast.Sign(_cast.Cem);
        await Round();
        _cast.Clock.Now += Duration.FromDays(2);
        await Round();
        (await Reminders()).Select(letter => letter.Person).ShouldBe([_cast.AnnId, _cast.CemId, _cast.PiaId], ignoreOrder: true);
        (await Reminders()).ShouldAllBe(letter => letter.Body.Contains("Checkout 2026 ends on 2026-05-01")
            && letter.Body.Contains($"https://slm.example/engagements/{_cast.Engagement}/negotiation"));
        await _cast.OpenTable(new { title = "Checkout 2027", amends = "a1", effectiveFrom = "2026-05-01" });
        await _cast.Pia.Ask(HttpMethod.Post, _cast.Path("/negotiations/n2/offers"), new { package = Table.Package });
        (await _cast.Cem.Ask(HttpMethod.Post, _cast.Path("/negotiations/n2/offers/o1/acceptance"))).Status.ShouldBe(200);
        _cast.Clock.Now += Duration.FromDays(2);
        await Round();
        var asked = (await Reminders()).Skip(3).ToList();
        asked.Select(letter => letter.Person).ShouldBe([_cast.CemId, _cast.PiaId], ignoreOrder: true, "no more of the end");
        asked.ShouldAllBe(letter => letter.Body.Contains("Version 2 of Checkout 2026 waits for your signature.")
            && letter.Body.Contains($"https://slm.example/engagements/{_cast.Engagement}/agreements/a1"));
        await _cast.Sign(_cast.Pia, version: 2);
        await Round();
        (await Reminders()).Single(letter => letter.Person == _cast.PiaId && asked.Exists(one => one.Id == letter.Id))
            .DroppedBecause.ShouldNotBeNull("whoever signed is asked no more");
    }

    [Fact]
    public async Task Everybody_who_can_lift_a_block_is_reminded_of_what_is_theirs()
    {
        await _cast.Release();
        await Round();
        _cast.Clock.Now += Duration.FromDays(2);
        await Round();
        (await Reminders()).Select(letter => (letter.Person, letter.Subject)).ShouldBe(
            [(_cast.CemId, "One thing waits for you in Checkout"), (_cast.PiaId, "One thing waits for you in Checkout")], ignoreOrder: true);
        (await Reminders()).Single(letter => letter.Person == _cast.CemId).Body
            .ShouldContain("The customer has not said whether it is satisfied with Checkout.");
    }

    [Fact]
    public async Task A_persons_own_quiet_hours_go_before_those_of_the_organisation()
    {
        await Must(_admin.Ask(HttpMethod.Put, "/api/v1/organisation/quiet-hours", Quiet));
        (await _cast.Sam.Submit("/account/quiet-hours", ("zone", "Asia/Tokyo"), ("from", "08:30"), ("until", "09:30"), ("keep", "these"))).Status.ShouldBe(303);
        (await Must(_cast.Sam.Ask(HttpMethod.Get, "/api/v1/quiet-hours"))).GetProperty("own").GetProperty("zone").GetString().ShouldBe("Asia/Tokyo");
        (await _cast.Sam.Look("/account")).Html.ShouldContain("Asia/Tokyo");
        (await _cast.Sam.Submit("/account/quiet-hours", ("zone", "Zork"), ("from", "08:30"), ("until", "09:30"))).Html.ShouldContain("expected a time zone");
        await using var scope = _cast.Rooms.CreateAsyncScope();
        var desk = scope.ServiceProvider.GetRequiredService<MailDesk>();
        (await desk.QuietOf(_cast.SamId)).Zone.ShouldBe("Asia/Tokyo");
        (await desk.QuietOf(_cast.CemId)).Zone.ShouldBe("Europe/Berlin");
        (await _cast.Sam.Submit("/account/quiet-hours", ("keep", "none"), ("zone", "Asia/Tokyo"))).Status.ShouldBe(303);
        (await desk.QuietOf(_cast.SamId)).IsNone.ShouldBeTrue();
        (await _cast.Sam.Submit("/account/quiet-hours", ("keep", "usual"))).Status.ShouldBe(303);
        (await desk.QuietOf(_cast.SamId)).Zone.ShouldBe("Europe/Berlin");
        (await _admin.Submit("/account/organisation-quiet-hours", ("keep", "usual"))).Status.ShouldBe(303);
        (await desk.QuietOf(_cast.SamId)).ShouldBe(HouseHours.Default.Quiet);
        (await _cast.Sam.Look("/account")).Html.ShouldContain("the usual nights and weekends");
    }

    private static object Quiet { get; } = new { zone = "Europe/Berlin", from = "20:00:00", until = "07:00:00", weekends = true };

    /// <summary>A charter that waits for Sam, and a whole round of the mails.</summary>
    private async Task Ask()
    {
        await Must(_cast.Ann.Ask(HttpMethod.Put, _cast.Path("/charter"), Charter));
        await Must(_cast.Ann.Ask(HttpMethod.Post, _cast.Path("/charter/stakeholders"), new { person = _cast.SamId }));
        await Round();
    }

    private Task Round() => MailWorker.Round(_cast.Rooms.GetRequiredService<IServiceScopeFactory>(), [_cast.Engagement], CancellationToken.None);

    private async Task<IReadOnlyList<JsonElement>> Mails(string state) => [.. (await Must(_admin.Ask(HttpMethod.Get, "/api/v1/mails"))).EnumerateArray()
        .Where(mail => mail.GetProperty("state").GetString() == state)];

    private async Task<IReadOnlyList<Letter>> Reminders() => [.. (await _cast.Rooms.GetRequiredService<MailStore>().Newest("org_cast", 100))
        .Where(letter => letter.About.StartsWith("reminder/", StringComparison.Ordinal)).Reverse()];

    /// <summary>The path of the link in the one mail that waits.</summary>
    private async Task<string> HandOver()
    {
        var id = (await Mails("waiting")).Single().GetProperty("id").GetString();
        var text = (await Must(_admin.Ask(HttpMethod.Post, $"/api/v1/mails/{id}/handing-over"))).GetProperty("text").GetString()!;
        return Link().Match(text).Groups[1].Value;
    }

    private async Task<JsonElement> Voice() => (await Must(_cast.Ann.Ask(HttpMethod.Get, _cast.Path("/charter")))).GetProperty("stakeholders")[0];

    private async Task<HttpClient> Administrator(string organisation)
    {
        await using var scope = _cast.Rooms.CreateAsyncScope();
        var people = scope.ServiceProvider.GetRequiredService<PeopleStore>();
        if (await people.FindOrganisationName(organisation) is null) await people.AddOrganisation(organisation, organisation);
        var person = PeopleDesk.Newcomer(organisation, "Root", $"root@{organisation}.example", isAdministrator: true);
        person.NormalizedEmail = person.Email.ToUpperInvariant();
        await people.AddPerson(person);
        var secret = (await scope.ServiceProvider.GetRequiredService<PeopleDesk>().MakeToken(person, "test", "administer")).Facts[0];
        var client = _cast.Visitor();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        return client;
    }

    [GeneratedRegex("https://slm.example(/charter-approval/\\S+)")]
    private static partial Regex Link();
}
