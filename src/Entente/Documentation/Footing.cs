using System.Globalization;
using System.Text.RegularExpressions;
using Entente.ServiceTime.Accounting;
using Entente.ServiceTime.Feasibility;
using Entente.Terms;
using Entente.Terms.Evaluation;
using NodaTime;

namespace Entente.Documentation;

/// <summary>What the contracts under a service (UC) and the agreements inside the house (OLA) allow a term to promise.</summary>
/// <param name="Allows">In words, such as <c>at best 99.85 %</c> or <c>1 h 30 min</c>.</param>
/// <param name="Arithmetic">How that was computed, part by part.</param>
public sealed partial record Footing(string Allows, string Arithmetic, bool? HoldsAsked, bool? HoldsOffered)
{
    /// <summary>Held against the lines of an internal sheet; nothing where none of them speaks of what the term promises.</summary>
    /// <remarks>Parts in a row: shares multiply where parts fail independently, and what is lost adds up where they do not. Hand-overs add up.</remarks>
    public static Footing? Of(TermPair pair, IEnumerable<string> lines) => (pair.Offered ?? pair.Asked) switch
    {
        Term.Availability or Term.EventRatio => Share(pair, [.. lines.Select(Supplies).OfType<Supply>()]),
        Term.TicketClock clock => Hops(pair, [.. lines.Select(Hop).OfType<Part>().Where(hop => hop.Kind == clock.Clock)]),
        _ => null,
    };

    private static Footing? Share(TermPair pair, IReadOnlyList<Supply> supplies)
    {
        if (supplies.Count == 0) return null;
        var best = FeasiblePromise.Best(Supply.All(supplies));
        var (independent, guaranteed) = (Figure.Of(best.Independent, true)!.Label, Figure.Of(best.Guaranteed, true)!.Label);
        return new($"at best {independent}", $"{string.Join(" × ", supplies.Select(Words))} = {independent} if they fail independently; "
            + $"{guaranteed} is certain whatever they do.", Holds(pair.Asked), Holds(pair.Offered));

        bool? Holds(Term? term) => term is null || TermEvaluation.ObjectiveOf(term) is not { MoreIsBetter: true } objective ? null
            : best.Independent >= Fraction.From(objective.Value);
    }

    private static Footing? Hops(TermPair pair, IReadOnlyList<Part> hops)
    {
        if (hops.Count == 0) return null;
        var sum = hops.Aggregate(Duration.Zero, (total, hop) => total + hop.Within);
        return new(TimeLimit.Words(sum), $"{string.Join(" + ", hops.Select(hop => $"{hop.Name} {TimeLimit.Words(hop.Within)}"))} = {TimeLimit.Words(sum)}, "
            + "for hand-overs follow each other.", Holds(pair.Asked), Holds(pair.Offered));

        bool? Holds(Term? term) => term is Term.TicketClock { Within.Duration: { } within } ? sum <= within : null;
    }

    private static Supply? Supplies(string line)
    {
        if (GroupPattern().Match(line) is { Success: true } group)
        {
            var members = group.Groups["members"].Value.Split(", ", StringSplitOptions.TrimEntries).Select(Supplies).ToList();
            return members.Contains(null) || int.Parse(group.Groups["k"].Value, CultureInfo.InvariantCulture) is var k && (k < 1 || k > members.Count) ? null
                : new Supply.Of(k, [.. members.OfType<Supply>()]);
        }

        return LinePattern().Match(line) is { Success: true } one && Terms.Share.TryParse(one.Groups["value"].Value, out var share) && share.Percent <= 100m
            ? new Supply.Promise(one.Groups["name"].Value.Trim(), Fraction.From(share.Value)) : null;
    }

    private static Part? Hop(string line) =>
        LinePattern().Match(line) is { Success: true } one && TimeLimit.TryParseDuration(one.Groups["value"].Value, out var within)
            ? new Part(one.Groups["name"].Value.Trim(), one.Groups["what"].Value.Equals("response", StringComparison.OrdinalIgnoreCase)
                ? ClockKind.Response : ClockKind.Resolution, within)
            : null;

    private static string Words(Supply supply) => supply switch
    {
        Supply.Promise promise => $"{promise.Name} {Figure.Of(promise.Share, true)!.Label}",
        Supply.Of of => $"({of.Needed} of {string.Join(", ", of.Members.Select(Words))})",
        _ => "",
    };

    private sealed record Part(string Name, ClockKind Kind, Duration Within);

    /// <summary>A line such as <c>Hosting contract: 99.9 %</c> or <c>Help desk OLA: response 30 min</c>.</summary>
    [GeneratedRegex(@"^(?<name>[^:]+):\s*(?:(?<what>response|restore|availability)\s+)?(?<value>\d.*)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex LinePattern();

    /// <summary>A line such as <c>1 of Carrier A: 99.5 %, Carrier B: 99.5 %</c>.</summary>
    [GeneratedRegex(@"^(?<k>\d+) of (?<members>.+, .+)$", RegexOptions.CultureInvariant)]
    private static partial Regex GroupPattern();
}
