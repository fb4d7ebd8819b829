using System.Globalization;
using System.Net;
using System.Text;

namespace Entente.Agreements;

/// <summary>An agreement as one page of HTML that needs nothing beside it: for printing, and for keeping.</summary>
public static class AgreementPaper
{
    private const string Style =
        """
        @page { size: A4; margin: 20mm 18mm } body { font: 11pt/1.5 Georgia, serif; color: #000 } h1 { font-size: 18pt }
        h2 { font-size: 13pt; margin-top: 18pt; break-after: avoid } ul { margin: 0 0 6pt } p { margin: 0 0 6pt }
        .signatures { display: flex; flex-wrap: wrap; gap: 24pt; margin-top: 36pt } .signatures div { flex: 1 1 40%; border-top: 1pt solid #000;
        padding-top: 4pt; break-inside: avoid } small { color: #555 }
        """;

    public static string Html(AgreementVersion version)
    {
        var document = version.Document;
        var page = new StringBuilder("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">");
        page.Append(CultureInfo.InvariantCulture,
            $"<title>{Text(document.Title)}</title><style>{Style}</style></head><body>");
        page.Append(CultureInfo.InvariantCulture,
            $"<small>{AgreementText.TypeWords(document.Type)}, version {version.Number}</small>");
        page.Append(CultureInfo.InvariantCulture,
            $"<h1>{Text(document.Title)}</h1><p>Between <b>{Text(document.Provider?.Name)}</b> (provider)");
        page.Append(CultureInfo.InvariantCulture,
            $" and <b>{Text(document.Customer?.Name)}</b> (customer). {AgreementText.Term(version)}</p>");
        var part = 0;
        foreach (var (heading, terms) in AgreementText.Parts(document))
        {
            page.Append(CultureInfo.InvariantCulture, $"<h2>{++part}. {Text(heading)}</h2>");
            for (var i = 0; i < terms.Count; i++)
            {
                page.Append(CultureInfo.InvariantCulture, $"<p>{part}.{i + 1} <b>{Text(terms[i].Title)}.</b> ");
                page.Append(Text(ClauseLibrary.Words(terms[i], document))).Append("</p>");
                var details = ClauseLibrary.Details(terms[i]).ToList();
                if (details.Count > 0) page.Append("<ul>").AppendJoin(
                    "", details.Select(one => $"<li>{Text(one)}</li>")).Append("</ul>");
            }
        }

        if (AgreementText.Certified(version) is { Count: > 0 } certified)
            page.Append("<h2>Certificate of the negotiation</h2>")
                .AppendJoin("", certified.Select(one => $"<p>{Text(one)}</p>"));
        page.Append("<div class=\"signatures\">");
        foreach (var one in version.Signatories) page.Append(Signature(version, one));
        return page.Append(CultureInfo.InvariantCulture,
            $"</div><p><small>{Text(AgreementText.Signing(version))} Text: {ClauseLibrary.Edition}.</small></p></body></html>").ToString();
    }

    private static string Signature(AgreementVersion version, Signatory signatory)
    {
        var party = Text(AgreementText.Bound(version, signatory));
        return version.SignatureOf(signatory.Key) is { } signed
            ? string.Create(CultureInfo.InvariantCulture, $"<div>For {party}<br><b>{Text(signed.Words)}</b><br>")
                + string.Create(CultureInfo.InvariantCulture,
                    $"{Text(signed.Place)}, {signed.At:d MMMM uuuu HH:mm} UTC</div>")
            : $"<div>For {party}<br>not signed</div>";
    }

    private static string Text(string? text) => WebUtility.HtmlEncode(text ?? "");
}
