using Entente.Agreements;
using Entente.Formats.Agreements;
using Entente.Tests.Shared;

namespace Entente.Formats.Tests.Agreements;

/// <summary>The defects of real agreements, found in the examples that were written from them.</summary>
public sealed class LintTests
{
    private static IReadOnlyList<Finding> Lint(string name) => AgreementDocumentLint.Find(AgreementYaml.Read(
        File.ReadAllText(Path.Combine(SharedData.Root, "examples", "agreements", $"{name}.yaml"))).Get());

    [Theory]
    [InlineData("github-enterprise-cloud", "bands.gap", "exactly 99.0 % misses the target, but is in no band.")]
    [InlineData("github-enterprise-cloud", "bands.met", "exactly 99.9 % meets the target >= 99.9 %, but earns 10 %.")]
    [InlineData("edgevirt", "bands.gap", "between 99.8 % and 99.9 % misses the target, but is in no band.")]
    [InlineData("edgevirt", "bands.gap", "between 95 % and 95.1 % misses the target, but is in no band.")]
    [InlineData("azure-vm", "bands.overlap", "between 95 % and 99 % is in 2 bands: 10 % and 25 %.")]
    [InlineData("azure-vm", "bands.met", "between 95 % and 99 % meets the target >= 95 %, but earns 10 %.")]
    [InlineData("iplicit-support", "limit.noDuration", "'next release' is no duration")]
    [InlineData("mount-marty-it", "calendar.undefined", "'1 business day' speaks of business time")]
    [InlineData("deakin-it", "limit.day", "'1 day' is taken as 24 hours")]
    [InlineData("koc-kuit", "clause.number", "leaves 43.8 hours")]
    [InlineData("koc-kuit", "priorities.noTarget", "Priority 'P0'")]
    [InlineData("westernu-it", "budget.zero", "every single ticket")]
    [InlineData("westernu-it", "workload.none", "any number of tickets")]
    [InlineData("aws-compute-2022", "exclusions.none", "No exceptions are named")]
    [InlineData("aws-compute-2022", "credit.fee", "no fee is known")]
    [InlineData("acme-globex-shop", "underpinning.independence", "99.49")]
    public void A_real_defect_is_found(string example, string rule, string words) =>
        Lint(example).ShouldContain(finding => finding.Rule == rule && finding.Message.Contains(words),
            $"{string.Join("\n", Lint(example))}");

    [Fact]
    public void Bands_without_fault_give_no_finding() =>
        Lint("tidb-cloud").Where(finding => finding.Rule.StartsWith("bands", StringComparison.Ordinal)).ShouldBeEmpty();

    [Fact]
    public void Rounding_closes_a_gap_that_no_result_can_reach()
    {
        const string text = """
            entente: agreement/v1
            key: rounded
            title: Rounded
            policy: [{version: one, decimals: 1}]
            terms:
              - {kind: availability, key: up, title: Up, target: ">= 99.9 %", credit: {of: EUR 100, bands: [{when: 95-99.8 %, credit: 5 %}, {when: x < 95 %, credit: 9 %}]}}
            """;
        AgreementDocumentLint.Find(AgreementYaml.Read(text).Get())
            .ShouldNotContain(finding => finding.Rule == "bands.gap");
        AgreementDocumentLint.Find(AgreementYaml.Read(text.Replace("decimals: 1", "decimals: 2")).Get())
            .ShouldContain(finding => finding.Rule == "bands.gap");
    }

    [Fact]
    public void A_promise_stricter_than_what_underpins_it_names_the_part_and_what_it_lacks()
    {
        const string text = """
            entente: agreement/v1
            key: chain
            title: Chain
            terms:
              - {kind: availability, key: up, title: Up, target: ">= 99.9 %", restsOn: [a.up, b.up]}
              - {kind: ticketClock, key: fix, title: Fix, clock: resolution, within: 4 h, restsOn: [a.fix, b.fix]}
            underpinning:
              - {key: a, title: A, type: uc, terms: [{kind: availability, key: up, title: A, target: ">= 99.5 %"}, {kind: ticketClock, key: fix, title: A, clock: resolution, within: 3 h}]}
              - {key: b, title: B, type: ola, terms: [{kind: availability, key: up, title: B, target: ">= 99.99 %"}, {kind: ticketClock, key: fix, title: B, clock: resolution, within: 90 min}]}
            """;
        var weak = AgreementDocumentLint.Find(AgreementYaml.Read(text).Get())
            .Where(finding => finding.Rule == "underpinning.weak").ToArray();
        weak[0].Message.ShouldContain("at best 99.49 %");
        weak[0].Message.ShouldContain("'a.up' alone would have to promise 99.91 %");
        weak[1].Message.ShouldContain("3 h + 90 min = 4 h 30 min, 30 min too long");
    }
}
