#!/usr/bin/env -S sh -c 'exec dotnet run --file "$0" -- "$@"'
#:property PublishAot=false
#:property RestorePackagesWithLockFile=false
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Xml.Linq;

// The one script of the workshop. Continuous integration calls `check`; nothing else is needed by anyone.

const string Usage = """
    ./dev.cs run [arguments of serve]   build and start Entente with the example engagement
    ./dev.cs test [filter]              run every test, one project (House) or what has the filter in its name
    ./dev.cs check                      what continuous integration runs: format, warnings as errors, test
    ./dev.cs bench [name] [arguments]   measure speed; without a name, list what can be measured
    ./dev.cs shots [folder]             pictures of every page, light and dark, wide and narrow (artifacts/shots)
    """;

Directory.SetCurrentDirectory(Root());
// Background build processes would hold on to the output that continuous integration waits for.
Environment.SetEnvironmentVariable("MSBUILDDISABLENODEREUSE", "1");
Environment.SetEnvironmentVariable("DOTNET_NOLOGO", "1");
Environment.SetEnvironmentVariable("DOTNET_CLI_TELEMETRY_OPTOUT", "1");
Console.CancelKeyPress += (_, stop) => stop.Cancel = true; // The program in front ends itself, then we do.

return args switch
{
    ["run", .. var rest] =>
        Build("src/Entente.Cli")
            ? Start("src/Entente.Cli/bin/Debug/net10.0/entente", ["serve", "--example", .. rest])
            : 1,
    ["test"] => await Test(null),
    ["test", var filter] => await Test(filter),
    ["check"] => await Check(),
    ["bench", .. var rest] =>
        Need(Npm) ? Start("dotnet", ["run", "-c", "Release", "--project", "bench/Entente.Bench", "--", .. rest]) : 1,
    ["shots"] => Shots("artifacts/shots"),
    ["shots", var folder] => Shots(folder),
    _ => Explain(),
};

static int Explain()
{
    Console.Error.WriteLine(Usage);
    return 2;
}

static async Task<int> Check()
{
    Environment.SetEnvironmentVariable("Check", "true"); // Builds with every analyzer; see Directory.Build.props.
    var isTidy = Step("format", () =>
        Start("dotnet",
            ["format", "whitespace", "--folder", "--verify-no-changes", "--exclude", "node_modules",
                "artifacts"]) == 0);
    return await Test(null, isTidy ? 0 : 1);
}

static async Task<int> Test(string? filter, int failedBefore = 0)
{
    if (!Need(Npm, Postgres, Prometheus, VictoriaMetrics, Alertmanager, Chromium)) return Verdict(0, failedBefore + 1);
    if (!Step("build", () => Build("Entente.slnx", "-m"))) return Verdict(0, failedBefore + 1);

    var projects = Directory.GetDirectories("tests", "*.Tests").Select(Path.GetFileName).OfType<string>().ToArray();
    var named = projects.Where(name => filter is not null && (name == filter || name == $"{filter}.Tests")).ToArray();
    if (named is not []) (projects, filter) = (named, null);

    var results = "artifacts/test";
    Directory.CreateDirectory(results);
    var suites = new List<Suite>();
    var longestFirst = projects.OrderByDescending(name => Suite.Seconds($"{results}/{name}.xml")).ToArray();
    foreach (var old in Directory.GetFiles(results)) File.Delete(old);
    await Parallel.ForEachAsync(longestFirst, new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (name, _) =>
    {
        var suite = await Run(name, filter, results);
        lock (suites) suites.Add(suite);
        if (filter is null || suite.Passed + suite.Failed > 0) Console.WriteLine(suite.Summary);
    });

    foreach (var failure in suites.SelectMany(suite => suite.Failures)) Console.WriteLine($"\n{failure}");
    Console.WriteLine();
    if (suites.Sum(suite => suite.Passed + suite.Failed) == 0)
        Console.WriteLine($"No test has a name with '{filter}'.");
    return Verdict(suites.Sum(suite => suite.Passed), failedBefore + suites.Sum(suite => suite.Failed));
}

