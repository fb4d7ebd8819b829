using Entente.Documentation;
using Entente.Formats.Documents;
using Entente.Server.Engagements;
using Entente.Terms;

namespace Entente.Server.Documentation;

/// <summary>Makes the documents of the first stage: charter, catalogue, spec sheets, service quality plan and evidence list.</summary>
public sealed class DocumentDesk(CharterDesk charters, CatalogueDesk catalogue, FitDesk fits, GlossaryDesk glossaries, RoomDesk rooms,
    EngagementDesk engagements)
{
    public static IReadOnlyList<(string Slug, string Title)> Kinds { get; } =
    [
        ("charter", "Process charter"), ("catalogue", "Catalogue of services"), ("spec-sheets", "External spec sheets"),
        ("internal-sheets", "Internal spec sheets"), ("quality-plan", "Service quality plan"), ("evidence", "Practice fit and evidence"),
    ];

    /// <summary>One document as a reader may have it; nothing when there is none of that name.</summary>
    public async Task<Paper?> Find(string engagement, Actor reader, string slug)
    {
        var head = await engagements.Head(engagement);
        var (charter, charterVersion) = await charters.Read(engagement);
        var (description, version) = await catalogue.Read(engagement);
        var parties = $"{head.Customer} × {head.Provider}: {head.Title}";
        var sources = new[] { $"description/{engagement} version {version}" };
        return slug switch
        {
            "charter" => charter.Charter is null ? null : new(
                "Process charter", parties, $"Edition {charter.Edition}", [$"charter/{engagement} version {charterVersion}"], CharterParts(charter),
                head.HistoryLabel),
            "catalogue" => new("Catalogue of services", parties, $"Version {version}", sources, [.. description.Current.SelectMany(CardParts)],
                head.HistoryLabel),
            "spec-sheets" => new("External spec sheets", parties, $"Version {version}", sources, [.. description.Current.SelectMany(SheetParts)],
                head.HistoryLabel),
            "internal-sheets" => await Internal(engagement, reader, description) is { Count: > 0 } parts
                ? new("Internal spec sheets", parties, $"Version {version}", await SheetSources(engagement, reader, description), parts,
                    head.HistoryLabel) : null,
            "quality-plan" => new("Service quality plan", parties, $"Version {version}",
                [.. sources, $"charter/{engagement} version {charterVersion}",
                    $"glossary/{engagement} version {(await glossaries.Read(engagement)).Version}"],
                await Plan(engagement, charter, description), head.HistoryLabel),
            "evidence" => await Evidence(engagement, parties, head.HistoryLabel),
            _ => null,
        };
    }

    /// <summary>The documents that a reader may have now; none of them is made to tell.</summary>
    public async Task<IReadOnlyList<(string Slug, string Title)>> Names(string engagement, Actor reader)
    {
        var hasCharter = (await charters.Read(engagement)).State.Charter is not null;
        var hasInternals = (await rooms.Internals(engagement, reader)).Count > 0;
        return [.. Kinds.Where(kind => kind.Slug switch { "charter" => hasCharter, "internal-sheets" => hasInternals, _ => true })];
    }

    private async Task<IReadOnlyList<string>> SheetSources(string engagement, Actor reader, DescriptionState description)
    {
        var editions = await rooms.SheetEditions(engagement, reader);
        return [.. description.Current.Where(entry => editions.ContainsKey(entry.Key))
            .Select(entry => $"spec sheet of {entry.Key} edition {editions[entry.Key]}")];
    }

    private static List<PaperPart> CharterParts(CharterState state)
    {
        List<PaperPart> parts = [];
        foreach (var section in CharterSections.All.Where(section => state.Charter!.LinesOf(section).Length > 0))
            parts.AddRange([new PaperPart.Heading(1, section.Title), .. SectionParts(state.Charter!, section)]);
        parts.AddRange([new PaperPart.Heading(1, "Approvals"), new PaperPart.Grid(["Stakeholder", "Said", "When"],
            [.. state.Stakeholders.Values.Select(voice => new[]
            {
                voice.For is { } other ? $"{voice.Name}, for {other}" : voice.Name, Said(voice), voice.At?.ToString() ?? "",
            })])]);
        return parts;
    }

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
        yield return new PaperPart.Paragraph(entry.Sheet ?? entry.Card.BusinessView);
        if (entry.Pairs.Count == 0) yield break;
        yield return new PaperPart.Grid(["Term", "Asked", "Offered", "Over", "Gap"], [.. entry.Pairs.Select(pair => new[]
        {
            $"{pair.Title} ({pair.Key})", pair.Asked?.Value.Label ?? "", pair.Offered?.Value.Label ?? "", (pair.Offered ?? pair.Asked)!.Period?.ToString()
                ?? "", Gap.Words(pair),
        })]);
    }

    private async Task<List<PaperPart>> Internal(string engagement, Actor reader, DescriptionState description)
    {
        List<PaperPart> parts = [];
        var opened = await rooms.Internals(engagement, reader);
        foreach (var entry in description.Current)
        {
            if (!opened.TryGetValue(entry.Key, out var sheet)) continue;
            parts.Add(new PaperPart.Heading(1, entry.Card.Name));
            parts.Add(new PaperPart.Grid(["What", "Is"], [.. new[]
            {
                ("Assets", string.Join(", ", sheet.Assets)), ("Rests on", string.Join(", ", sheet.Underpinning)), ("Staffing", sheet.Staffing),
                    ("Capacity", sheet.Capacity),
                ("Cost a month", sheet.Cost?.Label ?? ""), ("Invoicing", sheet.Invoicing), ("Risks", sheet.Risks),
            }.Where(row => row.Item2.Length > 0).Select(row => new[] { row.Item1, row.Item2 })]));
        }

        return parts;
    }

    /// <summary>How each promise will be measured and by whom looked after: what both must know before it is promised.</summary>
    private async Task<List<PaperPart>> Plan(string engagement, CharterState charter, DescriptionState description)
    {
        List<PaperPart> parts = [new PaperPart.Paragraph(
            "How the services are measured, reviewed and bettered. It is made from the charter, the glossary and the released terms.")];
        CharterSection[] rules = [CharterSection.SuccessMeasures, CharterSection.Calendar, CharterSection.Raci, CharterSection.Escalation];
        foreach (var section in rules.Where(section => charter.Charter?.LinesOf(section).Length > 0))
            parts.AddRange([new PaperPart.Heading(1, section.Title), .. SectionParts(charter.Charter!, section)]);
        foreach (var entry in description.Current.Where(entry => entry.Pairs.Count > 0))
        {
            parts.Add(new PaperPart.Heading(1, entry.Card.Name));
            parts.Add(new PaperPart.Grid(["Term", "Measured by", "Series", "Over", "Open time", "Exclusions"],
                [.. entry.Pairs.Select(pair => pair.Offered ?? pair.Asked!).Select(Measured)]));
        }

        var words = (await glossaries.Read(engagement)).State.Words;
        if (!words.IsEmpty)
            parts.AddRange([new PaperPart.Heading(1, "Words"),
                new PaperPart.Grid(["Word", "Means", "Measured by"], [.. words.Select(pair => new[] { pair.Key, pair.Value.Means, pair.Value.MeasuredBy })])]);
        return parts;
    }

    private static string[] Measured(Term term) =>
    [
        $"{term.Title} ({term.Value.Label})", term.Measure?.Source ?? "not settled yet", string.Join(", ", term.Measure?.Series ?? []),
        term.Period?.ToString() ?? "the agreement's period", term.Calendar ?? "all hours",
            string.Join(", ", term.Exclusions.Select(exclusion => exclusion.Key)),
    ];

    private async Task<Paper> Evidence(string engagement, string parties, string? label)
    {
        var (rows, version) = await fits.Read(engagement);
        return new("Practice fit and evidence", parties, $"Version {version}", [$"fit/{engagement} version {version}"],
        [
            new PaperPart.Paragraph("What ISO/IEC 20000-1:2018 and ITIL 4 ask of service level management, in our own words, and what shows that it is done."),
            new PaperPart.Grid(["Clause", "Asks", "Fit", "Evidence", "Plan"], [.. rows.Select(row => new[]
            {
                row.Clause.Clause, row.Clause.Asks, row.Said is null ? "not assessed" : FitPage.Words(row.Said.Fit),
                string.Join("; ", row.Shown.Select(evidence => evidence.Text).Append(row.Said?.Evidence ?? "").Where(text => text.Length > 0)),
                string.Join("; ", new[]
                {
                    row.Said?.Plan, row.Said?.Owner, row.Said?.Due is { } due ? $"by {due:uuuu-MM-dd}" : null, FitPage.PlanIs(row),
                }.Where(text => !string.IsNullOrEmpty(text))),
            })]),
        ], label);
    }
}
