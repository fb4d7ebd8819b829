using System.Text.Json;
using Entente.Tests.Shared;

namespace Entente.Cli.Tests;

[Collection(Terminal.Name)]
public sealed class EngineTests : IDisposable
{
    private readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task A_domain_is_solved_to_its_reference_values_and_drawn()
    {
        var folder = SharedData.Path("bargaining", "synthetic", "sla-2p-8i");
        var svg = Path.Combine(_shell.Folder, "frontier.svg");
        var said = await Shell.Run("bargain", "solve", Path.Combine(folder, "domain.json"), "--points", "3", "--svg", svg, "--json");
        var reference = JsonSerializer.Deserialize<JsonElement>(await File.ReadAllTextAsync(Path.Combine(folder, "reference.json")));
        var frontier = said.Json.GetProperty("frontier");
        reference.ToString().ShouldContain(frontier.GetProperty("sha256").GetString()!);
        frontier.GetProperty("points").GetArrayLength().ShouldBe(3);
        foreach (var solution in new[] { "nash", "kalaiSmorodinsky", "egalitarian", "utilitarian" })
            said.Json.GetProperty(solution).GetProperty("proved").GetBoolean().ShouldBeTrue(solution);
        (await File.ReadAllTextAsync(svg)).ShouldContain("<svg");
    }

    [Fact]
    public async Task A_package_is_certified_or_improved_and_a_wrong_one_is_named()
    {
        var domain = Path.Combine(SharedData.Path("bargaining", "synthetic", "sla-2p-8i"), "domain.json");
        var nash = (await Shell.Run("bargain", "solve", domain, "--json")).Json.GetProperty("nash").GetProperty("package").ToString();
        (await Shell.Run("bargain", "certify", domain, "--package", nash, "--json")).Json.GetProperty("efficient").GetBoolean().ShouldBeTrue();
        (await Shell.Run("bargain", "improve", domain, "--package", nash, "--json")).Json.TryGetProperty("improvement", out _).ShouldBeFalse();
        var wrong = await Shell.Run("bargain", "certify", domain, "--package", "0,0", "--json");
        (wrong.Exit, wrong.Json.GetProperty("error").GetProperty("findings")[0].GetProperty("path").GetString()).ShouldBe((1, "--package"));
        (await Shell.Run("bargain", "solve", domain, "--seconds", "0", "--json")).Exit.ShouldBe(1);
    }

    [Fact]
    public async Task The_same_seed_simulates_the_same_run()
    {
        var domain = Path.Combine(SharedData.Path("bargaining", "synthetic", "sla-2p-8i"), "domain.json");
        var runs = new List<string>();
        for (var run = 0; run < 2; run++)
            runs.Add((await Shell.Run("bargain", "simulate", domain, "--tactics", "boulware,micro", "--seed", "5", "--json")).Json.GetProperty("utilities")
                .ToString());
        runs[0].ShouldBe(runs[1]);
    }

    [Fact]
    public async Task OpenSlo_documents_are_validated_with_their_exit_code()
    {
        var good = SharedData.Path("openslo", "go-sdk", "pkg", "openslo", "v1", "examples", "services.yaml");
        (await Shell.Run("openslo", "validate", good, "--json")).Exit.ShouldBe(0);
        var bad = _shell.File("bad.yaml", "apiVersion: openslo/v1\nkind: SLO\nmetadata: {name: x}\nspec: {}\n");
        var said = await Shell.Run("openslo", "validate", bad, "--json");
        said.Exit.ShouldBe(1);
        said.Out.ShouldContain("spec.service");
    }

    [Fact]
    public async Task An_agreement_is_evaluated_over_data()
    {
        var agreement = _shell.File("agreement.yaml", """
            entente: agreement/v1
            key: desk
            title: Service desk
            type: sla
            timeZone: UTC
            terms:
              - { kind: ticketClock, key: restore, title: Restore time, clock: resolution, within: 4 h, target: ">= 50 %" }
            """);
        var tickets = _shell.File("tickets.csv",
            "ticket,opened,resolved\nA,2026-03-02T08:00:00Z,2026-03-02T09:00:00Z\nB,2026-03-02T08:00:00Z,2026-03-02T20:00:00Z\nC,2026-03-03T08:00:00Z,2026-03-03T09:00:00Z\n");
        var said = await Shell.Run("evaluate", agreement, "--data", tickets, "--period", "2026-03", "--json");
        said.Exit.ShouldBe(0, said.Out + said.Error);
        said.Out.ShouldContain("\"restore\"");
        said.Out.ShouldContain("B took 12 h");
    }

    [Fact]
    public async Task A_new_ledger_verifies()
    {
        var data = Path.Combine(_shell.Folder, "data");
        var said = await Shell.Run("ledger", "verify", "--data", data, "--json");
        (said.Exit, said.Json.GetProperty("isWhole").GetBoolean()).ShouldBe((0, true));
    }
}
