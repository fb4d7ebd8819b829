using Entente.Bargaining;
using Entente.Bargaining.Issues;
using Entente.Bargaining.Preferences;

namespace Entente.Formats.Bargaining;

/// <summary>A text and where it came from, for messages.</summary>
public sealed record SourceText(string Path, string Text);

/// <summary>A bargain as read: the name of its domain, the space and a preference per party.</summary>
public sealed record BargainDocument(string Name, Bargain Bargain);

/// <summary>Reads a bargain from GENIUS XML, GeniusWeb JSON, the normal form <c>domain.json</c>, or our own
/// YAML.</summary>
/// <remarks>The first text is the domain; the others are one profile per party, in the order of the parties.</remarks>
public static class BargainReader
{
    public static Reading<BargainDocument> Read(SourceText domain, params IReadOnlyList<SourceText> profiles)
    {
        var findings = new Findings();
        BargainDocument? document = null;
        try
        {
            document = Detect(domain) switch
            {
                "genius" => GeniusXml.Read(domain, profiles, findings),
                "geniusweb" => GeniusWebJson.Read(domain, profiles, findings),
                "domain" => DomainJson.Read(domain, profiles, findings),
                _ => BargainYaml.Read(domain, profiles, findings),
            };
        }
        catch (BargainException wrong)
        {
            findings.Error(domain.Path, wrong.Path, wrong.Code, wrong.Message);
        }

        if (document is not null && !findings.HasError) WarnOfWeights(document.Bargain, findings);
        return new Reading<BargainDocument>(findings.HasError ? null : document, findings.All);
    }

    private static string Detect(SourceText domain) => domain.Text.AsSpan().TrimStart("\uFEFF \r\n\t") switch
    {
        ['<', ..] => "genius",
        ['{', ..] => domain.Text.Contains("\"issuesValues\"") ? "geniusweb" : "domain",
        _ => "yaml",
    };

    /// <summary>Utilities are used as stored; a best package far from one only tells that the weights were not
    /// normalised.</summary>
    private static void WarnOfWeights(Bargain bargain, Findings findings)
    {
        foreach (var party in bargain.Parties)
            if (findings.Weights.TryGetValue(party.Party, out var sum) && Math.Abs(sum - 1) > 1e-6)
                findings.Warning("", party.Party, "bargain.weights_sum",
                    FormattableString.Invariant(
                        $"The weights of '{party.Party}' sum to {sum:0.######}, not to 1; they are used as stored."));
    }
}

/// <summary>What was found while reading: a file and a place in it for every finding.</summary>
internal sealed class Findings
{
    private readonly List<Finding> _all = [];

    public IReadOnlyList<Finding> All => _all;

    public bool HasError => _all.Exists(finding => finding.Severity == Severity.Error);

    /// <summary>The sum of the stored weights of each party that has weights.</summary>
    public Dictionary<string, double> Weights { get; } = [];

    public void Error(string file, string path, string rule, string message) =>
        _all.Add(Finding.Error(Place(file, path), rule, message));

    public void Warning(string file, string path, string rule, string message) =>
        _all.Add(Finding.Warning(Place(file, path), rule, message));

    /// <summary>A weight as stored, or an error where it is negative or not finite.</summary>
    public double Weight(double weight, string file, string path)
    {
        if (!double.IsFinite(weight) || weight < 0)
            Error(file, path, "bargain.weight",
                FormattableString.Invariant($"A weight must be finite and not negative; found {weight}."));
        return weight;
    }

    public double Worth(double worth, string file, string path)
    {
        if (!double.IsFinite(worth)) Error(file, path, "bargain.worth",
            $"A value must be a finite number; found {worth}.");
        return worth;
    }

    private static string Place(string file, string path) => file.Length == 0 ? path : path.Length == 0 ? file
        : $"{file}: {path}";
}
