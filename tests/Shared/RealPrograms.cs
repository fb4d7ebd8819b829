using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Entente.Tests.Shared;

/// <summary>Debian's own prometheus, victoria-metrics and postgresql, started for a test on 127.0.0.1 and gone with
/// it.</summary>
/// <remarks>
/// Each program lives under a small shell that waits for its standard input to close: when the test process ends,
/// however it ends, the shell stops the program by its id and removes its folder.
/// </remarks>
public static class RealPrograms
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly Lazy<RealServer> Cluster = new(StartCluster);
    private static int _databases;

    /// <summary>A fresh, empty database on a cluster that all tests of this process share.</summary>
    /// <returns>A connection string for Npgsql, as the owner of the whole cluster.</returns>
    public static string Postgres()
    {
        var port = Cluster.Value.Port;
        var name = $"test_{Interlocked.Increment(ref _databases)}";
        Run(Binary("createdb"), ["-h", "127.0.0.1", "-p", $"{port}", "-U", "entente", name]);
        return $"Host=127.0.0.1;Port={port};Username=entente;Database={name}";
    }

    /// <summary>A Prometheus server; <paramref name="prepare"/> may lay blocks into its data folder before it
    /// starts.</summary>
    public static RealServer Prometheus(Action<string>? prepare = null)
    {
        var program = Find("prometheus", "prometheus");
        var (folder, port) = (NewFolder(), FreePort());
        var (data, config) = (Path.Combine(folder, "data"), Path.Combine(folder, "prometheus.yml"));
        Directory.CreateDirectory(data);
        File.WriteAllText(config, "global: { evaluation_interval: 15s }\n");
        prepare?.Invoke(data);
        return Start(folder, port, "/-/ready",
        [
            program, $"--config.file={config}", $"--storage.tsdb.path={data}", "--storage.tsdb.retention.time=9999d",
            $"--web.listen-address=127.0.0.1:{port}", "--log.level=error",
        ]);
    }

    /// <summary>A VictoriaMetrics server that keeps a century of samples; call <c>/internal/force_flush</c> after
    /// writing.</summary>
    public static RealServer VictoriaMetrics()
    {
        var program = Find("victoria-metrics", "victoria-metrics");
        var (folder, port) = (NewFolder(), FreePort());
        return Start(folder, port, "/health",
        [
            program, $"-storageDataPath={folder}/data", $"-httpListenAddr=127.0.0.1:{port}", "-retentionPeriod=100y",
            "-loggerLevel=ERROR", "-memory.allowedBytes=256MB", "-search.disableCache",
        ]);
    }

    /// <summary>Runs promtool to its end; the exit code and all it wrote.</summary>
    public static (int ExitCode, string Text) Promtool(params string[] arguments) =>
        Execute(Find("promtool", "prometheus"), arguments);

    /// <summary>
    /// Runs a script of SQL on a database of <see cref="Postgres"/>; rows as lines, columns apart by <c>|</c>.
    /// </summary>
    public static string[] Psql(string connection, string sql)
    {
        var words = connection.Split(';').Select(part => part.Split('='))
            .ToDictionary(part => part[0], part => part[1]);
        var script = Path.GetTempFileName();
        File.WriteAllText(script, sql);
        try
        {
            var (code, text) = Execute(Binary("psql"),
                ["-h", words["Host"], "-p", words["Port"], "-U", words["Username"], "-d", words["Database"],
                 "-v", "ON_ERROR_STOP=1", "-qAt", "-f", script]);
            return code == 0 ? text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                : throw new InvalidOperationException(text);
        }
        finally
        {
            File.Delete(script);
        }
    }

    /// <summary>A temporary folder that the caller removes.</summary>
    public static string NewFolder() => Directory.CreateTempSubdirectory("entente-test-").FullName;

    private static RealServer StartCluster()
    {
        var (folder, port) = (NewFolder(), FreePort());
        var data = Path.Combine(folder, "data");
        // The server refuses to run as root: a folder open to all lets the unprivileged user make its own inside.
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder, (UnixFileMode)0b111_111_111);
        string[] user = Environment.UserName == "root"
            ? [Find("setpriv", "util-linux"), "--reuid=postgres", "--regid=postgres", "--init-groups"]
            : [];
        string[] make =
        [
            .. user, Binary("initdb"), "-D", data, "-U", "entente", "-A", "trust", "-E", "UTF8", "--locale=C",
                "--no-sync",
        ];
        Run(make[0], make[1..]);
        return Start(folder, port, readyPath: null,
        [
            .. user, Binary("postgres"), "-D", data, "-p", $"{port}", "-c", "listen_addresses=127.0.0.1",
            "-c", "unix_socket_directories=", "-c", "fsync=off", "-c", "full_page_writes=off", "-c",
                "max_connections=200",
        ]);
    }

    private static RealServer Start(string folder, int port, string? readyPath, string[] command)
    {
        var log = Path.Combine(folder, "log");
        const string keeper = """
            folder=$1; log=$2; shift 2
            cd /
            "$@" >"$log" 2>&1 &
            program=$!
            read -r ignored
            kill -INT "$program" 2>/dev/null; wait "$program"; rm -rf "$folder"
            """;
        var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", keeper, "keeper", folder, log, .. command])
        {
            RedirectStandardInput = true,
        })!;
        var server = new RealServer(shell, port, folder);
        var clock = Stopwatch.StartNew();
        while (!Answers(port, readyPath))
        {
            if (clock.Elapsed > Patience)
            {
                var said = File.Exists(log) ? File.ReadAllText(log) : "";
                server.Dispose();
                throw new InvalidOperationException(
                    $"{string.Join(' ', command)} did not answer in {Patience}: {said}");
            }

            Thread.Sleep(50);
        }

        return server;
    }

    private static bool Answers(int port, string? path)
    {
        try
        {
            if (path is null)
                return Execute(Binary("pg_isready"), ["-q", "-h", "127.0.0.1", "-p", $"{port}"]).ExitCode == 0;
            using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
            return client.GetAsync($"http://127.0.0.1:{port}{path}").GetAwaiter().GetResult().IsSuccessStatusCode;
        }
        catch (Exception notYet) when (notYet is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    private static void Run(string program, string[] arguments)
    {
        var (code, text) = Execute(program, arguments);
        if (code != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {code}: {text}");
    }

    private static (int ExitCode, string Text) Execute(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        var text = process.StandardOutput.ReadToEnd() + errors.GetAwaiter().GetResult();
        if (!process.WaitForExit(TimeSpan.FromMinutes(2)))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} ran longer than two minutes.");
        }

        return (process.ExitCode, text);
    }

    private static string Binary(string name)
    {
        var place = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql")
                .OrderByDescending(folder => int.Parse(Path.GetFileName(folder)))
                .Select(folder => Path.Combine(folder, "bin", name)).FirstOrDefault(File.Exists)
            : null;
        return place ?? Find(name, "postgresql");
    }

    private static string Find(string program, string package) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
            .Concat(["/usr/bin", "/usr/local/bin", "/usr/sbin"])
            .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists)
        ?? throw new FileNotFoundException(
            $"This test needs the real program '{program}'. Install it as root: apt-get install -y {package}");

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

/// <summary>A running program of <see cref="RealPrograms"/>; disposing stops it and removes its folder.</summary>
public sealed class RealServer(Process keeper, int port, string folder) : IDisposable
{
    public int Port { get; } = port;

    public string Folder { get; } = folder;

    public Uri Address { get; } = new($"http://127.0.0.1:{port}/");

    public void Dispose()
    {
        keeper.StandardInput.Close();
        if (!keeper.WaitForExit(TimeSpan.FromSeconds(10))) keeper.Kill(entireProcessTree: true);
        keeper.Dispose();
    }
}
