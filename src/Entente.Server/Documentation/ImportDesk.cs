using System.Security.Cryptography;
using System.Text.Json;
using Entente.Documentation;
using Entente.Formats.Inventory;
using Entente.Server.Identity;
using Entente.Storage.Documentation;
using NodaTime.Text;

namespace Entente.Server.Documentation;

/// <summary>What reading an export told: the preview, and an account of each kind of object.</summary>
public sealed record ImportPreview(InventoryImport Import, int ObjectsRead, int Links, IReadOnlyList<ExportKind> Kinds);

/// <summary>One row of an import, and for a change what differs.</summary>
public sealed record ImportRowView(long RowNo, ImportAction Action, InventoryItem Item, InventoryItem? Before, IReadOnlyList<FieldChange> Changes);

/// <summary>A field that an import changes.</summary>
public sealed record FieldChange(string Field, string Was, string Becomes);

/// <summary>Reads exports of other tools, shows what they would do, takes them over, and takes them back.</summary>
public sealed class ImportDesk(Recorder recorder, InventoryStore store, CharterDesk charters, LiveSources live)
{
    private const int TriesMost = 5;

    public Task<IReadOnlyList<InventoryImport>> List(string engagement) => store.Imports(engagement);

    public Task<InventoryImport?> Find(string engagement, string id) => store.FindImport(engagement, id);

    public async Task<IReadOnlyList<ImportRowView>> Rows(Actor reader, string engagement, string id, int skip, int take)
    {
        List<ImportRowView> views = [];
        foreach (var row in await store.ImportRows(engagement, id, skip, take))
        {
            var before = row.Action is not ImportAction.Change ? null
                : row.Before ?? (await store.Find(engagement, row.Item.Kind, row.Item.Key))?.Item;
            var (was, item) = (before is null ? null : InventoryDesk.Seen(reader, before), InventoryDesk.Seen(reader, row.Item));
            views.Add(new(row.RowNo, row.Action, item, was, was is null ? [] : Changes(was, ImportRules.Overlay(was, item))));
        }

        return views;
    }

    /// <summary>Reads a tool over its own API, and keeps what that would do.</summary>
    /// <exception cref="BadInputException">The tool cannot be reached, says no, or answers something else.</exception>
    public async Task<Outcome<ImportPreview>> Fetch(string engagement, Actor by, LiveWish wish, CancellationToken cancel)
    {
        var side = wish.Side ?? by.Side ?? Side.Provider;
        if ((CharterRules.Blocks((await charters.Read(engagement)).State) ?? InventoryRules.MayWrite(by, side)) is { } refusal)
            return new Outcome<ImportPreview>.Refused(refusal);
        var files = await live.Fetch(wish, cancel);
        return await Read(engagement, by, files, new(wish.Source, side, WithParts: wish.Parts), new Uri(wish.Address).Host);
    }

    /// <summary>Reads files and keeps what they would do; nothing enters the inventory yet.</summary>
    /// <exception cref="BadInputException">The files are of no known kind, or of another than was said.</exception>
    public async Task<Outcome<ImportPreview>> Read(
        string engagement, Actor by, IReadOnlyList<SentFile> files, ExportOptions options, string? from = null)
    {
        var charter = (await charters.Read(engagement)).State;
        if ((CharterRules.Blocks(charter) ?? InventoryRules.MayWrite(by, options.Side)) is { } refusal) return new Outcome<ImportPreview>.Refused(refusal);
        var unpacked = ImportFiles.Unpack(files);
        var id = Secrets.NewId("imp");
        var preview = await Stage(engagement, id, from ?? (files.Count == 1 ? files[0].Name : $"{files.Count} files"),
            [.. unpacked.Select(file => ExportFile.Of(file.Name, file.Content))], options);
        await store.KeepFiles(engagement, id, [.. unpacked.Select(file =>
            new ImportFile(file.Name, ImportFiles.Packed(file.Content)))]);
        return preview;
    }

    /// <summary>Reads the kept files of an import again, as somebody corrected how its columns and kinds are understood.</summary>
    /// <exception cref="BadInputException">The mapping names what is not there, or the files are of another kind than was said.</exception>
    public async Task<Outcome<ImportPreview>> ReadAgain(string engagement, Actor by, InventoryImport import, ImportMapping mapping)
    {
        var files = await store.Files(engagement, import.Id);
        if (ImportRules.ReadAgain(by, import.Side, import.Status == "staged", files.Count > 0) is { } refusal)
            return new Outcome<ImportPreview>.Refused(refusal);
        return await Stage(engagement, import.Id, import.File,
            [.. files.Select(file => ExportFile.Of(file.Name, ImportFiles.Plain(file)))],
            ImportMappings.Options(mapping, import.Side));
    }

    /// <summary>Whether somebody may still correct how an import was read.</summary>
    public async Task<bool> MayReadAgain(string engagement, Actor by, InventoryImport import) =>
        ImportRules.ReadAgain(by, import.Side, import.Status == "staged", await store.HasFiles(engagement, import.Id)) is null;

