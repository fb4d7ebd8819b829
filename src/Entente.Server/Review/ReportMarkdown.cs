using System.Globalization;
using System.Text;
using Entente.Review;

namespace Entente.Server.Review;

/// <summary>Writes a report as Markdown.</summary>
public static class ReportMarkdown
{
    public static string Write(ReviewedReport reviewed)
    {
        var report = reviewed.Report;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# {report.Title}: {report.Period.Name}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"Version {report.Version}, {report.Period.From} to {report.Period.To} ({report.TimeZone}). ");
        text.Append(CultureInfo.InvariantCulture, $"{report.Met} met, {report.Missed} missed, {report.Unknown} unknown.\n\n");
        if (report.HistoryLabel is { } label) text.Append(CultureInfo.InvariantCulture, $"> {label}\n\n");
        text.Append("| Promise | Target | Attained | Good | Total | Unknown | Verdict | Credit |\n|---|---|---|---|---|---|---|---|\n");
        foreach (var line in report.Lines.Where(line => line.IsMeasured))
        {
            var one = line.Result;
            text.Append(CultureInfo.InvariantCulture,
                $"| {Cell(one.Title)} | {Cell(one.Target ?? "")} | {one.Attained?.Label ?? "–"} | {one.Good:0.####} | {one.Total:0.####} {one.Unit} | "
                    + $"{one.Unknown:0.####} | {Verdict(one.Breached)} | {one.Credit?.Label ?? ""} |\n");
        }

        if (report.Credits is { } credits) text.Append(CultureInfo.InvariantCulture, $"\nCredits: {credits.Label}\n");
        foreach (var dispute in reviewed.Disputes.Values)
            text.Append(CultureInfo.InvariantCulture,
                $"\nDisputed: {dispute.Term}: {dispute.Reason}{(dispute.Answer is { } answer ? $" Settled: {answer}" : "")}\n");
        text.Append(CultureInfo.InvariantCulture,
            $"\nIssued {reviewed.IssuedAt}{(reviewed.AcceptedAt is { } at ? $", accepted {at}" : "")}. Digest {reviewed.Digest}\n");
        return text.ToString();
    }

    public static string Verdict(bool? breached) => breached switch { true => "missed", false => "met", null => "unknown" };

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
