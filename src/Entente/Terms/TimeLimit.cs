using System.Globalization;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using NodaTime;

namespace Entente.Terms;

/// <summary>
/// How long something may take: time on the term's calendar (<c>PT4H</c>, <c>4 h</c>, <c>10 min</c>), whole business
/// days
/// (<c>2 business days</c>), or words that are no duration (<c>next release</c>), which are kept and found by the lint.
/// </summary>
[JsonConverter(typeof(TextJson<TimeLimit>))]
public sealed partial record TimeLimit : ITextual<TimeLimit>
{
    private TimeLimit(Duration? duration, int? businessDays, string text) =>
        (Duration, BusinessDays, Text) = (duration, businessDays, text);

    public Duration? Duration { get; }

    public int? BusinessDays { get; }

    /// <summary>As it was written.</summary>
    public string Text { get; }

    public bool IsMeasurable => Duration is not null || BusinessDays is not null;

    public static string Expected => "a time limit such as 4 h, PT30M or 2 business days";

    public bool Equals(TimeLimit? other) => other is not null && Text == other.Text;

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Text;

    public TermValue AsValue() => (Duration, BusinessDays) switch
    {
        ({ } duration, _) => new TermValue.Span(duration),
        (_, { } days) => new TermValue.Days(days),
        _ => new TermValue.Text(Text),
    };

    public static TimeLimit From(TermValue value) => value switch
    {
        TermValue.Span span => new TimeLimit(span.Duration, null, Words(span.Duration)),
        TermValue.Days days => new TimeLimit(null, days.Of, days.Label),
        _ => Parse(value.Label),
    };

    public static TimeLimit Parse(string text) => TryParse(text, out var value) ? value
        : throw new FormatException($"Expected {Expected}.");

    public static bool TryParse(string text, out TimeLimit value)
    {
        text = text.Trim();
        value = new TimeLimit(null, null, text);
        if (text.Length == 0) return false;
        if (TryParseDuration(text, out var duration)) value = new TimeLimit(duration, null, text);
        else if (DaysPattern().Match(text) is { Success: true } days)
            value = new TimeLimit(null, int.Parse(days.Groups[1].Value, CultureInfo.InvariantCulture), text);
        return true;
    }

    /// <summary>Reads ISO 8601 (<c>PT4H</c>) or words (<c>4 h</c>, <c>1 h 30 min</c>, <c>300 ms</c>, <c>1 day</c> = 24
    /// hours).</summary>
    public static bool TryParseDuration(string text, out Duration duration)
    {
        if (IsoDuration.TryParse(text, out duration)) return true;
        duration = default;
        if (!WordsPattern().IsMatch(text)) return false;
        decimal seconds = 0;
        foreach (Match part in PartPattern().Matches(text))
        {
            seconds += decimal.Parse(part.Groups[1].Value,
                CultureInfo.InvariantCulture) * part.Groups[2].Value[0] switch
                {
                    'm' when part.Groups[2].Value == "ms" => 0.001m,
                    's' => 1m,
                    'm' => 60m,
                    'h' => 3600m,
                    'b' => 3600m,
                    'd' => 86_400m,
                    _ => 604_800m,
                };
        }

        if (seconds > 9_000_000_000m) return false;
        duration = NodaTime.Duration.FromNanoseconds((Int128)(seconds * 1_000_000_000m));
        return true;
    }

    /// <summary>For the eye: <c>4 h</c>, <c>1 h 30 min</c>, <c>300 ms</c>; hours are the largest unit.</summary>
    public static string Words(Duration duration)
    {
        if (duration < NodaTime.Duration.Zero) return "-" + Words(-duration);
        var total = (decimal)duration.TotalMilliseconds;
        if (total is > 0 and < 1000) return string.Create(CultureInfo.InvariantCulture, $"{total:0.###} ms");
        var (hours, minutes, seconds) = ((long)(total / 3_600_000), (long)(total / 60_000) % 60, total / 1000 % 60);
        List<string> parts = [];
        if (hours > 0) parts.Add(string.Create(CultureInfo.InvariantCulture, $"{hours} h"));
        if (minutes > 0) parts.Add(string.Create(CultureInfo.InvariantCulture, $"{minutes} min"));
        if (seconds > 0 || parts.Count == 0) parts.Add(string.Create(CultureInfo.InvariantCulture,
            $"{seconds:0.###} s"));
        return string.Join(' ', parts);
    }

    private const string Units =
        "ms|seconds?|secs?|s|minutes?|mins?|m|business hours?|business h|hours?|hrs?|h|days?|d|weeks?|w";

    [GeneratedRegex($@"^(\d+(?:\.\d+)?\s*(?:{Units})\s*)+$", RegexOptions.CultureInvariant)]
    private static partial Regex WordsPattern();

    [GeneratedRegex($@"(\d+(?:\.\d+)?)\s*({Units})(?![a-z])", RegexOptions.CultureInvariant)]
    private static partial Regex PartPattern();

    [GeneratedRegex(@"^(\d{1,4}) (?:business|working|service) days?$", RegexOptions.CultureInvariant)]
    private static partial Regex DaysPattern();
}
