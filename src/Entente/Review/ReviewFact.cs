namespace Entente.Review;

/// <summary>What happened when an agreement was reviewed: reports, what the customer said of them, terms that were reopened.</summary>
public abstract record ReviewFact
{
    private ReviewFact() { }

    /// <param name="Digest">SHA-256 of the report's JSON, in hexadecimal.</param>
    public sealed record ReportIssued(string Period, MonthlyReport Report, string Digest) : ReviewFact;

    public sealed record ReportAccepted(string Period, string? Remark) : ReviewFact;

    public sealed record LineDisputed(string Period, string Term, string Reason) : ReviewFact;

    /// <param name="Upheld">True when both sides hold that the line was wrong.</param>
    public sealed record DisputeSettled(string Period, string Term, bool Upheld, string Reason) : ReviewFact;

    /// <summary>The term returns to documentation: what was promised no longer fits.</summary>
    public sealed record TermReopened(string Period, string Term, string Reason) : ReviewFact;
}
