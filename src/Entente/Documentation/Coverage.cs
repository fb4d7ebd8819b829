namespace Entente.Documentation;

/// <summary>How services stand on assets: what carries nothing, what carries too much, what nobody measures.</summary>
/// <param name="Unused">Assets in use that no service stands on, not even through others: spending to question.</param>
/// <param name="Unmeasured">Assets under a service that no series measures.</param>
/// <param name="Single">For each service, the assets whose failure alone stops it.</param>
/// <param name="Groundless">Services that name no asset at all.</param>
public sealed record Coverage(
    IReadOnlyList<InventoryItem.Asset> Unused, IReadOnlyList<InventoryItem.Asset> Unmeasured,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Single, IReadOnlyList<string> Groundless);

/// <summary>An asset among the others.</summary>
/// <param name="StandsOn">Assets that it needs itself, alone or as one of a group, without their spares.</param>
/// <param name="Carries">Assets that need it themselves.</param>
/// <param name="Spares">Assets that carry on when it fails.</param>
/// <param name="Services">Every service above it, however far, that it is a part of.</param>
public sealed record AssetPlace(
    IReadOnlyList<InventoryItem.Asset> StandsOn, IReadOnlyList<InventoryItem.Asset> Carries,
    IReadOnlyList<InventoryItem.Asset> Spares, IReadOnlyList<CatalogueEntry> Services);

/// <summary>The graph of services on assets, and the questions that are asked of it.</summary>
/// <remarks>
/// A node works when everything it depends on works (each dependency may be stood in for by an asset that is redundant with it), and
/// when of each of its groups at least k work.
/// </remarks>
public sealed class ServiceMap
{
    private readonly Dictionary<string, InventoryItem.Asset> _assets;
    private readonly Dictionary<string, CatalogueEntry> _services;
    private readonly Dictionary<string, HashSet<string>> _spares = new(StringComparer.Ordinal);
    private readonly ILookup<string, string> _users;
    private readonly IReadOnlyDictionary<string, ValueList<string>> _internals;

    /// <param name="internals">Assets that internal spec sheets name, by service; only those the reader may know.</param>
    public ServiceMap(
        IEnumerable<InventoryItem.Asset> assets, IEnumerable<CatalogueEntry> services, IReadOnlyDictionary<string, ValueList<string>>? internals = null)
    {
        _assets = assets.ToDictionary(asset => asset.Key, StringComparer.Ordinal);
        _services = services.ToDictionary(entry => entry.Key, StringComparer.Ordinal);
        _internals = new Dictionary<string, ValueList<string>>();
        foreach (var asset in _assets.Values)
        {
            foreach (var spare in asset.RedundantWith)
            {
                Pair(asset.Key, spare);
                Pair(spare, asset.Key);
            }
        }

        if (internals is not null) _internals = internals.ToDictionary(pair => pair.Key, pair => Directly(pair.Key, pair.Value), StringComparer.Ordinal);
        _users = _services.Keys.Select(Node.Service).Concat(_assets.Keys.Select(Node.Asset))
            .SelectMany(user => Needed(user).Distinct().Select(used => (User: user, Used: used)))
            .ToLookup(link => link.Used.Id, link => link.User.Id, StringComparer.Ordinal);
    }

    /// <summary>Of the assets that a sheet lists, those that the service stands on itself: a sheet made from the inventory lists
    /// everything below too, and what stands there may have a spare.</summary>
    private ValueList<string> Directly(string service, ValueList<string> listed)
    {
        HashSet<string> below = new(StringComparer.Ordinal);
        if (_services.ContainsKey(service)) Under(Node.Service(service), below);
        foreach (var asset in listed.Where(_assets.ContainsKey)) Under(Node.Asset(asset), below);
        return listed.Where(key => !below.Contains(Node.Asset(key).Id)).ToValueList();
    }

