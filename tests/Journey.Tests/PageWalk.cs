using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Entente.Journey.Tests;

/// <summary>Follows every link of the example, as a visitor and from each seat, and stops at each kind of page
/// once.</summary>
/// <remarks>
/// Pages that differ only by an identifier are one kind; a seat that is offered other forms on it sees another page.
/// </remarks>
internal sealed partial class PageWalk(Chromium chromium, ExampleHouse example)
{
    private readonly HashSet<string> _met = [];

    /// <summary>Links that answer with a failure, each with who met it.</summary>
    public List<string> Broken { get; } = [];

    /// <param name="stop">Called on each kind of page with its name, while the browser shows it.</param>
    public async Task Walk(Func<IPage, string, Task> stop)
    {
        var visitor = await chromium.Visit(await example.Address());
        await visitor.Look("/");
        await Follow(visitor.Page, "visitor", stop);
        foreach (var account in await example.Accounts(chromium))
        {
            visitor = await example.SignIn(chromium, account);
            await Follow(visitor.Page, account, stop);
            await visitor.Page.Context.CloseAsync();
        }
    }

    private async Task Follow(IPage page, string who, Func<IPage, string, Task> stop)
    {
        var home = new Uri(page.Url);
        var seen = new HashSet<string>();
        var waiting = new Queue<string>([home.AbsolutePath, "/"]);
        while (waiting.TryDequeue(out var path))
        {
            var kind = Kind(path);
            if (!seen.Add(kind)) continue;
            if (await Open(page, path) is not { } answer) continue;
            if (!answer.Ok)
            {
                Broken.Add($"{who}: {path} answers {answer.Status}");
                continue;
            }

            if (!answer.Headers["content-type"].StartsWith("text/html", StringComparison.Ordinal)) continue;
            var forms = await page.Locator("main form")
                .EvaluateAllAsync<string[]>("all => all.map(one => one.getAttribute('action') ?? '')");
            if (_met.Add($"{kind} {string.Join(' ', forms.Select(Kind).Distinct().Order(StringComparer.Ordinal))}"))
                await stop(page, _met.Contains(kind) ? $"{kind}-{who.Split('_')[^1]}" : kind);
            _met.Add(kind);
            foreach (var link in await Links(page, home)) waiting.Enqueue(link);
        }
    }

    private static async Task<IResponse?> Open(IPage page, string path)
    {
        try
        {
            return await page.GotoAsync(path);
        }
        catch (PlaywrightException file) when (file.Message.Contains("Download is starting", StringComparison.Ordinal))
        {
            return null; // A document to save is no page.
        }
    }

    private static async Task<IEnumerable<string>> Links(IPage page, Uri home)
    {
        var links = await page.Locator("a[href]")
            .EvaluateAllAsync<string[]>("all => all.filter(one => !one.hasAttribute('download')).map(one => one.href)");
        return links.Select(link => new Uri(link))
            .Where(link => link.Authority == home.Authority && !Path.HasExtension(link.AbsolutePath)
                && !link.AbsolutePath.StartsWith("/api/", StringComparison.Ordinal))
            .Select(link => link.AbsolutePath);
    }

    private static string Kind(string path) =>
        Identifier().Replace(path.Trim('/'), "x").Replace('/', '-') is { Length: > 0 } kind ? kind : "home";

    [GeneratedRegex("(?<=^|/)(?=[^/]*[0-9])[0-9a-zA-Z_-]{6,}(?=/|$)|(?<=/)[a-z]?[0-9]+(?=/|$)"
        + "|(?<=/(services|spec-sheets|requirements|calendars)/)[a-z-]+|(?<=/[0-9]{4}-[0-9]{2}/)[a-z-]+")]
    private static partial Regex Identifier();
}
