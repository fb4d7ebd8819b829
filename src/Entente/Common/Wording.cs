using System.Globalization;

namespace Entente;

/// <summary>Small things of English that sentences need.</summary>
public static class Wording
{
    private static readonly string[] _ordinals =
        ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];

    /// <summary>The same words at the beginning of a sentence.</summary>
    public static string Capital(this string words) =>
        words.Length == 0 ? words : string.Concat(words[..1].ToUpperInvariant(), words.AsSpan(1));

    /// <summary>"first", "second", "21st": from 1.</summary>
    public static string Ordinal(int number) => number <= _ordinals.Length ? _ordinals[number - 1]
        : number.ToString(CultureInfo.InvariantCulture) + Ending(number);

    private static string Ending(int number) => (number % 100 is > 10 and < 14 ? 0 : number % 10) switch
    {
        1 => "st",
        2 => "nd",
        3 => "rd",
        _ => "th",
    };
}
