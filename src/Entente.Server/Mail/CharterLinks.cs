using System.Security.Cryptography;
using System.Text.Json;
using Entente.Storage.Mail;
using Microsoft.AspNetCore.DataProtection;
using NodaTime;

namespace Entente.Server.Mail;

/// <summary>What a link in a mail is good for: one person's word on one edition of one charter, once, until it expires.</summary>
public sealed record CharterLink(string Letter, string Engagement, string Person, int Edition, Instant Expires);

/// <summary>Makes and reads the signed part of such links; nothing of it is kept.</summary>
public sealed class CharterLinks(IDataProtectionProvider protection)
{
    private static readonly Duration _lasts = Duration.FromDays(14);

    private readonly IDataProtector _protector = protection.CreateProtector("entente.charter-link");

    public string Make(Letter letter, Instant now) => _protector.Protect(JsonSerializer.Serialize(
        new CharterLink(letter.Id, letter.Engagement, letter.Person, (int)letter.Edition!.Value, now + _lasts), Json.Options));

    /// <summary>What a link says; nothing when it was not made here or somebody changed it.</summary>
    public CharterLink? Read(string token)
    {
        try
        {
            return JsonSerializer.Deserialize<CharterLink>(_protector.Unprotect(token), Json.Options);
        }
        catch (Exception forged) when (forged is CryptographicException or FormatException or JsonException)
        {
            return null;
        }
    }
}
