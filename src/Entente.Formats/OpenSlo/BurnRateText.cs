using System.Globalization;
using System.Text.RegularExpressions;
using Entente.Formats.Prometheus;
using Entente.ServiceTime.Budgets;
using NodaTime;

namespace Entente.Formats.OpenSlo;

/// <summary>
/// Multi-window alerts as one text, for an annotation: <c>5m/1h > 14.4 page; 30m/6h > 6 page for 2m</c>.
/// </summary>
public static partial class BurnRateText
{
    /// <summary>The annotation that carries what an AlertCondition, with its one window, cannot say.</summary>
    public const string Annotation = "entente.dev/burn-rate-alerts";

    public static string Format(IEnumerable<BurnRateAlert> alerts) => string.Join("; ", alerts.Select(pair =>
        $"{PromQuery.Text(pair.ShortWindow)}/{PromQuery.Text(pair.LongWindow)} "
        + (pair.Comparison == BurnRateComparison.AtLeast ? ">=" : ">")
        + string.Create(CultureInfo.InvariantCulture, $" {pair.Factor:0.############################} {pair.Severity}")
        + (pair.For > Duration.Zero ? $" for {PromQuery.Text(pair.For)}" : "")));

    /// <exception cref="BadInputException">A pair is not written as above.</exception>
    public static IReadOnlyList<BurnRateAlert> Parse(string text) =>
    [
        .. text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(part =>
        {
            var match = Pair().Match(part);
            return match.Success && PromQuery.Parse(match.Groups["short"].Value) is { } shorter
                && PromQuery.Parse(match.Groups["long"].Value) is { } longer
                ? new BurnRateAlert(
                    shorter, longer, decimal.Parse(match.Groups["factor"].Value, CultureInfo.InvariantCulture),
                    match.Groups["severity"].Value,
                    match.Groups["op"].Value == ">=" ? BurnRateComparison.AtLeast : BurnRateComparison.Above,
                    PromQuery.Parse(match.Groups["for"].Value) ?? Duration.Zero)
                : throw new BadInputException(
                    Annotation, "burn_rate", $"'{part}' is not written like '5m/1h > 14.4 page for 2m'.");
        }),
    ];

    [GeneratedRegex(@"^(?<short>\w+)\s*/\s*(?<long>\w+)\s*(?<op>>=?)\s*(?<factor>\d{1,9}(\.\d{1,28})?)"
        + @"\s+(?<severity>[\w-]+)(\s+for\s+(?<for>\w+))?\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Pair();
}
