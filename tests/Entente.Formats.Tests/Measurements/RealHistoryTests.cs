using System.Text.Json;
using Entente.Agreements;
using Entente.Formats.Agreements;
using Entente.Formats.Measurements;
using Entente.Terms;
using Entente.Terms.Evaluation;
using Entente.Tests.Shared;
using NodaTime;
using NodaTime.Text;
using Data = Entente.Terms.Evaluation.Measurements;

namespace Entente.Formats.Tests.Measurements;

/// <summary>Real history by others, against walking over it second by second and against what its own monitor
/// said.</summary>
public sealed class RealHistoryTests
{
    private static Data Load(params string[] path)
    {
        using var stream = File.OpenRead(SharedData.Path(path));
        return MeasurementFile.Read(stream, path[^1]).Get();
    }

    [Fact]
    public void The_GitHub_agreement_quarter_by_quarter_is_what_each_second_says()
    {
        var document = AgreementYaml.Read(
            File.ReadAllText(Path.Combine(SharedData.Root, "examples", "agreements", "github-enterprise-cloud.yaml")))
            .Get();
        var context = AgreementDocumentRules.Context(document);
        var data = new[] { Load("github_status_history", "incidents.jsonl") };
        var incidents = File.ReadLines(SharedData.Path("github_status_history", "incidents.jsonl"))
            .Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        var verdicts = new List<string>();
        foreach (var term in document.Terms)
            for (var quarter = 0; quarter < 10; quarter++)
            {
                var start = Instant.FromUtc(2022 + (quarter + 2) / 4, (quarter + 2) % 4 * 3 + 1, 1, 0, 0);
                var end = start.InUtc().LocalDateTime.PlusMonths(3).InUtc().ToInstant();
                var lost = LostSeconds(incidents, term.Measure!.Series[0], start, end);
                var total = (long)(end - start).TotalSeconds;
                var result = TermEvaluation.Evaluate(term, context, data, new Interval(start, end));
                (result.Good, result.Total, result.Unknown).ShouldBe((total - lost, total, 0), $"{term.Key} {start}");
                var share = (total - lost) * 100m / total;
                result.Breached.ShouldBe(share < 99.9m, $"{term.Key} {start}");
                result.Credit!.Share.ShouldBe(share > 99.9m || share == 99.0m ? 0m : share > 99.0m ? 0.10m : 0.25m,
                    $"{term.Key} {start}");
                result.Explain.Where(part => part.What == "outage").Sum(part => part.Amount)
                    .ShouldBe(lost, $"{term.Key} {start}");
                verdicts.Add($"{result.Breached}");
            }

        verdicts.Distinct().Count().ShouldBe(2, "the history has quarters that were kept and quarters that were not");
    }

    private static long LostSeconds(JsonElement[] incidents, string component, Instant start, Instant end)
    {
        var (lost, count) = (new bool[(long)(end - start).TotalSeconds], 0L);
        foreach (var incident in incidents)
        {
            if (incident.GetProperty("impact").GetString() is not ("major" or "critical")) continue;
            if (!incident.TryGetProperty("components", out var names) || names.EnumerateArray()
                .All(name => name.GetString() != component)) continue;
            var (from, to) = (At("downtime_start"), At("downtime_end"));
            for (var at = Instant.Max(from, start); at < Instant.Min(to, end);
                at += Duration.FromSeconds(1)) Lose((long)(at - start).TotalSeconds);

            Instant At(string name) => InstantPattern.ExtendedIso.Parse(incident.GetProperty(name).GetString()!).Value;
        }

        return count;

        void Lose(long second)
        {
            if (!lost[second]) count++;
            lost[second] = true;
        }
    }

    /// <remarks>
    /// Upptime keeps downtime in issues labelled with the site's slug. A label holds 50 characters, so it finds none
    /// for a
    /// longer slug and says nothing; two sites with one slug share one history. It also drops outages under a quarter
    /// of an hour.
    /// </remarks>
    [Fact]
    public void Upptime_s_own_downtime_is_met_within_two_minutes_a_day()
    {
        var data = new[] { Load("upptime_unibern", "checks.csv.gz") };
        var policy = new ServiceTime.Accounting.AccountingPolicy
        {
            Version = "upptime",
            OutageMin =
            Duration.FromMinutes(15)
        };
        var context = new MeasuringContext { Policies = [policy], Period = TermPeriod.Parse("day") };
        using var summary = JsonDocument.Parse(File.ReadAllText(SharedData.Path("upptime_unibern", "summary.json")));
        var sites = summary.RootElement.EnumerateArray().GroupBy(site => site.GetProperty("slug").GetString()!)
            .Where(site => site.Count() == 1 && site.Key.Length <= 50).ToArray();
        int days = 0, down = 0;
        foreach (var site in sites)
        {
            var said = site.Single().GetProperty("dailyMinutesDown").EnumerateObject()
                .ToDictionary(day => day.Name, day => day.Value.GetDecimal());
            var checks = data[0].Checks.Where(row => row.Series == site.Key).ToArray();
            if (checks.Length == 0) continue;
            var term = new Term.Availability
            {
                Key = "up",
                Title = "Up",
                Target = Objective.All,
                Measure =
                new Measure { Series = [site.Key] }
            };
            var first = checks.Min(row => row.At).InUtc().Date;
            var last = checks.Max(row => row.At).InUtc().Date;
            var prepared = new PreparedTerm(term, context, data, new Interval(Midnight(first), Midnight(last)));
            for (var day = first; day < last; day = day.PlusDays(1))
            {
                var result = TermEvaluation.Of(prepared,
                    ServiceTime.Accounting.Span.Between(Midnight(day), Midnight(day.PlusDays(1))));
                var minutes = (result.Total - result.Good ?? 0) / 60;
                var theirs = said.GetValueOrDefault(day.ToString("uuuu-MM-dd", null));
                Math.Abs(minutes - theirs).ShouldBeLessThanOrEqualTo(2m, $"{site.Key} on {day}");
                days++;
                if (theirs > 0) down++;
            }
        }

        (sites.Length, days, down).ShouldSatisfyAllConditions(
            counts => counts.Item1.ShouldBeGreaterThanOrEqualTo(20), counts => counts.days.ShouldBeGreaterThan(3000),
                counts => counts.down.ShouldBeGreaterThan(80));

        static Instant Midnight(LocalDate day) => day.AtMidnight().InUtc().ToInstant();
    }
}
