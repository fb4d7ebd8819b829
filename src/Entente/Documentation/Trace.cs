namespace Entente.Documentation;

/// <summary>An asset on which a term stands.</summary>
/// <param name="Measures">Whether a series that measures the term measures this asset.</param>
public sealed record TracedAsset(string Key, string Name, bool Measures);

/// <summary>One term on its whole way: the words of the business it serves, what is asked and offered, the lines that tell it, the assets under it.</summary>
/// <param name="Lines">Lines of the external spec sheet that name the term.</param>
public sealed record TraceRow(
    string Service, string ServiceName, string Term, string Title, IReadOnlyList<string> Words, string? Asked, string? Offered,
    IReadOnlyList<string> Lines, IReadOnlyList<TracedAsset> Assets)
{
    /// <summary>Where the way is broken, as a person reads it.</summary>
    public IEnumerable<string> Gaps
    {
        get
        {
            if (Asked is null) yield return "nobody asks for it";
            if (Offered is null) yield return "nobody offers it";
            if (Lines.Count == 0) yield return "no line of the spec sheet tells it";
            if (Assets.Count == 0) yield return "it stands on no asset";
        }
    }
}

/// <summary>Follows requirement, spec line, term and asset into each other, both ways.</summary>
public static class Trace
{
    /// <summary>How a line of a spec sheet names the term it tells.</summary>
    public static string Mark(string term) => $"[{term}]";

    /// <summary>A spec sheet, or a line of it, as it is read: without the names of terms that trace its lines.</summary>
    public static string Plain(string sheet, IEnumerable<string> terms) =>
        terms.Aggregate(sheet, (text, term) => text.Replace($" {Mark(term)}", "", StringComparison.Ordinal).Replace(Mark(term), "", StringComparison.Ordinal));

    /// <param name="under">The assets that a service stands on, however deep.</param>
    public static IReadOnlyList<TraceRow> Of(
        IEnumerable<CatalogueEntry> services, GlossaryState glossary, Func<string, IReadOnlyList<InventoryItem.Asset>> under) =>
    [
        .. from entry in services
           let assets = under(entry.Key)
           from pair in entry.Pairs
           let series = (pair.Asked?.Measure?.Series ?? []).Concat(pair.Offered?.Measure?.Series ?? []).ToHashSet(StringComparer.Ordinal)
           select new TraceRow(
               entry.Key, entry.Card.Name, pair.Key, pair.Title, glossary.WordsOf(pair.Key), pair.Asked?.Value.Label, pair.Offered?.Value.Label,
               [.. Lines.Of(entry.Sheet).Where(line => line.Contains(Mark(pair.Key), StringComparison.Ordinal))],
               [.. assets.Select(asset => new TracedAsset(asset.Key, asset.Name, asset.MeasuredBy.Any(series.Contains)))]),
    ];
}
