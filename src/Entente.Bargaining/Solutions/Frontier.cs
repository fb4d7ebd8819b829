using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Entente.Bargaining.Issues;

namespace Entente.Bargaining.Solutions;

/// <summary>The Pareto frontier: utilities that no other package reaches for all and passes for one, each
/// once.</summary>
/// <remarks>Definition: distinct non-dominated vectors of rounded utilities over all packages the constraints allow, in
/// descending order.</remarks>
public sealed class Frontier
{
    private readonly ushort[] _options;
    private readonly int _width;

    internal Frontier(double[][] points, ushort[] packages, int issues, double bound) =>
        (Points, _options, _width, Bound) = (points, packages, issues, bound);

    /// <summary>One utility per party, rows in descending order.</summary>
    public IReadOnlyList<double[]> Points { get; }

    /// <summary>True when the points are the whole frontier.</summary>
    public bool IsExact => Bound == 0;

    /// <summary>Every package has a listed point that is at most this much below it, for every party; 0 when
    /// exact.</summary>
    public double Bound { get; }

    /// <summary>A package that attains the point.</summary>
    public Package Package(int point)
    {
        var values = new int[_width];
        for (var i = 0; i < _width; i++) values[i] = _options[point * _width + i];
        return new Package(values);
    }

    /// <summary>SHA-256, in hexadecimal, of the points as text: nine decimals (halves to even), commas between parties,
    /// a line each.</summary>
    public string Hash()
    {
        var text = new StringBuilder(Points.Count * 24);
        for (var i = 0; i < Points.Count; i++)
        {
            if (i > 0) text.Append('\n');
            text.AppendJoin(',', Points[i].Select(Nine));
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static string Nine(double utility) =>
        (Math.Round(utility * 1e9, MidpointRounding.ToEven) / 1e9).ToString("F9", CultureInfo.InvariantCulture);
}
