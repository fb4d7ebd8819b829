using System.CommandLine;
using System.Globalization;
using Entente.Agreements;
using Entente.Formats.Measurements;
using Entente.Terms.Evaluation;
using NodaTime;
using Spectre.Console;

namespace Entente.Cli;

/// <summary><c>entente evaluate AGREEMENT.yaml --data FILE|DIR --period …</c>: what became of each term.</summary>
public static class EvaluateCommand
{
    public static Command Create()
    {
        var agreement = new Argument<FileInfo>("agreement") { Description = "The agreement document (YAML)." };
        var data = AgreementInput.DataOption();
        var period = new Option<string>("--period")
        {
            Description =
                "2024, 2024-Q1, 2024-05, 2024-W20, 2024-05-17 or FROM/TO (dates or instants; TO is the first moment outside).",
            Required = true,
        };
        var term = new Option<string[]>("--term")
        {
            Description = "Only these terms.",
            AllowMultipleArgumentsPerToken =
            true
        };
        var asOf = new Option<string?>("--as-of")
        {
            Description =
            "Read clocks that still run at this instant instead of the end of the data."
        };
        var command = new Command("evaluate",
            "Attained, budget, breach and credit of each term, each figure explained.") { agreement, data, period, term,
            asOf };
        command.SetAction(result => Output.Guard(result, () => Evaluate(result, result.GetRequiredValue(agreement),
            result.GetRequiredValue(data), result.GetRequiredValue(period), result.GetValue(term) ?? [],
                result.GetValue(asOf))));
        return command;
    }

    private static int Evaluate(ParseResult result, FileInfo file, string[] data, string period, string[] keys,
        string? asOf)
    {
        var document = AgreementInput.Agreement(file);
        var zone = DateTimeZoneProviders.Tzdb[document.TimeZone];
        var asked = PeriodText.Read(period, zone)
            ?? throw new BadInputException("--period", "period", $"Expected {PeriodText.Expected}, found '{period}'.");
        var (measurements, findings) = AgreementInput.Data(data, zone);
        var context = AgreementDocumentRules.Context(document);
        var terms = AgreementInput.Terms(document, keys);
        var at = asOf is null ? (Instant?)null : PeriodText.ReadInstant(asOf, zone)
            ?? throw new BadInputException("--as-of", "period",
                $"Expected an instant such as 2024-05-01T00:00:00Z, found '{asOf}'.");
        var results = terms.Select(term =>
            TermEvaluation.Evaluate(term, context, measurements, asked, PeriodText.IsName(period) ? period : null, at))
            .ToArray();
        var caps = AgreementCredits.Of(terms, context, results);
        var answer = new
        {
            agreement = document.Key,
            title = document.Title,
            period = new PeriodSpan(asked.Start, asked.End, PeriodText.IsName(period) ? period : null),
            timeZone = document.TimeZone,
            data = measurements.Select(one => one.Name),
            inForce = AgreementInput.IsInForce(context, asked),
            terms = results,
            credits = caps,
            findings = findings.Count > 0 ? findings : null,
        };
        Output.Write(result, answer, (console, _) => Show(console, document, asked, results, caps, findings));
        return 0;
    }

    private static void Show(
        IAnsiConsole console, AgreementDocument document, Interval asked, TermResult[] results,
            AgreementCredit? credits, IReadOnlyList<Finding> findings)
    {
        console.MarkupLineInterpolated($"[bold]{document.Title}[/]  {asked.Start} to {asked.End}");
        var table = new Table().AddColumns("term", "target", "attained", "good / total", "unknown", "excluded",
            "verdict", "credit");
        foreach (var one in results)
            table.AddRow(Markup.Escape(one.Title), Markup.Escape(one.Target ?? ""),
                Markup.Escape(one.Attained?.Label ?? "–"), Markup.Escape(one.Total is null ? ""
                    : string.Create(CultureInfo.InvariantCulture,
                        $"{one.Good:0.####} / {one.Total:0.####} {one.Unit}")),
                Number(one.Unknown), Number(one.Excluded),
                one.Breached switch { true => "[red]missed[/]", false => "[green]met[/]", _ => "–" }
                    + (one.Certain == false ? " (uncertain)" : ""),
                Markup.Escape(one.Credit?.Label ?? ""));
        console.Write(table);
        foreach (var one in results)
        {
            if (one.Explain.Count == 0) continue;
            console.MarkupLineInterpolated($"[bold]{one.Title}[/]");
            foreach (var part in one.Explain.Take(12))
                console.MarkupLineInterpolated(
                    $"  {part.What}: {part.Text}{(part.From is { } from ? $" {from}" : "")}{(part.To is { } to ? $" to {to}" : "")}{(part.Amount is { } amount ? $" ({amount:0.####})" : "")}");
            if (one.Explain.Count > 12) console.MarkupLineInterpolated(
                $"  and {one.Explain.Count - 12} more; --json shows all");
        }

        if (credits is not null) console.MarkupLineInterpolated($"Credits: {credits.Label}");
        foreach (var finding in findings) console.MarkupLineInterpolated(
            $"[yellow]{finding.Path}[/]: {finding.Message}");
    }

    private static string Number(decimal? value) => value is null ? ""
        : value.Value.ToString("0.####", CultureInfo.InvariantCulture);
}