// The test that walks every page takes its pictures as well.
static int Shots(string folder)
{
    if (!Need(Npm, Chromium) || !Build("tests/Journey.Tests")) return 1;
    Environment.SetEnvironmentVariable("SHOTS", Directory.CreateDirectory(folder).FullName);
    return Start("tests/Journey.Tests/bin/Debug/net10.0/Journey.Tests",
        ["-method", "*Every_page*", "-noColor", "-noLogo"]);
}

static int Verdict(int passed, int failed)
{
    Console.WriteLine($"{passed} passed, {failed} failed");
    return passed > 0 && failed == 0 ? 0 : 1;
}

static async Task<Suite> Run(string name, string? filter, string results)
{
    var (xml, log) = ($"{results}/{name}.xml", $"{results}/{name}.log");
    string[] only = filter is null ? [] : ["-method", $"*{filter}*"];
    var start = new ProcessStartInfo($"tests/{name}/bin/Debug/net10.0/{name}",
        ["-xml", xml, "-noColor", "-noLogo", "-failSkips", .. only])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    };
    using var process = Process.Start(start)!;
    process.StandardInput.Close();
    using var writer = File.CreateText(log);
    process.OutputDataReceived += (_, line) => { lock (writer) writer.WriteLine(line.Data); };
    process.ErrorDataReceived += (_, line) => { lock (writer) writer.WriteLine(line.Data); };
    process.BeginOutputReadLine();
    process.BeginErrorReadLine();
    using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(15));
    try
    {
        await process.WaitForExitAsync(patience.Token);
    }
    catch (OperationCanceledException)
    {
        process.Kill(entireProcessTree: true);
        return Suite.Broken(name, $"still ran after 15 minutes; its output is in {log}");
    }

    lock (writer) writer.Flush();
    return Suite.Read(name, xml, process.ExitCode, log);
}

static bool Build(string project, params string[] more) =>
    Need(Npm)
    && Quietly("dotnet", ["restore", project, "--locked-mode", "-v", "q"])
    && Quietly("dotnet", ["build", project, "--no-restore", "-v", "q", "-clp:ErrorsOnly", .. more]);

static bool Step(string name, Func<bool> step)
{
    var clock = Stopwatch.StartNew();
    var isGood = step();
    Console.WriteLine($"{name,-30} {(isGood ? "good" : "FAILED"),-24} {clock.Elapsed.TotalSeconds,6:0.0} s");
    return isGood;
}

static int Start(string program, string[] arguments)
{
    using var process = Process.Start(new ProcessStartInfo(program, arguments))!;
    using var stop = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
    {
        signal.Cancel = true;
        Process.Start("kill", ["-TERM", $"{process.Id}"]).WaitForExit();
    });
    process.WaitForExit();
    return process.ExitCode;
}

/// <summary>Sees to it that programs are there: installed from Debian's packages by root, else named with the command
/// to run.</summary>
static bool Need(params (string Program, string Package)[] needs)
{
    var packages = needs.Where(need => !IsThere(need.Program)).Select(need => need.Package).Distinct().ToArray();
    if (packages is []) return true;
    if (Environment.UserName != "root" || !IsThere("apt-get"))
    {
        Console.Error.WriteLine(
            $"Missing: {string.Join(", ", packages)}. On Debian: sudo apt-get install {string.Join(' ', packages)}");
        return false;
    }

    Console.WriteLine($"Installing {string.Join(", ", packages)} ...");
    Environment.SetEnvironmentVariable("DEBIAN_FRONTEND", "noninteractive");
    const string policy = "/usr/sbin/policy-rc.d";
    var isOurs = !File.Exists(policy);
    if (isOurs)
    {
        // 101 forbids: tests start these servers themselves, no service may start with the installation.
        File.WriteAllText(policy, "#!/bin/sh\nexit 101\n");
        Quietly("chmod", ["755", policy]);
    }

    try
    {
        string[] options = ["-qq", "-o", "DPkg::Lock::Timeout=300", "-o", "Dpkg::Use-Pty=0"];
        return Quietly("apt-get", [.. options, "update"])
            && Quietly("apt-get", [.. options, "install", "-y", "--no-install-recommends", .. packages]);
    }
    finally
    {
        if (isOurs) File.Delete(policy);
    }
}

