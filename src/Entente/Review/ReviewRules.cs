using NodaTime;

namespace Entente.Review;

/// <summary>Decides how a report is issued, accepted and disputed, and when a term is reopened.</summary>
public static class ReviewRules
{
    /// <remarks>A report is frozen: it is issued once, after its period ended.</remarks>
    public static Decision<ReviewFact> Issue(ReviewState state, Actor by, string period, MonthlyReport report, string digest, Instant now) =>
        by.Seat is not (Seat.ServiceLevelManager or Seat.Provider)
            ? new Refusal("report.not_yours", "The service level manager or the provider issues the report.")
        : state.Reports.ContainsKey(period) ? new Refusal("report.issued", $"The report for {period} was issued before; it is frozen.")
        : report.Period.To > now ? new Refusal("report.too_early", $"The period {period} ends at {report.Period.To}; issue its report after that.")
        : new ReviewFact.ReportIssued(period, report, digest);

    public static Decision<ReviewFact> Accept(ReviewState state, Actor by, string period, string? remark) =>
        Speak(state, by, period) is { } refusal ? refusal
        : state.Reports[period].Open.Any() ? new Refusal("report.disputed", "A disputed line must be settled before the report is accepted.")
        : new ReviewFact.ReportAccepted(period, string.IsNullOrWhiteSpace(remark) ? null : remark.Trim());

    public static Decision<ReviewFact> Dispute(ReviewState state, Actor by, string period, string term, string reason) =>
        Speak(state, by, period) is { } refusal ? refusal
        : Unknown(state, period, term) is { } unknown ? unknown
        : state.Reports[period].Disputes.ContainsKey(term) ? new Refusal("report.disputed_before", "This line was disputed before.")
        : string.IsNullOrWhiteSpace(reason) ? new Refusal("report.reason_missing", "A dispute needs a reason the provider can answer.")
        : new ReviewFact.LineDisputed(period, term, reason.Trim());

    /// <remarks>The chair records what both sides agreed on; the frozen report stays as it is, and the answer stands beside it.</remarks>
    public static Decision<ReviewFact> Settle(ReviewState state, Actor by, string period, string term, bool upheld, string reason) =>
        by.Seat != Seat.ServiceLevelManager ? new Refusal("report.chair_settles", "The service level manager records how a dispute ended.")
        : state.Reports.GetValueOrDefault(period)?.Open.Any(dispute => dispute.Term == term) != true
            ? new Refusal("report.no_dispute", "There is no open dispute of this line.")
        : string.IsNullOrWhiteSpace(reason) ? new Refusal("report.reason_missing", "Say what both sides agreed on.")
        : new ReviewFact.DisputeSettled(period, term, upheld, reason.Trim());

    public static Decision<ReviewFact> Reopen(ReviewState state, Actor by, string period, string term, string reason) =>
        by.Seat is not (Seat.ServiceLevelManager or Seat.Provider or Seat.Customer)
            ? new Refusal("report.not_yours", "The service level manager or one of the two sides reopens a term.")
        : Unknown(state, period, term) is { } unknown ? unknown
        : state.Reopened.Exists(one => one.Period == period && one.Term == term) ? new Refusal("report.reopened", "This review has reopened the term already.")
        : string.IsNullOrWhiteSpace(reason) ? new Refusal("report.reason_missing", "Say what no longer fits.")
        : new ReviewFact.TermReopened(period, term, reason.Trim());

    private static Refusal? Speak(ReviewState state, Actor by, string period) =>
        by.Seat != Seat.Customer ? new Refusal("report.customer_only", "Only the customer accepts the report or disputes a line.")
        : !state.Reports.TryGetValue(period, out var report) ? new Refusal("report.none", $"There is no report for {period}.")
        : report.IsAccepted ? new Refusal("report.accepted", "This report was accepted; it stands.")
        : null;

    private static Refusal? Unknown(ReviewState state, string period, string term) =>
        state.Reports.GetValueOrDefault(period)?.Report.Lines.Any(line => line.Result.Term == term) == true ? null
        : new Refusal("report.no_line", $"There is no line '{term}' in a report for {period}.");
}
