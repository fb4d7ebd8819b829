using System.Diagnostics;
using System.Text.Json;

namespace Entente.Cli.Tests;

/// <summary>Verbs share the console, so no two of these classes run at once.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Terminal
{
    public const string Name = "terminal";
}

/// <summary>What a verb said, and how it ended.</summary>
internal sealed record Said(int Exit, string Out, string Error)
{
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Out);
}

/// <summary>Runs verbs of the program in this process, and gives files of a test a folder that goes with it.</summary>
internal sealed class Shell : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("entente-cli-").FullName;

    public string File(string name, string text)
    {
        var path = System.IO.Path.Combine(Folder, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    public static async Task<Said> Run(params string[] words)
    {
        var (before, beforeError) = (Console.Out, Console.Error);
        using StringWriter said = new(), told = new();
        Console.SetOut(said);
        Console.SetError(told);
        try
        {
            var exit = await Door.Root().Parse(words).InvokeAsync();
            return new(exit, said.ToString(), told.ToString());
        }
        finally
        {
            Console.SetOut(before);
            Console.SetError(beforeError);
        }
    }

    /// <summary>Runs the built program itself, for verbs that read standard input.</summary>
    public static async Task<Said> Pipe(string input, params string[] words)
    {
        using var program = new Process
        {
            StartInfo = new("dotnet", [System.IO.Path.Combine(AppContext.BaseDirectory, "entente.dll"), .. words])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        program.Start();
        var (said, told) = (program.StandardOutput.ReadToEndAsync(), program.StandardError.ReadToEndAsync());
        await program.StandardInput.WriteAsync(input);
        program.StandardInput.Close();
        await program.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        return new(program.ExitCode, await said, await told);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
