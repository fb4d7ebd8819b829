using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Entente.Agreements;
using Entente.Documentation;
using Entente.Engagements;
using Entente.Review;
using Entente.Server.Engagements;
using Entente.Server.Monitoring;
using Entente.Storage.Agreements;
using Entente.Storage.Ledger;
using Entente.Terms.Evaluation;
using NodaTime;

namespace Entente.Server.Review;

/// <summary>An agreement and its reports, as the review's home shows them.</summary>
/// <param name="Open">Months that have ended and have no report yet.</param>
public sealed record ReviewBoard(string Agreement, string Title, ReviewState State, IReadOnlyList<string> Open);

/// <summary>Issues monthly reports, takes what the customer says of them, and sends terms back to documentation.</summary>
public sealed class ReviewDesk(Recorder recorder, AgreementStore agreements, PromiseDesk promises, MeasurementDesk measurements) : IStageDesk
{
    private const int TrendMonthsMost = 12;

    public Stage Stage => Stages.Review;

    public Task<Versioned<ReviewState>> Read(string agreement) => recorder.Read<ReviewState, ReviewFact>(agreement);

    public async Task<IReadOnlyList<ReviewBoard>> Boards(string engagement)
    {
        List<ReviewBoard> boards = [];
        foreach (var row in await agreements.OfEngagement(engagement))
        {
            var (agreement, _) = await Agreement(row.Id);
            if (!agreement.Versions.Exists(version => version.IsSigned)) continue;
            var (state, _) = await Read(row.Id);
            boards.Add(new ReviewBoard(row.Id, row.Title, state,
            [
                .. promises.Months(agreement)
                    .Where(month => PromiseDesk.Period(PromiseDesk.VersionOf(agreement, month)!.Document, month).End <= recorder.Now)
                    .Select(PromiseDesk.Name).Where(month => !state.Reports.ContainsKey(month)),
            ]));
        }

        return boards;
    }

    /// <summary>The report of a month as it would be issued now.</summary>
    public async Task<MonthlyReport?> Draft(string engagement, string agreement, YearMonth month)
    {
        var (state, _) = await Agreement(agreement);
        if (PromiseDesk.VersionOf(state, month) is not { } version) return null;
        var results = await promises.Evaluate(engagement, agreement, version, month);
        var earlier = new List<(string Month, IReadOnlyList<TermResult> Results)>();
        foreach (var before in promises.Months(state).Where(one => one < month).TakeLast(TrendMonthsMost - 1))
            earlier.Add((PromiseDesk.Name(before), await promises.Evaluate(engagement, agreement, PromiseDesk.VersionOf(state, before)!, before)));
        var context = AgreementDocumentRules.Context(version.Document) with { Happened = state.Happened };
        var period = PromiseDesk.Period(version.Document, month);
        var (engaged, _) = await recorder.Read<EngagementState, EngagementFact>(engagement);
        var (history, _) = await measurements.Read(engagement);
        return new MonthlyReport(
            agreement, version.Document.Title, version.Number, new PeriodSpan(period.Start, period.End, PromiseDesk.Name(month)), version.Document.TimeZone,
            [.. results.Select(result => Line(result, [.. earlier.Select(one => (one.Month, one.Results.FirstOrDefault(past => past.Term == result.Term)))]))],
            AgreementCredits.Of(version.Document.Terms, context, results),
            history.InUse.Select(import => import.Sha256).ToValueList(), engaged.HistoryLabel);
    }

    public async Task<Outcome<ReviewState>> Issue(string engagement, string agreement, Write write, YearMonth month)
    {
        if (await Draft(engagement, agreement, month) is not { } report)
            return new Outcome<ReviewState>.Refused(new Refusal("report.no_agreement", $"The agreement was not in force in {PromiseDesk.Name(month)}."));
        return await Record(agreement, write, (state, now) =>
            ReviewRules.Issue(state, write.By, PromiseDesk.Name(month), report, DigestOf(report), now));
    }

    public Task<Outcome<ReviewState>> Accept(string agreement, Write write, string period, string? remark) =>
        Record(agreement, write, (state, _) => ReviewRules.Accept(state, write.By, period, remark));

