using System.Collections.Concurrent;
using Entente.Documentation;
using Entente.Formats.Documents;
using Entente.Server.Engagements;
using Entente.Terms;

namespace Entente.Server.Documentation;

/// <summary>Makes the documents of the first stage: charter, catalogue, spec sheets, service quality plan and evidence list.</summary>
public sealed class DocumentDesk(CharterDesk charters, CatalogueDesk catalogue, FitDesk fits, GlossaryDesk glossaries, RoomDesk rooms,
    EngagementDesk engagements, KeptHashes hashes)
{
    /// <summary>One document as a reader may have it; nothing when there is none of that name.</summary>
    public async Task<Paper?> Find(string engagement, Actor reader, string name)
    {
        if ((await Outlines(engagement, reader)).FirstOrDefault(one => one.Name == name) is not { } outline) return null;
        return await Make(await engagements.Head(engagement), outline);
    }

    /// <summary>The documents that a reader may have now, each with the hash that it would carry.</summary>
    public async Task<IReadOnlyList<DocumentRow>> List(string engagement, Actor reader)
    {
        var head = await engagements.Head(engagement);
        List<DocumentRow> rows = [];
        foreach (var one in await Outlines(engagement, reader))
            rows.Add(new(one.Name, one.Title, one.Version, await HashOf(head, one), one.Sources));
        return rows;
    }

    private async Task<string> HashOf(EngagementHead head, DocumentOutline outline) => !outline.SaysOnlySources
        ? (await Make(head, outline)).Hash
        : await hashes.Get(string.Join('\u001E', [head.Id, head.Customer, head.Provider, head.Title, head.HistoryLabel ?? "",
            outline.Name, outline.Version, .. outline.Sources]), async () => (await Make(head, outline)).Hash);

    private static async Task<Paper> Make(EngagementHead head, DocumentOutline outline) => new(
        outline.Title, $"{head.Customer} × {head.Provider}: {head.Title}", outline.Version, outline.Sources, await outline.Parts(),
        head.HistoryLabel);

    private async Task<IReadOnlyList<DocumentOutline>> Outlines(string engagement, Actor reader)
    {
        var (charter, charterVersion) = await charters.Read(engagement);
        var (description, version) = await catalogue.Read(engagement);
        var (words, wordsVersion) = await glossaries.Read(engagement);
        var internals = await rooms.Internals(engagement, reader);
        var fit = await fits.Version(engagement);
        var (fromCharter, fromDescription) = ($"charter/{engagement} version {charterVersion}", $"description/{engagement} version {version}");
        List<DocumentOutline> outlines =
        [
            new("catalogue", "Catalogue of services", $"Version {version}", [fromDescription], Made(() => description.Current.SelectMany(CardParts))),
            new("spec-sheets", "External spec sheets", $"Version {version}", [fromDescription], Made(() => description.Current.SelectMany(SheetParts))),
            new("quality-plan", "Service quality plan", $"Version {version}",
                [fromDescription, fromCharter, $"glossary/{engagement} version {wordsVersion}"], Made(() => Plan(charter, description, words))),
            new("evidence", "Practice fit and evidence", fit == 0 ? "Not assessed yet" : $"Version {fit}",
                [$"fit/{engagement} version {fit}", .. await fits.Sources(engagement)], () => Evidence(engagement, reader))
            { SaysOnlySources = false },
        ];
        if (description.Current.Any(entry => internals.ContainsKey(entry.Key)))
            outlines.Insert(2, new("internal-sheets", "Internal spec sheets", $"Version {version}",
                [fromDescription, .. await SheetSources(engagement, reader, description)], Made(() => Internal(internals, description))));
        if (charter.Charter is not null)
            outlines.Insert(0, new("charter", "Process charter", $"Edition {charter.Edition}", [fromCharter], Made(() => CharterParts(charter))));
        return outlines;

        static Func<Task<IReadOnlyList<PaperPart>>> Made(Func<IEnumerable<PaperPart>> parts) =>
            () => Task.FromResult<IReadOnlyList<PaperPart>>([.. parts()]);
    }

    private async Task<IReadOnlyList<string>> SheetSources(string engagement, Actor reader, DescriptionState description)
    {
        var editions = await rooms.SheetEditions(engagement, reader);
        return [.. description.Current.Where(entry => editions.ContainsKey(entry.Key))
            .Select(entry => $"spec sheet of {entry.Key} edition {editions[entry.Key]}")];
    }

    private static IEnumerable<PaperPart> CharterParts(CharterState state) =>
    [
        .. CharterSections.All.Where(section => state.Charter!.LinesOf(section).Length > 0)
            .SelectMany(section => SectionParts(state.Charter!, section).Prepend(new PaperPart.Heading(1, section.Title))),
        new PaperPart.Heading(1, "Approvals"),
        new PaperPart.Grid(["Stakeholder", "Said", "When"], [.. state.Stakeholders.Values.Select(voice => new[]
        {
            voice.For is { } other ? $"{voice.Name}, for {other}" : voice.Name, Said(voice), voice.At?.ToString() ?? "",
        })]),
    ];

    private static string Said(CharterVoice voice) => voice switch
    {
        { Approves: true, Via: { } via } => $"approved by {via}",
        { Approves: true } => "approved",
        { Objection: { } reason } => $"objects: {reason}",
        { ApprovedEdition: > 0 } => $"approved edition {voice.ApprovedEdition}; asked about "
            + string.Join(", ", voice.Pending.Select(section => section.Title)),
        _ => "not heard yet",
    };

    private static IEnumerable<PaperPart> SectionParts(Charter charter, CharterSection section) => section switch
    {
        CharterSection.Raci => [new PaperPart.Grid(["Activity", "Responsible", "Accountable", "Consulted", "Informed"],
            [.. charter.Raci.Select(row => new[] { row.Activity, row.Responsible, row.Accountable, row.Consulted, row.Informed })])],
        CharterSection.Calendar => [new PaperPart.Grid(["What", "When"], [.. charter.Calendar.Select(row => new[] { row.What, row.When })])],
        CharterSection.SuccessMeasures => [new PaperPart.Grid(["Measure", "Baseline", "Target"],
            [.. charter.SuccessMeasures.Select(row => new[] { row.Measure, row.Baseline, row.Target })])],
        CharterSection.Words => [new PaperPart.Grid(["Word", "Means"], [.. charter.Words.Select(row => new[] { row.Word, row.Means })])],
        CharterSection.Roles or CharterSection.Escalation => [new PaperPart.Bullets(charter.LinesOf(section))],
        _ => charter.LinesOf(section).Select(line => new PaperPart.Paragraph(line)),
    };

    private static IEnumerable<PaperPart> CardParts(CatalogueEntry entry)
    {
        yield return new PaperPart.Heading(1, entry.Card.Name);
        yield return new PaperPart.Paragraph(entry.Card.BusinessView);
        if (entry.Card.TechnicalView.Length > 0) yield return new PaperPart.Paragraph($"As IT sees it: {entry.Card.TechnicalView}");
        yield return new PaperPart.Grid(["What", "Is"], [.. new[]
        {
            ("Status", entry.Card.Status.ToString().ToLowerInvariant()), ("Owner", entry.Card.Owner), ("Users", entry.Card.Users), ("Hours", entry.Card.Hours),
            ("Support", entry.Card.Support), ("Stands on", string.Join(", ", entry.Card.DependsOn)), ("Charge", entry.Card.Charge ?? ""),
        }.Where(row => row.Item2.Length > 0).Select(row => new[] { row.Item1, row.Item2 })]);
    }

    private static IEnumerable<PaperPart> SheetParts(CatalogueEntry entry)
    {
        yield return new PaperPart.Heading(1, entry.Card.Name);
        yield return new PaperPart.Paragraph(
            entry.Sheet is { } sheet ? Trace.Plain(sheet, entry.Pairs.Select(pair => pair.Key)) : entry.Card.BusinessView);
        if (entry.Pairs.Count == 0) yield break;
        yield return new PaperPart.Grid(["Term", "Asked", "Offered", "Over", "Gap"], [.. entry.Pairs.Select(pair => new[]
        {
            $"{pair.Title} ({pair.Key})", pair.Asked?.Value.Label ?? "", pair.Offered?.Value.Label ?? "", (pair.Offered ?? pair.Asked)!.Period?.ToString()
                ?? "", Gap.Words(pair),
        })]);
    }

    private static IEnumerable<PaperPart> Internal(IReadOnlyDictionary<string, InternalSheet> opened, DescriptionState description)
    {
        foreach (var entry in description.Current.Where(entry => opened.ContainsKey(entry.Key)))
        {
            var sheet = opened[entry.Key];
            yield return new PaperPart.Heading(1, entry.Card.Name);
            yield return new PaperPart.Grid(["What", "Is"], [.. new[]
            {
                ("Assets", string.Join(", ", sheet.Assets)), ("Rests on", string.Join(", ", sheet.Underpinning)), ("Staffing", sheet.Staffing),
                ("Capacity", sheet.Capacity), ("Cost a month", sheet.Cost?.Label ?? ""), ("Invoicing", sheet.Invoicing), ("Risks", sheet.Risks),
            }.Where(row => row.Item2.Length > 0).Select(row => new[] { row.Item1, row.Item2 })]);
        }
    }

    /// <summary>How each promise will be measured and by whom looked after: what both must know before it is promised.</summary>
    private static IEnumerable<PaperPart> Plan(CharterState charter, DescriptionState description, GlossaryState glossary)
    {
        yield return new PaperPart.Paragraph(
            "How the services are measured, reviewed and bettered. It is made from the charter, the glossary and the released terms.");
        CharterSection[] rules = [CharterSection.SuccessMeasures, CharterSection.Calendar, CharterSection.Raci, CharterSection.Escalation];
        foreach (var section in rules.Where(section => charter.Charter?.LinesOf(section).Length > 0))
        {
            yield return new PaperPart.Heading(1, section.Title);
            foreach (var part in SectionParts(charter.Charter!, section)) yield return part;
        }

        foreach (var entry in description.Current.Where(entry => entry.Pairs.Count > 0))
        {
            yield return new PaperPart.Heading(1, entry.Card.Name);
            yield return new PaperPart.Grid(["Term", "Measured by", "Series", "Over", "Open time", "Exclusions"],
                [.. entry.Pairs.Select(pair => pair.Offered ?? pair.Asked!).Select(Measured)]);
        }

        if (glossary.Words.IsEmpty) yield break;
        yield return new PaperPart.Heading(1, "Words");
        yield return new PaperPart.Grid(["Word", "Means", "Measured by"],
            [.. glossary.Words.Select(pair => new[] { pair.Key, pair.Value.Means, pair.Value.MeasuredBy })]);
    }

    private static string[] Measured(Term term) =>
    [
        $"{term.Title} ({term.Value.Label})", term.Measure?.Source ?? "not settled yet", string.Join(", ", term.Measure?.Series ?? []),
        term.Period?.ToString() ?? "the agreement's period", term.Calendar ?? "all hours",
            string.Join(", ", term.Exclusions.Select(exclusion => exclusion.Key)),
    ];

    private async Task<IReadOnlyList<PaperPart>> Evidence(string engagement, Actor reader) =>
    [
        new PaperPart.Paragraph("What ISO/IEC 20000-1:2018 and ITIL 4 ask of service level management, in our own words, and what shows that it is done."),
        new PaperPart.Grid(["Clause", "Asks", "Fit", "Evidence", "Plan"],
            [.. (await fits.Read(engagement, reader)).Rows.Select(row => new[]
            {
                row.Clause.Clause, row.Clause.Asks, row.Said is null ? "not assessed" : FitPage.Words(row.Said.Fit),
                string.Join("; ", row.Shown.Select(evidence => evidence.Text).Append(row.Said?.Evidence ?? "").Where(text => text.Length > 0)),
                string.Join("; ", new[]
                {
                    row.Said?.Plan, row.Said?.Owner, row.Said?.Due is { } due ? $"by {due:uuuu-MM-dd}" : null, FitPage.PlanIs(row),
                }.Where(text => !string.IsNullOrEmpty(text))),
            })]),
    ];
}

