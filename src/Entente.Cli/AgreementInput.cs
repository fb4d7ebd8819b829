using System.CommandLine;
using Entente.Agreements;
using Entente.Formats.Agreements;
using Entente.Formats.Measurements;
using Entente.Terms;
using Entente.Terms.Evaluation;
using NodaTime;

namespace Entente.Cli;

/// <summary>Reads what the agreement verbs are given: the document, and files or folders of data.</summary>
internal static class AgreementInput
{
    private static readonly string[] Endings = [".csv", ".tsv", ".jsonl", ".ndjson", ".json", ".xlsx", ".xlsm", ".gz"];

    public static Option<string[]> DataOption() => new("--data")
    {
        Description =
            "A file or folder of measurements (CSV, JSON Lines, JSON; gzip as is); may be given several times.",
        Required = true,
        AllowMultipleArgumentsPerToken = true,
    };

    /// <exception cref="BadInputException">The document is not usable.</exception>
    public static AgreementDocument Agreement(FileInfo file) => AgreementYaml.Read(File.ReadAllText(file.FullName))
        .Get();

    /// <summary>All files; in a folder, what is no measurement is skipped with a warning.</summary>
    public static (IReadOnlyList<Measurements> Data, IReadOnlyList<Finding> Findings) Data(IReadOnlyList<string> paths,
        DateTimeZone zone)
    {
        List<Measurements> data = [];
        List<Finding> findings = [];
        foreach (var path in paths)
        {
            if (Directory.Exists(path))
            {
                foreach (var file in Directory.EnumerateFiles(path)
                    .Where(name => Endings.Contains(Path.GetExtension(name).ToLowerInvariant()))
                    .Order(StringComparer.Ordinal))
                    Take(file, inFolder: true);
            }
            else if (File.Exists(path)) Take(path, inFolder: false);
            else throw new FileNotFoundException($"There is no file or folder '{path}' for --data.");
        }

        if (data.Count == 0) throw new BadInputException("--data", "data.none", "No file of measurements was found.");
        return (data, findings);

        void Take(string file, bool inFolder)
        {
            using var stream = File.OpenRead(file);
            var reading = MeasurementFile.Read(stream, Path.GetFileName(file), zone);
            if (reading.IsUsable) data.Add(reading.Value!);
            else if (!inFolder) throw new BadInputException(reading.Findings);
            findings.AddRange(reading.Findings.Select(finding => finding with { Severity = Severity.Warning }));
        }
    }

    public static IReadOnlyList<Term> Terms(AgreementDocument document, IReadOnlyList<string> keys)
    {
        foreach (var key in keys.Where(key => document.Terms.All(term => term.Key != key)))
            throw new BadInputException("--term", "term.unknown",
                $"There is no term '{key}'; there are: {string.Join(", ", document.Terms.Select(term => term.Key))}.");
        return keys.Count == 0 ? document.Terms : [.. document.Terms.Where(term => keys.Contains(term.Key))];
    }

    public static bool IsInForce(MeasuringContext context, Interval asked) =>
        (context.From is not { } from || from < asked.End) && (context.To is not { } to || to > asked.Start);
}
