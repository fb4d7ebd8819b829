using System.Globalization;
using System.Text;
using System.Text.Json;
using Entente.ServiceTime.Indicators;
using Entente.Tests.Shared;

namespace Entente.Formats.Tests.Prometheus;

/// <summary>Good and total of any window, from four engines: they must be the same integers.</summary>
public sealed class SameIntegersTests
{
    private const int BucketSeconds = 300;
    private const long Epoch = 1_700_000_100; // A multiple of 300.

    [Fact]
    public async Task The_embedded_engine_PostgreSQL_Prometheus_and_VictoriaMetrics_give_the_same_integers()
    {
        var seed = Environment.GetEnvironmentVariable("SEED") is { } given
            ? int.Parse(given, CultureInfo.InvariantCulture) : 20_261_121;
        var random = new Random(seed);
        var objectives = Enumerable.Range(0, 8).Select(_ => Objective.Random(random)).ToList();
        var questions = objectives.SelectMany((objective, id) => Enumerable.Range(0, 6).Select(_ =>
        {
            var length = random.Next(1, objective.Buckets.Count + 1);
            var end = random.Next(length, objective.Buckets.Count + 1);
            return new Question(id, end - length, end);
        })).ToList();
        var expected = questions.Select(question => objectives[question.Objective].Sum(question)).ToList();

        using var prometheus = RealPrograms.Prometheus(data => Backfill(data, objectives));
        using var victoria = RealPrograms.VictoriaMetrics();
        using var http = new HttpClient();
        (await http.PostAsync(
            new Uri(victoria.Address, "api/v1/import/prometheus"), new StringContent(Text(objectives, "000"))))
            .EnsureSuccessStatusCode();
        (await http.GetAsync(new Uri(victoria.Address, "internal/force_flush"))).EnsureSuccessStatusCode();

        Postgres(objectives, questions).ShouldBe(expected, $"PostgreSQL, seed={seed}");
        (await Asked(http, prometheus.Address, questions)).ShouldBe(expected, $"Prometheus, seed={seed}");
        (await Asked(http, victoria.Address, questions)).ShouldBe(expected, $"VictoriaMetrics, seed={seed}");
    }

    private static List<(long Good, long Total)> Postgres(List<Objective> objectives, List<Question> questions)
    {
        var sql = new StringBuilder(
            "CREATE TABLE bucket (slo int, ends bigint, good bigint, total bigint, PRIMARY KEY (slo, ends));\n")
            .Append("COPY bucket FROM STDIN;\n");
        foreach (var (id, ends, good, total) in Rows(objectives))
            sql.Append(CultureInfo.InvariantCulture, $"{id}\t{ends}\t{good}\t{total}\n");
        sql.Append("\\.\n");
        foreach (var question in questions)
            sql.Append(CultureInfo.InvariantCulture,
                $"SELECT COALESCE(SUM(good), 0), COALESCE(SUM(total), 0) FROM bucket ")
                .Append(CultureInfo.InvariantCulture, $"WHERE slo = {question.Objective} ")
                .Append(CultureInfo.InvariantCulture,
                    $"AND ends > {Time(question.From)} AND ends <= {Time(question.To)};\n");
        return [.. RealPrograms.Psql(RealPrograms.Postgres(), sql.ToString()).Select(line =>
        {
            var columns = line.Split('|');
            return (long.Parse(columns[0], CultureInfo.InvariantCulture),
                long.Parse(columns[1], CultureInfo.InvariantCulture));
        })];
    }

    private static async Task<List<(long Good, long Total)>> Asked(
        HttpClient http, Uri server, List<Question> questions)
    {
        var answers = new List<(long, long)>();
        foreach (var question in questions) answers.Add((await Ask("good", question), await Ask("total", question)));
        return answers;

        async Task<long> Ask(string part, Question question)
        {
            var window = PrometheusWindow.Range((question.To - question.From) * BucketSeconds);
            var query = $"sum_over_time(slm:{part}:increase5m{{slm_slo=\"{question.Objective}\"}}[{window}])";
            var answer =
                await http.GetStringAsync(
                new Uri(server, $"api/v1/query?query={Uri.EscapeDataString(query)}&time={Time(question.To)}"));
            using var json = JsonDocument.Parse(answer);
            var result = json.RootElement.GetProperty("data").GetProperty("result");
            // No bucket in the window is no series in the answer.
            if (result.GetArrayLength() == 0) return 0;
            var value = decimal.Parse(
                result[0].GetProperty("value")[1].GetString()!, NumberStyles.Float, CultureInfo.InvariantCulture);
            value.ShouldBe(decimal.Truncate(value), "Counts are whole.");
            return (long)value;
        }
    }

    private static void Backfill(string data, List<Objective> objectives)
    {
        var file = Path.Combine(Path.GetDirectoryName(data)!, "buckets.om");
        File.WriteAllText(file, Text(objectives, "") + "# EOF\n");
        var (code, text) = RealPrograms.Promtool("tsdb", "create-blocks-from", "openmetrics", file, data, "-q");
        code.ShouldBe(0, text);
    }

    /// <summary>
    /// Samples at the ends of buckets; the suffix turns seconds into milliseconds where the format wants them.
    /// </summary>
    private static string Text(List<Objective> objectives, string suffix)
    {
        var text = new StringBuilder();
        foreach (var part in new[] { "good", "total" })
        {
            foreach (var (id, ends, good, total) in Rows(objectives))
                text.Append(CultureInfo.InvariantCulture,
                    $"slm:{part}:increase5m{{slm_slo=\"{id}\"}} {(part == "good" ? good : total)} {ends}{suffix}\n");
        }

        return text.ToString();
    }

    private static IEnumerable<(int Objective, long Ends, long Good, long Total)> Rows(List<Objective> objectives) =>
        objectives.SelectMany((objective, id) => objective.Buckets.Select((bucket, i) => (bucket, i))
            .Where(row => row.bucket is not null)
                .Select(row => (id, Time(row.i + 1), row.bucket!.Value.Good, row.bucket.Value.Total)));

    private static long Time(int bucket) => Epoch + bucket * (long)BucketSeconds;

    /// <summary>The buckets after <paramref name="From"/> up to and with <paramref name="To"/>.</summary>
    private sealed record Question(int Objective, int From, int To);

    private sealed record Objective(IReadOnlyList<(long Good, long Total)?> Buckets)
    {
        public static Objective Random(Random random)
        {
            var scale = (int)Math.Pow(10, random.Next(1, 8));
            return new Objective([.. Enumerable.Range(0, random.Next(20, 600)).Select(_ =>
            {
                if (random.Next(20) == 0) return ((long, long)?)null;
                var total = random.Next(scale);
                return (random.Next(total + 1), total);
            })]);
        }

        /// <summary>The embedded engine's answer.</summary>
        public (long Good, long Total) Sum(Question question)
        {
            // The engine names a bucket by its start, the samples by their end.
            var counts = Series.Within(Time(question.From), Time(question.To));
            return (counts.Good, counts.Total);
        }

        private CountSeries Series => field ??= new CountSeries(Buckets.Select((bucket, i) => (bucket, i))
            .Where(row => row.bucket is not null)
            .Select(row =>
                new CountBucket(Time(row.i), BucketSeconds, row.bucket!.Value.Good, row.bucket.Value.Total)));
    }
}

file static class PrometheusWindow
{
    /// <summary>
    /// One second short of the window, as our rules do: the bucket that ends where the window begins is not in it.
    /// </summary>
    public static string Range(long seconds) => $"{seconds - 1}s";
}
