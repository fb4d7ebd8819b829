using System.Security.Cryptography;
using Entente.Tests.Shared;

namespace Entente.House.Tests;

/// <summary>Data by others is read where it lies; neither a file of it nor a cutting enters the repository.</summary>
public sealed class SharedDataTests
{
    [Fact]
    public void No_file_of_the_shared_data_is_in_the_repository()
    {
        var theirs = Theirs().ToLookup(file => new FileInfo(file).Length);
        var copies =
            from file in Checkout.Files
            let own = Checkout.Full(file)
            from other in theirs[new FileInfo(own).Length]
            where new FileInfo(own).Length > 0 && SHA256.HashData(File.ReadAllBytes(own)).AsSpan()
                .SequenceEqual(SHA256.HashData(File.ReadAllBytes(other)))
            select $"{file} is a copy of {other}";
        copies.ShouldBeEmpty();
    }

    [Fact]
    public void No_cutting_of_the_shared_data_is_in_the_repository()
    {
        const int longLine = 60, cutting = 12;
        var theirs = Theirs()
            .Where(file => new FileInfo(file).Length < 20_000_000 && !file.EndsWith(".bin", StringComparison.Ordinal))
            .SelectMany(File.ReadLines).Where(line => line.Length >= longLine)
                .Select(line => line.Trim().GetHashCode(StringComparison.Ordinal)).ToHashSet();
        theirs.Count.ShouldBeGreaterThan(1000);
        Checkout.Named(".csv", ".json", ".jsonl", ".yaml", ".yml", ".md", ".txt", ".cs", ".ics", ".xml", ".cases")
            .Where(file => !file.EndsWith("lock.json", StringComparison.Ordinal))
            .Select(file =>
                (file, Shared: Checkout.Lines(file).Where(line => line.Length >= longLine).Select(line => line.Trim())
                .Where(line => theirs.Contains(line.GetHashCode(StringComparison.Ordinal))).Distinct().Count()))
            .Where(file => file.Shared >= cutting)
            .ShouldBeEmpty();
    }

    private static IEnumerable<string> Theirs() =>
        Directory.EnumerateFiles(SharedData.Path(), "*", SearchOption.AllDirectories);
}
