namespace Entente.Bargaining;

/// <summary>Randomness that can be replayed: a function of a seed and a place in the run (SplitMix64, Steele et al.
/// 2014).</summary>
public sealed class Chance(ulong state)
{
    private ulong _state = state;

    public static Chance Seeded(int seed, params ReadOnlySpan<int> place)
    {
        var chance = new Chance((ulong)seed * 0x9E3779B97F4A7C15);
        foreach (var part in place) chance = new Chance(chance.Bits() ^ (ulong)part);
        return chance;
    }

    public int Next(int below) => (int)(Share() * below);

    /// <summary>A number in [0, 1).</summary>
    public double Share() => (Bits() >> 11) * (1.0 / (1UL << 53));

    private ulong Bits()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
