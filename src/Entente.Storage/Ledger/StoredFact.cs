using System.Security.Cryptography;
using System.Text;
using NodaTime;
using NodaTime.Text;

namespace Entente.Storage.Ledger;

/// <summary>One row of the ledger, as it lies on disk.</summary>
/// <param name="Position">One-based place in the whole ledger, without gaps.</param>
/// <param name="Version">One-based place in the stream, without gaps.</param>
/// <param name="Hash">SHA-256 over the hash of the fact before and everything else in this row, in hexadecimal.</param>
public sealed record StoredFact(
    long Position, string Stream, long Version, string Kind, string Data, string Actor, string Role, string At, string Hash)
{
    public Stamp Stamp => new(Actor, Role, Instant, Version);

    public Instant Instant => InstantPattern.ExtendedIso.Parse(At).Value;

    /// <summary>The identifier behind the slash of the stream's name.</summary>
    public string Id => Stream[(Stream.IndexOf('/', StringComparison.Ordinal) + 1)..];

    /// <summary>The hash this row must carry if nobody touched it or anything before it.</summary>
    /// <remarks>Each part is written with its length, so that no two different rows read the same.</remarks>
    public string Chain(string previous)
    {
        var text = new StringBuilder();
        foreach (var part in (string[])[previous, $"{Position}", Stream, $"{Version}", Kind, Data, Actor, Role, At])
            text.Append(part.Length).Append(':').Append(part);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
