using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using NodaTime;

namespace Entente.Formats.Prometheus;

/// <summary>Small, safe rewritings of PromQL text.</summary>
internal static partial class PromQuery
{
    /// <summary>Puts a window in the place of <c>{{.window}}</c>.</summary>
    public static string At(string query, Duration window) => WindowPattern().Replace(query, Text(window)).Trim();

    public static bool HasWindow(string query) => WindowPattern().IsMatch(query);

    /// <summary>A duration as Prometheus writes it: <c>5m</c>, <c>1h30m</c>, <c>30d</c>.</summary>
    public static string Text(Duration duration)
    {
        var seconds = (long)duration.TotalSeconds;
        var text = new StringBuilder();
        foreach (var (length, unit) in new[] { (86_400L, 'd'), (3_600L, 'h'), (60L, 'm'), (1L, 's') })
        {
            if (seconds / length == 0) continue;
            text.Append(CultureInfo.InvariantCulture, $"{seconds / length}{unit}");
            seconds %= length;
        }

        return text.Length == 0 ? "0s" : text.ToString();
    }

    /// <summary>Reads <c>5m</c>, <c>1h30m</c>, <c>4w</c>, <c>1y</c>; none when it is no duration.</summary>
    public static Duration? Parse(string? text)
    {
        if (text is null || text.Length == 0) return null;
        var match = DurationPattern().Match(text.Trim());
        if (!match.Success) return null;
        var milliseconds = 0L;
        foreach (Capture part in match.Groups["part"].Captures)
        {
            var unit = part.Value.TrimStart("0123456789".ToCharArray());
            var count = long.Parse(part.Value[..^unit.Length], CultureInfo.InvariantCulture);
            milliseconds += count * (unit switch
            {
                "y" => 31_536_000_000L,
                "w" => 604_800_000L,
                "d" => 86_400_000L,
                "h" => 3_600_000L,
                "m" => 60_000L,
                "s" => 1_000L,
                _ => 1L,
            });
        }

        return Duration.FromMilliseconds(milliseconds);
    }

    /// <summary>
    /// The number of events in a window, from a query of their rate. Where the query only adds and subtracts rates, the
    /// rate becomes an increase, which counts exactly; anything else is multiplied by the window's seconds.
    /// </summary>
    public static string Count(string query, Duration window)
    {
        var at = At(query, window);
        var bare = Bare(at);
        if (!RateWord().IsMatch(bare)) return at;
        return IsLinear(bare) && !bare.Contains("irate", StringComparison.Ordinal)
            ? OutsideOfTexts(at, part => RateWord().Replace(part, "increase"))
            : $"({at}) * {(long)window.TotalSeconds}";
    }

    /// <summary>The increase of a counter, or of a sum of counters, over a window.</summary>
    public static string Increase(string counter, Duration window)
    {
        if (HasWindow(counter)) return Count(counter, window);
        var (range, match) = (Text(window), SumOfSelector().Match(counter.Trim()));
        if (!match.Success)
            return IsSelector(counter) ? $"increase({counter.Trim()}[{range}])"
                : $"increase(({counter.Trim()})[{range}:30s])";
        var (sum, selector) = (match.Groups["sum"].Value, match.Groups["selector"].Value.Trim());
        return $"{sum}increase({selector}[{range}]){match.Groups["end"].Value}";
    }

    public static bool IsSelector(string query) => Selector().IsMatch(query.Trim());

    /// <summary>Sums by the grouping's labels, or over all.</summary>
    public static string Sum(string inner, IReadOnlyList<string> grouping) =>
        grouping.Count == 0 ? $"sum({inner})" : $"sum by ({string.Join(", ", grouping)}) ({inner})";

    public static string Quote(string text) =>
        "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal) + "\"";

    private static bool IsLinear(string bare) => !NonLinear().IsMatch(bare);

    /// <summary>The query without what stands in quotes, selectors and ranges.</summary>
    private static string Bare(string query) => Brackets().Replace(TextPattern().Replace(query, ""), "");

    private static string OutsideOfTexts(string query, Func<string, string> change)
    {
        var result = new StringBuilder();
        var last = 0;
        foreach (Match text in TextPattern().Matches(query))
        {
            result.Append(change(query[last..text.Index])).Append(text.Value);
            last = text.Index + text.Length;
        }

        return result.Append(change(query[last..])).ToString();
    }

    [GeneratedRegex(@"\{\{\s*\.window\s*\}\}", RegexOptions.CultureInvariant)]
    private static partial Regex WindowPattern();

    [GeneratedRegex(@"^(?<part>\d{1,12}(ms|y|w|d|h|m|s))+\z", RegexOptions.CultureInvariant)]
    private static partial Regex DurationPattern();

    [GeneratedRegex(@"\brate(?=\s*\()|\birate(?=\s*\()", RegexOptions.CultureInvariant)]
    private static partial Regex RateWord();

    [GeneratedRegex("""
        "(\\.|[^"\\])*"|'(\\.|[^'\\])*'|`[^`]*`
        """, RegexOptions.CultureInvariant)]
    private static partial Regex TextPattern();

    [GeneratedRegex(@"\{[^}]*\}|\[[^\]]*\]", RegexOptions.CultureInvariant)]
    private static partial Regex Brackets();

    // A comparison, a product, a power, a literal other than vector(0), or a function that bends: no plain sum of
    // rates.
    [GeneratedRegex(
        @"[<>=!*/%^]|\b(?!0\b)\d|\b(clamp|clamp_min|clamp_max|sqrt|exp|ln|log2|log10|round|ceil|floor|sgn|abs|"
        + @"absent|count|stddev|stdvar|histogram_quantile|quantile|scalar|bool|delta|deriv|sum_over_time|"
        + @"avg_over_time)\b", RegexOptions.CultureInvariant)]
    private static partial Regex NonLinear();

    private const string SelectorText = @"[a-zA-Z_:][\w:]*\s*(\{(""(\\.|[^""\\])*""|[^}""])*\})?";

    [GeneratedRegex(@"^(?<sum>sum\s*((by|without)\s*\([^)]*\)\s*)?\(\s*)(?<selector>" + SelectorText
        + @")(?<end>\s*\)(\s*(by|without)\s*\([^)]*\))?)\z", RegexOptions.CultureInvariant)]
    private static partial Regex SumOfSelector();

    [GeneratedRegex("^(" + SelectorText + @"|\{(""(\\.|[^""\\])*""|[^}""])+\})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Selector();
}
