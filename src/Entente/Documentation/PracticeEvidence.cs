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
        var asked = Evidence.Of(services.Sum(entry => entry.Asked.Count), "requirement released by the customer",
            "requirements released by the customer", "requirements");
        var described = Evidence.Of(services.Count, "service described in the words of both sides",
            "services described in the words of both sides", "services");
        var assets = Evidence.Of((int)inventory.GetValueOrDefault(InventoryKind.Asset), "asset recorded", "assets recorded", "inventory");
        var (workload, surveys, measured) = (0, 0, 0);
        foreach (var entry in services)
        {
            workload += entry.Asked.Values.Concat(entry.Offered.Values).Count(term => term is Term.Workload || term.UpTo is not null);
            surveys += entry.Asked.Values.Count(term => term is Term.Survey);
            measured += entry.Offered.Values.Count(term => term.Measure is not null);
        }

        (string Clause, Evidence Evidence)[] all =
        [
            ("iso-8.2.1", Evidence.Of((int)inventory.GetValueOrDefault(InventoryKind.Person), "person or team recorded with their hours",
                "people and teams recorded with their hours", "inventory?kind=person")),
            ("iso-8.2.1", Evidence.Of((int)inventory.GetValueOrDefault(InventoryKind.Practice), "practice in use recorded",
                "practices in use recorded", "inventory?kind=practice")),
            ("iso-8.2.2", asked), ("itil-targets", asked), ("itil-engage", asked), ("iso-8.2.4", described), ("itil-view", described),
            ("iso-8.2.5", assets), ("iso-8.2.6", assets), ("iso-8.2.6", Evidence.Of(services.Count(entry => entry.Card.DependsOn.Count > 0),
                "service connected with what it stands on", "services connected with what they stand on", "inventory/coverage")),
            ("iso-8.3.2", Evidence.Of(charter.Stakeholders.Values.Count(voice => voice.IsHeard), "stakeholder heard on the charter",
                "stakeholders heard on the charter", "charter")),
            ("iso-8.3.2", Evidence.Of(surveys, "term about satisfaction", "terms about satisfaction", "services")),
            ("iso-8.3.3-agreed", Evidence.Of(services.Count(entry => entry.IsSettled),
                "service with whose description both sides are satisfied",
                "services with whose description both sides are satisfied", "services")),
            ("iso-8.3.3-agreed", Evidence.Of(workload, "term that bounds the workload", "terms that bound the workload", "services")),
            ("itil-engage", Evidence.Of(voices, "comment from people", "comments from people", "voices")),
            ("itil-measure", Evidence.Of(measured, "offered term that names its measure",
                "offered terms that name their measure", "services")),
            ("itil-measure", Evidence.Of(words, "word of the business tied to its measure",
                "words of the business tied to their measure", "glossary")),
        ];
        return all.Where(one => one.Evidence.Count > 0).ToLookup(one => one.Clause, one => one.Evidence, StringComparer.Ordinal);
    }
}

/// <summary>Something that shows that a clause is met.</summary>
/// <param name="Page">The page of the engagement on which it is seen.</param>
public sealed record Evidence(int Count, string Words, string Page)
{
    public string Text => $"{Count} {Words}";

    public static Evidence Of(int count, string one, string many, string page) => new(count, count == 1 ? one : many, page);
}
