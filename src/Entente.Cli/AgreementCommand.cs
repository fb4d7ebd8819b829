using System.CommandLine;
using Entente.Agreements;
using Entente.Formats.Agreements;
using Entente.Terms;
using Entente.Terms.Evaluation;
using Spectre.Console;

namespace Entente.Cli;

/// <summary><c>entente agreement validate|lint|show FILE</c> and <c>schema</c>: an agreement as code.</summary>
public static class AgreementCommand
{
    public static Command Create() => new("agreement", "Agreements as code: validate, lint, show.")
    {
        Verb("validate", "Is the document usable? Exit code 1 when not.", (result, files) =>
            Check(result, files, lint: false)),
        Verb("lint", "What will be argued about: gaps, overlaps, targets nobody can measure. Exit code 1 on errors.",
            (result, files) => Check(result, files, lint: true)),
        Verb("show", "The agreement in words, or as canonical YAML with --yaml, or as JSON.", Show, YamlOption),
        Schema(),
    };

    private static Option<bool> YamlOption { get; } =
        new("--yaml") { Description = "Write the document as canonical YAML." };

    private static Command Verb(string name, string words, Func<ParseResult, FileInfo[], int> act,
        params Option[] options)
    {
        var files = new Argument<FileInfo[]>("file")
        {
            Description = "Agreement documents (YAML).",
            Arity =
            ArgumentArity.OneOrMore
        };
        var command = new Command(name, words) { files };
        foreach (var option in options) command.Options.Add(option);
        command.SetAction(result => Output.Guard(result, () => act(result, result.GetRequiredValue(files))));
        return command;
    }

    private static Command Schema()
    {
        var command = new Command("schema", "The JSON Schema of the document.");
        command.SetAction(result => Output.Guard(result, () =>
        {
            Console.Out.WriteLine(AgreementSchema.Document.ToJsonString(Json.Indented));
            return 0;
        }));
        return command;
    }

    private static int Check(ParseResult result, FileInfo[] files, bool lint)
    {
        var answers = files.Select(file =>
        {
            var reading = AgreementYaml.Read(File.ReadAllText(file.FullName));
            var findings = lint && reading.IsUsable
                ? AgreementYaml.WithLines([.. reading.Findings, .. AgreementDocumentLint.Find(reading.Value!)],
                    File.ReadAllText(file.FullName)) : reading.Findings;
            return new
            {
                file = file.ToString(),
                valid = reading.IsUsable,
                errors = findings.Count(finding => finding.Severity == Severity.Error),
                warnings = findings.Count(finding => finding.Severity == Severity.Warning),
                findings,
            };
        }).ToArray();
        Output.Write(result, new { files = answers }, (console, _) =>
        {
            foreach (var one in answers)
            {
                console.MarkupLineInterpolated(
                    $"[bold]{one.file}[/]: {(one.valid ? "usable" : "not usable")}, {Counted.Of(one.errors, "error")}, {Counted.Of(one.warnings, "warning")}");
                foreach (var finding in one.findings)
                    console.MarkupLineInterpolated(
                        $"  {finding.Severity.ToString().ToLowerInvariant()} line {finding.Line} {finding.Path} ({finding.Rule}): {finding.Message}");
            }
        });
        return answers.Any(one => one.errors > 0) ? 1 : 0;
    }

    private static int Show(ParseResult result, FileInfo[] files)
    {
        foreach (var file in files)
        {
            var document = AgreementInput.Agreement(file);
            if (result.GetValue(YamlOption)) Console.Out.Write(AgreementYaml.Write(document));
            else Output.Write(result, document, Words);
        }

        return 0;
    }

    private static void Words(IAnsiConsole console, AgreementDocument document)
    {
        console.MarkupLineInterpolated(
            $"[bold]{document.Title}[/] ({document.Type}) {document.Provider?.Name} and {document.Customer?.Name}");
        console.MarkupLineInterpolated(
            $"In force from {document.Effective?.From} {(document.Effective?.To is { } to ? $"until {to}" : "")}, settled by {document.Period}, {document.TimeZone}");
        var table = new Table().AddColumns("key", "promise", "target", "settled by", "hours", "credit");
        foreach (var term in document.Terms)
            table.AddRow(Markup.Escape(term.Key), Markup.Escape(term.Title),
                Markup.Escape(TermEvaluation.TargetText(term)), $"{term.Period ?? document.Period}",
                Markup.Escape(term.Calendar ?? "all hours"), Markup.Escape(Ladder(term)));
        console.Write(table);
    }

    private static string Ladder(Term term) => term.Credit is not { } ladder ? ""
        : string.Join("; ", ladder.Bands.Select(band => $"{band.When}: {band.Credit}"));
}
