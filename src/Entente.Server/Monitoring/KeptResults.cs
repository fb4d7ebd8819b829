using Microsoft.Extensions.Caching.Memory;

namespace Entente.Server.Monitoring;

/// <summary>What was computed from things that never change, kept until nobody has asked for it for an hour; no more than
/// so many.</summary>
public sealed class KeptResults : IDisposable
{
    private const int KeptMost = 5000;
    private static readonly TimeSpan _patience = TimeSpan.FromHours(1);

    private readonly MemoryCache _kept = new(new MemoryCacheOptions { SizeLimit = KeptMost });
    private readonly Lock _lock = new();

    /// <summary>What stands under a key; who asks while it is made waits for it. What failed is made again.</summary>
    public T Of<T>(string key, Func<T> make)
    {
        Lazy<T>? found;
        lock (_lock)
        {
            if (!_kept.TryGetValue(key, out found) || found is { IsValueCreated: true, Value: Task { IsCompleted: true, IsCompletedSuccessfully: false } })
                found = _kept.Set(key, new Lazy<T>(make), new MemoryCacheEntryOptions { SlidingExpiration = _patience, Size = 1 });
        }

        try
        {
            return found!.Value;
        }
        catch
        {
            _kept.Remove(key);
            throw;
        }
    }

    public void Dispose() => _kept.Dispose();
}
