using Entente.Terms;

namespace Entente.Documentation;

/// <summary>What the first stage itself shows for the clauses: each line is evidence that an auditor can open.</summary>
public static class PracticeEvidence
{
    /// <summary>By clause key; a clause of which nothing is shown is not in it.</summary>
    public static ILookup<string, Evidence> Of(
        CharterState charter, DescriptionState description, IReadOnlyDictionary<InventoryKind, long> inventory, int voices, int words)
    {
        var services = description.Current.ToList();
        var asked = Of(services.Sum(entry => entry.Asked.Count), "requirements released by the customer", "requirements");
        var described = Of(services.Count, "services described in the words of both sides", "services");
        var assets = Of((int)inventory.GetValueOrDefault(InventoryKind.Asset), "assets recorded", "inventory");
        var (workload, surveys, measured) = (0, 0, 0);
        foreach (var entry in services)
        {
            workload += entry.Asked.Values.Concat(entry.Offered.Values).Count(term => term is Term.Workload || term.UpTo is not null);
            surveys += entry.Asked.Values.Count(term => term is Term.Survey);
            measured += entry.Offered.Values.Count(term => term.Measure is not null);
        }

        (string Clause, Evidence Evidence)[] all =
        [
            ("iso-8.2.2", asked), ("itil-targets", asked), ("itil-engage", asked), ("iso-8.2.4", described), ("itil-view", described),
            ("iso-8.2.5", assets), ("iso-8.2.6", assets), ("iso-8.2.6", Of(services.Count(entry => entry.Card.DependsOn.Count > 0),
                "services connected with what they stand on", "inventory/coverage")),
            ("iso-8.3.2", Of(charter.Stakeholders.Values.Count(voice => voice.IsHeard), "stakeholders heard on the charter", "charter")),
            ("iso-8.3.2", Of(surveys, "terms about satisfaction", "services")),
            ("iso-8.3.3-agreed", Of(services.Count(entry => entry.IsSettled), "services with whose description both sides are satisfied", "services")),
            ("iso-8.3.3-agreed", Of(workload, "terms that bound the workload", "services")),
            ("itil-engage", Of(voices, "comments from people", "voices")), ("itil-measure", Of(measured, "offered terms that name their measure", "services")),
            ("itil-measure", Of(words, "words of the business tied to their measure", "glossary")),
        ];
        return all.Where(one => one.Evidence.Count > 0).ToLookup(one => one.Clause, one => one.Evidence, StringComparer.Ordinal);
    }

    private static Evidence Of(int count, string words, string page) => new(count, words, page);
}

/// <summary>Something that shows that a clause is met.</summary>
/// <param name="Page">The page of the engagement on which it is seen.</param>
public sealed record Evidence(int Count, string Words, string Page)
{
    public string Text => $"{Count} {Words}";
}
