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
        var found = Footing.Of(Pair(Share(asked), Share(offered)), lines.Split('|'), [])!;
        (found.Allows, found.HoldsAsked, found.HoldsOffered).ShouldBe((allows, holdsAsked, holdsOffered));
    }

    [Fact]
    public void The_arithmetic_is_told_part_by_part() =>
        Footing.Of(Pair(Share("99.9"), null), ["Hosting: 99.9 %", "Network: 99.95 %"], [])!.Arithmetic.ShouldBe(
        "Hosting 99.9 % × Network 99.95 % = 99.85 % if they fail independently; 99.85 % is certain whatever they do. "
        + "Hosting and Network: as the sheet writes it, without a contract here.");

    [Fact]
    public void Hand_overs_add_up_and_only_those_of_the_same_clock()
    {
        string[] lines = ["First line OLA: response 15 min", "Vendor: response 30 min", "Vendor: restore 4 h", "Hosting: 99.9 %", "words only"];
        var response = Footing.Of(Pair(Clock("30 min", ClockKind.Response), Clock("1 h", ClockKind.Response)), lines, [])!;
        (response.Allows, response.HoldsAsked, response.HoldsOffered).ShouldBe(("45 min", false, true));
        response.Arithmetic.ShouldStartWith("First line OLA 15 min + Vendor 30 min = 45 min");
        Footing.Of(Pair(Clock("4 h", ClockKind.Resolution), null), lines, [])!.HoldsAsked.ShouldBe(true);
    }

    [Theory]
    [InlineData("hoster|second", "at best 99.85 %", false)]
    [InlineData("1 of hoster, second", "at best 99.9999 %", false)]
    [InlineData("Hosting Ltd", "at best 99.95 %", false)]
    [InlineData("hoster.t|Network: 99.9 %", "at best 99.85 %", true)]
    [InlineData("hoster: 90 %", "at best 99.95 %", false)]
    [InlineData("words only", "at best 99.85 %", false)]
    [InlineData("", "at best 99.85 %", false)]
    public void A_line_that_names_a_contract_takes_its_numbers_from_there(string lines, string allows, bool isWritten)
    {
        ContractPromise[] contracts =
        [
            new("hoster", "Hosting Ltd", "shop", "signed", [Share("99.95"), Clock("2 h", ClockKind.Resolution) with { Key = "restore" }]),
            new("second", "Second plc", "shop", "asked", [Share("99.9") with { Calendar = "office" }]),
            new("elsewhere", "Other plc", "billing", "signed", [Share("50")]),
        ];
        var found = Footing.Of(Pair(Share("99.9"), null), lines.Split('|'), contracts)!;
        (found.Allows, found.IsWritten).ShouldBe((allows, isWritten));
        found.Arithmetic.Contains("hoster is signed with Hosting Ltd.", StringComparison.Ordinal).ShouldBeTrue(found.Arithmetic);
        found.Arithmetic.Contains("second is asked with Second plc and holds in 'office' only.", StringComparison.Ordinal)
            .ShouldBe(lines.Contains("second", StringComparison.Ordinal) || allows == "at best 99.85 %" && !isWritten, found.Arithmetic);
        var restore = new TermPair("restore", Clock("1 h", ClockKind.Resolution) with { Key = "restore" }, null);
        Footing.Of(restore, ["hoster", "Help desk OLA: restore 30 min"], contracts)!.ShouldSatisfyAllConditions(
            sum => sum.Allows.ShouldBe("2 h 30 min"), sum => sum.HoldsAsked.ShouldBe(false),
            sum => sum.Arithmetic.ShouldContain("hoster 2 h + Help desk OLA 30 min"));
    }

    [Theory]
    [InlineData("words only")]
    [InlineData("3 of A: 99 %, B: 99 %")]
    [InlineData("Hosting: 120 %")]
    public void What_says_nothing_of_the_term_gives_no_evidence(string line) => Footing.Of(Pair(Share("99"), null), [line], []).ShouldBeNull();

    private static TermPair Pair(Term? asked, Term? offered) => new("t", asked, offered);

    private static Term.Availability Share(string percent) => new()
    {
        Key = "t",
        Title = "T",
        Service = "shop",
        Target = new(Comparison.AtLeast, decimal.Parse(percent, CultureInfo.InvariantCulture), Unit.Percent),
    };

    private static Term.TicketClock Clock(string within, ClockKind kind) => new() { Key = "t", Title = "T", Clock = kind, Within = TimeLimit.Parse(within) };
}
