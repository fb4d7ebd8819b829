using System.Text.Json;
using Shouldly;

namespace Entente.ServiceTime.Tests.Vectors;

/// <summary>
/// Every vector is equal, or differs for a reason that is written down; a reason that no longer applies is a failure.
/// </summary>
internal sealed class VectorTally
{
    private readonly List<string> _wrong = [];
    private readonly Dictionary<string, int> _differences = [];

    public int Equal { get; private set; }

    public int Count { get; private set; }

    public IReadOnlyDictionary<string, int> Differences => _differences;

    public void Add<T>(int index, JsonElement vector, T expected, T actual, string? difference = null)
    {
        Count++;
        var same = EqualityComparer<T>.Default.Equals(expected, actual);
        if (same && difference is null) Equal++;
        else if (!same && difference is not null) _differences[difference] =
            _differences.GetValueOrDefault(difference) + 1;
        else if (same) _wrong.Add($"[{index}] is equal after all: {difference}");
        else _wrong.Add($"[{index}] expected {expected}, found {actual}: {vector.GetRawText()}");
    }

    public void ShouldHold(int count)
    {
        _wrong.ShouldBeEmpty();
        Count.ShouldBe(count);
    }
}
