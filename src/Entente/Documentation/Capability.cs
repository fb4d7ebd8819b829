using System.Globalization;
using System.Text.RegularExpressions;
using Entente.Terms;

namespace Entente.Documentation;

/// <summary>What IT says it can do for one service, out of its interview: how much, at which levels for what cost, and what worries it.</summary>
/// <param name="RequestsPerMonth">How many requests its people can take in a month.</param>
/// <param name="PerMonth">What making the service costs in a month, as it is.</param>
/// <param name="Levels">What each level would cost on top of that.</param>
/// <param name="Risks">What worries IT about it, one worry each.</param>
public sealed record Capability(decimal? RequestsPerMonth, Money? PerMonth, ValueList<LevelCost> Levels, ValueList<string> Risks)
{
    /// <summary>Reads the answers of the provider's interview; nothing where none of them was given.</summary>
    public static Capability? Read(string service, IReadOnlyDictionary<string, string> answers)
    {
        var levels = Half(service, answers) is { } half ? [half] : new List<LevelCost>();
        foreach (var line in Lines(answers.GetValueOrDefault("levels", "")))
        {
            if (LevelCost.TryParse(service, line, out var level)) levels.Add(level);
        }

        var capability = new Capability(
            decimal.TryParse(answers.GetValueOrDefault("load", ""), NumberStyles.Number, CultureInfo.InvariantCulture, out var load) ? load : null,
            Price(answers, "cost"), levels.DistinctBy(level => (level.Term, level.Level)).ToValueList(),
            Lines(answers.GetValueOrDefault("worry", "")).ToValueList());
        return capability is { RequestsPerMonth: null, PerMonth: null, Levels.Count: 0, Risks.Count: 0 } ? null : capability;
    }

    public static IEnumerable<string> Lines(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Half the downtime of today is a level of its own: delivered 99.5 %, half as much down is 99.75 %.</summary>
    private static LevelCost? Half(string service, IReadOnlyDictionary<string, string> answers) =>
        Share.TryParse(answers.GetValueOrDefault("delivered", ""), out var delivered) && delivered.Percent <= 100m && Price(answers, "better") is { } price
            ? new($"{service}.availability", new TermValue.Share(new Share((100m + delivered.Percent) / 2m)), Once: null, price, PerUnit: null)
            : null;

    private static Money? Price(IReadOnlyDictionary<string, string> answers, string key) =>
        Money.TryParse(answers.GetValueOrDefault(key, ""), out var money) ? money : null;
}

/// <summary>What holding one term at one level would cost the provider, on top of what the service costs as it is.</summary>
/// <param name="Term">Key of the term that would be promised.</param>
/// <param name="Once">What it takes before the level can be held.</param>
/// <param name="PerMonth">What holding it costs in a month.</param>
/// <param name="PerUnit">What each <paramref name="Unit"/> adds in a month.</param>
public sealed partial record LevelCost(string Term, TermValue Level, Money? Once, Money? PerMonth, Money? PerUnit, string Unit = "")
{
    public static string Expected =>
        "a level and what it costs, such as 'availability 99.9 %: EUR 30000 once, EUR 6000 a month, EUR 2 per user' or 'restore 2 h: EUR 900 a month'";

    /// <summary>All its amounts are in one currency, or none is there.</summary>
    public IEnumerable<Money> Amounts => new[] { Once, PerMonth, PerUnit }.OfType<Money>();

    public static bool TryParse(string service, string line, out LevelCost level)
    {
        level = null!;
        if (LinePattern().Match(line) is not { Success: true } match || Value(match.Groups["value"].Value) is not { } value) return false;
        var what = match.Groups["what"].Value.ToLowerInvariant();
        if (what.Length == 0) what = value is TermValue.Share ? "availability" : "restore";
        if (what is "latency" or "restore" or "response" != value is TermValue.Span) return false;
        level = new($"{service}.{what}", value, Once: null, PerMonth: null, PerUnit: null);
        foreach (var part in match.Groups["costs"].Value.Split(", ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (CostPattern().Match(part) is not { Success: true } cost || !Money.TryParse(cost.Groups["money"].Value, out var money)) return false;
            level = cost.Groups["how"].Value switch
            {
                "once" => level with { Once = money },
                "a month" or "per month" => level with { PerMonth = money },
                var per => level with { PerUnit = money, Unit = per["per ".Length..].Trim() },
            };
        }

        return level.Amounts.Any();
    }

    private static TermValue? Value(string text) =>
        Share.TryParse(text, out var share) ? share.Percent <= 100m ? new TermValue.Share(share) : null
        : TimeLimit.TryParseDuration(text, out var duration) ? new TermValue.Span(duration)
        : null;

    [GeneratedRegex(@"^(?:(?<what>availability|latency|restore|response)\s+)?(?<value>\d[^:]*):(?<costs>.+)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex LinePattern();

    [GeneratedRegex(@"^(?<money>(?:[A-Z]{3}\s+[\d.,]+)|(?:[\d.,]+\s+[A-Z]{3}))\s+(?<how>once|a month|per month|per [^,]+)$", RegexOptions.CultureInvariant)]
    private static partial Regex CostPattern();
}
