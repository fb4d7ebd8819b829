using System.Globalization;
using System.Text.Json.Nodes;
using Entente.Documentation;

namespace Entente.Formats.Inventory;

/// <summary>Reads NetBox: a Django dump (<c>dumpdata</c>), or answers of its REST API, one file an answer.</summary>
/// <remarks>
/// Sites, racks, devices, machines, circuits and suppliers become assets, contacts and tenants people. A machine stands on its cluster
/// or device, a device on its rack, a rack on its site and one of its power feeds, a site on one of its circuits, a virtual chassis on
/// one of its members.
/// </remarks>
internal sealed partial class NetBoxExport
{
    private readonly ExportOptions _options;
    private readonly Keys _keys = new();
    private readonly Dictionary<(string Model, int Id), NetBoxObject> _objects = [];
    private readonly Dictionary<(string Model, int Id), string> _keyOf = [];
    private readonly List<NetBoxObject> _order = [];
    private readonly List<Finding> _findings = [];

    private NetBoxExport(ExportOptions options) => _options = options;

    public static InventoryExport Read(IReadOnlyList<ExportFile> files, ExportOptions options)
    {
        var export = new NetBoxExport(options);
        foreach (var file in files) export.Load(file);
        return export.Translate();
    }

    private InventoryExport Translate()
    {
        foreach (var one in _order.Where(one => IsItem(one.Model)))
            _keyOf[(one.Model, one.Id)] = _keys.Take(Words(one.Model), NameOf(one), one.Id.ToString(CultureInfo.InvariantCulture));
        var owners = Owners();
        List<ImportedItem> items = [.. _order.Where(one => IsItem(one.Model)).Select(one => new ImportedItem(
            one.Place, one.Model, Item(one, owners), one.Text("status")))];
        var kinds = _order.GroupBy(one => one.Model).OrderByDescending(kind => kind.Count()).ThenBy(kind => kind.Key, StringComparer.Ordinal)

            .Select(kind => new ExportKind(
                kind.Key, kind.Count(), Use(kind.Key), IsBookkeeping(kind.Key) ? null : ExportChoice.LeftOut)).ToList();
        return new("netbox", _order.Count, items, kinds, _findings);
    }

    private InventoryItem Item(NetBoxObject one, Dictionary<(string, int), string> owners)
    {
        var key = _keyOf[(one.Model, one.Id)];
        var owner = owners.GetValueOrDefault((one.Model, one.Id)) ?? NameAt(one, "tenant", "tenancy.tenant") ?? "";
        var notes = one.Text("description") is { Length: > 0 } described ? described : one.Text("comments");
        if (one.Model is "tenancy.contact" or "tenancy.tenant")
        {
            return new InventoryItem.Person
            {
                Key = key,
                Name = NameOf(one),
                Side = _options.Side,
                IsTeam = one.Model == "tenancy.tenant",
                Notes = notes,
                Skills = one.Text("title") is { Length: > 0 } title ? [title] : [],
            };
        }

        return new InventoryItem.Asset
        {
            Key = key,
            Name = NameOf(one),
            Side = _options.Side,
            Owner = owner,
            Notes = notes.Length > 500 ? notes[..500] : notes,
            What = What(one),
            Lifecycle = LifecycleOf(one.Text("status")),
            Capacity = CapacityOf(one),
            DependsOn = DependsOn(one).Distinct().ToValueList(),
            Needs = Needs(one).ToValueList(),
        };
    }

    /// <summary>The first contact named for an object answers for it.</summary>
    private Dictionary<(string, int), string> Owners()
    {
        Dictionary<(string, int), string> owners = [];
        foreach (var link in _order.Where(one => one.Model == "tenancy.contactassignment"))
        {
            var model = Pointed(link, "content_type") is { Length: > 0 } older ? older : Pointed(link, "object_type");
            if (link.Number("object_id") is { } id && Find("tenancy.contact", link.Number("contact")) is { } contact)
                owners.TryAdd((model, id), contact.Text("name"));
        }

        return owners;
    }

    /// <summary>The model that a generic reference points to: <c>["dcim", "site"]</c> in a dump, <c>dcim.site</c> in an answer.</summary>
    private static string Pointed(NetBoxObject one, string field) =>
        one.Fields[field] is JsonArray { Count: 2 } type ? $"{type[0]}.{type[1]}" : one.Text(field);

    private IEnumerable<string> DependsOn(NetBoxObject one) => Standing(one).Select(link => KeyAt(link.Model, link.Id)).OfType<string>();

