using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Entente.ServiceTime.Indicators;
using Entente.Tests.Shared;

namespace Entente.Bench;

/// <summary>
/// One objective with a 30-day window of five-minute counts: the embedded engine beside a real Prometheus.
/// </summary>
/// <remarks>
/// Both hold the same counts and are asked for good and total of the same windows, in the same run; their answers must
/// be equal. Prometheus is given its best form, recorded counts; raw counters would cost it a hundred times more.
/// </remarks>
internal static class PrometheusBench
{
    private const int BucketSeconds = 300;
    private const int Days = 30;
    private const long Epoch = 1_700_000_100;

    public static async Task<int> Run(string[] arguments)
    {
        var rounds = arguments is [var count, ..] ? int.Parse(count, CultureInfo.InvariantCulture) : 101;
        var random = new Random(1);
        var buckets = Enumerable.Range(0, 2 * Days * 86_400 / BucketSeconds).Select(i =>
        {
            var total = random.Next(2_000);
            return new CountBucket(Epoch + i * (long)BucketSeconds, BucketSeconds, random.Next(total + 1), total);
        }).ToArray();
        var series = new CountSeries(buckets);
        using var prometheus = RealPrograms.Prometheus(data => Backfill(data, buckets));
        using var http = new HttpClient { BaseAddress = prometheus.Address };

        var (wall, inside, embedded) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            var end = Epoch + (buckets.Length / 2 + random.Next(buckets.Length / 2)) * (long)BucketSeconds;
            var (good, total) = (await Ask(http, "good", end), await Ask(http, "total", end));
            wall.Add(good.Wall + total.Wall);
            inside.Add(good.Inside + total.Inside);
            var (counts, seconds) = Within(series, end);
            embedded.Add(seconds);
            if (counts.Good == good.Value && counts.Total == total.Value) continue;
            Console.Error.WriteLine($"The answers differ: {counts} and {good.Value}/{total.Value}.");
            return 1;
        }

        Report("Prometheus, asked over HTTP", Median(wall), Median(embedded));
        Report("Prometheus, its own evaluation time", Median(inside), Median(embedded));
        Console.WriteLine($"{"embedded engine",-38} {Median(embedded) * 1e9,12:0} ns");
        return 0;
    }

    private static (Counts Counts, double Seconds) Within(CountSeries series, long end)
    {
        const int Times = 10_000;
        Counts counts = default;
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < Times; i++) counts = series.Within(end - Days * 86_400L, end);
        return (counts, Stopwatch.GetElapsedTime(started).TotalSeconds / Times);
    }

    private static async Task<(long Value, double Wall, double Inside)> Ask(HttpClient http, string part, long end)
    {
        var query = Uri.EscapeDataString($"sum_over_time(slm:{part}:increase5m[{Days * 86_400 - 1}s])");
        var started = Stopwatch.GetTimestamp();
        var text = await http.GetStringAsync($"api/v1/query?query={query}&time={end}&stats=all");
        var wall = Stopwatch.GetElapsedTime(started).TotalSeconds;
        using var json = JsonDocument.Parse(text);
        var data = json.RootElement.GetProperty("data");
        return (
            (long)decimal.Parse(
                data.GetProperty("result")[0].GetProperty("value")[1].GetString()!, NumberStyles.Float,
                CultureInfo.InvariantCulture),
            wall, data.GetProperty("stats").GetProperty("timings").GetProperty("evalTotalTime").GetDouble());
    }

    private static void Backfill(string data, CountBucket[] buckets)
    {
        var text = new StringBuilder();
        foreach (var part in new[] { "good", "total" })
        {
            foreach (var bucket in buckets)
            {
                var count = part == "good" ? bucket.Good : bucket.Total;
                text.Append(CultureInfo.InvariantCulture,
                    $"slm:{part}:increase5m {count} {bucket.Start + bucket.Length}\n");
            }
        }

        var file = Path.Combine(Path.GetDirectoryName(data)!, "buckets.om");
        File.WriteAllText(file, text.Append("# EOF\n").ToString());
        var (code, said) = RealPrograms.Promtool(
            "tsdb", "create-blocks-from", "openmetrics", "--max-block-duration=1440h", file, data, "-q");
        if (code != 0) throw new InvalidOperationException(said);
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static void Report(string name, double seconds, double embedded) =>
        Console.WriteLine($"{name,-38} {seconds * 1e6,12:0.0} µs  {seconds / embedded,10:0} times the embedded engine");
}
