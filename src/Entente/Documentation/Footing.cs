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
/// <param name="IsWritten">Whether a part of it is only words on the sheet and no contract that is kept here.</param>
public sealed partial record Footing(string Allows, string Arithmetic, bool? HoldsAsked, bool? HoldsOffered, bool IsWritten)
{
    /// <summary>
    /// Held against the lines of an internal sheet; nothing where none of them speaks of what the term promises. A line that
    /// names a contract takes its numbers from there. Where no line says anything, the contracts of the service do.
    /// </summary>
    /// <remarks>
    /// Parts in a row: shares multiply where parts fail independently, and what is lost adds up where they do not. Hand-overs add up.
    /// </remarks>
    public static Footing? Of(TermPair pair, IEnumerable<string> lines, IReadOnlyList<ContractPromise> contracts)
    {
        var own = contracts.Where(one => one.Service == (pair.Offered ?? pair.Asked)!.Service).Select(one => one.Contract);
        return Of(pair, new Reading(pair.Key, contracts), lines) ?? Of(pair, new Reading(pair.Key, contracts), own);
    }

    private static Footing? Of(TermPair pair, Reading reading, IEnumerable<string> lines) => (pair.Offered ?? pair.Asked) switch
    {
        Term.Availability or Term.EventRatio => Share(pair, reading, [.. lines.Select(reading.Supplies).OfType<Supply>()]),
        Term.TicketClock clock => Hops(pair, reading, [.. lines.Select(line => reading.Hop(line, clock.Clock)).OfType<Part>()]),
        _ => null,
    };

    private static Footing? Share(TermPair pair, Reading reading, IReadOnlyList<Supply> supplies)
    {
        if (supplies.Count == 0) return null;
        var best = FeasiblePromise.Best(Supply.All(supplies));
        var (independent, guaranteed) = (Figure.Of(best.Independent, true)!.Label, Figure.Of(best.Guaranteed, true)!.Label);
        return new($"at best {independent}", $"{string.Join(" × ", supplies.Select(Words))} = {independent} if they fail independently; "
            + $"{guaranteed} is certain whatever they do.{reading.Remarks(pair)}", Holds(pair.Asked), Holds(pair.Offered), reading.IsWritten);

        bool? Holds(Term? term) => term is null || TermEvaluation.ObjectiveOf(term) is not { MoreIsBetter: true } objective ? null
            : best.Independent >= Fraction.From(objective.Value);
    }

    private static Footing? Hops(TermPair pair, Reading reading, IReadOnlyList<Part> hops)
    {
        if (hops.Count == 0) return null;
        var sum = hops.Aggregate(Duration.Zero, (total, hop) => total + hop.Within);
        return new(TimeLimit.Words(sum), $"{string.Join(" + ", hops.Select(hop => $"{hop.Name} {TimeLimit.Words(hop.Within)}"))} = {TimeLimit.Words(sum)}, "
            + $"for hand-overs follow each other.{reading.Remarks(pair)}", Holds(pair.Asked), Holds(pair.Offered), reading.IsWritten);

        bool? Holds(Term? term) => term is Term.TicketClock { Within.Duration: { } within } ? sum <= within : null;
    }

    private static string Words(Supply supply) => supply switch
    {
        Supply.Promise promise => $"{promise.Name} {Figure.Of(promise.Share, true)!.Label}",
        Supply.Of of => $"({of.Needed} of {string.Join(", ", of.Members.Select(Words))})",
        _ => "",
    };

    private sealed record Part(string Name, Duration Within);

    /// <summary>Reads lines for one term, and remembers which were contracts and which only words.</summary>
    private sealed class Reading(string term, IReadOnlyList<ContractPromise> contracts)
    {
        private readonly List<string> _written = [];
        private readonly List<(ContractPromise Contract, Term Term)> _named = [];

        public bool IsWritten => _written.Count > 0;

        public Supply? Supplies(string line)
        {
            if (GroupPattern().Match(line) is { Success: true } group)
            {
                var members = group.Groups["members"].Value.Split(',', StringSplitOptions.TrimEntries).Select(Supplies).ToList();
                return members.Contains(null)
                    || int.Parse(group.Groups["k"].Value, CultureInfo.InvariantCulture) is var k && (k < 1 || k > members.Count) ? null
                    : new Supply.Of(k, [.. members.OfType<Supply>()]);
            }

            if (Named(line) is { } below && TermEvaluation.ObjectiveOf(below.Term) is { Unit: Unit.Percent, MoreIsBetter: true } objective)
                return new Supply.Promise(Noted(below), Fraction.From(objective.Value));
            return LinePattern().Match(line) is { Success: true } one && Terms.Share.TryParse(one.Groups["value"].Value, out var share)
                && share.Percent <= 100m ? new Supply.Promise(Written(one), Fraction.From(share.Value)) : null;
        }

        public Part? Hop(string line, ClockKind clock)
        {
            if (Named(line) is { } below && below.Term is Term.TicketClock { Within.Duration: { } limit } found && found.Clock == clock)
                return new Part(Noted(below), limit);
            return LinePattern().Match(line) is { Success: true } one && TimeLimit.TryParseDuration(one.Groups["value"].Value, out var within)
                && one.Groups["what"].Value.Equals("response", StringComparison.OrdinalIgnoreCase) == (clock is ClockKind.Response)
                ? new Part(Written(one), within) : null;
        }

        /// <summary>Which parts are contracts and how far they have come, which are only words, and which hold in other hours.</summary>
        public string Remarks(TermPair pair)
        {
            var hours = (pair.Offered ?? pair.Asked)!.Calendar;
            return string.Concat(_named.Select(one => $" {one.Contract.Contract} is {one.Contract.Standing} with {one.Contract.Party}"
                    + (one.Term.Calendar is { } below && below != hours ? $" and holds in '{below}' only." : ".")))
                + (IsWritten ? $" {string.Join(" and ", _written)}: as the sheet writes it, without a contract here." : "");
        }

        /// <summary>A contract by its short name or party, with the term that is meant: <c>hoster</c>, <c>hoster.uptime</c>, <c>Hosting Ltd: …</c>.</summary>
        private (ContractPromise Contract, Term Term)? Named(string line)
        {
            var name = line.Split(':')[0].Trim();
            foreach (var contract in contracts)
            {
                var found = contract.IsCalled(name) ? contract.Terms.FirstOrDefault(one => one.Key == term)
                    : contract.Terms.FirstOrDefault(one => name == $"{contract.Contract}.{one.Key}");
                if (found is not null) return (contract, found);
            }

            return null;
        }

        private string Noted((ContractPromise Contract, Term Term) below)
        {
            if (!_named.Contains(below)) _named.Add(below);
            return below.Contract.Contract;
        }

        private string Written(Match line)
        {
            var name = line.Groups["name"].Value.Trim();
            if (!_written.Contains(name)) _written.Add(name);
            return name;
        }
    }

    /// <summary>A line such as <c>Hosting contract: 99.9 %</c> or <c>Help desk OLA: response 30 min</c>.</summary>
    [GeneratedRegex(@"^(?<name>[^:]+):\s*(?:(?<what>response|restore|availability)\s+)?(?<value>\d.*)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex LinePattern();

    /// <summary>A line such as <c>1 of Carrier A: 99.5 %, Carrier B: 99.5 %</c>.</summary>
    [GeneratedRegex(@"^(?<k>\d+) of (?<members>.+, .+)$", RegexOptions.CultureInvariant)]
    private static partial Regex GroupPattern();
}
