using Entente.Engagements;
using Entente.Storage.Engagements;
using Entente.Storage.Identity;
using Microsoft.AspNetCore.Identity;
using NodaTime;
using NodaTime.Text;

namespace Entente.Server.Identity;

/// <summary>What an invitation is for.</summary>
public sealed record Invite(string Email, string Name, bool IsAdministrator = false, string? Engagement = null, Seat? Seat = null);

/// <summary>Lets people in: the first administrator, invitations by link, sign-in, tokens.</summary>
public sealed class PeopleDesk(
    PeopleStore people, SettingStore settings, UserManager<Person> users, EngagementStore engagements, Recorder recorder, IClock clock)
{
    private const string SetupKey = "setup_key_hash";
    private static readonly Duration _invitationLasts = Duration.FromDays(14);

    /// <summary>A one-time key for the first administrator, while there is none.</summary>
    public async Task<string?> OfferSetup()
    {
        if (await people.HasAdministrator()) return null;
        var key = Secrets.NewSecret("setup");
        await settings.Set(SetupKey, Secrets.Hash(key));
        return key;
    }

    public async Task<bool> IsSetupKey(string key) =>
        !await people.HasAdministrator() && await settings.Find(SetupKey) == Secrets.Hash(key);

    public async Task<Decision<Person>> SetUp(string key, string organisation, string name, string email, string password)
    {
        if (!await IsSetupKey(key))
            return new Refusal("setup.closed", "This setup link was used or replaced; start the server again for a new one, or ask the administrator.");
        var organisationId = Secrets.NewId("org");
        var person = Newcomer(organisationId, name, email, isAdministrator: true);
        if (await Refuses(person, password) is { } refusal) return refusal;
        await people.AddOrganisation(organisationId, organisation.Trim());
        var created = await Create(person, password);
        if (!created.IsRefused) await settings.Set(SetupKey, "");
        return created;
    }

    /// <returns>The secret of the link; only its hash is kept.</returns>
    public async Task<Decision<string>> Invite(Person by, Invite invite)
    {
        if (invite.Engagement is { } engagement)
        {
            if (await engagements.FindSeat(engagement, by.Id) != Seat.ServiceLevelManager)
                return new Refusal("seat.chair_only", "Only the service level manager invites people to a seat.");
            if (invite.Seat is null) return new Refusal("seat.missing", "Say which seat the invitation is for.");
        }
        else if (!by.IsAdministrator)
        {
            return new Refusal("administrator.only", "Only an administrator invites people to the organisation.");
        }

        var secret = Secrets.NewSecret("inv");
        await people.AddInvitation(new Invitation(
            Secrets.Hash(secret), by.Organisation, invite.Email.Trim(), invite.Name.Trim(), invite.IsAdministrator && by.IsAdministrator,
            invite.Engagement, invite.Seat?.ToString(), by.Id, InstantPattern.ExtendedIso.Format(clock.GetCurrentInstant() + _invitationLasts), UsedAt: null));
        return secret;
    }

    /// <summary>The invitation behind a link, while it can still be used.</summary>
    public async Task<Invitation?> FindOpenInvitation(string secret) =>
        await people.FindInvitation(Secrets.Hash(secret)) is { UsedAt: null } open
        && InstantPattern.ExtendedIso.Parse(open.Expires).Value > clock.GetCurrentInstant() ? open : null;

    /// <summary>Follows an invitation: makes the account where there is none (with the password given), and takes the seat.</summary>
    public async Task<Decision<Person>> Join(string secret, string password)
    {
        if (await FindOpenInvitation(secret) is not { } invitation)
            return new Refusal("invitation.closed", "This invitation was used or has expired; ask for a new one.");
        var person = await people.FindPersonByEmail(users.NormalizeEmail(invitation.Email)!);
        if (person is not null)
        {
            if (!await users.CheckPasswordAsync(person, password))
                return new Refusal("sign_in.wrong", "There is an account with this address already: give its password to join with it.");
        }
        else
        {
            person = Newcomer(invitation.Organisation, invitation.Name, invitation.Email, invitation.IsAdministrator);
            if (await Refuses(person, password) is { } refusal) return refusal;
        }

        if (!await people.UseInvitation(invitation.TokenHash, InstantPattern.ExtendedIso.Format(clock.GetCurrentInstant())))
            return new Refusal("invitation.closed", "This invitation was used a moment ago.");
        if (person.PasswordHash is null && await Create(person, password) is { IsRefused: true } failed) return failed;
        if (invitation is { Engagement: { } engagement, Seat: { } seat })
        {
            var seated = await GrantSeat(engagement, new Actor(invitation.InvitedBy, "", Entente.Seat.ServiceLevelManager), person, Enum.Parse<Seat>(seat));
            if (seated is Outcome<EngagementState>.Refused { Refusal: var no }) return no;
        }

        return person;
    }

    public Task<Outcome<EngagementState>> GrantSeat(string engagement, Actor by, Person person, Seat seat) =>
        recorder.Record<EngagementState, EngagementFact>(
            engagement, new Write(by), (state, _) => EngagementRules.GrantSeat(state, person.Id, person.Name, seat));

    public async Task<Decision<Person>> SignIn(string email, string password)
    {
        if (await users.FindByEmailAsync(email) is not { } person) return Wrong();
        if (await users.IsLockedOutAsync(person))
            return new Refusal("sign_in.locked", "Too many wrong passwords: this account rests for a quarter of an hour.");
        if (await users.CheckPasswordAsync(person, password))
        {
            await users.ResetAccessFailedCountAsync(person);
            return person;
        }

        await users.AccessFailedAsync(person);
        return Wrong();

        static Refusal Wrong() => new("sign_in.wrong", "Address or password is wrong.");
    }

    /// <returns>The token's secret, shown once; only its hash is kept.</returns>
    public async Task<Decision<string>> MakeToken(Person person, string name, string scope)
    {
        if (scope == Access.TokenScopes.Administer && !person.IsAdministrator)
            return new Refusal("administrator.only", "Only an administrator makes a token that administers.");
        var secret = Secrets.NewSecret("ent");
        await people.AddToken(new ApiToken(
            Secrets.NewId("tok"), Secrets.Hash(secret), person.Id, name.Trim(), scope,
            InstantPattern.ExtendedIso.Format(clock.GetCurrentInstant()), Expires: null));
        return secret;
    }

    public static Person Newcomer(string organisation, string name, string email, bool isAdministrator) => new()
    {
        Id = Secrets.NewId("per"),
        Organisation = organisation,
        Name = name.Trim(),
        Email = email.Trim(),
        IsAdministrator = isAdministrator,
    };

    private async Task<Refusal?> Refuses(Person person, string password)
    {
        foreach (var rule in users.PasswordValidators)
        {
            if (await rule.ValidateAsync(users, person, password) is { Succeeded: false } weak)
                return new Refusal("password.weak", string.Join(" ", weak.Errors.Select(error => error.Description)));
        }

        return await users.FindByEmailAsync(person.Email) is null ? null
            : new Refusal("person.exists", "There is an account with this address already.");
    }

    private async Task<Decision<Person>> Create(Person person, string password)
    {
        var result = await users.CreateAsync(person, password);
        return result.Succeeded ? person
            : new Refusal("person.refused", string.Join(" ", result.Errors.Select(error => error.Description)));
    }
}
