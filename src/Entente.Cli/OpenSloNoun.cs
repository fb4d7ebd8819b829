using System.CommandLine;
using Entente.Agreements;
using Entente.Formats.Agreements;
using Entente.Formats.OpenSlo;
using Spectre.Console;

namespace Entente.Cli;

/// <summary><c>entente openslo</c>: validate, inline, export and convert OpenSLO documents.</summary>
public static class OpenSloNoun
{
    private static readonly Argument<string[]> Files =
        new("FILE")
        {
            Description = "OpenSLO files or folders, YAML or JSON; - reads standard input.",
            Arity = ArgumentArity.OneOrMore,
        };

    private static readonly Option<string?> Out =
        new("--out", "-o") { Description = "Write to this file instead of standard output." };

    public static Command Create() =>
        new("openslo", "Read, check and rewrite OpenSLO documents of v1alpha, v1 and v2alpha.")
    {
        Validate(), Inline(), Export(), Convert(),
    };

    private static Command Validate()
    {
        var strict =
            new Option<bool>("--strict") { Description = "Give the verdict of the specification's own validator." };
        var command = new Command("validate", "Check files: exit code 1 when there are errors.") { Files, strict };
        command.SetAction(result => Output.Guard(result, () =>
        {
            var findings = Paths(result).SelectMany(file => Check(file, result.GetValue(strict))).ToList();
            Output.Write(result, findings, Show);
            return findings.Any(finding => finding.Severity == Severity.Error) ? 1 : 0;
        }));
        return command;
    }

    private static Command Inline()
    {
        var keep = new Option<bool>("--keep") { Description = "Keep the objects that were put into others." };
        var command = new Command("inline", "Replace references by the objects they name.") { Files, keep, Out };
        command.SetAction(result => Output.Guard(result, () =>
        {
            var (objects, shape) = Read(result);
            return Write(result, OpenSloReferences.Inline(objects, result.GetValue(keep)), shape);
        }));
        return command;
    }

    private static Command Export()
    {
        var command = new Command("export",
            "Turn objects inside others into objects with references; or write the objectives of an agreement.")
        {
            Files, Out,
        };
        command.SetAction(result => Output.Guard(result, () =>
        {
            var texts = Paths(result).Select(path => (Path: path, Text: Text(path))).ToList();
            if (texts is [var (path, text)] && IsAgreement(text)) return Agreement(result, path, text);
            var files = texts.Select(file => OpenSloFile.Read(file.Path, file.Text)).ToList();
            return Write(result, OpenSloReferences.Export([.. files.SelectMany(file => file.Objects)]), files[0].Shape);
        }));
        return command;
    }

    private static Command Convert()
    {
        var to = new Option<string>("--to") { Description = "v1alpha, v1 or v2alpha.", Required = true };
        to.AcceptOnlyFromAmong("v1alpha", "v1", "v2alpha", "openslo/v1alpha", "openslo/v1", "openslo.com/v2alpha");
        var command = new Command("convert", "Move documents to another version; losses are told on standard error.")
        {
            Files, to, Out,
        };
        command.SetAction(result => Output.Guard(result, () =>
        {
            var (objects, shape) = Read(result);
            var converted = OpenSloConversion.Convert(objects, Version(result.GetValue(to)!));
            Tell(converted.Findings);
            var written = Write(result, converted.Objects, shape);
            return converted.Findings.Any(found => found.Finding.Severity == Severity.Error) ? 1 : written;
        }));
        return command;
    }

    private static bool IsAgreement(string text) =>
        YamlTree.Read(text) is [var document] && document.Text("entente") == AgreementDocument.Version1;

    private static int Agreement(ParseResult result, string path, string text)
    {
        var written = OpenSloAgreement.Write(AgreementYaml.Read(text).Get(), path);
        Tell(written.Findings);
        return Write(result, written.Objects, OpenSloShape.Documents);
    }

    private static void Tell(IEnumerable<OpenSloFinding> findings)
    {
        foreach (var (file, item, finding) in findings)
        {
            var owner = item is null ? "" : $"{item.Kind} {item.Label}: ";
            Console.Error.WriteLine(
                $"entente: {Word(finding.Severity)}: {file}: {owner}{finding.Path}: {finding.Message}");
        }
    }

    private static IEnumerable<OpenSloLine> Check(string file, bool strict)
    {
        OpenSloFile read;
        try
        {
            read = OpenSloFile.Read(file, Text(file));
        }
        catch (BadInputException bad)
        {
            return bad.Findings.Select(finding => OpenSloLine.From(new OpenSloFinding(file, null, finding)));
        }

        return (strict ? OpenSloRules.Strict(read) : OpenSloRules.Lenient(read)).Select(OpenSloLine.From);
    }

    private static (IReadOnlyList<OpenSloObject> Objects, OpenSloShape Shape) Read(ParseResult result)
    {
        var files = Paths(result).Select(file => OpenSloFile.Read(file, Text(file))).ToList();
        if (files.Count == 0) throw new FileNotFoundException("The folder holds no YAML or JSON file.");
        return ([.. files.SelectMany(file => file.Objects)], files[0].Shape);
    }

    /// <summary>The files named, and the YAML and JSON files of the folders named.</summary>
    private static IEnumerable<string> Paths(ParseResult result) => result.GetValue(Files)!.SelectMany(path =>
        !Directory.Exists(path) ? [path]
        : Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Where(file => Path.GetExtension(file).ToLowerInvariant() is ".yaml" or ".yml" or ".json"));

    internal static string Text(string file) => file == "-" ? Console.In.ReadToEnd() : File.ReadAllText(file);

    private static int Write(ParseResult result, IReadOnlyList<OpenSloObject> objects, OpenSloShape shape)
    {
        var text = OpenSloFile.Write(objects, result.GetValue(Output.JsonOption) ? OpenSloShape.Json : shape);
        if (result.GetValue(Out) is { } path) File.WriteAllText(path, text);
        else Console.Out.Write(text);
        return 0;
    }

    private static OpenSloVersion Version(string word) => word[(word.LastIndexOf('/') + 1)..] switch
    {
        "v1alpha" => OpenSloVersion.V1Alpha,
        "v1" => OpenSloVersion.V1,
        _ => OpenSloVersion.V2Alpha,
    };

    private static void Show(IAnsiConsole console, List<OpenSloLine> findings)
    {
        // The plain writer: the console would break long lines where a pipe has no width.
        var text = console.Profile.Out.Writer;
        foreach (var finding in findings)
        {
            var place = finding.Line is { } line ? $"{finding.File}:{line}" : finding.File;
            var owner = $"{finding.Kind} {finding.Object}: {finding.Path}";
            text.WriteLine($"{place}: {Word(finding.Severity)}: {owner}: {finding.Message} ({finding.Rule})");
        }

        var errors = findings.Count(finding => finding.Severity == Severity.Error);
        text.WriteLine(findings.Count == 0 ? "No errors." : $"{Counted.Of(errors, "error")}, {Counted.Of(findings.Count - errors, "warning")}.");
    }

    private static string Word(Severity severity) => severity.ToString().ToLowerInvariant();

    /// <summary>One finding as <c>--json</c> shows it.</summary>
    private sealed record OpenSloLine(
        string File, string Object, string Path, string Rule, string Message, Severity Severity, string? Kind,
            string? ApiVersion, int? Line)
    {
        public static OpenSloLine From(OpenSloFinding found) => new(
            found.File, found.Object?.Label ?? "", found.Finding.Path, found.Finding.Rule, found.Finding.Message,
            found.Finding.Severity, found.Object?.Kind, found.Object?.ApiVersion, found.Finding.Line);
    }
}
