namespace Entente.Bargaining.Issues;

/// <summary>One option for every issue, as indexes into <see cref="Issue.Values"/>; ordered like a word in a
/// dictionary.</summary>
public sealed class Package(params IReadOnlyList<int> values) : IEquatable<Package>, IComparable<Package>
{
    private readonly int[] _values = [.. values];

    public IReadOnlyList<int> Values => _values;

    public int Count => _values.Length;

    public int this[int issue] => _values[issue];

    public Package With(int issue, int value)
    {
        int[] changed = [.. _values];
        changed[issue] = value;
        return new Package(changed);
    }

    /// <summary>How many issues have another option in <paramref name="other"/>.</summary>
    public int Differences(Package other) => _values.Zip(other._values).Count(pair => pair.First != pair.Second);

    public bool Equals(Package? other) => other is not null && _values.AsSpan().SequenceEqual(other._values);

    public override bool Equals(object? obj) => Equals(obj as Package);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var value in _values) hash.Add(value);
        return hash.ToHashCode();
    }

    public int CompareTo(Package? other) => other is null ? 1 : _values.AsSpan().SequenceCompareTo(other._values);

    public override string ToString() => $"[{string.Join(", ", _values)}]";
}
