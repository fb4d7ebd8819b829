using Entente.Documentation;
using Entente.Engagements;
using Entente.Server.Documentation;
using Entente.Server.Engagements;
using Entente.Storage.Identity;
using Entente.Storage.Mail;
using NodaTime;

namespace Entente.Server.Mail;

/// <summary>A link that still opens something: whose it is, and what it asks them.</summary>
public sealed record OpenLink(CharterLink Link, Person Person, EngagementState Engagement, CharterState Charter, CharterVoice Voice, string Via)
{
    /// <summary>The edition its reader approved last; what changed since is what they are asked.</summary>
    public Charter? Older => Voice.ApprovedEdition == 0 ? null : Charter.Editions[Voice.ApprovedEdition - 1];

    /// <summary>To whom its reader may hand their voice: who sits here and does not speak for themselves already.</summary>
    public IReadOnlyList<SeatHolder> MayTake =>
        [.. Engagement.Seats.Values.Where(holder => !Charter.Stakeholders.ContainsKey(holder.Person)).OrderBy(holder => holder.Name, StringComparer.Ordinal)];
}

/// <summary>Takes a stakeholder's word on a charter by the link in a mail.</summary>
public sealed class CharterLinkDesk(
    CharterLinks links, MailStore store, PeopleStore people, CharterDesk charters, EngagementDesk engagements, Recorder recorder)
{
    /// <summary>What a link opens, or why it opens nothing.</summary>
    public async Task<Decision<OpenLink>> Open(string token)
    {
        if (links.Read(token) is not { } link || await store.Find(link.Letter) is not { } letter || await people.FindPerson(link.Person) is not { } person)
            return new Refusal("link.unknown", "This link is not one of ours, or it is not whole. Copy all of it from the mail.");
        var (head, _) = await engagements.Read(link.Engagement);
        var (charter, _) = await charters.Read(link.Engagement);
        if (!head.Seats.ContainsKey(link.Person) || !charter.Stakeholders.TryGetValue(link.Person, out var voice))
        {
            return letter.LinkUsedAt is not null
                ? new Refusal("link.used", "This link was used: you handed your voice to somebody else, who is asked now.")
                : new Refusal("link.superseded", "You are no longer asked to approve this charter.");
        }

        if (charter.Edition != link.Edition)
        {
            return new Refusal("link.superseded",
                $"Edition {link.Edition} was replaced by edition {charter.Edition}. Use the link in the newer mail, or sign in.");
        }

        return Spoken(voice) is { } said ? said
            : letter.LinkUsedAt is not null ? new Refusal("link.used", "This link was used. It works once; sign in to say something else.")
            : link.Expires <= recorder.Now ? new Refusal("link.expired", "This link has expired. Sign in, or wait for the next reminder: it carries a new one.")
            : new OpenLink(link, person, head, charter, voice,
                letter.SentVia?.StartsWith("handed on", StringComparison.Ordinal) is true ? $"a link {letter.SentVia}" : "a link in a mail");
    }

    public Task<Decision<CharterState>> Approve(string token) =>
        Say(token, (state, open, by) => CharterRules.Approve(state, by, open.Link.Edition, open.Via));

    public Task<Decision<CharterState>> Object(string token, string reason) =>
        Say(token, (state, open, by) => CharterRules.Object(state, by, open.Link.Edition, reason, open.Via));

    /// <summary>Hands the reader's voice to somebody who sits in the engagement; they are asked in their turn.</summary>
    public Task<Decision<CharterState>> Delegate(string token, string person) => Say(token, (state, open, by) =>
        open.Engagement.Seats.GetValueOrDefault(person) is { } to ? CharterRules.Delegate(state, by, person, to.Name, open.Via)
            : new Refusal("charter.delegate_seatless", "Choose somebody with a seat in this engagement."));

    private async Task<Decision<CharterState>> Say(string token, Func<CharterState, OpenLink, Actor, Decision<CharterFact>> say)
    {
        var opened = await Open(token);
        if (opened.Refusal is { } closed) return closed;
        var open = opened.Facts[0];
        var by = new Actor(open.Person.Id, open.Person.Name, open.Engagement.Seats[open.Person.Id].Seat);
        // The word and the one use of the link are recorded together, and a word that was said in between is not said over.
        var outcome = await recorder.Record<CharterState, CharterFact>(open.Link.Engagement, new Write(by), (state, _) =>
            state.Stakeholders.GetValueOrDefault(by.Id) is { } voice && Spoken(voice) is { } said ? said : say(state, open, by),
            rows: (connection, transaction) => MailStore.UseLink(connection, transaction, open.Link.Letter, recorder.Now));
        return outcome switch
        {
            Outcome<CharterState>.Recorded recorded => recorded.State,
            Outcome<CharterState>.Refused refused => refused.Refusal,
            _ => new Refusal("link.busy", "Many people write at once; open the link again."),
        };
    }

    private static Refusal? Spoken(CharterVoice voice) =>
        voice.Approves ? new("link.used", $"This link was used, or is not needed: you approved this charter on {Day(voice.At)}.")
        : voice.Objection is not null ? new("link.used",
            $"This link was used, or is not needed: you objected on {Day(voice.At)}. Sign in to say something else.")
        : null;

    private static string Day(Instant? at) => at?.ToString("uuuu-MM-dd HH:mm", null) + " UTC";
}