    public Coverage Cover()
    {
        HashSet<string> under = new(StringComparer.Ordinal);
        foreach (var key in _services.Keys) Under(Node.Service(key), under);
        SinglePoints points = new(_assets, Leans);
        var single = _services.Keys.Order(StringComparer.Ordinal)
            .ToDictionary(key => key, key => points.Of(Node.Service(key).Id), StringComparer.Ordinal);
        return new(
            [.. _assets.Values.Where(asset => asset.Lifecycle is Lifecycle.InUse or Lifecycle.Retiring && !under.Contains(Node.Asset(asset.Key).Id))
                .OrderBy(asset => asset.Key, StringComparer.Ordinal)],
            [.. _assets.Values.Where(asset => asset.MeasuredBy.Count == 0 && under.Contains(Node.Asset(asset.Key).Id))
                .OrderBy(asset => asset.Key, StringComparer.Ordinal)],
            single,
            [.. _services.Keys.Where(key => !Needed(Node.Service(key)).Any(node => !node.IsService)).Order(StringComparer.Ordinal)]);
    }

    /// <summary>What stops when these assets fail: services and assets, each with the one by which the failure reached it.</summary>
    public IReadOnlyDictionary<string, string?> Impact(IEnumerable<string> failed)
    {
        Dictionary<string, string?> down = new(StringComparer.Ordinal);
        Queue<string> open = new();
        foreach (var key in failed.Where(_assets.ContainsKey))
        {
            if (down.TryAdd(Node.Asset(key).Id, null)) open.Enqueue(Node.Asset(key).Id);
        }

        while (open.TryDequeue(out var failing))
        {
            foreach (var user in _users[failing].Where(user => !down.ContainsKey(user) && !Works(Node.Of(user), down)))
            {
                down[user] = failing;
                open.Enqueue(user);
            }
        }

        return down;
    }

    /// <summary>The services that stop when an asset fails, each with the path by which the failure reaches it.</summary>
    public IReadOnlyList<(string Service, IReadOnlyList<string> Path)> ServicesStoppedBy(string asset)
    {
        var down = Impact([asset]);
        return [.. down.Keys.Select(Node.Of).Where(node => node.IsService).OrderBy(node => node.Key, StringComparer.Ordinal)
            .Select(node => (node.Key, Path(node.Id)))];

        IReadOnlyList<string> Path(string node)
        {
            List<string> path = [];
            for (var at = node; at is not null; at = down[at]) path.Add(Node.Of(at).Key);
            path.Reverse();
            return path;
        }
    }

    /// <summary>Where an asset stands; nothing around one that the map does not know.</summary>
    public AssetPlace PlaceOf(string asset)
    {
        if (Find(asset) is not { } known) return new AssetPlace([], [], [], []);
        HashSet<string> above = new(StringComparer.Ordinal);
        Queue<string> open = new([Node.Asset(asset).Id]);
        while (open.TryDequeue(out var at))
        {
            foreach (var user in _users[at].Where(above.Add)) open.Enqueue(user);
        }

        return new AssetPlace(
            Assets(known.DependsOn.Concat(known.Needs.SelectMany(group => group.Of))),
            [.. _assets.Values.Where(user => user.DependsOn.Contains(asset) || user.Needs.Any(group => group.Of.Contains(asset)))
                .OrderBy(user => user.Key, StringComparer.Ordinal)],
            Assets(Spares(asset)),
            [.. above.Select(Node.Of).Where(node => node.IsService).Select(node => _services[node.Key])
                .OrderBy(service => service.Key, StringComparer.Ordinal)]);

        IReadOnlyList<InventoryItem.Asset> Assets(IEnumerable<string> keys) =>
            [.. keys.Where(_assets.ContainsKey).Distinct().Order(StringComparer.Ordinal).Select(key => _assets[key])];
    }

    public InventoryItem.Asset? Find(string asset) => _assets.GetValueOrDefault(asset);

    /// <summary>The assets that a service stands on, however deep.</summary>
    public IReadOnlyList<InventoryItem.Asset> AssetsUnder(string service)
    {
        HashSet<string> under = new(StringComparer.Ordinal);
        Under(Node.Service(service), under);
        return [.. under.Select(Node.Of).Where(node => !node.IsService).Select(node => _assets[node.Key]).OrderBy(asset => asset.Key, StringComparer.Ordinal)];
    }

