using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Entente.Journey.Tests;

/// <summary>Follows every link of the example, as a visitor and from each seat, and stops at each kind of page
/// once.</summary>
/// <remarks>
/// Pages that differ only by an identifier are one kind; a seat that is offered other forms on it sees another page.
/// Links are followed in what the server sends, since pages work without script; the browser shows only where to stop.
/// </remarks>
internal sealed partial class PageWalk(Chromium chromium, ExampleHouse example)
{
    private const string Visitor = "visitor";

    /// <summary>Fetches a page as the one who stands on this one, and says what is on it.</summary>
    private const string Fetch =
        """
        async path => {
            const answer = await fetch(path, { headers: { Accept: "text/html" } });
            const isPage = answer.ok && answer.headers.get("content-type").startsWith("text/html");
            const page = new DOMParser().parseFromString(isPage ? await answer.text() : "", "text/html");
            const all = (of, what) => [...page.querySelectorAll(of)].map(what);
            return {
                status: answer.status,
                isPage,
                forms: all("main form", one => one.getAttribute("action") ?? ""),
                links: all("a[href]:not([download])", one => new URL(one.getAttribute("href"), answer.url).href),
            };
        }
        """;

    private readonly HashSet<string> _met = [];
    private readonly List<Stop> _stops = [];

    /// <summary>Links that answer with a failure, each with who met it.</summary>
    public List<string> Broken { get; } = [];

    /// <param name="stop">Called on each kind of page with its name, while the browser shows it.</param>
    /// <param name="lanes">How many pages are shown at the same time.</param>
    public async Task Walk(Func<IPage, string, Task> stop, int lanes)
    {
        foreach (var account in (string[])[Visitor, .. await example.Accounts(chromium)])
        {
            var visitor = await Enter(account);
            await Follow(visitor.Page, account);
            await visitor.Page.Context.CloseAsync();
        }

        await Task.WhenAll(Enumerable.Range(0, lanes).Select(async lane =>
        {
            foreach (var mine in _stops.Where((_, at) => at % lanes == lane).GroupBy(one => one.Who))
            {
                var visitor = await Enter(mine.Key);
                foreach (var (_, path, name) in mine)
                {
                    await visitor.Look(path);
                    await visitor.Page.WaitForLoadStateAsync();
                    await stop(visitor.Page, name);
                }

                await visitor.Page.Context.CloseAsync();
            }
        }));
    }

    private async Task<Visitor> Enter(string account)
    {
        if (account != Visitor) return await example.SignIn(chromium, account);
        var visitor = await chromium.Visit(await example.Address());
        await visitor.Look("/");
        return visitor;
    }

    private async Task Follow(IPage page, string who)
    {
        var home = new Uri(page.Url);
        var seen = new HashSet<string>();
        var waiting = new Queue<string>([home.AbsolutePath, "/"]);
        while (waiting.TryDequeue(out var path))
        {
            var kind = Kind(path);
            if (!seen.Add(kind)) continue;
            var answer = await page.EvaluateAsync<Answer>(Fetch, path);
            if (answer.Status >= 400) Broken.Add($"{who}: {path} answers {answer.Status}");
            if (!answer.IsPage) continue;
            var forms = answer.Forms.Select(Kind).Distinct().Order(StringComparer.Ordinal);
            if (_met.Add($"{kind} {string.Join(' ', forms)}"))
                _stops.Add(new(who, path, _met.Contains(kind) ? $"{kind}-{who.Split('_')[^1]}" : kind));
            _met.Add(kind);
            foreach (var link in Links(answer.Links, home)) waiting.Enqueue(link);
        }
    }

    private static IEnumerable<string> Links(IEnumerable<string> links, Uri home) => links.Select(link => new Uri(link))
        .Where(link => link.Authority == home.Authority && !Path.HasExtension(link.AbsolutePath)
            && !link.AbsolutePath.StartsWith("/api/", StringComparison.Ordinal))
        .Select(link => link.AbsolutePath);

    private static string Kind(string path) =>
        Identifier().Replace(path.Trim('/'), "x").Replace('/', '-') is { Length: > 0 } kind ? kind : "home";

    [GeneratedRegex("(?<=^|/)(?=[^/]*[0-9])[0-9a-zA-Z_-]{6,}(?=/|$)|(?<=/)[a-z]?[0-9]+(?=/|$)"
        + "|(?<=/(services|spec-sheets|requirements|calendars|items/[a-z]+)/)[a-z-]+|(?<=/[0-9]{4}-[0-9]{2}/)[a-z-]+")]
    private static partial Regex Identifier();

    private sealed record Stop(string Who, string Path, string Name);

    private sealed class Answer
    {
        public int Status { get; set; }

        public bool IsPage { get; set; }

        public string[] Forms { get; set; } = [];

        public string[] Links { get; set; } = [];
    }
}
