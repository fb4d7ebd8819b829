using System.Text.Json.Nodes;
using Entente.Bargaining;
using Entente.Bargaining.Solutions;

namespace Entente.Formats.Tests.Bargaining;

/// <summary>Every reference value of every published domain, from the original files, by both ways of
/// solving.</summary>
public sealed class ReferenceTests
{
    public static TheoryData<string> All => [.. Domains.All()];

    [Theory]
    [MemberData(nameof(All))]
    public void The_original_files_and_the_normal_form_say_the_same(string id)
    {
        var (original, normal) = (Domains.Read(id).Bargain, Domains.ReadNormal(id).Bargain);
        original.Space.Issues.Select(i => i.Values).ShouldBe(normal.Space.Issues.Select(i => i.Values));
        for (var p = 0; p < normal.Parties.Count; p++)
        {
            original.Disagreement[p].ShouldBe(normal.Disagreement[p]);
            for (var i = 0; i < normal.Space.Issues.Count; i++)
                for (var v = 0; v < normal.Space.Issues[i].Count; v++)
                    original.Parties[p].Worth[i][v]
                        .ShouldBe(normal.Parties[p].Worth[i][v], 1e-12, $"{id} party {p} issue {i} value {v}");
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Frontier_and_solutions_are_those_of_the_reference(string id)
    {
        var whole = Domains.Read(id).Bargain;
        foreach (var reference in Domains.Reference(id)["references"]!.AsArray())
        {
            var bargain = whole.Among([.. reference!["parties"]!.AsArray().Select(p => (int)p!)]);
            var frontier = Solver.Frontier(bargain);
            frontier.IsExact.ShouldBeTrue();
            frontier.Points.Count.ShouldBe((int)reference["pareto"]!["n_points"]!);
            frontier.Hash().ShouldBe((string)reference["pareto"]!["sha256"]!);
            for (var i = 0; i < frontier.Points.Count; i++)
                bargain.Utilities(frontier.Package(i)).ShouldBe(frontier.Points[i]);
            Compare(id, reference["solutions"]!, Solver.Solve(bargain, frontier: frontier));
            Compare(id, reference["solutions"]!, Solver.Solve(bargain));
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Spaces_too_large_to_list_reach_the_proved_values(string id)
    {
        if (Domains.Reference(id)["branch_and_bound"] is not { } proved) return;
        var bargain = Domains.Read(id).Bargain;
        var solved = Solver.Solve(bargain);
        solved.Nash!.IsProved.ShouldBeTrue();
        solved.Nash.Value.ShouldBe((double)proved["nash_product"]!, 1e-8);
        if (bargain.Parties.Count > 3) return;
        var frontier = Solver.Frontier(bargain);
        frontier.Points.Count.ShouldBe((int)proved["frontier_points"]!);
        var scanned = Solver.Solve(bargain, frontier: frontier);
        scanned.Nash!.Utilities.ShouldBe(solved.Nash.Utilities);
        scanned.KalaiSmorodinsky!.Utilities.ShouldBe(solved.KalaiSmorodinsky!.Utilities);
        scanned.Egalitarian!.Utilities.ShouldBe(solved.Egalitarian!.Utilities);
        scanned.Utilitarian!.Utilities.ShouldBe(solved.Utilitarian!.Utilities);
    }

    private static void Compare(string id, JsonNode reference, SolutionSet set)
    {
        Compare(id, "nash", reference["nash"], set.Nash);
        Compare(id, "kalai_smorodinsky", reference["kalai_smorodinsky"], set.KalaiSmorodinsky);
        Compare(id, "egalitarian", reference["egalitarian"], set.Egalitarian);
        Compare(id, "utilitarian", reference["utilitarian"], set.Utilitarian);
        set.MaximinOfAll.IsProved.ShouldBeTrue();
        set.WelfareOfAll.Value.ShouldBe((double)reference["max_welfare_all"]!["welfare"]!, 1e-9);
    }

    private static void Compare(string id, string name, JsonNode? reference, Solution? solution)
    {
        if (reference is null)
        {
            solution.ShouldBeNull($"{id} {name}");
            return;
        }

        solution.ShouldNotBeNull($"{id} {name}");
        solution.IsProved.ShouldBeTrue();
        var utilities = reference["utilities"]!.AsArray().Select(u => (double)u!).ToArray();
        for (var p = 0; p < utilities.Length; p++) solution.Utilities[p].ShouldBe(utilities[p], 1e-9, $"{id} {name}");
        solution.Package.Values.ShouldBe(reference["outcome"]!.AsArray().Select(v => (int)v!), $"{id} {name}");
        solution.Ties.ShouldBe((int)reference["outcome_ties"]!, $"{id} {name}");
    }
}
