using System.Text;
using Entente.Server.Mail;
using Entente.Storage.Mail;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using static Entente.Server.Tests.Documentation.Documented;

namespace Entente.Server.Tests.Mail;

/// <summary>Mails really leave the house: over SMTP, or into a folder.</summary>
public sealed class CarrierTests
{
    [Fact]
    public async Task The_server_sends_by_itself_once_and_tries_again_when_the_mail_server_refuses()
    {
        await using var office = new PostOffice { Refuses = true };
        await using var cast = await Cast.Assemble(mail: new MailOptions("127.0.0.1", office.Port, "slm@acme.example"));
        await Written(cast);
        var letter = await Until(cast, letter => letter.Failure is not null);
        letter.Failure!.ShouldContain("come back later");
        office.Refuses = false;
        await Round(cast);
        office.Mails.ShouldBeEmpty("it is not tried again at once");
        cast.Clock.Now += Duration.FromMinutes(2);
        await Round(cast);
        await Round(cast);
        var mail = office.Mails.ShouldHaveSingleItem();
        mail.ShouldContain("slm@acme.example");
        mail.ShouldContain("Sam@cast.example");
        mail.ShouldContain($"<{letter.Id}@entente>");
        var body = mail.ReplaceLineEndings("\n").Split("\n\n", 2)[^1].Replace("\n", "", StringComparison.Ordinal);
        Encoding.UTF8.GetString(Convert.FromBase64String(body)).ShouldContain($"{cast.Address}charter-approval/");
        (await Until(cast, one => one.SentAt is not null)).SentVia.ShouldBe("smtp");
    }

    [Fact]
    public async Task A_folder_takes_mails_as_files()
    {
        var folder = Directory.CreateTempSubdirectory("entente-mails-");
        try
        {
            await using var cast = await Cast.Assemble(mail: new MailOptions(Folder: folder.FullName));
            await Written(cast);
            (await Until(cast, letter => letter.SentAt is not null)).SentVia.ShouldBe("folder");
            (await File.ReadAllTextAsync(folder.GetFiles("*.eml").ShouldHaveSingleItem().FullName)).ShouldContain("Sam@cast.example");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Neither_a_first_request_nor_a_reminder_goes_out_at_night_unless_its_reader_wants_it()
    {
        await using var office = new PostOffice();
        await using var cast = await Cast.Assemble(mail: new MailOptions("127.0.0.1", office.Port, "slm@acme.example"));
        cast.Clock.Now = Instant.FromUtc(2026, 3, 6, 20, 0);
        await Written(cast);
        foreach (var (at, mails) in new[]
        {
            (Instant.FromUtc(2026, 3, 6, 20, 0), 0), // Friday night
            (Instant.FromUtc(2026, 3, 8, 12, 0), 0), // Sunday; a reminder is due by now
            (Instant.FromUtc(2026, 3, 9, 6, 59), 0),
        })
        {
            cast.Clock.Now = at;
            await Round(cast);
            office.Mails.Count.ShouldBe(mails, at.ToString());
        }

        await Must(cast.Sam.Ask(HttpMethod.Put, "/api/v1/quiet-hours", new { zone = "UTC", from = "00:00:00", until = "00:00:00", weekends = false }));
        (await Must(cast.Sam.Ask(HttpMethod.Get, "/api/v1/quiet-hours"))).GetProperty("holds").GetProperty("weekends").GetBoolean().ShouldBeFalse();
        await Round(cast);
        await Until(cast, letter => letter.SentAt is not null);
        office.Mails.ShouldContain(mail => mail.Contains("Sam@cast.example", StringComparison.Ordinal));
    }

    private static async Task Written(Cast cast)
    {
        await Must(cast.Ann.Ask(HttpMethod.Put, cast.Path("/charter"), Charter));
        await Must(cast.Ann.Ask(HttpMethod.Post, cast.Path("/charter/stakeholders"), new { person = cast.SamId }));
    }

    private static Task Round(Cast cast) =>
        MailWorker.Round(cast.Rooms.GetRequiredService<IServiceScopeFactory>(), [cast.Engagement], CancellationToken.None);

    /// <summary>The worker does it in its own time.</summary>
    private static async Task<Letter> Until(Cast cast, Func<Letter, bool> holds)
    {
        for (var tries = 0; tries < 600; tries++)
        {
            if ((await cast.Rooms.GetRequiredService<MailStore>().Newest("org_cast", 10)).FirstOrDefault(holds) is { } letter) return letter;
            await Task.Delay(100);
        }

        throw new TimeoutException("No mail came to it.");
    }
}
