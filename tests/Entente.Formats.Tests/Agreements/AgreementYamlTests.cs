using System.Text.Json;
using Entente.Agreements;
using Entente.Formats.Agreements;
using Entente.Tests.Shared;

namespace Entente.Formats.Tests.Agreements;

public sealed class AgreementYamlTests
{
    private const string Small = """
        entente: agreement/v1
        key: small
        title: Small
        terms:
          - kind: availability
            key: up
            title: Up
            target: ">= 99.90 %"
        """;

    public static TheoryData<string> Examples =>
        [.. Directory.EnumerateFiles(Path.Combine(SharedData.Root, "examples", "agreements"), "*.yaml")
            .Select(file => Path.GetFileName(file)!).Order()];

    private static string Example(string name) =>
        File.ReadAllText(Path.Combine(SharedData.Root, "examples", "agreements", name));

    private static string AsJson(AgreementDocument document) => JsonSerializer.Serialize(document, Json.Options);

    [Theory, MemberData(nameof(Examples))]
    public void Every_example_is_usable_and_survives_a_round_trip(string name)
    {
        var reading = AgreementYaml.Read(Example(name));
        reading.Findings.ShouldBeEmpty();
        var text = AgreementYaml.Write(reading.Value!);
        var again = AgreementYaml.Read(text);
        again.Findings.ShouldBeEmpty(text);
        AsJson(again.Value!).ShouldBe(AsJson(reading.Value!));
        AgreementYaml.Write(again.Value!).ShouldBe(text);
        // JSON is YAML too, and facts keep the document as JSON.
        AsJson(AgreementYaml.Read(AsJson(reading.Value!)).Get()).ShouldBe(AsJson(reading.Value!));
        AsJson(JsonSerializer.Deserialize<AgreementDocument>(AsJson(reading.Value!), Json.Options)!)
            .ShouldBe(AsJson(reading.Value!));
    }

    [Fact]
    public void Every_published_agreement_has_its_example_with_its_targets()
    {
        using var real = JsonDocument.Parse(File.ReadAllText(SharedData.Path("real_sla_documents", "real_slas.json")));
        var documents = Examples.Select(row => AgreementYaml.Read(Example(row.Data)).Get()).ToArray();
        foreach (var one in real.RootElement.GetProperty("documents").EnumerateArray())
        {
            var (id, url) = (one.GetProperty("id").GetString()!, one.GetProperty("url").GetString()!);
            var example = documents.FirstOrDefault(document => document.BasedOn == url)
                ?? documents.First(document => id == "tidb_cloud" && document.Key == "tidb-cloud");
            var text = AsJson(example);
            foreach (var target in one.GetProperty("targets").EnumerateArray())
                foreach (var field in new[] { "respond", "resolve" })
                {
                    if (!target.TryGetProperty(field, out var limit) || limit.ValueKind == JsonValueKind.Null) continue;
                    var limits = limit.ValueKind == JsonValueKind.String ? [limit.GetString()!]
                        : limit.EnumerateObject().Select(p => p.Value.GetString()!);
                    foreach (var within in limits) text.ShouldContain($"\"within\":\"{within}\"", Case.Sensitive,
                        $"{id} {target}");
                }
        }
    }

    [Fact]
    public void The_published_schema_is_the_one_that_is_checked()
    {
        var path = Path.Combine(SharedData.Root, "docs", "schema", "agreement.schema.json");
        var published = File.Exists(path) ? File.ReadAllText(path).Trim() : "";
        published.ShouldBe(AgreementSchema.Document.ToJsonString(Json.Indented),
            "run: entente agreement schema > docs/schema/agreement.schema.json");
    }

    [Fact]
    public void Every_fault_is_named_with_its_place_and_line()
    {
        var reading = AgreementYaml.Read("""
            entente: agreement/v1
            key: bad
            titel: Wrong
            terms:
              - kind: availability
                key: up
                title: Up
                target: 99,9
              - kind: uptime
                key: x
              - kind: ticketClock
                key: p1
                title: P1
                clock: answer
                within: 4 h
            """);
        reading.IsUsable.ShouldBeFalse();
        reading.Findings.Select(finding => (finding.Path, finding.Rule, finding.Line)).ShouldBe(
        [
            ("title", "schema.required", 1), ("titel", "schema.unknown", 3), ("terms[0].target", "schema.pattern", 8),
            ("terms[1].kind", "schema.kind", 9), ("terms[2].clock", "schema.enum", 14),
        ], ignoreOrder: true);
    }

    [Theory]
    [InlineData("    calendar: nights", "terms[0].calendar", "agreement.reference")]
    [InlineData("    restsOn: [3 of (a, b)]", "terms[0].restsOn[0]", "term.restsOn")]
    [InlineData("    exclusions: [{key: e, from: 2026-01-02T00:00:00Z, to: 2026-01-01T00:00:00Z}]",
        "terms[0].exclusions[0]", "exclusion.span")]
    [InlineData("    exclusions: [{key: e, start: 2026-01-02T00:00:00, length: 2 h, rrule: FREQ=HOURLY}]",
        "terms[0].exclusions[0].rrule", "exclusion.rrule")]
    [InlineData("timeZone: Mars/Base", "timeZone", "agreement.zone")]
    [InlineData("calendars: {c: {timeZone: UTC, weekly: {monday: [\"17:00\"]}}}", "calendars.c.weekly.monday[0]",
        "calendar.hours")]
    [InlineData("effective: {from: 2026-02-01, to: 2026-01-01}", "effective", "agreement.effective")]
    public void What_cannot_be_used_is_refused(string line, string path, string rule) =>
        AgreementYaml.Read($"{Small}\n{line}").Findings.ShouldContain(finding => finding.Path == path
            && finding.Rule == rule && finding.Line != null);

    [Theory]
    [InlineData(""), InlineData("- a"), InlineData("a: [1"), InlineData("a: &x [*x]"), InlineData("42")]
    public void No_text_makes_it_fail(string text) => AgreementYaml.Read(text).IsUsable.ShouldBeFalse();

    [Fact]
    public void Words_of_every_sort_survive()
    {
        foreach (var words in new[] { "a: b", "# no comment", "- dash", "yes", "12", "1e3", " lead", "two\nlines\n",
            "two\nlines", "tab\there", "\"quoted\"", "{x}", "ünï", "a #b", "trail ", "\n", "null", "08:00" })
        {
            var document = AgreementYaml.Read(Small).Get() with { Title = words, Notes = words };
            AgreementYaml.Read(AgreementYaml.Write(document)).Get().Notes.ShouldBe(words);
        }
    }
}
