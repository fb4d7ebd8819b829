using NodaTime;

namespace Entente.Agreements;

/// <summary>What happened to one agreement, from its frame to its signed versions.</summary>
public abstract record AgreementFact
{
    private AgreementFact() { }

    /// <summary>What the agreement holds around its terms: parties, services, calendars, sources, policy.</summary>
    public sealed record Framed(AgreementDocument Document) : AgreementFact;

    /// <summary>A version as the table agreed on it; the same number again replaces a draft that nobody needs to sign
    /// any more.</summary>
    /// <param name="Negotiation">Identifier of the negotiation that ended in it.</param>
    public sealed record Drafted(
        int Number, AgreementDocument Document, LocalDate EffectiveFrom, string Negotiation,
            Certificate? Certificate = null) : AgreementFact;

    /// <summary>A term of the draft took another wording.</summary>
    /// <param name="Source">Where the words come from, such as <c>clause uptime-plain, version 2</c>.</param>
    public sealed record Worded(int Number, string Term, string Text, string Source) : AgreementFact;

    /// <summary>A side says that what ends a contingent term has happened, and since when. It counts when both sides
    /// say so.</summary>
    public sealed record ConditionMet(string Condition, LocalDate On, string Remark = "") : AgreementFact;

    /// <summary>The sides sign although something better for one and worse for none was found.</summary>
    public sealed record Waived(int Number, string Reason) : AgreementFact;

    /// <summary>A party shows everybody what the package brought it.</summary>
    public sealed record DividendOpened(int Number, Seat Party, Negotiation.Dividend Dividend) : AgreementFact;

    /// <param name="Side">The side that it binds, where it is one's.</param>
    /// <param name="Title">The office under which the person signs, such as Head of Operations.</param>
    /// <param name="Signatory">Which signature of the plan it is; none in facts from before there were plans, when each
    /// side gave one.</param>
    /// <param name="For">Whose signature it is, where the signer is a delegate.</param>
    /// <param name="IsLast">With it everybody has signed.</param>
    public sealed record Signed(int Number, Side? Side, string Name, string Title, string Place, string? Signatory = null,
        string? For = null, bool IsLast = false) : AgreementFact;

    /// <summary>Who must sign, in which order and up to which authority.</summary>
    public sealed record SigningPlanned(SigningPlan Plan) : AgreementFact;

    /// <summary>Somebody else of the seat gives a signature instead.</summary>
    /// <param name="Signatory">Which signature of the plan; none in facts from before there were plans, when it was the
    /// side's one.</param>
    /// <param name="Until">The last day on which it holds; none holds for the agreement.</param>
    /// <param name="ByName">Who delegated it.</param>
    public sealed record SigningDelegated(string Person, string Name, string Reason, Side? Side = null,
        string? Signatory = null, LocalDate? Until = null, string? ByName = null) : AgreementFact;

    public sealed record DelegationRevoked(string Signatory) : AgreementFact;

    /// <summary>Which side signs first; plans of signatures say it with their steps.</summary>
    public sealed record SigningOrdered(Side First) : AgreementFact;
}

/// <summary>What the engine could say of a package when it was agreed.</summary>
/// <param name="Efficient">True when no package on the table was better for one side and worse for none; none when it
/// could not tell.</param>
/// <param name="AboveLimits">True when no side was below what it would have without an agreement; none when it could
/// not tell.</param>
/// <param name="Waiver">Why the sides sign all the same where one of both is not true.</param>
/// <param name="Evidence">What the evidence said of each agreed value.</param>
/// <param name="Versions">What it was computed from: history, calendars, cost model, each by version or digest.</param>
public sealed record Certificate(
    bool? Efficient = null, bool? AboveLimits = null, string? Waiver = null, ValueList<string> Evidence = default,
        string? Words = null, ValueList<string> Versions = default);
