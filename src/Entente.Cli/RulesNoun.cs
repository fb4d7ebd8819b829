using System.CommandLine;
using Entente.Formats.Prometheus;
using Entente.ServiceTime.Budgets;
using NodaTime;

namespace Entente.Cli;

/// <summary><c>entente rules export</c>: objectives of Sloth, Pyrra and OpenSLO as rules of Prometheus.</summary>
public static class RulesNoun
{
    private static readonly Argument<string[]> Files =
        new("FILE")
        {
            Description = "Specs of Sloth, Pyrra or OpenSLO; - reads standard input.",
            Arity = ArgumentArity.OneOrMore,
        };

    private static readonly Option<string> For =
        new("--for") { Description = "prometheus, or prometheus-operator for a resource.", Required = true };

    private static readonly Option<string?> Window =
        new("--window") { Description = "Window of Sloth's SLOs, such as 28d; 30d when none is said." };

    private static readonly Option<string?> Windows =
        new("--windows") { Description = "A catalogue of alert windows in Sloth's format." };

    private static readonly Option<string?> Preset =
        new("--preset")
        {
            Description = $"Take the burn-rate pairs of {string.Join(", ", BurnRatePresets.Names)} instead.",
        };

    private static readonly Option<string?> Out =
        new("--out", "-o") { Description = "Write to this file instead of standard output." };

    public static Command Create()
    {
        For.AcceptOnlyFromAmong("prometheus", "prometheus-operator");
        Preset.AcceptOnlyFromAmong([.. BurnRatePresets.Names]);
        var export =
            new Command("export", "Write recording and alerting rules; what they cannot say is told on standard error.")
        {
            Files, For, Window, Windows, Preset, Out,
        };
        export.SetAction(result => Output.Guard(result, () => Export(result)));
        return new Command("rules", "Rules for the tools that watch.") { export };
    }

    private static int Export(ParseResult result)
    {
        var files = result.GetValue(Files)!.Concat(result.GetValue(Windows) is { } catalogue ? [catalogue] : []);
        var reading =
            ObservedFile.Read(files.Select(file => (file, OpenSloNoun.Text(file))), Period(result.GetValue(Window)));
        var findings = reading.Findings.ToList();
        if (!reading.IsUsable) throw new BadInputException(findings);
        var groups = new List<RuleGroup>();
        foreach (var objective in reading.Get())
        {
            var exported = RuleExport.Of(result.GetValue(Preset) is { } preset
                ? objective with { Alerts = BurnRatePresets.Find(preset, objective.Window)! } : objective);
            findings.AddRange(exported.Findings);
            groups.Add(exported.Get());
        }

        if (groups.Count == 0) throw new BadInputException("", "empty", "The files hold no objective.");
        foreach (var finding in findings)
            Console.Error.WriteLine(
                $"entente: {finding.Severity.ToString().ToLowerInvariant()}: {finding.Path}: {finding.Message}");
        var text = result.GetValue(Output.JsonOption) ? RuleFile.ToJson(groups).ToJsonString(Json.Indented) + "\n"
            : result.GetValue(For) == "prometheus" ? RuleFile.Write(groups)
            : RuleFile.WriteResource(groups, "entente-rules");
        if (result.GetValue(Out) is { } path) File.WriteAllText(path, text);
        else Console.Out.Write(text);
        return 0;
    }

    private static Duration? Period(string? text) => text is null ? null
        : PrometheusDuration.Parse(text) is { } window && window >= Duration.FromMinutes(5) ? window
        : throw new BadInputException("--window", "duration", "Expected a duration such as 28d.");
}
