using System.Globalization;
using Entente.Documentation;
using Entente.Terms;

namespace Entente.Tests.Documentation;

public sealed class FootingTests
{
    [Theory]
    [InlineData("99.9", "99.5", "Hosting: 99.9 %|Network: 99.95 %", "at best 99.85 %", false, true)]
    [InlineData("99.8", "99.5", "Hosting: 99.9 %|Network: 99.95 %", "at best 99.85 %", true, true)]
    [InlineData("99.9", "99.9", "1 of Carrier A: 99 %, Carrier B: 99 %|Hosting: availability 99.95 %", "at best 99.94 %", true, true)]
    [InlineData("99.9", "99.9", "Hosting: 90 %|Help desk: response 5 min", "at best 90.0 %", false, false)]
    public void Shares_of_parts_in_a_row_multiply(string asked, string offered, string lines, string allows, bool holdsAsked, bool holdsOffered)
    {
        var found = Footing.Of(Pair(Share(asked), Share(offered)), lines.Split('|'))!;
        (found.Allows, found.HoldsAsked, found.HoldsOffered).ShouldBe((allows, holdsAsked, holdsOffered));
    }

    [Fact]
    public void The_arithmetic_is_told_part_by_part() =>
        Footing.Of(Pair(Share("99.9"), null), ["Hosting: 99.9 %", "Network: 99.95 %"])!.Arithmetic.ShouldBe(
        "Hosting 99.9 % × Network 99.95 % = 99.85 % if they fail independently; 99.85 % is certain whatever they do.");

    [Fact]
    public void Hand_overs_add_up_and_only_those_of_the_same_clock()
    {
        string[] lines = ["First line OLA: response 15 min", "Vendor: response 30 min", "Vendor: restore 4 h", "Hosting: 99.9 %", "words only"];
        var response = Footing.Of(Pair(Clock("30 min", ClockKind.Response), Clock("1 h", ClockKind.Response)), lines)!;
        (response.Allows, response.HoldsAsked, response.HoldsOffered).ShouldBe(("45 min", false, true));
        response.Arithmetic.ShouldStartWith("First line OLA 15 min + Vendor 30 min = 45 min");
        Footing.Of(Pair(Clock("4 h", ClockKind.Resolution), null), lines)!.HoldsAsked.ShouldBe(true);
    }

    [Theory]
    [InlineData("words only")]
    [InlineData("3 of A: 99 %, B: 99 %")]
    [InlineData("Hosting: 120 %")]
    public void What_says_nothing_of_the_term_gives_no_evidence(string line) => Footing.Of(Pair(Share("99"), null), [line]).ShouldBeNull();

    private static TermPair Pair(Term? asked, Term? offered) => new("t", asked, offered);

    private static Term.Availability Share(string percent) => new()
    {
        Key = "t",
        Title = "T",
        Target = new(Comparison.AtLeast, decimal.Parse(percent, CultureInfo.InvariantCulture), Unit.Percent),
    };

    private static Term.TicketClock Clock(string within, ClockKind kind) => new() { Key = "t", Title = "T", Clock = kind, Within = TimeLimit.Parse(within) };
}
