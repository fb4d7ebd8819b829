using NodaTime;

namespace Entente.Server.Monitoring;

/// <summary>What was computed from things that never change: kept while it is asked for, within a share of the
/// memory.</summary>
/// <remarks>What nobody asked for in an hour goes, and beyond the share whatever was asked for least lately.</remarks>
/// <param name="bytesMost">A quarter of the memory that the process may use, unless another share is named.</param>
public sealed class KeptResults(IClock clock, long? bytesMost = null)
{
    /// <summary>What a result takes about: two years of months, each with its figures.</summary>
    private const long Usual = 8 * 1024;

    private static readonly Duration _patience = Duration.FromHours(1);

    private readonly long _bytesMost = bytesMost ?? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4;
    private readonly Dictionary<string, LinkedListNode<Entry>> _kept = new(StringComparer.Ordinal);
    private readonly LinkedList<Entry> _latestFirst = [];
    private readonly Lock _lock = new();
    private long _bytes;

    /// <summary>How many results are kept.</summary>
    public int Count
    {
        get
        {
            lock (_lock) return _kept.Count;
        }
    }

    /// <summary>What stands under a key; who asks while it is made waits for it. What failed is made again.</summary>
    /// <param name="bytes">What it takes, where that is not the usual.</param>
    public T Of<T>(string key, Func<T> make, Func<T, long>? bytes = null)
    {
        var found = Find(key, make);
        try
        {
            var made = !found.IsValueCreated;
            var value = found.Value;
            if (made && bytes is not null) Weigh(key, bytes(value));
            return value;
        }
        catch
        {
            Forget(key);
            throw;
        }
    }

    /// <summary>The same for what is read: it is weighed when it is there.</summary>
    public Task<T> OfTask<T>(string key, Func<Task<T>> make, Func<T, long> bytes) => Of(key, async () =>
    {
        var value = await make();
        Weigh(key, bytes(value));
        return value;
    });

    /// <summary>Says that what stands under a key is still of use.</summary>
    public void Touch(string key)
    {
        lock (_lock)
            if (_kept.TryGetValue(key, out var node)) Use(node);
    }

    private Lazy<T> Find<T>(string key, Func<T> make)
    {
        lock (_lock)
        {
            if (_kept.TryGetValue(key, out var node) && node.Value.Lazy is Lazy<T> known && !HasFailed(known)) Use(node);
            else
            {
                Remove(key);
                known = new Lazy<T>(make);
                _kept[key] = _latestFirst.AddFirst(new Entry(key, known) { UsedAt = clock.GetCurrentInstant() });
                _bytes += Usual;
            }

            Trim();
            return known;
        }
    }

    private static bool HasFailed<T>(Lazy<T> known) =>
        known is { IsValueCreated: true, Value: Task { IsCompleted: true, IsCompletedSuccessfully: false } };

    private void Use(LinkedListNode<Entry> node)
    {
        node.Value.UsedAt = clock.GetCurrentInstant();
        _latestFirst.Remove(node);
        _latestFirst.AddFirst(node);
    }

    private void Weigh(string key, long bytes)
    {
        lock (_lock)
        {
            if (!_kept.TryGetValue(key, out var node)) return;
            _bytes += bytes - node.Value.Bytes;
            node.Value.Bytes = bytes;
            Trim();
        }
    }

    /// <remarks>The latest stays, however much it takes: somebody is waiting for it.</remarks>
    private void Trim()
    {
        var old = clock.GetCurrentInstant() - _patience;
        while (_latestFirst is { Count: > 1, Last.Value: var last } && (last.UsedAt < old || _bytes > _bytesMost)) Remove(last.Key);
    }

    private void Forget(string key)
    {
        lock (_lock) Remove(key);
    }

    private void Remove(string key)
    {
        if (!_kept.Remove(key, out var node)) return;
        _latestFirst.Remove(node);
        _bytes -= node.Value.Bytes;
    }

    private sealed class Entry(string key, object lazy)
    {
        public string Key { get; } = key;

        public object Lazy { get; } = lazy;

        public long Bytes { get; set; } = Usual;

        public Instant UsedAt { get; set; }
    }
}