    private async Task<Outcome<ImportPreview>> Stage(
        string engagement, string id, string file, IReadOnlyList<ExportFile> files, ExportOptions options)
    {
        var export = InventoryExports.Read(files, options);
        var (_, version) = await recorder.Read<InventoryState, InventoryFact>(engagement);
        var items = export.Items.Select(one => one.Item).ToList();
        var import = new InventoryImport(
            id, export.Source, file, options.Side, Digest(items), InstantPattern.ExtendedIso.Format(recorder.Now), export.Findings, [], 0, 0, 0,
            "staged", version, ImportMappings.Account(export, options));
        import = await Plan(engagement, import, items);
        return new Outcome<ImportPreview>.Recorded(new(import, export.ObjectsRead, export.Links, export.Kinds), version);
    }

    /// <summary>What a reader may see of an import: what stands in the cells of the other side's costs is not shown.</summary>
    public static InventoryImport Seen(Actor reader, InventoryImport import) =>
        InventoryRules.MaySeeCost(reader, import.Side) ? import : import with
        {
            Findings = [.. import.Findings.Select(finding =>
                finding.Rule is not ("import.value" or "import.currency" or "import.status") ? finding
                : finding with { Message = $"What stands there is seen by the {import.Side.Seat.Words} only." })],
            Account = import.Account is null ? null : import.Account with
            {
                Columns = import.Account.Columns?.Select(column => column with { Samples = [] }).ToList(),
                Statuses = [],
            },
        };

    /// <summary>Takes a read export over: one fact with its digest, and its rows in the same transaction.</summary>
    /// <param name="seen">The digest of the rows that the writer looked at; other ones are not taken over.</param>
    /// <remarks>When the inventory moved on since it was read, the export is held against it again first.</remarks>
    public async Task<Outcome<InventoryState>> TakeOver(string engagement, Write write, InventoryImport import, string? seen = null)
    {
        if (seen is { Length: > 0 } && seen != import.Digest)
            return new Outcome<InventoryState>.Refused(new("import.read_again",
                "Somebody read this export again with another mapping since you looked; look at what it would do now."));
        for (var attempt = 1; ; attempt++)
        {
            var (_, version) = await recorder.Read<InventoryState, InventoryFact>(engagement);
            if (import.Status == "staged" && import.Version != version)
            {
                var items = (await store.ImportRows(engagement, import.Id, 0, int.MaxValue)).OrderBy(row => row.RowNo).Select(row => row.Item).ToList();
                import = await Plan(engagement, import with { Version = version }, items);
            }

            var fact = new InventoryFact.Imported(import.Id, import.Source, import.File, import.Digest, (int)import.Added, (int)import.Changed,
                (int)import.Unchanged);
            var charter = (await charters.Read(engagement)).State;
            var outcome = await recorder.Record<InventoryState, InventoryFact>(engagement, write with { ExpectedVersion = version },
                (state, _) => ImportRules.TakeOver(charter, state, write.By, import.Side, fact));
            if (outcome is Outcome<InventoryState>.Stale && attempt < TriesMost) continue;
            return outcome;
        }
    }

    public Task<Outcome<InventoryState>> Undo(string engagement, Write write, InventoryImport import) =>
        recorder.Record<InventoryState, InventoryFact>(engagement, write, (state, _) => ImportRules.Undo(state, write.By, import.Side, import.Id));

    private async Task<InventoryImport> Plan(string engagement, InventoryImport import, List<InventoryItem> items)
    {
        var standing = await store.All(engagement);
        var plans = items.Select(item => standing.GetValueOrDefault((item.Kind, item.Key)) is { } row
            ? ImportRules.Plan(item, row.Item, row.Retired is not null) : ImportRules.Plan(item, null, isRetired: false)).ToList();
        var keys = items.Select(item => (item.Kind, item.Key)).ToHashSet();
        import = import with
        {
            Added = plans.Count(plan => plan.Action is ImportAction.Add),
            Changed = plans.Count(plan => plan.Action is ImportAction.Change),
            Unchanged = plans.Count(plan => plan.Action is ImportAction.Same),
            Missing = [.. standing.Values.Where(row => row.Source == import.Source && row.Retired is null && row.Item.Side == import.Side
                && !keys.Contains((row.Item.Kind, row.Item.Key)))
                .Select(row => row.Item.Key).Order(StringComparer.Ordinal).Take(1000)],
        };
        await store.Stage(engagement, import, [.. plans.Select((plan, place) => new ImportRow(place + 1, plan.Action, items[place], null))]);
        return import;
    }

    private static IReadOnlyList<FieldChange> Changes(InventoryItem before, InventoryItem after)
    {
        var (was, becomes) = (InventoryForm.Values(before), InventoryForm.Values(after));
        return [.. was.Keys.Union(becomes.Keys).Order(StringComparer.Ordinal)
            .Select(field => new FieldChange(field, was.GetValueOrDefault(field, ""), becomes.GetValueOrDefault(field, "")))
            .Where(change => change.Was != change.Becomes)];
    }

    private static string Digest(List<InventoryItem> items) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(items, Json.Options)));
}
