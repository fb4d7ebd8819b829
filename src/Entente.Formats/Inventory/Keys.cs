using System.Globalization;
using System.Text;

namespace Entente.Formats.Inventory;

/// <summary>Makes keys of names, the same for the same export whenever it is read.</summary>
internal sealed class Keys
{
    private const int Most = 63;

    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    /// <summary>A key that nobody has yet: kind and name, and the tool's own number where two are named alike.</summary>
    public string Take(string kind, string name, string id)
    {
        var key = Cut(Slug(kind), Slug(name), "");
        if (key.Length == 0 || !_taken.Add(key))
        {
            key = Cut(Slug(kind), Slug(name), "-" + Slug(id));
            for (var again = 2; !_taken.Add(key); again++) key = Cut(
                Slug(kind), Slug(name), string.Create(CultureInfo.InvariantCulture, $"-{Slug(id)}-{again}"));
        }

        return key;
    }

    /// <summary>Takes a key as it is, if nobody has it yet.</summary>
    public bool Claim(string key) => _taken.Add(key);

    /// <summary>Lower case letters, digits and hyphens; accents are taken off.</summary>
    public static string Slug(string text)
    {
        StringBuilder slug = new();
        foreach (var letter in text.Normalize(NormalizationForm.FormD).ToLowerInvariant())
        {
            if (CharUnicodeInfo.GetUnicodeCategory(letter) is UnicodeCategory.NonSpacingMark) continue;
            if (char.IsAsciiLetterOrDigit(letter)) slug.Append(letter);
            else if (slug.Length > 0 && slug[^1] != '-') slug.Append('-');
        }

        return slug.ToString().Trim('-');
    }

    private static string Cut(string kind, string name, string end)
    {
        var whole = kind.Length == 0 ? name : name.Length == 0 ? kind : $"{kind}.{name}";
        if (whole.Length + end.Length > Most) whole = whole[..(Most - end.Length)].TrimEnd('-', '.');
        return (whole + end).TrimStart('-', '.');
    }
}
