using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Entente.Bench;

/// <summary>Cold start of the published program to its first page, and what it holds in memory when nobody
/// asks.</summary>
/// <remarks>
/// Publishes, then starts the program on a new data folder and again on the filled one, median of each; the file cache
/// of the system is warm, as it is after any installation.
/// </remarks>
internal static class StartBench
{
    public static async Task<int> Run(string[] arguments)
    {
        var rounds = arguments is [var count, ..] ? int.Parse(count, CultureInfo.InvariantCulture) : 5;
        var folder = Directory.CreateTempSubdirectory("entente-bench-").FullName;
        try
        {
            var publish = Process.Start("dotnet", ["publish", "src/Entente.Cli", "-v", "q", "-o", $"{folder}/program"]);
            await publish.WaitForExitAsync();
            if (publish.ExitCode != 0) return publish.ExitCode;
            var program = $"{folder}/program/entente";
            Console.WriteLine($"program       {new FileInfo(program).Length / 1e6,8:0.0} MB");
            Report("help", [.. Enumerable.Range(0, rounds).Select(_ => Help(program))], "s");

            var (first, again, memory) = (new List<double>(), new List<double>(), new List<double>());
            for (var round = 0; round < rounds; round++)
            {
                var data = $"{folder}/data{round}";
                first.Add((await Start(program, data)).Seconds);
                var (seconds, megabytes) = await Start(program, data);
                again.Add(seconds);
                memory.Add(megabytes);
            }

            Report("first page, new data", first, "s");
            Report("first page, again", again, "s");
            Report("idle memory", memory, "MB");
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static double Help(string program)
    {
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(new ProcessStartInfo(program, ["--help"]) { RedirectStandardOutput = true })!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return clock.Elapsed.TotalSeconds;
    }

    private static async Task<(double Seconds, double Megabytes)> Start(string program, string data)
    {
        var address = $"http://127.0.0.1:{FreePort()}";
        var clock = Stopwatch.StartNew();
        var start = new ProcessStartInfo(program, ["serve", "--data", data, "--urls", address])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            using var client = new HttpClient();
            client.DefaultRequestHeaders.Accept.ParseAdd(
                "text/html"); // As a browser asks: the sign-in page, not a 401.
            while (!await Answers(client, address))
            {
                if (process.HasExited || clock.Elapsed.TotalSeconds > 60)
                    throw new InvalidOperationException("The server did not come up.");
                await Task.Delay(5);
            }

            var seconds = clock.Elapsed.TotalSeconds;
            await Task.Delay(TimeSpan.FromSeconds(10));
            process.Refresh();
            return (seconds, process.WorkingSet64 / 1e6);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }
    }

    private static async Task<bool> Answers(HttpClient client, string address)
    {
        try
        {
            var page = await client.GetAsync(address);
            await page.Content.ReadAsByteArrayAsync();
            return page.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static void Report(string what, List<double> values, string unit)
    {
        values.Sort();
        Console.WriteLine(
            $"{what,-22} median {values[values.Count / 2],7:0.00} {unit}   {values[0]:0.00} to {values[^1]:0.00}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
