using System.Collections.Concurrent;
using Entente.Tests.Shared;
using Microsoft.Playwright;

namespace Entente.Journey.Tests;

/// <summary>What holds on every page of the example, whoever looks, light and dark, wide and narrow.</summary>
/// <remarks>With <c>SHOTS</c> set to a folder (<c>./dev.cs shots</c>) the walk takes pictures instead: each whole page
/// in the four ways, and its first screen for the guide.</remarks>
public sealed class EveryPageTests(Chromium chromium, ExampleHouse example)
{
    private static readonly string? _shots = Environment.GetEnvironmentVariable("SHOTS");

    /// <summary>Each page in four ways; colours do not change with the width, nor shapes with the theme.</summary>
    private static readonly (int Width, ColorScheme Theme, string? Part)[] _ways =
    [
        (1440, ColorScheme.Light, "all"), (1440, ColorScheme.Dark, "colour"), (390, ColorScheme.Light, "shape"),
        (390, ColorScheme.Dark, null),
    ];

    /// <summary>Rules that a machine can check: all of axe-core's default ones on the wide light page, those of colour
    /// again in the dark, those of shape again on the narrow page.</summary>
    private const string Check =
        """
        async only => (await axe.run(document, {
            resultTypes: ["violations"], selectors: false, preload: false,
            ...(only === "colour" ? { runOnly: ["color-contrast", "link-in-text-block"] } : {}),
            ...(only === "shape" ? { rules: { "color-contrast": { enabled: false } } } : {}),
        })).violations.flatMap(rule =>
            rule.nodes.map(node => `${rule.id}: ${node.html.slice(0, 160)} ${node.failureSummary.slice(0, 240)}`))
        """;

    /// <summary>Nothing fades, so that no colour is read halfway between two themes.</summary>
    private const string Still = "*, ::before, ::after { transition: none !important; animation: none !important }";

    private const string HasTheme =
        """
        theme => [theme, undefined].includes(document.documentElement.dataset.bsTheme)
            && new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(() => drawn(true))))
        """;

    [Fact]
    public async Task Every_page_passes_axe_and_fits_its_screen()
    {
        var walk = new PageWalk(chromium, example);
        var (faults, pages) = (new ConcurrentBag<string>(), 0);
        var axe = await File.ReadAllTextAsync(Path.Combine(SharedData.Root, "node_modules/axe-core/axe.min.js"));
        await walk.Walk(async (page, kind) =>
        {
            Interlocked.Increment(ref pages);
            await page.AddStyleTagAsync(new() { Content = Still });
            if (_shots is null) await page.EvaluateAsync(axe);
            foreach (var (width, theme, part) in _ways)
            {
                if (_shots is null && part is null) continue;
                var name = theme.ToString().ToLowerInvariant();
                await page.SetViewportSizeAsync(width, 900);
                await page.EmulateMediaAsync(new() { ColorScheme = theme });
                await page.WaitForFunctionAsync(HasTheme, name);
                var view = $"{kind}-{width}-{name}";
                if (_shots is not null)
                {
                    await Picture(page, view);
                    continue;
                }

                foreach (var fault in await page.EvaluateAsync<string[]>(Check, part)) faults.Add($"{view}: {fault}");
                var broad = await page.EvaluateAsync<int>("document.documentElement.scrollWidth");
                if (broad > width) faults.Add($"{view} is {broad} px broad");
            }

            await page.SetViewportSizeAsync(1440, 900);
            await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
            if (_shots is not null) await Picture(page, $"{kind}-screen", isWhole: false);
        }, lanes: _shots is null ? 2 : 1);
        TestContext.Current.TestOutputHelper?.WriteLine($"{pages} pages");
        walk.Broken.ShouldBeEmpty(string.Join('\n', walk.Broken));
        faults.ShouldBeEmpty(string.Join('\n', faults.Order(StringComparer.Ordinal)));
        pages.ShouldBeGreaterThan(60);
    }

    private static Task Picture(IPage page, string view, bool isWhole = true) => page.ScreenshotAsync(new()
    {
        Path = Path.Combine(_shots!, $"{view}.png"),
        FullPage = isWhole,
    });
}
