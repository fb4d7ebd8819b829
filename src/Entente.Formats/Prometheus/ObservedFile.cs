using Entente.Formats.OpenSlo;
using Entente.Formats.Pyrra;
using Entente.Formats.Sloth;
using Entente.ServiceTime.Budgets;
using NodaTime;
using YamlDotNet.RepresentationModel;

namespace Entente.Formats.Prometheus;

/// <summary>Reads objectives from files of Sloth, Pyrra and OpenSLO, alone or mixed.</summary>
public static class ObservedFile
{
    /// <param name="files">Names and texts, which may refer to each other.</param>
    /// <param name="window">Sloth's window; none takes the only catalogue's, or else 30 days.</param>
    public static Reading<IReadOnlyList<ObservedObjective>> Read(
        IEnumerable<(string Name, string Text)> files, Duration? window = null)
    {
        var findings = new List<Finding>();
        var documents = files.SelectMany(file => Documents(file.Text).Select(node => (file.Name, Node: node))).ToList();
        var catalogues = new Dictionary<Duration, IReadOnlyList<BurnRateAlert>>();
        foreach (var (_, node) in documents.Where(document => SlothWindows.IsCatalogue(document.Node)))
        {
            var (period, alerts) = SlothWindows.Read(node);
            catalogues[period] = alerts;
        }

        var sloth = new SlothOptions(
            window ?? (catalogues.Count == 1 ? catalogues.Keys.First() : SlothOptions.Default.Window), catalogues);
        var objectives = new List<ObservedObjective>();
        var open = new List<OpenSloObject>();
        foreach (var (name, node) in documents)
        {
            if (SlothReader.IsSpec(node)) objectives.AddRange(SlothReader.Read(node, sloth, findings));
            else if (PyrraReader.IsResource(node)) objectives.AddRange(PyrraReader.Read(node, findings));
            else if (OpenSloKinds.VersionOf(node.Text("apiVersion")) is not null)
                open.Add(new OpenSloObject(name, open.Count, (YamlMappingNode)node));
            else if (!SlothWindows.IsCatalogue(node)) findings.Add(Unknown(node));
        }

        objectives.AddRange(OpenSloObserved.Read(open, findings));
        foreach (var twin in objectives.GroupBy(objective => (objective.Service, objective.Name))
            .Where(same => same.Count() > 1))
            findings.Add(
                Finding.Error(
                $"{twin.Key.Service}/{twin.Key.Name}", "duplicate",
                "Two objectives of one service have the same name."));
        return new Reading<IReadOnlyList<ObservedObjective>>(objectives, findings);
    }

    private static IEnumerable<YamlNode> Documents(string text) => YamlTree.Read(text)
        .SelectMany(node => node is YamlSequenceNode list ? list.Children : [node])
        .Where(node => node is not YamlScalarNode { IsNull: true });

    private static Finding Unknown(YamlNode node) => Finding.Error(
        node.Text("version") is null ? "apiVersion" : "version", "unknown",
        $"Expected version {SlothReader.SpecVersion}, or apiVersion {SlothReader.ResourceVersion}, pyrra.dev/v1alpha1, "
        + $"openslo/v1alpha, openslo/v1 or openslo.com/v2alpha; "
        + $"found '{node.Text("version") ?? node.Text("apiVersion")}'.",
        (int)node.Start.Line);
}
