using System.Globalization;
using Entente.Documentation;

namespace Entente.Formats.Inventory;

/// <summary>One object of iTop: its class, its id, and its fields.</summary>
internal sealed record ItopObject(string Module, string Class, string Id, int Place, string File, IReadOnlyDictionary<string, string> Fields)
{
    public string this[string field] => Fields.GetValueOrDefault(field, "");
}

/// <summary>Reads iTop: its XML exports, one file a class or more, or the answer of its REST API.</summary>
/// <remarks>
/// Whatever has a name and is no typology becomes an asset; persons and teams become people, delivery models practices. Reference
/// fields and link classes become dependencies; two power sources are a group of which one is needed. Ids are unique in a module
/// (folder) only: a reference is looked for there first, and the same object exported by two modules is one item.
/// </remarks>
internal sealed partial class ItopExport
{
    private static readonly string[] _standsOn =
    [
        "location_id", "rack_id", "enclosure_id", "system_id", "server_id", "virtualhost_id", "webserver_id", "dbserver_id",
        "middleware_id", "storagesystem_id", "tapelibrary_id", "pcsoftware_id",
    ];

    private readonly ExportOptions _options;
    private readonly Keys _keys = new();
    private readonly List<ItopObject> _order = [];
    private readonly Dictionary<(string Family, string Id), List<ItopObject>> _byId = [];
    private readonly Dictionary<ItopObject, string> _keyOf = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, ItopObject> _first = new(StringComparer.Ordinal);
    private readonly List<Finding> _findings = [];
    private int _read;

    private ItopExport(ExportOptions options) => _options = options;

    public static InventoryExport Read(IReadOnlyList<ExportFile> files, ExportOptions options)
    {
        var export = new ItopExport(options);
        foreach (var file in files) export.Load(file);
        return export.Translate();
    }

    private InventoryExport Translate()
    {
        foreach (var one in _order.Where(one => Use(one.Class) is ExportUse.Item))
        {
            if (one["name"].Length == 0)
            {
                _findings.Add(Finding.Warning($"{one.File}, {one.Class} {one.Id}", "import.name", "The object has no name and is left out.", one.Place));
                continue;
            }

            var same = $"{one.Class}\n{NameOf(one)}";
            if (_first.TryAdd(same, one)) _keyOf[one] = _keys.Take(Words(one.Class), NameOf(one), one.Id);
            else _keyOf[one] = _keyOf[_first[same]];
        }

        var linked = Links();
        List<ImportedItem> items = [.. _first.Values.Select(one => new ImportedItem(
            one.Place, one.Class, Item(one, linked), one["status"]))];
        var kinds = _order.GroupBy(one => one.Class).OrderByDescending(kind => kind.Count()).ThenBy(kind => kind.Key, StringComparer.Ordinal)

            .Select(kind => new ExportKind(
                kind.Key, kind.Count(), Use(kind.Key), IsLink(kind.Key) ? null : ExportChoice.LeftOut)).ToList();
        return new("itop", _read, items, kinds, _findings);
    }

    private InventoryItem Item(ItopObject one, ILookup<string, string> linked)
    {
        var key = _keyOf[one];
        var owner = Find(one, "Organization", one["org_id"])?["name"] ?? "";
        var notes = one["description"] is { Length: > 500 } description ? description[..500] : one["description"];
        if (one.Class is "Person" or "Team" or "Organization")
        {
            return new InventoryItem.Person
            {
                Key = key,
                Name = NameOf(one),
                Side = _options.Side,
                IsTeam = one.Class != "Person",
                Owner = owner,
                Notes = notes,
                Skills = one["function"] is { Length: > 0 } function ? [function] : [],
            };
        }

        if (one.Class == "DeliveryModel")
            return new InventoryItem.Practice { Key = key, Name = NameOf(one), Side = _options.Side, Owner = owner, Notes = notes };
        return new InventoryItem.Asset
        {
            Key = key,
            Name = NameOf(one),
            Side = _options.Side,
            Owner = owner,
            Notes = notes,
            What = Words(one.Class).Replace('-', ' '),
            Lifecycle = LifecycleOf(one["status"]),
            Capacity = decimal.TryParse(one["ram"], CultureInfo.InvariantCulture, out var memory) && memory > 0 ? new Quantity(memory, "GB") : null,
            DependsOn = References(one).Concat(linked[key]).Where(other => other != key).Distinct().ToValueList(),
            Needs = [.. Power(one), .. Hosts(one)],
        };
    }

