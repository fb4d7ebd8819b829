using System.Security.Cryptography;
using System.Text;

namespace Entente.Formats.Documents;

/// <summary>A document before it has a form: parts in order, and what it was made from.</summary>
/// <param name="Version">The version of what it shows, such as <c>edition 3</c>.</param>
/// <param name="Sources">What it was made from: streams and their versions.</param>
/// <param name="Label">Said on top where the history is simulated or somebody else's.</param>
public sealed record Paper(string Title, string Subtitle, string Version, IReadOnlyList<string> Sources, IReadOnlyList<PaperPart> Parts, string? Label = null)
{
    /// <summary>SHA-256 over title, version, sources and every part, in hexadecimal: the same words give the same hash in every form.</summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Join('\u001E', [Title, Subtitle, Version, .. Sources, Label ?? "", .. Parts.Select(part => part.Words)]))));
}

/// <summary>One part of a document.</summary>
public abstract record PaperPart
{
    private PaperPart() { }

    /// <summary>All its words, apart by a separator that no text holds.</summary>
    public abstract string Words { get; }

    /// <param name="Level">1 to 3.</param>
    public sealed record Heading(int Level, string Text) : PaperPart
    {
        public override string Words => $"h{Level}\u001F{Text}";
    }

    public sealed record Paragraph(string Text) : PaperPart
    {
        public override string Words => $"p\u001F{Text}";
    }

    public sealed record Bullets(IReadOnlyList<string> Items) : PaperPart
    {
        public override string Words => $"l\u001F{string.Join('\u001F', Items)}";
    }

    public sealed record Grid(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows) : PaperPart
    {
        public override string Words => $"t\u001F{string.Join('\u001F', Columns)}\u001F{string.Join('\u001F', Rows.SelectMany(row => row))}";
    }
}