    private IEnumerable<(string Model, int? Id)> Standing(NetBoxObject one) => one.Model switch
    {
        "dcim.device" => [("dcim.rack", one.Number("rack")), one.Number("rack") is null ? ("dcim.location", one.Number("location")) : ("", null),
            one.Number("rack") is null && one.Number("location") is null ? ("dcim.site", one.Number("site")) : ("", null)],
        "dcim.rack" => [one.Number("location") is { } place ? ("dcim.location", place) : ("dcim.site", one.Number("site"))],
        "dcim.location" => [("dcim.site", one.Number("site")), ("dcim.location", one.Number("parent"))],
        "dcim.powerfeed" => [("dcim.powerpanel", one.Number("power_panel"))],
        "dcim.powerpanel" => [("dcim.site", one.Number("site")), ("dcim.location", one.Number("location"))],
        "virtualization.virtualmachine" => [("virtualization.cluster", one.Number("cluster")), ("dcim.device", one.Number("device"))],
        "virtualization.cluster" => [("dcim.site", one.Number("site")), (Pointed(one, "scope_type"), one.Number("scope_id"))],
        "circuits.circuit" => [("circuits.provider", one.Number("provider"))],
        "dcim.module" => [("dcim.device", one.Number("device"))],
        _ when IsPart(one.Model) => [("dcim.device", one.Number("device")), ("virtualization.virtualmachine", one.Number("virtual_machine"))],
        _ => [],
    };

    /// <summary>Groups of which one carries the rest: feeds of a rack, circuits of a site, hosts of a cluster, members of a chassis.</summary>
    private IEnumerable<KOfN> Needs(NetBoxObject one)
    {
        var members = one.Model switch
        {
            "dcim.rack" => Back("dcim.powerfeed", "rack", one.Id),
            "virtualization.cluster" => Back("dcim.device", "cluster", one.Id),
            "dcim.virtualchassis" => Back("dcim.device", "virtual_chassis", one.Id),
            "dcim.site" => Ends(one.Id),
            _ => [],
        };
        if (members.Count > 0) yield return new KOfN(1, members.ToValueList());
    }

    private List<string> Back(string model, string field, int id) =>
        [.. Referrers(model, field)[id].Select(one => KeyAt(model, one)).OfType<string>().Distinct()];

    private List<string> Ends(int site) =>
        [.. _order.Where(end => end.Model == "circuits.circuittermination" && end.Number("termination_id") == site
                && Pointed(end, "termination_type") == "dcim.site").Select(end => end.Id)
            .Concat(Referrers("circuits.circuittermination", "site")[site]).Distinct()
            .Select(end => Find("circuits.circuittermination", end)?.Number("circuit"))
            .Select(circuit => KeyAt("circuits.circuit", circuit)).OfType<string>().Distinct()];

    private ILookup<int, int> Referrers(string model, string field)
    {
        if (_referrers.TryGetValue((model, field), out var known)) return known;
        return _referrers[(model, field)] = _order.Where(one => one.Model == model && one.Number(field) is not null)
            .ToLookup(one => one.Number(field)!.Value, one => one.Id);
    }

    private readonly Dictionary<(string, string), ILookup<int, int>> _referrers = [];

    private string What(NetBoxObject one) => one.Model switch
    {
        "dcim.device" => (NameAt(one, "role", "dcim.devicerole") ?? NameAt(one, "device_role", "dcim.devicerole") ?? "device").ToLowerInvariant(),
        "virtualization.virtualmachine" => "virtual machine",
        "circuits.circuit" => NameAt(one, "type", "circuits.circuittype") is { } type ? $"circuit, {type}" : "circuit",
        "circuits.provider" => "supplier",
        var model => Words(model),
    };

    private static Quantity? CapacityOf(NetBoxObject one) => one.Model switch
    {
        "virtualization.virtualmachine" when one.Decimal("vcpus") is { } cpus => new(cpus, "vCPU"),
        "dcim.rack" when one.Decimal("u_height") is { } height => new(height, "U"),
        "dcim.powerfeed" when one.Decimal("available_power") is { } power => new(power, "W"),
        "circuits.circuit" when one.Decimal("commit_rate") is { } rate => new(rate / 1000m, "Mbit/s"),
        _ => null,
    };

    private static Lifecycle LifecycleOf(string status) => status switch
    {
        "planned" or "staged" or "staging" or "provisioning" or "reserved" => Lifecycle.Planned,
        "decommissioning" or "deprovisioning" or "deprecated" => Lifecycle.Retiring,
        "retired" or "decommissioned" => Lifecycle.Retired,
        _ => Lifecycle.InUse,
    };

    private string NameOf(NetBoxObject one) =>
        one.Text("name") is { Length: > 0 } name ? name
        : one.Text("cid") is { Length: > 0 } circuit ? circuit
        : Find("dcim.devicetype", one.Number("device_type"))?.Text("model") is { Length: > 0 } type ? $"{type} {one.Id}"
        : one.Text("address") is { Length: > 0 } address ? address
        : one.Text("prefix") is { Length: > 0 } prefix ? prefix
        : $"{Words(one.Model)} {one.Id}";

    private string? NameAt(NetBoxObject one, string field, string model) => Find(model, one.Number(field))?.Text("name");

    private NetBoxObject? Find(string model, int? id) => id is { } number ? _objects.GetValueOrDefault((model, number)) : null;

    private string? KeyAt(string model, int? id) => id is { } number ? _keyOf.GetValueOrDefault((model, number)) : null;
}
