using System.CommandLine;
using Entente.Cli.Example;
using Entente.Server;
using Entente.Server.Identity;
using Entente.Server.Mail;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NodaTime;
using NodaTime.Text;
using NodaTime.TimeZones;

namespace Entente.Cli;

/// <summary><c>entente serve</c>: opens the front door.</summary>
public static class ServeCommands
{
    private static readonly LocalTimePattern _hour = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    private static readonly Option<string> _urls = new("--urls")
    {
        Description = "Addresses to listen on, separated by semicolons.",
        DefaultValueFactory = _ => "http://127.0.0.1:7500",
    };

    private static readonly Option<bool> _example = new("--example") { Description = "Load the example engagement first, where it is not there yet." };

    private static readonly Option<string?> _smtp = new("--smtp")
    {
        Description = "Mail server, as host:port. Without it mails stand in the outbox.",
    };

    private static readonly Option<string?> _mailFrom = new("--mail-from")
    {
        Description = "Address that mails come from; needed with --smtp and --mail-folder.",
    };

    private static readonly Option<string?> _smtpUser = new("--smtp-user")
    {
        Description = "User at the mail server; the password is read from ENTENTE_SMTP_PASSWORD.",
    };

    private static readonly Option<bool> _smtpTls = new("--smtp-tls")
    {
        Description = "Speak TLS with the mail server (STARTTLS).",
    };

    private static readonly Option<string?> _mailFolder = new("--mail-folder")
    {
        Description = "Folder that takes mails as .eml files, instead of a mail server.",
    };

    private static readonly Option<string?> _publicAddress = new("--public-address")
    {
        Description = "Address that links in mails begin with.",
    };

    private static readonly Option<int> _remindEvery = new("--remind-every")
    {
        Description = "Hours that something may keep the gate shut before somebody is reminded, and again.",
        DefaultValueFactory = _ => 48,
    };

    private static readonly Option<string> _zone = new("--zone")
    {
        Description = "Time zone of the house: quiet hours where nobody chose others, and the hour of anonymous voices. Default: that of this machine.",
        DefaultValueFactory = _ => OwnZone(),
    };

    private static readonly Option<string> _voicesAt = new("--voices-at")
    {
        Description = "When the anonymous voices of a day are shown, all together.",
        DefaultValueFactory = _ => _hour.Format(HouseHours.Default.Voices),
    };

    public static Command Create()
    {
        var serve = new Command("serve", "Start the server: pages, REST and live updates.") { _urls, _example, ExampleCommands.History };
        foreach (var option in (Option[])[_smtp, _mailFrom, _smtpUser, _smtpTls, _mailFolder, _publicAddress, _remindEvery, _zone, _voicesAt])
            serve.Add(option);
        serve.AddDatabase();
        serve.SetAction((result, cancel) => Output.Guard(result, () => Serve(result, cancel)));
        return serve;
    }

    private static async Task<int> Serve(ParseResult result, CancellationToken cancel)
    {
        await using var database = Place.Database(result);
        if (result.GetValue(_example))
            await ExampleCommands.Load(database, result.GetValue(ExampleCommands.History), simulated: false, Console.Error.WriteLine);
        await using var app = await FrontDoor.Open(database, result.GetValue(_urls)!, mail: Mail(result), hours: Hours(result));
        await app.StartAsync(cancel);
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        Console.Out.WriteLine($"Entente listens on {address}");
        await using (var scope = app.Services.CreateAsyncScope())
        {
            if (await scope.ServiceProvider.GetRequiredService<PeopleDesk>().OfferSetup() is { } key)
                Console.Out.WriteLine($"First administrator: open {address}/setup/{key} (works once)");
        }

        await app.WaitForShutdownAsync(cancel);
        return 0;
    }

    private static HouseHours Hours(ParseResult result)
    {
        var (zone, voices) = (result.GetValue(_zone)!, _hour.Parse(result.GetValue(_voicesAt)!));
        new Inputs().Check(DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is not null, "--zone", "zone.unknown",
                $"expected a time zone such as Europe/Berlin, found '{zone}'")
            .Check(voices.Success, "--voices-at", "time.invalid", $"expected a time such as 06:00, found '{result.GetValue(_voicesAt)}'").Throw();
        return new(zone, voices.Value);
    }

    private static string OwnZone()
    {
        try
        {
            return DateTimeZoneProviders.Tzdb.GetSystemDefault().Id is var id && id is "Etc/UTC" or "Etc/UCT" ? "UTC" : id;
        }
        catch (DateTimeZoneNotFoundException)
        {
            return HouseHours.Default.Zone;
        }
    }

    private static MailOptions Mail(ParseResult result)
    {
        var (smtp, folder, from, hours) = (result.GetValue(_smtp), result.GetValue(_mailFolder), result.GetValue(_mailFrom), result.GetValue(_remindEvery));
        var colon = smtp?.LastIndexOf(':') ?? -1;
        var port = 25;
        new Inputs()
            .Check(smtp is null || folder is null, "--mail-folder", "mail.two_ways", "expected either --smtp or --mail-folder, found both")
            .Check(smtp is null || (colon > 0 && int.TryParse(smtp.AsSpan(colon + 1), out port) && port is > 0 and < 65536), "--smtp", "smtp.invalid",
                $"expected host:port, found '{smtp}'")
            .Check((smtp ?? folder) is null || System.Net.Mail.MailAddress.TryCreate(from, out _), "--mail-from", "email.invalid",
                $"expected the address that mails come from, found '{from}'")
            .Check(hours > 0, "--remind-every", "number.invalid", $"expected at least one hour, found {hours}").Throw();
        return new(smtp?[..colon], port, from ?? "entente@localhost", result.GetValue(_smtpUser), Environment.GetEnvironmentVariable("ENTENTE_SMTP_PASSWORD"),
            result.GetValue(_smtpTls), folder, result.GetValue(_publicAddress))
        { RemindEvery = Duration.FromHours(hours) };
    }
}
