using System.Text.Json.Serialization;
using Entente.Terms;
using NodaTime;
using NodaTime.Text;

namespace Entente.Documentation;

/// <summary>The text that opens the work: why, over what, by whom, and how success is told.</summary>
/// <param name="Roles">Who has which authority, one line each.</param>
/// <param name="SuccessMeasures">How both sides will know that the work was worth it, from which baseline to which target.</param>
/// <param name="Sponsor">Who wants it and pays for it.</param>
/// <param name="Calendar">Deadlines of documentation, rounds of negotiation, and the rhythm of reviews.</param>
/// <param name="Escalation">Who decides when the table cannot, and after how long: one step a line, in their order.</param>
/// <param name="Raci">Who is responsible, accountable, consulted and informed, activity by activity.</param>
/// <param name="Words">The words of this charter, so that nobody reads them otherwise.</param>
/// <param name="Quorum">Percent of accounting and the stakeholders whose yes a package needs beside the two sides'; 0: they are
/// heard, and may be outvoted.</param>
/// <param name="VotingRights">Whose voice beside the two sides is mandatory, optional or consulted; whoever is not named is
/// optional.</param>
public sealed record Charter(
    string Purpose, string Scope, ValueList<string> Roles, ValueList<SuccessMeasure> SuccessMeasures,
    string Sponsor = "", ValueList<CharterDate> Calendar = default, string Escalation = "",
    ValueList<RaciRow> Raci = default, ValueList<CharterWord> Words = default, int Quorum = 0,
    ValueList<VotingRight> VotingRights = default);

/// <summary>One measure of success, where it stands and where it should come to: <c>Escalations a quarter | 9 | at most 2</c>.</summary>
[JsonConverter(typeof(TextJson<SuccessMeasure>))]
public readonly record struct SuccessMeasure(string Measure, string Baseline = "", string Target = "") : ITextual<SuccessMeasure>
{
    public static string Expected => "a measure, its baseline and its target such as 'Escalations a quarter | 9 | at most 2'";

    public static bool TryParse(string text, out SuccessMeasure value)
    {
        var cells = Cells.Of(text, 3);
        value = cells is null ? default : new(cells[0], cells[1], cells[2]);
        return cells is not null;
    }

    public override string ToString() => Cells.Text(Measure, Baseline, Target);

    public static implicit operator SuccessMeasure(string text) =>
        TryParse(text, out var value) ? value : throw new ArgumentException($"Expected {Expected}.", nameof(text));
}

/// <summary>A deadline or a rhythm of the process: <c>Requirements are released | 2026-04-30</c>, <c>Service review | every month</c>.</summary>
[JsonConverter(typeof(TextJson<CharterDate>))]
public readonly record struct CharterDate(string What, string When = "") : ITextual<CharterDate>
{
    public static string Expected => "what is due and when, such as 'Requirements are released | 2026-04-30' or 'Service review | every month'";

    /// <summary>The last day, where it is a deadline; nothing where it is a rhythm.</summary>
    public LocalDate? Due => LocalDatePattern.Iso.Parse(When ?? "") is { Success: true, Value: var date } ? date : null;

    public static bool TryParse(string text, out CharterDate value)
    {
        var cells = Cells.Of(text, 2);
        value = cells is null ? default : new(cells[0], cells[1]);
        // What begins like a date must be one: nobody means the 31st of April as a rhythm.
        return cells is not null && (value.Due is not null || !(cells[1].Length == 10 && cells[1][4] == '-' && char.IsDigit(cells[1][0])));
    }

    public override string ToString() => Cells.Text(What, When);

    public static implicit operator CharterDate(string text) =>
        TryParse(text, out var value) ? value : throw new ArgumentException($"Expected {Expected}.", nameof(text));
}

/// <summary>Who does one thing: <c>Release the spec sheets | Pia | Acme's head of IT | Fee | Sam</c>.</summary>
[JsonConverter(typeof(TextJson<RaciRow>))]
public readonly record struct RaciRow(string Activity, string Responsible, string Accountable, string Consulted = "", string Informed = "")
    : ITextual<RaciRow>
{
    public static string Expected =>
        "an activity, who is responsible, who alone is accountable, and if any who is consulted and informed, such as 'Release the spec sheets | Pia | Ido | Fee'";

    public static bool TryParse(string text, out RaciRow value)
    {
        var cells = Cells.Of(text, 5);
        value = cells is null ? default : new(cells[0], cells[1], cells[2], cells[3], cells[4]);
        // One alone answers for it: two accountable people are nobody.
        return cells is not null && cells[1].Length > 0 && cells[2].Length > 0 && !cells[2].Contains(',');
    }

    public override string ToString() => Cells.Text(Activity, Responsible, Accountable, Consulted, Informed);
}

/// <summary>A word of the charter and what it means: <c>outage | nobody can pay, for a minute or longer</c>.</summary>
[JsonConverter(typeof(TextJson<CharterWord>))]
public readonly record struct CharterWord(string Word, string Means) : ITextual<CharterWord>
{
    public static string Expected => "a word and what it means such as 'outage | nobody can pay, for a minute or longer'";

    public static bool TryParse(string text, out CharterWord value)
    {
        var cells = Cells.Of(text, 2);
        value = cells is null ? default : new(cells[0], cells[1]);
        return cells is not null && cells[1].Length > 0;
    }

    public override string ToString() => Cells.Text(Word, Means);
}

/// <summary>A row as one line, its cells apart by bars.</summary>
internal static class Cells
{
    /// <summary>The cells, filled up with empty ones; nothing when the first says nothing or there are too many.</summary>
    public static string[]? Of(string text, int count)
    {
        var cells = text.Split('|', StringSplitOptions.TrimEntries);
        return cells[0].Length == 0 || cells.Length > count ? null : [.. cells, .. Enumerable.Repeat("", count - cells.Length)];
    }

    public static string Text(params string?[] cells) => string.Join(" | ", cells.Take(cells.Length - cells.Reverse().TakeWhile(string.IsNullOrEmpty).Count()));
}
