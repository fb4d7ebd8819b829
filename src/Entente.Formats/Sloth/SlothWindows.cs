using Entente.Formats.OpenSlo;
using Entente.Formats.Prometheus;
using Entente.ServiceTime.Budgets;
using NodaTime;
using YamlDotNet.RepresentationModel;

namespace Entente.Formats.Sloth;

/// <summary>
/// Reads Sloth's catalogues of alert windows: shares of the budget for page and ticket, quick and slow.
/// </summary>
public static class SlothWindows
{
    public static bool IsCatalogue(YamlNode document) =>
        document.Text("apiVersion") == SlothReader.ResourceVersion && document.Text("kind") == "AlertWindows";

    public static (Duration Window, IReadOnlyList<BurnRateAlert> Alerts) Read(YamlNode document)
    {
        var spec = document.Field("spec");
        var period = PromQuery.Parse(spec.Text("sloPeriod")) is { } window && window > Duration.Zero ? window
            : throw new BadInputException("spec.sloPeriod", "duration", "Expected a duration such as 30d.");
        return (period,
        [
            Pair(spec, BurnRatePresets.Page, "quick", period), Pair(spec, BurnRatePresets.Page, "slow", period),
            Pair(spec, BurnRatePresets.Ticket, "quick", period), Pair(spec, BurnRatePresets.Ticket, "slow", period),
        ]);
    }

    private static BurnRateAlert Pair(YamlNode? spec, string severity, string speed, Duration period)
    {
        var (node, path) = (spec.Field(severity).Field(speed), $"spec.{severity}.{speed}");
        var share = node.Number("errorBudgetPercent") is { } percent and > 0 and <= 100 ? percent / 100
            : throw new BadInputException(
                $"{path}.errorBudgetPercent", "range", "Expected a percentage above 0 and at most 100.");
        return BurnRateAlert.FromBudgetShare(Window("shortWindow"), Window("longWindow"), share, period, severity);

        Duration Window(string field) =>
            PromQuery.Parse(node.Text(field)) is { } window && window > Duration.Zero ? window
            : throw new BadInputException($"{path}.{field}", "duration", "Expected a duration such as 5m.");
    }
}
