using Entente.Agreements;
using Entente.Negotiation;

namespace Entente.Server.Negotiation;

/// <summary>Words the win-win test of an agreed package, with what its protocol names and no more.</summary>
public static class Certificates
{
    public static Certificate Of(Mediation mediation, NegotiationState state, Offer offer)
    {
        if (!mediation.BothSaid)
        {
            return new Certificate(
                Efficient: null, AboveLimits: null, state.Waiver,
                Words: "No certificate: not both sides told the mediation engine what they prefer, so it could not "
                    + "test the package.");
        }

        var test = mediation.Test(offer.Package);
        var words = (test.IsEfficient, test.AboveLimits) switch
        {
            (true, true) => "Pareto-efficient: within the terms and values on the table"
                + (mediation.HasHardConcern ? " and what open hard concerns left of them" : "")
                + ", no package was better for one side and worse for none. "
                + "Both sides are above what they would have without an agreement"
                + (test.SharedTenths > 0
                    ? $", and each reached at least {test.SharedTenths} tenths of what it could at best have gained."
                    : "."),
            (false, true) => "Both sides are above what they would have without an agreement. A package that is better "
                + "for at least one side and "
                + "worse for none was on the table or between what was on it; the sides can still take it, or waive it "
                + "with a reason.",
            _ => "At least one side told the engine a limit that this package does not keep; the sides agreed all the "
                + "same.",
        };
        return new Certificate(test.IsProved || !test.IsEfficient ? test.IsEfficient : null, test.AboveLimits,
            state.Waiver, Words: words);
    }
}