/// <summary>A document in the list of documents.</summary>
/// <param name="Name">Its name in addresses.</param>
/// <param name="Hash">SHA-256 over all it says, in hexadecimal; it stands in the document too.</param>
public sealed record DocumentRow(string Name, string Title, string Version, string Hash, IReadOnlyList<string> Sources);

/// <summary>A document before it is made: which version of it there is, from what, and how to make it.</summary>
/// <param name="Name">Its name in addresses.</param>
internal sealed record DocumentOutline(
    string Name, string Title, string Version, IReadOnlyList<string> Sources, Func<Task<IReadOnlyList<PaperPart>>> Parts)
{
    /// <summary>Whether the versions of its sources settle every word of it.</summary>
    public bool SaysOnlySources { get; init; } = true;
}

/// <summary>Keeps the hashes of documents whose sources settle what they say.</summary>
public sealed class KeptHashes
{
    private const int KeptMost = 1000;

    private readonly ConcurrentDictionary<string, string> _kept = new(StringComparer.Ordinal);

    public async Task<string> Get(string madeFrom, Func<Task<string>> make)
    {
        if (_kept.TryGetValue(madeFrom, out var kept)) return kept;
        if (_kept.Count >= KeptMost) _kept.Clear();
        return _kept[madeFrom] = await make();
    }
}
