using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace Entente.Server.Negotiation;

/// <summary>Seals what a side wrote in confidence with AES-256-GCM under the installation's key ring, so that the
/// ledger holds only a cipher.</summary>
/// <remarks>A cipher opens only under the purpose it was sealed for: a side's room at one table. Contents are padded,
/// so that their length tells nothing.</remarks>
public sealed class SealedBox(IDataProtectionProvider keys)
{
    private const int Block = 4096;

    public string Seal<T>(string purpose, T content)
    {
        var text = JsonSerializer.Serialize(content, Json.Options);
        var length = (Encoding.UTF8.GetByteCount(text) / Block + 1) * Block;
        var padded = text + new string(' ', length - Encoding.UTF8.GetByteCount(text));
        return Convert.ToBase64String(Protector(purpose).Protect(Encoding.UTF8.GetBytes(padded)));
    }

    public T Open<T>(string purpose, string cipher) =>
        JsonSerializer.Deserialize<T>(Protector(purpose).Unprotect(Convert.FromBase64String(cipher)), Json.Options)!;

    private IDataProtector Protector(string purpose) => keys.CreateProtector("entente.sealed", purpose);
}
