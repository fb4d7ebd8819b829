using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Entente.Server.Live;

/// <summary>The name that a live feed gives to a position of the ledger.</summary>
/// <remarks>Readable by us alone: what lies between two positions would tell how often others wrote in private.</remarks>
public sealed class FeedPlaces(IDataProtectionProvider protection)
{
    private readonly IDataProtector _protector = protection.CreateProtector("entente.feed");

    public string Of(long position) => _protector.Protect(position.ToString("D19", CultureInfo.InvariantCulture));

    /// <summary>The position; nothing when we did not name it.</summary>
    public long? Find(string place)
    {
        try
        {
            return long.Parse(_protector.Unprotect(place), CultureInfo.InvariantCulture);
        }
        catch (Exception unknown) when (unknown is CryptographicException or FormatException)
        {
            return null;
        }
    }
}