    /// <summary>Everything a service stands on, however deep, with what each stands on in turn.</summary>
    public IReadOnlyList<(string From, string To)> Links(string service)
    {
        HashSet<string> under = new(StringComparer.Ordinal);
        Under(Node.Service(service), under);
        return [.. under.Prepend(Node.Service(service).Id).Select(Node.Of).SelectMany(node => Needed(node).Distinct().Select(to => (node.Key, to.Key)))];
    }

    private bool Works(Node node, Dictionary<string, string?> down) =>
        node.IsService
            ? _services[node.Key].Card.DependsOn.Concat(_internals.GetValueOrDefault(node.Key)).All(key => Stands(key, down))
            : _assets[node.Key].DependsOn.All(key => Stands(key, down))
                && _assets[node.Key].Needs.All(group => group.Of.Count(key => !_assets.ContainsKey(key) || !down.ContainsKey(Node.Asset(key).Id)) >= group.K);

    private bool Stands(string key, Dictionary<string, string?> down) =>
        !down.ContainsKey(Resolve(key)?.Id ?? "") || Spares(key).Any(spare => _assets.ContainsKey(spare) && !down.ContainsKey(Node.Asset(spare).Id));

    /// <summary>What a node cannot do without: each group with how many of its members may fail before the node does.</summary>
    private IEnumerable<Lean> Leans(string id)
    {
        var node = Node.Of(id);
        var keys = node.IsService
            ? _services[node.Key].Card.DependsOn.Concat(_internals.GetValueOrDefault(node.Key)) : _assets[node.Key].DependsOn.AsEnumerable();
        foreach (var key in keys)
        {
            if (Resolve(key) is not { } needed) continue;
            var spares = Spares(key).Where(_assets.ContainsKey).Select(spare => Node.Asset(spare).Id).ToList();
            yield return new Lean([needed.Id, .. spares], MayFail: spares.Count);
        }

        if (node.IsService) yield break;
        foreach (var group in _assets[node.Key].Needs)
            yield return new Lean([.. group.Of.Where(_assets.ContainsKey).Select(key => Node.Asset(key).Id)], MayFail: group.Of.Count - group.K);
    }

    private void Under(Node from, HashSet<string> seen)
    {
        Stack<Node> open = new([from]);
        while (open.TryPop(out var node))
        {
            foreach (var next in Needed(node).Where(next => seen.Add(next.Id))) open.Push(next);
        }
    }

    /// <summary>Everything a node leans on: dependencies, their spares, and members of its groups.</summary>
    private IEnumerable<Node> Needed(Node node)
    {
        var keys = node.IsService
            ? _services[node.Key].Card.DependsOn.Concat(_internals.GetValueOrDefault(node.Key))
            : _assets[node.Key].DependsOn.Concat(_assets[node.Key].Needs.SelectMany(group => group.Of));
        return keys.SelectMany(key => Spares(key).Prepend(key)).Select(Resolve).OfType<Node>();
    }

    /// <summary>A key names a service where there is one, else an asset.</summary>
    private Node? Resolve(string key) => _services.ContainsKey(key) ? Node.Service(key) : _assets.ContainsKey(key) ? Node.Asset(key) : null;

    private IReadOnlyCollection<string> Spares(string key) => _spares.TryGetValue(key, out var spares) ? spares : [];

    private void Pair(string key, string spare)
    {
        if (!_spares.TryGetValue(key, out var spares)) _spares[key] = spares = new(StringComparer.Ordinal);
        spares.Add(spare);
    }

    private sealed record Node(string Key, bool IsService)
    {
        public string Id => IsService ? $"service:{Key}" : $"asset:{Key}";

        public static Node Service(string key) => new(key, true);

        public static Node Asset(string key) => new(key, false);

        public static Node Of(string id) => id.StartsWith("service:", StringComparison.Ordinal) ? Service(id["service:".Length..])
            : Asset(id["asset:".Length..]);
    }
}
