using Entente.Agreements;
using Entente.Documentation;
using Entente.Engagements;
using Entente.Terms;

namespace Entente.Tests.Agreements;

public sealed class SigningProposalTests
{
    private static readonly EngagementState _parties = EngagementState.Empty with
    {
        Provider = "Acme Hosting",
        Customer = "Globex"
    };

    /// <remarks>Pia Lund, Ido Levi and Ann Lee sit for the provider, Cem Aydin and Ann Berg for the customer, Fee
    /// Roth for accounting.</remarks>
    [Theory]
    [InlineData("Sign the agreement | Pia Lund, Cem Aydin | Ido Levi", "1 pia, 1 cem, 2 ido", "")]
    [InlineData("Sign the agreement | pia and cem | Fee Roth", "1 pia, 1 cem, 2 fee", "")]
    [InlineData("Signature | Cem | Cem", "1 cem, 1 Provider", "nobody who signs for the provider")]
    [InlineData("Vertrag unterschreiben | Ido Levi, head of hosting; the customer | Ido", "1 ido, 1 Customer",
        "'head of hosting' has no seat")]
    [InlineData("Sign | Acme Hosting | Globex", "1 Provider, 2 Customer", "")]
    [InlineData("Sign | Pia Lund, Acme Hosting / Cem | Ido", "1 pia, 1 cem, 2 ido", "")]
    [InlineData("Sign | Cem | Ann", "1 cem, 1 Provider", "'Ann' may be Ann Berg or Ann Lee")]
    [InlineData("Sign | Zoe Moor | Pia Lund (head of sales)", "1 Customer, 2 pia", "'Zoe Moor' has no seat")]
    [InlineData("Sign | Pia & Cem | Sam Ode", "1 pia, 1 cem", "Sam Ode is neutral")]
    [InlineData("Sign for Acme | Pia | Ido\nSign for Globex | Cem | Cem", "1 pia, 1 cem, 2 ido", "")]
    [InlineData("Sign | Zork | Zork", "1 Provider, 1 Customer", "'Zork' has no seat")]
    [InlineData("Design the services | Pia | Ido\nAssign the tasks | Pia | Ido", null, "")]
    public void Who_is_responsible_signs_first_and_who_is_accountable_last(string raci, string? plan, string note)
    {
        var proposal = SigningProposal.Of(Charter(raci), Seated(), SigningPlan.Default);
        if (plan is null)
        {
            proposal.ShouldBeNull();
            return;
        }

        string.Join(", ", proposal!.Plan.Signatories.Select(one => $"{one.Step} {one.Person ?? one.Seat.ToString()}"))
            .ShouldBe(plan);
        proposal.Notes[0].ShouldBe("Not every stakeholder has approved this edition of the charter.");
        if (note.Length == 0) proposal.Notes.Count.ShouldBe(1);
        else proposal.Notes.ShouldContain(one => one.Contains(note, StringComparison.Ordinal));
        SigningRules.Plan(AgreementState.Empty, new Actor("sam", "Sam Ode", Seat.ServiceLevelManager), proposal.Plan)
            .Refusal.ShouldBeNull("what is proposed can be taken");
    }

    [Fact]
    public void A_proposal_keeps_the_authority_that_the_plan_gives()
    {
        var limit = new Money(100_000m, "EUR");
        var standing = SigningPlan.Of([new("", Seat.Provider, "pia", "Pia Lund", UpTo: limit), new("", Seat.Customer)]);
        var proposal = SigningProposal.Of(Charter("Sign | Cem, Ido | Pia"), Seated(), standing)!;
        proposal.Plan.Signatories.Select(one => (one.Key, one.Person, one.Step, one.UpTo))
            .ShouldBe([("customer", "cem", 1, null), ("provider", "ido", 1, null), ("provider-2", "pia", 2, limit)]);
    }

    private static CharterState Charter(string raci) => CharterState.Empty with
    {
        Charter = new Charter("", "", [], [], Raci: raci.Split('\n')
            .Select(line => RaciRow.TryParse(line, out var row) ? row
            : throw new ArgumentException(line)).ToValueList()),
    };

    private static EngagementState Seated() => new[]
    {
        ("pia", "Pia Lund", Seat.Provider), ("ido", "Ido Levi", Seat.Provider), ("lee", "Ann Lee", Seat.Provider),
        ("cem", "Cem Aydin", Seat.Customer), ("berg", "Ann Berg", Seat.Customer), ("fee", "Fee Roth", Seat.Accounting),
        ("sam", "Sam Ode", Seat.ServiceLevelManager),
    }.Aggregate(_parties, (state, one) => state.Apply(
        new EngagementFact.SeatGranted(one.Item1, one.Item2, one.Item3),
            new Stamp("sam", "chair", NodaTime.Instant.MinValue, 1)));
}
