using Microsoft.Extensions.Caching.Memory;

namespace Entente.Server.Monitoring;

/// <summary>What was computed from things that never change, kept until nobody has asked for it for an hour.</summary>
public sealed class KeptResults : IDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromHours(1);

    private readonly MemoryCache _kept = new(new MemoryCacheOptions());
    private readonly Lock _lock = new();

    /// <summary>What stands under a key; who asks while it is made waits for it. What failed is made again.</summary>
    public T Of<T>(string key, Func<T> make)
    {
        Lazy<T>? found;
        lock (_lock)
        {
            if (!_kept.TryGetValue(key, out found) || found is { IsValueCreated: true, Value: Task { IsFaulted: true } })
                found = _kept.Set(key, new Lazy<T>(make), new MemoryCacheEntryOptions { SlidingExpiration = _patience });
        }

        return found!.Value;
    }

    public void Dispose() => _kept.Dispose();
}
