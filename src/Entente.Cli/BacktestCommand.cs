using System.CommandLine;
using System.Globalization;
using Entente.Agreements;
using Entente.Formats.Measurements;
using Entente.Terms;
using Entente.Terms.Evaluation;
using NodaTime;
using Spectre.Console;

namespace Entente.Cli;

/// <summary><c>entente backtest AGREEMENT.yaml --data … --term … --target …</c>: a term against history.</summary>
public static class BacktestCommand
{
    public static Command Create()
    {
        var agreement = new Argument<FileInfo>("agreement") { Description = "The agreement document (YAML)." };
        var data = AgreementInput.DataOption();
        var term = new Option<string[]>("--term")
        {
            Description = "The term (or terms); all measured terms without it.",
            AllowMultipleArgumentsPerToken = true
        };
        var target = new Option<string[]>("--target")
        {
            Description = "Another value for the term: \"99.95 %\", \"8 h\", 3; several compare several.",
            AllowMultipleArgumentsPerToken = true,
        };
        var period = new Option<string?>("--period")
        {
            Description =
            "Only this part of the history, as for evaluate."
        };
        var seed = new Option<int>("--seed")
        {
            Description = "Seed of the drawn histories.",
            DefaultValueFactory = _ =>
            1
        };
        var command = new Command("backtest",
            "What a term would have attained, missed and cost in each past period, with ranges.")
        {
            agreement, data, term, target, period, seed,
        };
        command.SetAction(result => Output.Guard(result, () =>
            Run(result, result.GetRequiredValue(agreement), result.GetRequiredValue(data),
            result.GetValue(term) ?? [], result.GetValue(target) ?? [], result.GetValue(period),
                result.GetValue(seed))));
        return command;
    }

    private static int Run(ParseResult result, FileInfo file, string[] paths, string[] keys, string[] targets,
        string? period, int seed)
    {
        var document = AgreementInput.Agreement(file);
        var zone = DateTimeZoneProviders.Tzdb[document.TimeZone];
        var (data, findings) = AgreementInput.Data(paths, zone);
        var context = AgreementDocumentRules.Context(document);
        var terms = AgreementInput.Terms(document, keys).Where(term => TermEvaluation.ObjectiveOf(term) is not null)
            .ToArray();
        if (terms.Length == 0) throw new BadInputException("--term", "term.unmeasured",
            "None of these terms is measured.");
        var history = period is null
            ? TermBacktest.Horizon(terms[0], context, data)
                ?? throw new BadInputException("--data", "data.none", "The data span no time at all.")
            : PeriodText.Read(period, zone)
                ?? throw new BadInputException("--period", "period",
                $"Expected {PeriodText.Expected}, found '{period}'.");
        List<BacktestResult> results = [];
        foreach (var term in terms)
        {
            var prepared = new PreparedTerm(term, context, data, history);
            foreach (var asked in targets.Length == 0 ? [term] : targets.Select(target => At(term, target)))
                results.Add(TermBacktest.Run(prepared.With(asked), history, seed, calibrate: true));
        }

        Output.Write(result, new
        {
            agreement = document.Key,
            title = document.Title,
            results,
            findings =
            findings.Count > 0 ? findings : null
        },
            (console, _) => Show(console, results, findings));
        return 0;
    }

    /// <summary>The term with the value that was written; bad input when it is of another kind.</summary>
    private static Term At(Term term, string text)
    {
        var value = TermValueReading.Read(term, text) ?? throw new BadInputException("--target", "target",
            $"'{text}' is no value for '{term.Key}', which is promised as {TermEvaluation.TargetText(term)}.");
        var decision = term is Term.Latency or Term.TicketClock && value is TermValue.Share
            ? TermValueReading.WithTarget(term, value) : term.With(value);
        return decision.Refusal is { } refusal ? throw new BadInputException("--target", refusal.Code, refusal.Message)
            : decision.Facts[0];
    }

    private static void Show(IAnsiConsole console, IReadOnlyList<BacktestResult> results,
        IReadOnlyList<Finding> findings)
    {
        var table = new Table().AddColumns("term", "target", "periods", "missed", "missed, 90 % range", "attained",
            "credit per period");
        foreach (var one in results)
            table.AddRow(Markup.Escape(one.Title), Markup.Escape(one.Target), $"{one.Judged}", $"{one.Missed}",
                Range(one.MissedShare, 100, " %"),
                Range(one.Attained, 100, " %"), one.CreditPerPeriod is { } money ? Range(money, 1, "")
                    : Range(one.CreditShare, 100, " %"));
        console.Write(table);
        foreach (var one in results)
        {
            if (one.Quantiles.Count > 0)
                console.MarkupLineInterpolated(
                    $"{one.Title}: met in {string.Join(", ", one.Quantiles.Select(pair => $"{pair.Key} of periods at {pair.Value.Label}"))}");
            if (one.Forecast is { } forecast)
                console.MarkupLineInterpolated(
                    $"  forecasts: Brier {forecast.Brier:0.000} (always the base rate: {forecast.BrierOfBaseRate:0.000}), in range {forecast.Coverage * 100:0} %");
            foreach (var note in one.Notes) console.MarkupLineInterpolated($"  [yellow]{note}[/]");
        }

        foreach (var finding in findings) console.MarkupLineInterpolated(
            $"[yellow]{finding.Path}[/]: {finding.Message}");
    }

    private static string Range(Estimate? estimate, double by, string unit) => estimate is null ? "–"
        : string.Create(CultureInfo.InvariantCulture, $"{estimate.Value * by:0.####}{unit}")
            + (estimate.Low is { } low ? string.Create(CultureInfo.InvariantCulture,
                $" ({low * by:0.####} to {estimate.High * by:0.####})") : "");
}