    public Task<Outcome<ReviewState>> Dispute(string agreement, Write write, string period, string term, string reason) =>
        Record(agreement, write, (state, _) => ReviewRules.Dispute(state, write.By, period, term, reason));

    public Task<Outcome<ReviewState>> Settle(string agreement, Write write, string period, string term, bool upheld, string reason) =>
        Record(agreement, write, (state, _) => ReviewRules.Settle(state, write.By, period, term, upheld, reason));

    /// <summary>Reopens a term: the review says so, and in the same transaction the term returns to documentation.</summary>
    public async Task<Outcome<ReviewState>> Reopen(string engagement, string agreement, Write write, string period, string term, string reason)
    {
        var (described, version) = await recorder.Read<DescriptionState, DescriptionFact>(engagement);
        var (agreed, _) = await Agreement(agreement);
        var service = described.Services.Values.FirstOrDefault(one => one.Asked.ContainsKey(term) || one.Offered.ContainsKey(term))?.Key
            ?? agreed.Newest?.Document.Terms.FirstOrDefault(one => one.Key == term)?.Service ?? "";
        var returned = DescriptionRules.Reopen(described, service, term, reason, $"review {period}");
        if (returned.Refusal is { } refusal) return new Outcome<ReviewState>.Refused(refusal);
        return await recorder.Record<ReviewState, ReviewFact>(
            agreement, write, (state, _) => ReviewRules.Reopen(state, write.By, period, term, reason),
            also: (_, facts) => Task.FromResult<IReadOnlyList<StreamAppend>>(facts.Count == 0 ? [] : [StreamAppend.Of(engagement, version, returned.Facts)]));
    }

    public async Task<bool> IsDone(string engagement)
    {
        foreach (var board in await Boards(engagement))
        {
            if (board.State.Reports.Values.Any(report => report.IsAccepted)) return true;
        }

        return false;
    }

    public async Task<IReadOnlyList<Waiting>> Waits(string engagement, EngagementState state)
    {
        List<Waiting> waits = [];
        foreach (var board in await Boards(engagement))
        {
            var page = $"/engagements/{engagement}/review";
            if (board.Open is [.., var last])
                waits.Add(Waiting.For(state, Seat.ServiceLevelManager,
                    $"issue the report for {(board.Open.Count == 1 ? last : $"{board.Open[0]} and {board.Open.Count - 1} more")}", page));
            foreach (var (period, report) in board.State.Reports.Where(one => !one.Value.IsAccepted))
            {
                var href = $"{page}/{Short(board.Agreement)}/{period}";
                waits.Add(report.Open.Any()
                    ? Waiting.For(state, Seat.ServiceLevelManager, $"settle what {state.Customer} disputes in the report for {period}", href,
                        report.Open.Min(one => one.At))
                    : Waiting.For(state, Seat.Customer, $"accept the report for {period}, or dispute a line", href, report.IssuedAt));
            }
        }

        return waits;
    }

    public static string Short(string agreement) => agreement[(agreement.LastIndexOf('.') + 1)..];

    public static string DigestOf(MonthlyReport report) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(report, Json.Options))));

    private Task<Versioned<AgreementState>> Agreement(string agreement) => recorder.Read<AgreementState, AgreementFact>(agreement);

    private Task<Outcome<ReviewState>> Record(string agreement, Write write, Func<ReviewState, Instant, Decision<ReviewFact>> decide) =>
        recorder.Record(agreement, write, decide);

    private static ReportLine Line(TermResult result, IReadOnlyList<(string Month, TermResult? Result)> earlier) => new(
        result, TermEvaluationWords.IsMeasured(result),
        [
            .. earlier.Where(one => one.Result is not null).Select(one => Point(one.Month, one.Result!)),
            Point(result.Period.Name ?? "", result),
        ]);

    private static TrendPoint Point(string month, TermResult result) => new(month, result.Attained?.Decimal, result.Attained?.Label, result.Breached);
}

/// <summary>Words for results.</summary>
internal static class TermEvaluationWords
{
    /// <summary>Whether the term promises something that can be counted; charges and free clauses do not.</summary>
    public static bool IsMeasured(TermResult result) => result.Kind is not ("charge" or "clause" or "serviceCredit" or "supportHours");
}
