using System.Text.Json;
using Entente.Formats.Agreements;
using Entente.Formats.OpenSlo;
using Entente.Formats.Prometheus;
using Entente.ServiceTime.Budgets;
using Entente.Terms;
using Entente.Tests.Shared;
using NodaTime;

namespace Entente.Formats.Tests.OpenSlo;

public sealed class OpenSloAgreementTests
{
    private const string Agreement = """
        entente: agreement/v1
        key: shop
        title: The shop
        timeZone: Europe/Berlin
        provider: {name: Acme Hosting, contact: desk@acme.example}
        services:
        - {key: web, title: Web shop}
        exclusions:
        - key: maintenance
          start: "2024-01-07T02:00:00"
          length: 2 h
          rrule: FREQ=WEEKLY;BYDAY=SU
          countsAgainst: nobody
        terms:
        - {kind: availability, key: web.availability, title: The shop is there, service: web, target: '>= 99.9 %'}
        - kind: latency
          key: web.latency
          title: The shop is quick
          service: web
          threshold: PT0.5S
          target: '>= 95 %'
          period: rolling 28 d
        - {kind: survey, key: web.survey, title: Users like it, service: web, target: '>= 4'}
        """;

    [Fact]
    public void Objectives_become_documents_that_the_validator_accepts()
    {
        var written = OpenSloAgreement.Write(AgreementYaml.Read(Agreement).Get(), "shop.yaml");
        var file = OpenSloFile.Read("x", OpenSloFile.Write(written.Objects, OpenSloShape.Documents));
        OpenSloRules.Strict(file).Select(found => found.Finding).ShouldBeEmpty();
        file.Objects.Select(item => $"{item.Kind} {item.Name}")
            .ShouldBe(["Service web", "SLO web-availability", "SLO web-latency"]);
        written.Findings.ShouldHaveSingleItem().Finding.Path.ShouldBe("terms.web.survey");
        file.Objects[1].Spec.Items("timeWindow")[0].Text("duration").ShouldBe("1M");
        file.Objects[2].Spec.Items("timeWindow")[0].Text("duration").ShouldBe("28d");
    }

    [Fact]
    public void Pairs_of_windows_and_exclusions_are_annotations_that_can_be_read_back()
    {
        var slo = OpenSloAgreement.Write(AgreementYaml.Read(Agreement).Get(), "shop.yaml").Objects[1];
        var notes = slo.Metadata.Field("annotations");
        BurnRateText.Parse(notes.Text(BurnRateText.Annotation)!)
            .ShouldBe(BurnRatePresets.Google(Duration.FromDays(30)));
        JsonSerializer.Deserialize<List<ExclusionClause>>(
            notes.Text(OpenSloAgreement.ExclusionsAnnotation)!, Json.Options)!
            .Single().Rrule.ShouldBe("FREQ=WEEKLY;BYDAY=SU");
        // Google's pair of 14.4 can fire at 99.9 % and 95 %: 14.4 × 0.05 is 0.72.
        slo.Spec.Items("alertPolicies").Count.ShouldBe(3);
    }

    public static TheoryData<string> Examples =>
        [.. Directory.EnumerateFiles(Path.Combine(SharedData.Root, "examples", "agreements"), "*.yaml")
            .Select(path => Path.GetFileName(path))];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Every_example_agreement_is_written_validly(string name)
    {
        var text = File.ReadAllText(Path.Combine(SharedData.Root, "examples", "agreements", name));
        var written = OpenSloAgreement.Write(AgreementYaml.Read(text).Get(), name);
        OpenSloRules.Strict(new OpenSloFile(name, OpenSloShape.Documents, written.Objects))
            .Select(found => found.Finding).ShouldBeEmpty();
    }

    [Fact]
    public void The_annotation_wins_over_single_windows_when_rules_are_written()
    {
        const string Slo = """
            apiVersion: openslo/v1
            kind: SLO
            metadata:
              name: web
              annotations: {entente.dev/burn-rate-alerts: 5m/1h > 14.4 page; 30m/6h >= 6 page for 10m}
            spec:
              service: shop
              budgetingMethod: Occurrences
              indicator:
                metadata: {name: i}
                spec:
                  ratioMetric:
                    counter: true
                    bad: {metricSource: {type: Prometheus, spec: {query: bad_total}}}
                    total: {metricSource: {type: Prometheus, spec: {query: all_total}}}
              timeWindow: [{duration: 1M, isRolling: false, calendar: {startTime: 2024-01-01 00:00:00, timeZone: UTC}}]
              objectives: [{targetPercent: 99.9}]
            """;
        var one = ObservedFile.Read([("x", Slo)]).Get().Single();
        BurnRateText.Format(one.Alerts).ShouldBe("5m/1h > 14.4 page; 30m/6h >= 6 page for 10m");
        one.IsCalendarAligned.ShouldBeTrue();
        one.Target.ShouldBe(0.999m);
    }

    [Fact]
    public void Data_that_do_not_lie_in_a_Prometheus_are_told() =>
        ObservedFile.Read(
            [("x", File.ReadAllText(
            SharedData.Path("openslo", "go-sdk", "pkg", "openslo", "v1alpha", "examples", "slos.yaml")))])
            .Findings.ShouldContain(finding => finding.Rule == "not_prometheus");
}
