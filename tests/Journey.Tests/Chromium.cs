using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Entente.Journey.Tests.Chromium))]

namespace Entente.Journey.Tests;

/// <summary>One Chromium for all tests of this project; each visitor gets fresh cookies and storage of their
/// own.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    internal IBrowser Browser => _browser ?? throw new InvalidOperationException("The browser did not start.");

    public async ValueTask InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = "/usr/bin/chromium",
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync",
            ],
        });
    }

    /// <param name="init">Script that runs on every page before the page's own.</param>
    internal async Task<Visitor> Visit(Uri address, bool withScript = true, string? init = null)
    {
        var context = await Browser.NewContextAsync(new()
        {
            BaseURL = address.ToString(),
            JavaScriptEnabled = withScript,
            ReducedMotion = ReducedMotion.Reduce,
        });
        if (init is not null) await context.AddInitScriptAsync(init);
        context.SetDefaultTimeout(30_000);
        return new(await context.NewPageAsync());
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
