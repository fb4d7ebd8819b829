using System.Net.Mail;
using Entente.Documentation;
using Entente.Engagements;
using Entente.Server.Agreements;
using Entente.Server.Documentation;
using Entente.Server.Engagements;
using Entente.Server.Identity;
using Entente.Storage.Agreements;
using Entente.Storage.Identity;
using Entente.Storage.Mail;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using NodaTime;
using NodaTime.Text;

namespace Entente.Server.Mail;

/// <summary>Asks stakeholders for their word by mail, reminds people of what waits for them, and sends what stands in the outbox.</summary>
/// <remarks>What is asked follows from the facts and is put out once, however often and on however many nodes this runs.</remarks>
public sealed class MailDesk(
    MailStore store, MailCarrier carrier, MailOptions options, CharterLinks links, PeopleStore people, CharterDesk charters, CatalogueDesk catalogue,
    EngagementDesk engagements, AgreementStore agreements, AgreementDesk signing, HouseHours hours, IServer server, IClock clock)
{
    private static readonly Duration _inHand = Duration.FromMinutes(10);
    private const int MinutesBetweenTriesMost = 6 * 60;

    /// <summary>Puts a mail out to every stakeholder whose word on the current edition is still missing.</summary>
    public async Task Ask(string engagement)
    {
        var (charter, _) = await charters.Read(engagement);
        if (charter.Charter is null) return;
        var (head, _) = await engagements.Read(engagement);
        foreach (var voice in charter.Stakeholders.Values.Where(voice => voice is { Approves: false, IsHeard: false }))
        {
            if (!await IsMailed(voice.Person)) continue;
            var about = $"charter/{engagement}/{charter.Edition}/{voice.Person}";
            if (!await store.Knows(about)) await store.Add(Letter(about, engagement, voice.Person, charter.Edition, MailWords.Ask(head, charter, voice)));
        }
    }

    /// <summary>Reminds people of what waits for them in an engagement, at most once an interval for each block and never in quiet hours.</summary>
    public async Task Remind(string engagement)
    {
        var now = clock.GetCurrentInstant();
        var (head, _) = await engagements.Read(engagement);
        var waits = await Waits(engagement, head);
        var known = await store.Reminders(engagement);
        var begun = waits.Where(wait => !known.Any(one => one.Person == wait.Person && one.Block == ReminderRules.NameOf(wait.Block)))
            .Select(wait => new Reminder(wait.Person, ReminderRules.NameOf(wait.Block), now)).ToList();
        var ended = known.Where(one => !waits.Any(wait => wait.Person == one.Person && ReminderRules.NameOf(wait.Block) == one.Block)).ToList();
        if (begun.Count + ended.Count > 0) await store.Follow(engagement, begun, ended);
        foreach (var person in known.Except(ended).Concat(begun).GroupBy(one => one.Person))
        {
            if (!await IsMailed(person.Key)) continue;
            var quiet = await QuietOf(person.Key);
            var due = person.Where(one => ReminderRules.IsDue(one, now, options.RemindEvery, quiet)).ToList();
            if (due.Count == 0) continue;
            var blocks = waits.Where(wait => wait.Person == person.Key && due.Any(one => one.Block == ReminderRules.NameOf(wait.Block)))
                .Select(wait => wait.Block).ToList();
            var edition = blocks.Any(block => block.Code == "charter.not_approved") ? (await charters.Read(engagement)).State.Edition : (int?)null;
            var words = MailWords.Remind(head, blocks, block => $"{Address}{Where(engagement, block)}", edition is not null);
            await store.Remind(engagement, due, Letter($"reminder/{engagement}/{person.Key}/{Text(now)}", engagement, person.Key, edition, words), now);
        }
    }

    /// <summary>Sends what waits, where there is a way to send it; what nobody waits for any more is dropped.</summary>
    public async Task Deliver(CancellationToken cancel = default)
    {
        foreach (var letter in await store.Waiting())
        {
            var now = clock.GetCurrentInstant();
            if (await Moot(letter) is { } because) await store.MarkDropped(letter.Id, because, now);
            else if (carrier.IsOpen && !IsInHand(letter, now) && !await IsHeld(letter, now) && await store.Claim(letter, Text(now + _inHand)))
                await Carry(letter, now, cancel);
        }
    }

    /// <summary>Gives a waiting mail to an administrator who hands it on; it says so wherever its link is used.</summary>
    public async Task<Decision<string>> HandOver(Person by, string id)
    {
        if (await store.Find(id) is not { } letter || await people.FindPerson(letter.Person) is not { } to || to.Organisation != by.Organisation)
            return new Refusal("mail.unknown", "There is no such mail to somebody of your organisation.");
        var now = clock.GetCurrentInstant();
        if (await Moot(letter) is { } because) return new Refusal("mail.moot", $"This mail is not needed any more: {because}.");
        if (!letter.IsWaiting || !await store.MarkSent(id, $"handed on by {by.Name}", now))
            return new Refusal("mail.sent", "This mail was sent already; its link is with its reader.");
        return Body(letter, now);
    }

    public Task<IReadOnlyList<Letter>> Outbox(Person by, int most = 200) => store.Newest(by.Organisation, most);

    /// <summary>A person's own quiet hours, or else those of the organisation, or else those of the house.</summary>
    public async Task<QuietHours> QuietOf(string person) => await store.FindQuiet(person)
        ?? (await people.FindPerson(person) is { } known ? await store.FindQuiet(known.Organisation) : null) ?? hours.Quiet;

    private async Task Carry(Letter letter, Instant now, CancellationToken cancel)
    {
        try
        {
            var to = await people.FindPerson(letter.Person) ?? throw new InvalidOperationException("A mail to nobody was not dropped.");
            await carrier.Carry(letter, to, Body(letter, now), cancel);
            await store.MarkSent(letter.Id, carrier.Via, now);
        }
        catch (Exception failure) when (failure is SmtpException or IOException or UnauthorizedAccessException or FormatException
            || (failure is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            var minutes = Math.Min(MinutesBetweenTriesMost, Math.Pow(2, letter.Tries));
            await store.MarkFailed(letter.Id, failure.InnerException?.Message ?? failure.Message, now + Duration.FromMinutes(minutes));
        }
    }

    private string Body(Letter letter, Instant now) => letter.Edition is null ? letter.Body
        : letter.Body.Replace(Storage.Mail.Letter.LinkMark, $"{Address}charter-approval/{links.Make(letter, now)}", StringComparison.Ordinal);

    /// <summary>Why a mail need not go any more.</summary>
    private async Task<string?> Moot(Letter letter)
    {
        var (head, _) = await engagements.Read(letter.Engagement);
        if (await people.FindPerson(letter.Person) is null || !head.Seats.ContainsKey(letter.Person)) return "its reader left the engagement";
        if (letter.About.StartsWith("reminder/", StringComparison.Ordinal) && letter.Edition is null)
            return (await Waits(letter.Engagement, head)).Any(wait => wait.Person == letter.Person) ? null : "nothing waits any more";
        var (charter, _) = await charters.Read(letter.Engagement);
        return charter.Edition != letter.Edition ? $"edition {letter.Edition} was replaced"
            : charter.Stakeholders.GetValueOrDefault(letter.Person) is not { } voice ? "its reader is no longer asked"
            : voice.Approves || voice.IsHeard ? "its reader answered" : null;
    }

    /// <summary>The people of the example are invented, and get no mail.</summary>
    private async Task<bool> IsMailed(string person) => await people.FindPerson(person) is { IsExample: false };

    private async Task<bool> IsHeld(Letter letter, Instant now) => (await QuietOf(letter.Person)).IsQuiet(now);

    private static bool IsInHand(Letter letter, Instant now) =>
        letter.Claim.Length > 0 && InstantPattern.ExtendedIso.Parse(letter.Claim).Value > now;

    private async Task<IReadOnlyList<(string Person, Block Block)>> Waits(string engagement, EngagementState head) =>
    [
        .. from block in (await catalogue.Blocks(engagement)).Concat(await Ending(engagement))
               .Concat(await Signing(engagement))
           from person in block.Person is { } one ? [one] : head.Holders(block.Asks).Select(holder => holder.Person)
           where head.Seats.ContainsKey(person)
           select (person, block),
    ];

    /// <summary>Agreements that end soon and whose renewal is not drafted yet: both sides and the chair are told.</summary>
    private async Task<IEnumerable<Block>> Ending(string engagement)
    {
        var today = clock.GetCurrentInstant().InUtc().Date;
        return from row in await agreements.OfEngagement(engagement)
               where row.DaysLeft(today) is not null
               from seat in new[] { Seat.ServiceLevelManager, Seat.Provider, Seat.Customer }
               select new Block("agreement.ends", $"{row.Title} ends on {row.Ends}: renew it through a table, or let it end.", seat,
                   Service: row.Name);
    }

    /// <summary>Signatures whose turn it is: whoever gives one is asked, and nobody before their step.</summary>
    private async Task<IEnumerable<Block>> Signing(string engagement)
    {
        List<Block> blocks = [];
        foreach (var row in (await agreements.OfEngagement(engagement)).Where(row => row.Draft is not null))
        {
            var (agreement, _) = await signing.Read(engagement, row.Name);
            blocks.AddRange(signing.Awaited(agreement).Select(one => new Block(
                ReminderRules.Signing, $"Version {row.Draft} of {row.Title} waits for your signature"
                    + (one is { Delegated: not null, Signatory.Name: { } name } ? $", for {name}." : "."),
                one.Signatory.Seat, one.Asked?.Person, row.Name)));
        }

        return blocks;
    }

    private static string Where(string engagement, Block block) => block.Code switch
    {
        "agreement.ends" => $"engagements/{engagement}/negotiation",
        ReminderRules.Signing => $"engagements/{engagement}/agreements/{block.Service}",
        _ => DocumentationDesk.Where(engagement, block).TrimStart('/'),
    };

    private Letter Letter(string about, string engagement, string person, int? edition, (string Subject, string Body) words) => new(
        Secrets.NewId("mail"), about, engagement, person, edition, words.Subject, words.Body, Text(clock.GetCurrentInstant()));

    /// <summary>Where people reach the server, with a slash at its end.</summary>
    private string Address => (options.PublicAddress
        ?? server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "http://localhost").TrimEnd('/') + "/";

    private static string Text(Instant instant) => InstantPattern.ExtendedIso.Format(instant);
}
