using System.Security.Cryptography;
using System.Text;

namespace Entente.Server.Identity;

/// <summary>Identifiers, and secrets for links and tokens; of a secret only the hash is kept.</summary>
public static class Secrets
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    /// <summary>A fresh identifier with a prefix that says what it names, such as <c>eng_4k2m…</c>.</summary>
    public static string NewId(string prefix) => $"{prefix}_{RandomNumberGenerator.GetString(Alphabet, 16)}";

    public static string NewSecret(string prefix) => $"{prefix}_{RandomNumberGenerator.GetString(Alphabet, 40)}";

    public static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
