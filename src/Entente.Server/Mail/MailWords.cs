using System.Text;
using Entente.Documentation;
using Entente.Engagements;
using Entente.Storage.Mail;

namespace Entente.Server.Mail;

/// <summary>What mails say.</summary>
public static class MailWords
{
    public static (string Subject, string Body) Ask(EngagementState head, CharterState charter, CharterVoice voice)
    {
        var older = voice.ApprovedEdition == 0 ? null : charter.Editions[voice.ApprovedEdition - 1];
        StringBuilder body = new($"Hello {voice.Name},\n\n");
        body.Append($"edition {charter.Edition} of the process charter of {head.Customer} and {head.Provider} waits for your approval");
        body.Append(voice.For is { } other ? $", for {other}.\n\n" : ".\n\n");
        body.Append(older is null ? "It says:\n" : $"You approved edition {voice.ApprovedEdition}. You are asked only about what changed since:\n");
        foreach (var part in CharterDifference.Between(older, charter.Charter!).Where(line => line.Change is not LineChange.Kept).GroupBy(line => line.Part))
        {
            body.Append($"\n{part.Key}\n");
            foreach (var line in part) body.Append($"  {(older is null ? "" : line.Change is LineChange.Added ? "+ " : "- ")}{line.Text}\n");
        }

        body.Append($"\nRead it once more, then approve it, say why not, or hand your voice to somebody else:\n{Letter.LinkMark}\n\n");
        body.Append("The link is yours alone and works once, for two weeks. Opening it approves nothing.\n");
        return (OneLine($"Please approve the charter of {head.Title}"), body.ToString());
    }

    public static (string Subject, string Body) Remind(EngagementState head, IReadOnlyList<Block> blocks, Func<Block, string> address, bool hasLink)
    {
        var count = blocks.Count == 1 ? "One thing waits" : $"{blocks.Count} things wait";
        var ending = blocks.All(block => block.Code.StartsWith("agreement.", StringComparison.Ordinal));
        StringBuilder body = new(ending ? $"{count} for you between {head.Customer} and {head.Provider}:\n\n"
            : $"{count} for you before {head.Customer} and {head.Provider} can negotiate:\n\n");
        foreach (var block in blocks) body.Append($"- {block.Message}\n  {address(block)}\n");
        if (hasLink)
        {
            body.Append("\nApprove the charter, say why not, or hand your voice to somebody else, without signing in; ")
                .Append($"the link works once:\n{Letter.LinkMark}\n");
        }

        return (OneLine($"{count} for you in {head.Title}"), body.ToString());
    }

    private static string OneLine(string text) => string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter));
}
