using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;

namespace Entente.Formats.Tickets;

/// <summary>What a log's cell says where a duration or a verdict is expected.</summary>
public static partial class Amount
{
    /// <summary>
    /// A duration: ISO 8601, <c>1 Day 3 Hours 4 Minutes</c>, <c>2d 3h 5m</c>, <c>27:04:00</c>, ServiceNow's
    /// <c>1970-01-02 03:04:00</c>, or a bare number, whose unit the caller says or finds out.
    /// </summary>
    public static (Duration? Exact, decimal? Bare) Read(string text)
    {
        text = text.Trim();
        if (decimal.TryParse(text.Replace(",", "", StringComparison.Ordinal), NumberStyles.Float,
            CultureInfo.InvariantCulture, out var bare))
            return (null, bare);
        if (IsoDuration.TryParse(text, out var iso)) return (iso, null);
        if (text.StartsWith("1970-", StringComparison.Ordinal) && Stamp.Read(text, DateOrder.Dmy) is { } since)
            return (since.Local.InUtc().ToInstant() - NodaConstants.UnixEpoch, null);
        if (Clock().Match(text) is { Success: true } clock)
            return (Seconds(clock, "d") * 24 * 60 * 60 + Seconds(clock, "h") * 60 * 60 + Seconds(clock, "m") * 60
                + Seconds(clock, "s")
                is var seconds && clock.Groups["sign"].Success ? Duration.FromSeconds(-(double)seconds)
                    : Duration.FromSeconds((double)seconds), null);
        var words = Words().Matches(text);
        return words.Count > 0 && words.Sum(word => word.Length) == text.Length
            ? (words.Aggregate(Duration.Zero, (sum, word) => sum + Worded(word)), null)
            : (null, null);
    }

    /// <summary>
    /// A yes or no as written; what it means (kept or broken) is for the reader of the column to find.
    /// </summary>
    public static bool? YesOrNo(string text) => text.Trim().ToLowerInvariant() switch
    {
        "true" or "yes" or "y" or "1" or "t" or "met" or "ok" or "made" or "achieved" or "in time" or "on time"
            or "within sla" or "within" or "kept" or "passed" or "completed" or "success" or "oui" or "ja" or "sim" =>
                true,
        "false" or "no" or "n" or "0" or "f" or "breached" or "missed" or "violated" or "late" or "overdue" or "failed"
            or "not met" or "out of sla" or "breach" or "broken" or "escalated" or "non" or "nein" or "nao" => false,
        _ => null,
    };

    private static decimal Seconds(Match match, string group) =>
        match.Groups[group].Success ? decimal.Parse(match.Groups[group].ValueSpan, NumberStyles.Float,
            CultureInfo.InvariantCulture) : 0m;

    private static Duration Worded(Match word) =>
        Duration.FromSeconds((double)Seconds(word, "n") * char.ToLowerInvariant(word.Groups["unit"].Value[0]) switch
        {
            'w' => 604_800,
            'd' => 86_400,
            'h' => 3_600,
            'm' => 60,
            _ => 1,
        });

    [GeneratedRegex(@"^(?<sign>-)?((?<d>\d+)[ .d]+)?(?<h>\d+):(?<m>[0-5]?\d)(:(?<s>[0-5]?\d(\.\d+)?))?$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Clock();

    [GeneratedRegex(
        @"\G,?\s*(?<n>\d+(\.\d+)?)\s*(?<unit>w(eeks?)?|d(ays?)?|h(ours?|rs?)?|m(in(ute)?s?)?|s(ec(ond)?s?)?)\b\s*",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Words();
}
