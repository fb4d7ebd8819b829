using Entente.Bargaining;
using Entente.Bargaining.Issues;

namespace Entente.Negotiation;

/// <summary>What packages of a practice table are worth to one party: the best option of every term makes 100, the worst
/// of every term 0.</summary>
internal sealed class PointScale(Bargain bargain, int party)
{
    private readonly IReadOnlyList<IReadOnlyList<double>> _worth = bargain.Parties[party].Worth;

    /// <summary>Leaving without a deal.</summary>
    public double NoDeal => Points(bargain.Disagreement[party] - Least);

    private double Least => _worth.Sum(row => row.Min());

    private double Range => _worth.Sum(row => row.Max()) - Least;

    public double Of(Package package) => Points(bargain.Parties[party].Utility(package) - Least);

    /// <summary>What each option of each term brings.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> Options() =>
        bargain.Space.Issues.Index().ToDictionary(
            one => one.Item.Name, IReadOnlyDictionary<string, double> (one) => one.Item.Values.Index()
                .ToDictionary(option => option.Item,
                    option => Points(_worth[one.Index][option.Index] - _worth[one.Index].Min())));

    /// <summary>Whether an option of a term is worth less than another one.</summary>
    public bool IsLess(int issue, int option, int than) => _worth[issue][option] < _worth[issue][than];

    private double Points(double worth) => Math.Round(100 * worth / Range, 1);
}
