using System.Diagnostics;

namespace Entente.Server.Agreements;

/// <summary>Prints a page to PDF with a headless Chromium, where one is installed.</summary>
public static class Printer
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);
    private static readonly string[] _names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable",
        "msedge"];

    private static readonly string[] _arguments =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
            "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--no-pdf-header-footer",
    ];

    /// <summary>The PDF, or why there is none.</summary>
    public static async Task<Decision<byte[]>> Print(string html, CancellationToken cancel)
    {
        if (Find() is not { } browser)
        {
            return new Refusal("pdf.no_browser",
                "No Chromium is installed beside the server: install the package 'chromium', or print the page from "
                    + "your browser.");
        }

        var folder = Directory.CreateTempSubdirectory("entente-print-");
        try
        {
            var (page, pdf) = (Path.Combine(folder.FullName, "page.html"), Path.Combine(folder.FullName, "page.pdf"));
            await File.WriteAllTextAsync(page, html, cancel);
            return await Run(browser, folder.FullName, page, pdf, cancel) && File.Exists(pdf)
                ? new[] { await File.ReadAllBytesAsync(pdf, cancel) }
                : new Refusal("pdf.failed", "Chromium did not print the page in time; print it from your browser.");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<bool> Run(string browser, string folder, string page, string pdf,
        CancellationToken cancel)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        ends.CancelAfter(_patience);
        var start = new ProcessStartInfo(browser) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in _arguments) start.ArgumentList.Add(argument);
        start.ArgumentList.Add($"--user-data-dir={Path.Combine(folder, "profile")}");
        start.ArgumentList.Add($"--print-to-pdf={pdf}");
        start.ArgumentList.Add(new Uri(page).AbsoluteUri);
        using var process = Process.Start(start)!;
        try
        {
            await Task.WhenAll(process.StandardOutput.ReadToEndAsync(ends.Token),
                process.StandardError.ReadToEndAsync(ends.Token));
            await process.WaitForExitAsync(ends.Token);
            return process.ExitCode == 0;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            return false;
        }
    }

    private static string? Find() => Environment.GetEnvironmentVariable("ENTENTE_CHROMIUM") is { Length: > 0 } named
        ? named
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(folder => _names.Select(name => Path.Combine(
                folder, OperatingSystem.IsWindows() ? $"{name}.exe" : name)))
            .FirstOrDefault(File.Exists);
}
