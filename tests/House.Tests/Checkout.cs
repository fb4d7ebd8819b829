using System.Diagnostics;
using Entente.Tests.Shared;

namespace Entente.House.Tests;

/// <summary>The files of this checkout as git knows them: tracked, and new ones that are not ignored.</summary>
internal static class Checkout
{
    public static string Root => SharedData.Root;

    public static IReadOnlyList<string> Files { get; } = List();

    public static IEnumerable<string> Named(params string[] endings) =>
        Files.Where(file => endings.Any(ending => file.EndsWith(ending, StringComparison.Ordinal)));

    public static string Read(string file) => File.ReadAllText(Full(file));

    public static string[] Lines(string file) => File.ReadAllLines(Full(file));

    public static string Full(string file) => Path.Combine(Root, file);

    private static List<string> List()
    {
        var ask = new ProcessStartInfo("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        {
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
        };
        using var git = Process.Start(ask)!;
        var answer = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        git.ExitCode.ShouldBe(0, "The house is checked in a git checkout.");
        return [.. answer.Split('\0', StringSplitOptions.RemoveEmptyEntries).Where(file => File.Exists(Full(file)))];
    }
}
