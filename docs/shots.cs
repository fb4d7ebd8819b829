#:property PublishAot=false
#:property RestorePackagesWithLockFile=false
#:package Microsoft.Playwright
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

// Starts the program with the example in a new folder, signs in with each account that the sign-in page offers,
// follows every link, and takes one picture of each kind of page: light and dark, wide and narrow.

var program = Path.GetFullPath(args[0]);
var target = Directory.CreateDirectory(args is [_, var folder, ..] ? folder : "artifacts/shots").FullName;
var data = Directory.CreateTempSubdirectory("entente-shots-").FullName;
var address = $"http://127.0.0.1:{FreePort()}";
using var server = Process.Start(program, ["serve", "--example", "--data", data, "--urls", address]);
try
{
    await Ready(address);
    return await Take(address, target);
}
finally
{
    server.Kill(entireProcessTree: true);
    await server.WaitForExitAsync();
    Directory.Delete(data, recursive: true);
}

static async Task<int> Take(string address, string target)
{
    using var playwright = await Playwright.CreateAsync();
    await using var browser = await playwright.Chromium.LaunchAsync(new()
    {
        ExecutablePath = "/usr/bin/chromium",
        Args =
        [
            "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync",
        ],
    });
    var (taken, broken) = (new HashSet<string>(), 0);
    var visitors = new List<string?> { null };
    for (var turn = 0; turn < visitors.Count; turn++)
    {
        await using var context =
            await browser.NewContextAsync(new() { ViewportSize = new() { Width = 1440, Height = 900 } });
        var page = await context.NewPageAsync();
        await page.GotoAsync($"{address}/");
        if (visitors[turn] is { } account) await SignIn(page, account);
        else visitors.AddRange(await page.Locator("[data-account]")
            .EvaluateAllAsync<string[]>("all => all.map(one => one.dataset.account)"));
        broken += await Follow(page, address, target, taken, visitors[turn] ?? "visitor");
    }

    Console.WriteLine($"{taken.Count} pages, {4 * taken.Count} pictures in {target}, {broken} broken links");
    return broken == 0 && taken.Count > 0 ? 0 : 1;
}

static async Task SignIn(IPage page, string account)
{
    await page.Locator($"[data-account='{account}']").First.ClickAsync();
    await page.WaitForLoadStateAsync(LoadState.DOMContentLoaded);
}

static async Task<int> Follow(IPage page, string address, string target, HashSet<string> taken, string visitor)
{
    var (seen, broken) = (new HashSet<string>(), 0);
    var waiting = new Queue<string>([new Uri(page.Url).AbsolutePath, "/"]);
    while (waiting.TryDequeue(out var path))
    {
        // One picture of each kind of page: what differs only by an identifier is the same kind.
        var kind = Identifier().Replace(path.Trim('/'), "x").Replace('/', '-') is { Length: > 0 } name ? name : "home";
        if (!seen.Add(kind)) continue;
        IResponse? answer;
        try
        {
            answer = await page.GotoAsync(address + path);
        }
        catch (PlaywrightException file) when (file.Message.Contains("Download is starting", StringComparison.Ordinal))
        {
            continue; // A document to save is no page.
        }

        if (answer is not { Ok: true })
        {
            Console.WriteLine($"{visitor}: {path} answers {answer?.Status}");
            broken++;
            continue;
        }

        if (taken.Add(kind)) await Picture(page, Path.Combine(target, kind));
        var links = await page.Locator("a[href]")
            .EvaluateAllAsync<string[]>("all => all.filter(one => !one.hasAttribute('download')).map(one => one.href)");
        foreach (var link in links.Select(link => new Uri(link))
            .Where(link => link.GetLeftPart(UriPartial.Authority) == address))
            if (!Path.HasExtension(link.AbsolutePath) && !link.AbsolutePath.StartsWith("/api/", StringComparison.Ordinal)) waiting.Enqueue(link.AbsolutePath);
    }

    return broken;
}

static async Task Picture(IPage page, string file)
{
    foreach (var theme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
    {
        foreach (var width in (int[])[1440, 390])
        {
            await page.EmulateMediaAsync(new() { ColorScheme = theme });
            await page.SetViewportSizeAsync(width, 900);
            await page.ScreenshotAsync(new()
            {
                Path = $"{file}-{width}-{theme.ToString().ToLowerInvariant()}.png",
                FullPage = true
            });
        }
    }
}

static async Task Ready(string address)
{
    using var client = new HttpClient();
    client.DefaultRequestHeaders.Accept.ParseAdd("text/html");
    for (var clock = Stopwatch.StartNew(); clock.Elapsed < TimeSpan.FromMinutes(3); await Task.Delay(200))
    {
        try
        {
            if ((await client.GetAsync(address)).IsSuccessStatusCode) return;
        }
        catch (HttpRequestException)
        {
            // It does not listen yet.
        }
    }

    throw new TimeoutException("The server did not answer in three minutes.");
}

static int FreePort()
{
    using var listener = new TcpListener(IPAddress.Loopback, 0);
    listener.Start();
    return ((IPEndPoint)listener.LocalEndpoint).Port;
}

internal static partial class Program
{
    [GeneratedRegex("(?<=^|/)(?=[^/]*[0-9])[0-9a-zA-Z_-]{6,}(?=/|$)|(?<=/)[0-9]+(?=/|$)")]
    private static partial Regex Identifier();
}
