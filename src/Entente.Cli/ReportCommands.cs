using System.CommandLine;
using System.Text.Json;
using Spectre.Console;

namespace Entente.Cli;

/// <summary><c>entente report</c>: issues monthly reports, and takes what the customer says of them.</summary>
public static class ReportCommands
{
    private static readonly Argument<string> _engagement = new("engagement") { Description = "Identifier of the engagement." };
    private static readonly Argument<string> _agreement = new("agreement") { Description = "Name of the agreement in the engagement, such as a1." };
    private static readonly Argument<string> _period = new("period") { Description = "Month, such as 2026-09." };
    private static readonly Option<string> _term = new("--term") { Description = "Key of the line's term.", Required = true };
    private static readonly Option<string> _reason = new("--reason") { Description = "Why.", Required = true };
    private static readonly Option<string?> _remark = new("--remark") { Description = "A word with it." };
    private static readonly Option<bool> _upheld = new("--upheld") { Description = "The customer is right." };

    public static Command Create() => new("report", "Stage 5: what both sides learn.")
    {
        Verbs.Create("list", "The reports of an agreement.", [_engagement, _agreement], (client, result) => client.Get(Path(result)), ShowList),
        Verbs.Create("issue", "Issue the report of a month that has ended.", [_engagement, _agreement, _period],
            (client, result) => client.Post(Path(result), new { period = result.GetValue(_period) }), Show),
        Verbs.Create("show", "Show a report.", [_engagement, _agreement, _period], (client, result) => client.Get(One(result)), Show),
        Verbs.Create("accept", "Accept the report as the customer.", [_engagement, _agreement, _period, _remark],
            (client, result) => client.Post($"{One(result)}/acceptance", new { remark = result.GetValue(_remark) }), Show),
        Verbs.Create("dispute", "Dispute a line as the customer.", [_engagement, _agreement, _period, _term, _reason],
            (client, result) => client.Post($"{One(result)}/disputes", Line(result)), Show),
        Verbs.Create("settle", "Record how a dispute ended.", [_engagement, _agreement, _period, _term, _reason, _upheld],
            (client, result) => client.Post($"{One(result)}/settlements", new
            {
                term = result.GetValue(_term), upheld = result.GetValue(_upheld), reason = result.GetValue(_reason),
            }), Show),
        Verbs.Create("reopen", "Send a term back to documentation.", [_engagement, _agreement, _period, _term, _reason],
            (client, result) => client.Post($"{One(result)}/reopenings", Line(result)), Show),
    };

    private static object Line(ParseResult result) => new { term = result.GetValue(_term), reason = result.GetValue(_reason) };

    private static string Path(ParseResult result) =>
        $"/api/v1/engagements/{result.GetValue(_engagement)}/agreements/{result.GetValue(_agreement)}/reports";

    private static string One(ParseResult result) => $"{Path(result)}/{result.GetValue(_period)}";

    private static void ShowList(IAnsiConsole console, JsonElement reports)
    {
        var table = new Table().AddColumns("Month", "Met", "Missed", "Unknown", "Accepted");
        foreach (var report in reports.EnumerateArray())
        {
            table.AddRow(report.GetProperty("period").GetString()!, report.GetProperty("met").ToString(), report.GetProperty("missed").ToString(),
                report.GetProperty("unknown").ToString(), report.TryGetProperty("acceptedAt", out var at) ? at.GetString()! : "not yet");
        }

        console.Write(table);
    }

    private static void Show(IAnsiConsole console, JsonElement answer)
    {
        var report = answer.GetProperty("reviewed").GetProperty("report");
        console.WriteLine($"{report.GetProperty("title").GetString()}: {answer.GetProperty("period").GetString()}");
        var table = new Table().AddColumns("Promise", "Target", "Attained", "Verdict");
        foreach (var line in report.GetProperty("lines").EnumerateArray().Select(line => line.GetProperty("result")))
        {
            table.AddRow(Text(line, "title"), Text(line, "target"),
                line.TryGetProperty("attained", out var attained) ? Markup.Escape(attained.GetProperty("label").GetString()!) : "–",
                line.TryGetProperty("breached", out var breached) ? breached.GetBoolean() ? "missed" : "met" : "unknown");
        }

        console.Write(table);
    }

    private static string Text(JsonElement row, string name) => row.TryGetProperty(name, out var text) ? Markup.Escape(text.GetString()!) : "";
}
