using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Entente.Server.Layout;

/// <summary>Nothing that a person typed is lost when a form is refused: the page that says why holds it in the same fields, or
/// lists it where it has no such form.</summary>
public static class TypedForms
{
    private static readonly string[] _secrets = ["password", "token", "secret"];

    /// <summary>Gives what was typed to the page that refuses it, before that leaves.</summary>
    public static async Task Keep(HttpContext http, RequestDelegate next)
    {
        if (!HttpMethods.IsPost(http.Request.Method) || !http.Request.HasFormContentType || !Problems.WantsPage(http))
        {
            await next(http);
            return;
        }

        var wire = http.Response.Body;
        using var page = new MemoryStream();
        http.Response.Body = page;
        try
        {
            await next(http);
        }
        finally
        {
            http.Response.Body = wire;
        }

        page.Position = 0;
        if (http.Response.StatusCode is 400 or 409 or 422 or 503 && http.Features.Get<IFormFeature>()?.Form is { } typed)
        {
            using var reader = new StreamReader(page);
            var filled = Fill(await reader.ReadToEndAsync(http.RequestAborted), http.Request.Path, typed);
            http.Response.ContentLength = null;
            await http.Response.WriteAsync(filled, http.RequestAborted);
        }
        else
        {
            await page.CopyToAsync(wire, http.RequestAborted);
        }
    }

    /// <summary>The page with what was typed in the fields of the form that was sent there.</summary>
    /// <remarks>A form with other hidden values is another one, or the same over a newer version: it keeps what it shows.</remarks>
    public static string Fill(string html, string action, IFormCollection typed)
    {
        var page = new HtmlParser().ParseDocument(html);
        var sent = page.Forms.Where(form => IsSent(form, action, typed)).ToList();
        if (sent.Count == 0) List(page, typed);
        foreach (var form in sent)
        {
            Dictionary<string, int> met = new(StringComparer.Ordinal);
            foreach (var field in form.QuerySelectorAll("input[name], textarea[name], select[name]"))
            {
                var name = field.GetAttribute("name")!;
                var texts = typed[name];
                if (field is IHtmlInputElement { Type: "checkbox" or "radio" } choice)
                    choice.Toggle("checked", texts.Contains(choice.Value));
                else if (field is IHtmlSelectElement select)
                    foreach (var option in select.Options) option.Toggle("selected", texts.Contains(option.Value));
                else if (met.GetValueOrDefault(name) is var at && (met[name] = at + 1) <= texts.Count)
                    Write(field, texts[at] ?? "");
            }

            for (var around = form.ParentElement; around is not null; around = around.ParentElement)
                if (around is IHtmlDetailsElement) around.SetAttribute("open", "");
        }

        return page.ToHtml();
    }

    private static bool IsSent(IHtmlFormElement form, string action, IFormCollection typed) =>
        form.GetAttribute("action")?.Split('?')[0] == action
        && form.QuerySelectorAll<IHtmlInputElement>("input[type=hidden][name]").All(hidden => typed[hidden.Name!].Contains(hidden.Value));

    private static void Write(IElement field, string text)
    {
        if (field is IHtmlTextAreaElement) field.TextContent = text;
        else if (field is IHtmlInputElement { Type: not ("hidden" or "password" or "file" or "submit" or "button") })
            field.SetAttribute("value", text);
    }

    private static void Toggle(this IElement choice, string attribute, bool isOn)
    {
        if (isOn) choice.SetAttribute(attribute, "");
        else choice.RemoveAttribute(attribute);
    }

    private static void List(IHtmlDocument page, IFormCollection typed)
    {
        var told = typed.Where(field => !_secrets.Any(secret => field.Key.Contains(secret, StringComparison.OrdinalIgnoreCase)))
            .SelectMany(field => field.Value, (field, text) => (field.Key, Text: text)).Where(field => !string.IsNullOrWhiteSpace(field.Text)).ToList();
        if (told.Count == 0 || page.QuerySelector("main [role=alert]") is not { } alert) return;
        var list = page.CreateElement("dl");
        foreach (var (name, text) in told)
        {
            list.AppendElement(page.CreateElement("dt")).TextContent = name;
            var said = list.AppendElement(page.CreateElement("dd"));
            said.ClassName = "pre";
            said.TextContent = text!;
        }

        var typing = page.CreateElement("details");
        typing.ClassName = "why mb-3";
        typing.AppendElement(page.CreateElement("summary")).TextContent = "What you typed, of which nothing was recorded";
        typing.AppendElement(list);
        alert.InsertAfter(typing);
    }
}
