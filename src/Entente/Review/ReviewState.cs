using System.Collections.Immutable;
using NodaTime;

namespace Entente.Review;

/// <summary>The reviews of one agreement.</summary>
public sealed record ReviewState : IState<ReviewState, ReviewFact>
{
    public static ReviewState Empty { get; } = new();

    /// <summary>Issued reports by the name of their period, such as 2026-09.</summary>
    public ImmutableSortedDictionary<string, ReviewedReport> Reports { get; init; } = ImmutableSortedDictionary.Create<string,
        ReviewedReport>(StringComparer.Ordinal);

    public ImmutableList<ReopenedTerm> Reopened { get; init; } = [];

    public ReviewState Apply(ReviewFact fact, Stamp stamp) => fact switch
    {
        ReviewFact.ReportIssued issued => this with
        {
            Reports = Reports.SetItem(issued.Period, new ReviewedReport(issued.Report, issued.Digest, stamp.At)),
        },
        ReviewFact.ReportAccepted accepted => Change(accepted.Period, report => report with { AcceptedAt = stamp.At, Remark = accepted.Remark }),
        ReviewFact.LineDisputed disputed => Change(disputed.Period, report => report with
        {
            Disputes = report.Disputes.SetItem(disputed.Term, new Dispute(disputed.Term, disputed.Reason, stamp.At)),
        }),
        ReviewFact.DisputeSettled settled => Change(settled.Period, report => report with
        {
            Disputes = report.Disputes.SetItem(settled.Term,
                report.Disputes[settled.Term] with { Upheld = settled.Upheld, Answer = settled.Reason, SettledAt = stamp.At }),
        }),
        ReviewFact.TermReopened reopened => this with { Reopened = Reopened.Add(new ReopenedTerm(reopened.Period, reopened.Term, reopened.Reason, stamp.At)) },
        _ => this,
    };

    private ReviewState Change(string period, Func<ReviewedReport, ReviewedReport> change) =>
        this with { Reports = Reports.SetItem(period, change(Reports[period])) };
}

/// <summary>A report and what the customer said of it.</summary>
public sealed record ReviewedReport(MonthlyReport Report, string Digest, Instant IssuedAt)
{
    public Instant? AcceptedAt { get; init; }

    public string? Remark { get; init; }

    public ImmutableSortedDictionary<string, Dispute> Disputes { get; init; } = ImmutableSortedDictionary.Create<string, Dispute>(StringComparer.Ordinal);

    public bool IsAccepted => AcceptedAt is not null;

    public IEnumerable<Dispute> Open => Disputes.Values.Where(dispute => dispute.SettledAt is null);
}

/// <summary>A line the customer does not accept, and how the dispute ended.</summary>
public sealed record Dispute(string Term, string Reason, Instant At)
{
    public bool? Upheld { get; init; }

    public string? Answer { get; init; }

    public Instant? SettledAt { get; init; }
}

/// <summary>A term that a review sent back to documentation.</summary>
public sealed record ReopenedTerm(string Period, string Term, string Reason, Instant At);