static bool Quietly(string program, string[] arguments)
{
    var start = new ProcessStartInfo(program, arguments)
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    };
    using var process = Process.Start(start)!;
    process.StandardInput.Close();
    var errors = process.StandardError.ReadToEndAsync();
    var said = process.StandardOutput.ReadToEnd();
    process.WaitForExit();
    if (process.ExitCode != 0) Console.Error.WriteLine(said + errors.Result);
    return process.ExitCode == 0;
}

static bool IsThere(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
    .Concat(Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => $"{version}/bin")
        : [])
    .Any(folder => File.Exists(Path.Combine(folder, program)) || File.Exists(Path.Combine(folder, $"{program}.exe")));

static string Root()
{
    var folder = new DirectoryInfo(Path.GetDirectoryName((string?)AppContext.GetData("EntryPointFilePath")) ?? ".");
    while (!File.Exists(Path.Combine(folder.FullName, "Entente.slnx")))
        folder = folder.Parent ?? throw new DirectoryNotFoundException("dev.cs runs outside a checkout of Entente.");
    return folder.FullName;
}

/// <summary>What one test program found, read from the file it wrote.</summary>
internal sealed record Suite(string Name, int Passed, string[] Failures, double Time)
{
    public int Failed => Failures.Length;

    public string Summary => $"{Name,-30} {$"{Passed} passed, {Failed} failed",-24} {Time,6:0.0} s";

    public static Suite Broken(string name, string why) => new(name, 0, [$"{name}: {why}"], 0);

    public static double Seconds(string xml) =>
        File.Exists(xml)
            ? XDocument.Load(xml).Descendants("assembly").Sum(one => (double)one.Attribute("time")!)
            : double.MaxValue;

    public static Suite Read(string name, string xml, int exitCode, string log)
    {
        if (!File.Exists(xml)) return Broken(name, $"ended with {exitCode} and no results:\n{File.ReadAllText(log)}");
        var document = XDocument.Load(xml);
        string[] failures =
        [
            .. document.Descendants("test").Where(test => (string?)test.Attribute("result") is not "Pass")
                .Select(Describe),
            .. document.Descendants("error")
                .Select(error => $"{name}: {(string?)error.Element("failure")?.Element("message")}"),
        ];
        if (exitCode != 0 && failures is [])
            failures = [$"{name}: ended with {exitCode} though no test failed; its output is in {log}"];
        var passed = document.Descendants("test").Count(test => (string?)test.Attribute("result") is "Pass");
        return new(name, passed, failures, Seconds(xml));
    }

    private static string Describe(XElement test) => $"""
        {(string?)test.Attribute("result")}: {(string?)test.Attribute("name")}
        {((string?)test.Element("failure")?.Element("message") ?? (string?)test.Element("reason"))?.Trim()}
        {((string?)test.Element("failure")?.Element("stack-trace"))?.Trim()}
        {((string?)test.Element("output"))?.Trim()}
        """.Trim();
}

internal static partial class Program
{
    private static readonly (string Program, string Package) Npm = ("npm", "npm");
    private static readonly (string Program, string Package) Postgres = ("initdb", "postgresql");
    private static readonly (string Program, string Package) Prometheus = ("promtool", "prometheus");
    private static readonly (string Program, string Package) VictoriaMetrics = ("victoria-metrics", "victoria-metrics");
    private static readonly (string Program, string Package) Alertmanager =
        ("prometheus-alertmanager", "prometheus-alertmanager");
    private static readonly (string Program, string Package) Chromium = ("chromium", "chromium");
}
