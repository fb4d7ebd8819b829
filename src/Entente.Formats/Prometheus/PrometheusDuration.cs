using NodaTime;

namespace Entente.Formats.Prometheus;

/// <summary>Durations as Prometheus writes them: <c>5m</c>, <c>1h30m</c>, <c>4w</c>; a year is 365 days.</summary>
public static class PrometheusDuration
{
    /// <summary>None when the text is no duration.</summary>
    public static Duration? Parse(string? text) => PromQuery.Parse(text);

    public static string Format(Duration duration) => PromQuery.Text(duration);
}
