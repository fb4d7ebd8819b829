namespace Entente.Server.Documentation;

/// <summary>The auditor's evidence list as a table: one row a clause, RFC 4180.</summary>
public static class FitCsv
{
    private static readonly string[] _header = ["clause", "asks", "fit", "evidence", "shown_by_the_system", "plan", "owner", "by", "plan_is", "followed_up"];

    public static string Write(string engagement, IReadOnlyList<FitRow> rows) =>
        string.Concat(rows.Select(row => Line(
            row.Clause.Clause, row.Clause.Asks, row.Said is null ? "not assessed" : FitPage.Words(row.Said.Fit), row.Said?.Evidence ?? "",
            string.Join("; ", row.Shown.Select(one => $"{one.Text} (/engagements/{engagement}/{one.Page})")),
            row.Said?.Plan ?? "", row.Said?.Owner ?? "", row.Said?.Due?.ToString("uuuu-MM-dd", null) ?? "", FitPage.PlanIs(row),
            string.Join("; ", row.FollowUps.Select(one => $"{one.At.InUtc().Date:uuuu-MM-dd} {one.Text}")))).Prepend(Line(_header)));

    private static string Line(params string[] cells) => string.Join(',', cells.Select(Cell)) + "\r\n";

    /// <remarks>A spreadsheet takes a cell that begins like a formula for one; a leading apostrophe keeps it a text.</remarks>
    private static string Cell(string text)
    {
        if (text is ['=' or '+' or '-' or '@', ..]) text = "'" + text;
        return $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
