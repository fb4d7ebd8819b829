using Entente.Terms.Evaluation;
using NodaTime;

namespace Entente.Review;

/// <summary>What an agreement attained in one period, frozen when it was issued: made again years later, it is the same byte for byte.</summary>
/// <param name="Version">Number of the agreement's version that was in force.</param>
/// <param name="Imports">Digests of the files the history was made of.</param>
/// <param name="HistoryLabel">Where the history comes from, when that must be said.</param>
public sealed record MonthlyReport(
    string Agreement, string Title, int Version, PeriodSpan Period, string TimeZone, ValueList<ReportLine> Lines, AgreementCredit? Credits,
    ValueList<string> Imports, string? HistoryLabel)
{
    public int Met => Lines.Count(line => line.Result.Breached == false);

    public int Missed => Lines.Count(line => line.Result.Breached == true);

    /// <summary>Lines of which too little is known for a verdict.</summary>
    public int Unknown => Lines.Count(line => line.Result.Breached is null && line.IsMeasured);
}

/// <summary>One term in the report.</summary>
/// <param name="Trend">What the periods before attained, oldest first.</param>
public sealed record ReportLine(TermResult Result, bool IsMeasured, ValueList<TrendPoint> Trend);

/// <summary>One period of a trend.</summary>
public sealed record TrendPoint(string Period, decimal? Attained, string? Label, bool? Breached);
