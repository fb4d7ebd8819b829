using System.Collections.Frozen;
using System.Reflection;
using System.Security.Cryptography;

namespace Entente.Server.Assets;

/// <summary>Where pages find a file of <c>wwwroot</c>: a path that names the content, so that browsers may keep it for ever.</summary>
/// <remarks>One version for all files, because style sheets name their fonts by relative paths.</remarks>
public static class AssetPath
{
    private const string Prefix = "wwwroot/";
    private static readonly Assembly Home = typeof(AssetPath).Assembly;
    private static readonly FrozenDictionary<string, Asset> All = Home.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .Select(name => new Asset(name, Compressed: name.EndsWith(".gz", StringComparison.Ordinal)))
        .ToFrozenDictionary(asset => asset.Path, StringComparer.Ordinal);

    /// <summary>The first 12 hexadecimal digits of the SHA-256 of all files.</summary>
    public static string Version { get; } = Digest();

    /// <summary>The address of a file, as in <c>AssetPath.Of("lib/tabler.min.css")</c>.</summary>
    /// <exception cref="FileNotFoundException">No such file is embedded.</exception>
    public static string Of(string path) => All.ContainsKey(path)
        ? $"/assets/{Version}/{path}"
        : throw new FileNotFoundException($"wwwroot holds no '{path}'.", path);

    internal static Asset? Find(string path) => All.GetValueOrDefault(path);

    private static string Digest()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> chunk = stackalloc byte[8192];
        foreach (var asset in All.Values.OrderBy(asset => asset.Path, StringComparer.Ordinal))
        {
            using var content = asset.Open();
            while (content.Read(chunk) is > 0 and var count) hash.AppendData(chunk[..count]);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..12];
    }

    /// <summary>A file of <c>wwwroot</c> inside the assembly, text compressed with gzip when it was built.</summary>
    internal sealed record Asset(string Resource, bool Compressed)
    {
        public string Path { get; } = Resource[Prefix.Length..(Compressed ? ^3 : ^0)];

        public Stream Open() => Home.GetManifestResourceStream(Resource)!;
    }
}