    private IEnumerable<string> References(ItopObject one) => _standsOn.Select(field => Find(one, Target(field), one[field])).OfType<ItopObject>()
        .Select(found => _keyOf.GetValueOrDefault(found)).OfType<string>();

    private ValueList<KOfN> Power(ItopObject one)
    {
        var sources = new[] { "powerA_id", "powerB_id" }.Select(field => Find(one, "FunctionalCI", one[field])).OfType<ItopObject>()
            .Select(found => _keyOf.GetValueOrDefault(found)).OfType<string>().Distinct().ToValueList();
        return sources.Count == 0 ? [] : [new KOfN(1, sources)];
    }

    /// <summary>A farm needs one of the hypervisors in it.</summary>
    private ValueList<KOfN> Hosts(ItopObject farm)
    {
        if (farm.Class != "Farm") return [];
        var hosts = _order.Where(one => one.Class == "Hypervisor" && ReferenceEquals(Find(one, "FunctionalCI", one["farm_id"]), farm)
            && _keyOf.ContainsKey(one))
            .Select(one => _keyOf[one]).Distinct().ToValueList();
        return hosts.Count == 0 ? [] : [new KOfN(1, hosts)];
    }

    /// <summary>Dependencies that link classes tell, such as an application solution and what it is made of.</summary>
    private ILookup<string, string> Links() => _order.Where(one => one.Class.StartsWith("lnk", StringComparison.Ordinal)).SelectMany(link => link.Class switch
    {
        "lnkApplicationSolutionToFunctionalCI" => Pair(link, "applicationsolution_id", "functionalci_id"),
        "lnkCustomerContractToService" => Pair(link, "customercontract_id", "service_id"),
        "lnkProviderContractToService" => Pair(link, "service_id", "providercontract_id"),
        "lnkFunctionalCIToService" => Pair(link, "service_id", "functionalci_id"),
        "lnkFunctionalCIToProviderContract" => Pair(link, "functionalci_id", "providercontract_id"),
        "lnkConnectableCIToNetworkDevice" => Pair(link, "connectableci_id", "networkdevice_id"),
        _ => [],
    }).ToLookup(pair => pair.From, pair => pair.To, StringComparer.Ordinal);

    private IEnumerable<(string From, string To)> Pair(ItopObject link, string from, string to)
    {
        if (Find(link, Target(from), link[from]) is { } first && Find(link, Target(to), link[to]) is { } second
            && _keyOf.TryGetValue(first, out var a) && _keyOf.TryGetValue(second, out var b)) yield return (a, b);
    }

    /// <remarks>Functional CIs share one numbering whatever their class, so they are looked up as one family.</remarks>
    private ItopObject? Find(ItopObject from, string family, string id) =>
        id is "" or "0" || !_byId.TryGetValue((family, id), out var found) ? null
        : found.FirstOrDefault(one => one.Module == from.Module) ?? found[0];

    private string NameOf(ItopObject one) => one.Class == "Person" && one["first_name"] is { Length: > 0 } first ? $"{first} {one["name"]}" : one["name"];

    private static Lifecycle LifecycleOf(string status) => status switch
    {
        "implementation" or "stock" or "draft" => Lifecycle.Planned,
        "obsolete" or "inactive" => Lifecycle.Retired,
        _ => Lifecycle.InUse,
    };
}
