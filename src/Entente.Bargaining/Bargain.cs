using Entente.Bargaining.Issues;
using Entente.Bargaining.Preferences;

namespace Entente.Bargaining;

/// <summary>The parties around one space: what every question of the mathematics is asked about.</summary>
public sealed class Bargain
{
    public Bargain(Space space, params IReadOnlyList<Preference> parties)
    {
        if (parties.Count == 0) throw new BargainException(
            "bargain.no_parties", "parties", "A bargain needs at least one party.");
        for (var p = 0; p < parties.Count; p++) parties[p].Check(space, p);
        (Space, Parties) = (space, parties);
        Disagreement = [.. parties.Select(party => party.Disagreement)];
    }

    public Space Space { get; }

    public IReadOnlyList<Preference> Parties { get; }

    /// <summary>d: what each party has when no agreement is reached.</summary>
    public IReadOnlyList<double> Disagreement { get; }

    /// <summary>u(x) of each party, summed in the order of the issues and rounded to ten decimals before any
    /// comparison.</summary>
    public double[] Utilities(Package package)
    {
        var utilities = new double[Parties.Count];
        for (var p = 0; p < utilities.Length; p++) utilities[p] = Round(Parties[p].Utility(package));
        return utilities;
    }

    /// <summary>Whether the space and every party's must-haves allow the package.</summary>
    public bool Allows(Package package) =>
        Space.Allows(package) && Parties.All(party => party.MustHaves.All(must => must.Holds(package)));

    /// <summary>Whether nobody is below the disagreement.</summary>
    public bool IsIndividuallyRational(IReadOnlyList<double> utilities)
    {
        for (var p = 0; p < utilities.Count; p++)
            if (utilities[p] < Disagreement[p] - Tolerance) return false;
        return true;
    }

    /// <summary>The same space without some parties, in the order given.</summary>
    public Bargain Among(params IReadOnlyList<int> parties) => new(Space, [.. parties.Select(p => Parties[p])]);

    public Bargain With(Space space) => new(space, Parties);

    /// <summary>The same bargain with <paramref name="package"/> as what stands when nobody agrees to anything
    /// else.</summary>
    public Bargain From(Package package)
    {
        var stands = Utilities(package);
        return new Bargain(Space, [.. Parties.Select((party, p) => party with { Reservation = stands[p] })]);
    }

    /// <summary>Two utilities nearer than this are the same: half a unit of the tenth decimal.</summary>
    internal const double Tolerance = 5e-11;

    internal static double Round(double utility) =>
        Math.Abs(utility) < 1e5 ? Math.Round(utility * 1e10, MidpointRounding.ToEven) / 1e10 : utility;
}
