using Microsoft.Playwright;

namespace Entente.Journey.Tests;

/// <summary>Somebody at a browser: looks at pages, opens what is folded, fills forms and presses their
/// buttons.</summary>
internal sealed class Visitor(IPage page)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public IPage Page => page;

    public string Path => new Uri(page.Url).AbsolutePath;

    public async Task Look(string path)
    {
        var answer = await Arrive(() =>
            page.GotoAsync(path, new() { WaitUntil = WaitUntilState.DOMContentLoaded }));
        answer!.Status.ShouldBe(200, path);
    }

    /// <summary>Presses something that leads to another page.</summary>
    public async Task Press(string selector) => (await Follow(page.Locator(selector).First)).ShouldBe(200, selector);

    public Task<string> Read() => page.Locator("main").InnerTextAsync();

    /// <summary>Fills the form on this page that posts to an address with this ending, and sends it.</summary>
    /// <param name="press">The value of the button to press, where there are several.</param>
    public async Task Submit(string action, Dictionary<string, string>? fields = null, string? press = null)
    {
        var (status, alert) = await Send(Form(action), fields, press);
        status.ShouldBe(200, $"{action}: {alert}");
    }

    /// <summary>Sends a form that may be refused, and answers with what the server said.</summary>
    public async Task<int> TrySubmit(string action) => (await Send(Form(action), fields: null, press: null)).Status;

    /// <summary>The sentence with which the form is refused.</summary>
    public async Task<string> SubmitRefused(string action, Dictionary<string, string>? fields = null)
    {
        var (status, alert) = await Send(Form(action), fields, press: null);
        status.ShouldBe(422, action);
        return alert;
    }

    /// <summary>Fills and sends the form that posts to the address of its own page.</summary>
    public async Task SubmitHere(Dictionary<string, string> fields)
    {
        var (status, alert) = await Send(page.Locator("main form").First, fields, press: null);
        status.ShouldBe(200, alert);
    }

    public async Task Upload(string action, string name, string text)
    {
        await Form(action).Locator("input[type=file]").SetInputFilesAsync(new FilePayload
        {
            Name = name,
            MimeType = "text/csv",
            Buffer = System.Text.Encoding.UTF8.GetBytes(text),
        });
        await Submit(action);
    }

    private ILocator Form(string action) => page.Locator($"form[action$='{action}']").First;

    private async Task<(int Status, string Alert)> Send(
        ILocator form, Dictionary<string, string>? fields, string? press)
    {
        await Unfold(form);
        foreach (var (name, value) in fields ?? []) await Fill(form.Locator($"[name='{name}']").First, value);
        var button = press is null ? form.Locator("button").First : form.Locator($"button[value='{press}']");
        var status = await Follow(button);
        var alert = page.Locator("[role=alert]");
        return (status, await alert.CountAsync() > 0 ? await alert.First.InnerTextAsync() : "");
    }

    private static async Task Fill(ILocator field, string value)
    {
        await Unfold(field);
        var kind = await field.EvaluateAsync<string>("one => one.tagName === 'INPUT' ? one.type : one.tagName");
        if (kind == "SELECT") await field.SelectOptionAsync(value);
        else if (kind == "checkbox") await field.CheckAsync();
        else await field.FillAsync(value);
    }

    /// <summary>Opens every folded part around an element, the outermost first, as a reader would.</summary>
    private static async Task Unfold(ILocator one)
    {
        await one.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        var folded = one.Locator("xpath=ancestor::details[not(@open)]/summary");
        while (await folded.CountAsync() > 0) await folded.First.ClickAsync();
    }

    /// <summary>Presses what leads to another page, and waits until that page is there.</summary>
    private async Task<int> Follow(ILocator button)
    {
        var answer = await Arrive(() => page.RunAndWaitForResponseAsync(
            () => button.ClickAsync(),
            response => response.Request.IsNavigationRequest && response.Status is < 300 or >= 400));
        // Under load the browser tells late of the page before, and now and then not at all that a page was read; so the
        // page itself is asked.
        var (address, until) = (answer.Url.Split('#')[0], DateTime.UtcNow + Patience);
        while (!await IsRead(address) && DateTime.UtcNow < until) await Task.Delay(20);
        return answer.Status;
    }

    private async Task<bool> IsRead(string address)
    {
        try
        {
            return await page.EvaluateAsync<string>("document.readyState === 'loading' ? '' : location.href.split('#')[0]") == address;
        }
        catch (PlaywrightException)
        {
            return false; // One page is just giving way to the next.
        }
    }

    /// <summary>Goes somewhere and waits until the new page has taken the place of the old one.</summary>
    private async Task<T> Arrive<T>(Func<Task<T>> go)
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Take(object? _, IFrame frame)
        {
            if (frame == page.MainFrame) arrived.TrySetResult();
        }

        page.FrameNavigated += Take;
        try
        {
            var answer = await go();
            await arrived.Task.WaitAsync(Patience);
            return answer;
        }
        finally
        {
            page.FrameNavigated -= Take;
        }
    }
}
