using System.CommandLine;
using System.Text.Json;
using Spectre.Console;

namespace Entente.Cli;

/// <summary>What a verb answers: JSON for programs with <c>--json</c>, words and tables for people without.</summary>
public static class Output
{
    public static Option<bool> JsonOption { get; } = new("--json") { Description = "Answer as JSON.", Recursive = true };

    /// <summary>Writes <paramref name="value"/> as one JSON document, or lets <paramref name="show"/> draw it.</summary>
    public static void Write<T>(ParseResult result, T value, Action<IAnsiConsole, T> show)
    {
        if (result.GetValue(JsonOption)) Console.Out.WriteLine(JsonSerializer.Serialize(value, Json.Indented));
        else show(AnsiConsole.Console, value);
    }

    /// <summary>Runs a verb and turns refusals and bad input into a message and exit code 1. A bug stays an exception.</summary>
    public static int Guard(ParseResult result, Func<int> verb)
    {
        try
        {
            return verb();
        }
        catch (BadInputException bad)
        {
            return Fail(result, "input.invalid", bad.Message, bad.Findings);
        }
        catch (RefusedException refused)
        {
            var failed = Fail(result, refused.Code, refused.Message, merge: refused.Difference);
            if (!result.GetValue(JsonOption) && refused.Difference is { } difference)
                foreach (var line in Second.Lines(difference)) Console.Error.WriteLine(line);
            return failed;
        }
        catch (HttpRequestException unreachable)
        {
            return Fail(result, "server.unreachable", unreachable.Message);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            return Fail(result, "input.file", missing.Message);
        }
    }

    /// <summary>Runs a verb that waits for something, under the same guard.</summary>
    public static Task<int> Guard(ParseResult result, Func<Task<int>> verb) =>
        Task.FromResult(Guard(result, () => verb().GetAwaiter().GetResult()));

    public static int Fail(ParseResult result, Refusal refusal) => Fail(result, refusal.Code, refusal.Message);

    public static int Fail(ParseResult result, string code, string message, IReadOnlyList<Finding>? findings = null, JsonElement? merge = null)
    {
        if (result.GetValue(JsonOption))
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(new { error = new { code, message, findings, merge } }, Json.Indented));
            return 1;
        }

        if (findings is null or []) Console.Error.WriteLine($"entente: {message}");
        foreach (var finding in findings ?? [])
            Console.Error.WriteLine($"entente: {finding.Severity.ToString().ToLowerInvariant()}: {finding.Path}: {finding.Message}");
        return 1;
    }
}
