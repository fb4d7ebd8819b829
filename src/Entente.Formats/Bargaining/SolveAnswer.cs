using System.Numerics;
using System.Text.Json;
using System.Text.Json.Serialization;
using Entente.Bargaining;
using Entente.Bargaining.Issues;
using Entente.Bargaining.Solutions;

namespace Entente.Formats.Bargaining;

/// <summary>What is asked about the solutions of a bargain, by a command or a route.</summary>
/// <param name="Parties">Seats to keep, in this order; empty for all.</param>
/// <param name="Points">How many frontier points to show at most.</param>
public sealed record SolveRequest(IReadOnlyList<int> Parties, int Points)
{
    /// <param name="place">Where the seats stand, for messages.</param>
    public Bargain Choose(Bargain bargain, string place = "--parties")
    {
        if (Parties.Count == 0) return bargain;
        foreach (var party in Parties)
            if (party < 0 || party >= bargain.Parties.Count)
                throw new BadInputException(place, "bargain.party",
                    $"There is no party {party}; the parties are 0 to {bargain.Parties.Count - 1}.");
        if (Parties.Distinct().Count() < Parties.Count)
            throw new BadInputException(place, "bargain.party_twice", "A party is named twice.");
        return bargain.Among(Parties);
    }
}

/// <summary>The frontier and the four solutions of a bargain.</summary>
/// <param name="Outcomes">How many packages there are before constraints.</param>
/// <param name="ContractZone">Whether a package exists that leaves nobody below the disagreement; without one there are
/// no solutions. Null: the run stopped before it knew.</param>
/// <param name="Ideal">The best of each party over individually rational packages.</param>
/// <param name="Measures">Opposition and integrative potential: what kind of bargain this is.</param>
/// <param name="Seconds">Time of the computation, without reading files.</param>
public sealed record SolveAnswer(
    string Domain,
    IReadOnlyList<string> Parties,
    [property: JsonConverter(typeof(BigNumber))] BigInteger Outcomes,
    bool? ContractZone,
    IReadOnlyList<double> Disagreement,
    IReadOnlyList<double>? Ideal,
    FrontierAnswer Frontier,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] SolutionAnswer? Nash,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] SolutionAnswer? KalaiSmorodinsky,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] SolutionAnswer? Egalitarian,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] SolutionAnswer? Utilitarian,
    SolutionAnswer MaximinOfAll,
    SolutionAnswer WelfareOfAll,
    BargainMeasures Measures,
    double Seconds,
    IReadOnlyList<string> Warnings)
{
    public static SolveAnswer From(BargainAsk ask, Frontier frontier, SolutionSet set, int points)
    {
        var bargain = ask.Bargain;
        return new SolveAnswer(
            ask.Name, [.. bargain.Parties.Select(party => party.Party)], bargain.Space.Outcomes,
            set.IsZoneKnown ? set.HasContractZone : null, bargain.Disagreement, set.Ideal,
            FrontierAnswer.From(bargain, frontier, points), SolutionAnswer.From(ask, set.Nash),
            SolutionAnswer.From(ask, set.KalaiSmorodinsky), SolutionAnswer.From(ask, set.Egalitarian),
            SolutionAnswer.From(ask, set.Utilitarian), SolutionAnswer.From(ask, set.MaximinOfAll)!,
            SolutionAnswer.From(ask, set.WelfareOfAll)!, Entente.Bargaining.Solutions.Measures.Of(bargain, frontier, set),
            ask.Seconds, ask.Warnings);
    }
}

/// <summary>The frontier alone.</summary>
public sealed record FrontierOnly(
    string Domain, IReadOnlyList<string> Parties, [property: JsonConverter(typeof(BigNumber))] BigInteger Outcomes,
    FrontierAnswer Frontier, double Seconds, IReadOnlyList<string> Warnings)
{
    public static FrontierOnly From(BargainAsk ask, Frontier frontier, int points) =>
        new(ask.Name, [.. ask.Bargain.Parties.Select(party => party.Party)], ask.Bargain.Space.Outcomes,
            FrontierAnswer.From(ask.Bargain, frontier, points), ask.Seconds, ask.Warnings);
}

/// <summary>The frontier: how many points, their hash, and the first of them in descending order.</summary>
/// <param name="Sha256">Of all points, nine decimals each; null where the frontier is not exact.</param>
/// <param name="Bound">Every package has a point at most this much below it, for every party; 0 when exact.</param>
public sealed record FrontierAnswer(
    int Size, int IndividuallyRational, string? Sha256, bool Exact, double Bound,
    IReadOnlyList<IReadOnlyList<double>> Points, IReadOnlyList<IReadOnlyList<int>> Packages)
{
    public static FrontierAnswer From(Bargain bargain, Frontier frontier, int points)
    {
        var shown = Math.Min(points, frontier.Points.Count);
        return new FrontierAnswer(
            frontier.Points.Count, frontier.Points.Count(bargain.IsIndividuallyRational), frontier.IsExact
                ? frontier.Hash() : null,
            frontier.IsExact, frontier.Bound, [.. frontier.Points.Take(shown)],
            [.. Enumerable.Range(0, shown).Select(i => frontier.Package(i).Values)]);
    }
}

/// <summary>One solution.</summary>
/// <param name="Package">The option of each issue by its place, from 0.</param>
/// <param name="Values">The same package in words.</param>
/// <param name="Ties">How many packages have these utilities.</param>
/// <param name="VectorTies">How many utility vectors reach the same objective before the tie rule.</param>
/// <param name="Regrets">For each party the most by which another package could turn out better for it, nobody else
/// being worse off, where its values are known as ranges; null for parties known exactly, and absent where all are.</param>
public sealed record SolutionAnswer(
    IReadOnlyList<double> Utilities, IReadOnlyList<int> Package, IReadOnlyDictionary<string, string> Values,
    bool Proved, double Value, double Bound, [property: JsonConverter(typeof(BigNumber))] BigInteger Ties,
        int VectorTies, IReadOnlyList<double?>? Regrets)
{
    public static SolutionAnswer? From(BargainAsk ask, Solution? solution) => solution is null ? null : new(
        solution.Utilities, solution.Package.Values, ask.Bargain.Space.Describe(solution.Package), solution.IsProved,
        solution.Value, solution.Bound, solution.Ties, solution.VectorTies, Worst(ask, solution));

    private static double?[]? Worst(BargainAsk ask, Solution solution) =>
        ask.Bargain.Parties.All(party => party.Range is null) ? null
            : [.. ask.Bargain.Parties.Select((_, p) =>
                Uncertainty.Of(ask.Bargain, p, solution.Package, ask.Limits)?.Worst)];
}

/// <summary>Whole numbers of any size as plain JSON numbers.</summary>
internal sealed class BigNumber : JsonConverter<BigInteger>
{
    public override BigInteger Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        BigInteger.Parse(System.Text.Encoding.UTF8.GetString(reader.ValueSpan),
            System.Globalization.CultureInfo.InvariantCulture);

    public override void Write(Utf8JsonWriter writer, BigInteger value, JsonSerializerOptions options) =>
        writer.WriteRawValue(value.ToString(System.Globalization.CultureInfo.InvariantCulture));
}
