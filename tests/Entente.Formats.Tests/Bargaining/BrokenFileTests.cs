using Entente.Bargaining;
using Entente.Formats.Bargaining;

namespace Entente.Formats.Tests.Bargaining;

/// <summary>Files that somebody damaged: always an answer or a finding with its file, never a crash.</summary>
public sealed class BrokenFileTests(ITestOutputHelper output)
{
    private static readonly string[] _numbers = ["-1", "NaN", "1e300", "-Infinity", "", "x", "0", "1e-300", "null", "[]"];

    [Theory]
    [InlineData("anac2011/Laptop")]
    [InlineData("genius/6issues")]
    [InlineData("geniusweb-anl/domain01")]
    [InlineData("synthetic/sla-2p-8i")]
    public void Damaged_files_are_refused_with_their_file_or_still_mean_something(string id)
    {
        var files = Files(id);
        var (refused, read) = (0, 0);
        for (var seed = 0; seed < 400; seed++)
        {
            var at = Chance.Seeded(seed, 1).Next(files.Length);
            SourceText[] damaged = [.. files.Select((file, i) => i == at ? file with { Text = Damage(file.Text, seed) } : file)];
            var reading = BargainReader.Read(damaged[0], damaged[1..]);
            if (reading.IsUsable)
            {
                read++;
                if (reading.Get().Bargain.Space.Outcomes <= 10_000) Solve(reading, seed);
            }
            else
            {
                refused++;
                reading.Findings.ShouldContain(f => f.Severity == Severity.Error, $"seed={seed}");
                reading.Findings.Where(f => f.Severity == Severity.Error)
                    .ShouldAllBe(f => files.Any(file => f.Path.StartsWith(file.Path)), $"seed={seed}");
            }
        }

        output.WriteLine($"{id}: {refused} refused, {read} read");
        refused.ShouldBeGreaterThan(20);
    }

    [Fact]
    public void Damaged_yaml_is_refused_with_its_line()
    {
        for (var seed = 0; seed < 1500; seed++)
        {
            var reading = BargainReader.Read(new SourceText("table.yaml", Damage(ReadingTests.Table, seed)));
            if (reading.IsUsable) Solve(reading, seed);
            else reading.Findings.Where(f => f.Severity == Severity.Error)
                .ShouldAllBe(f => f.Path.StartsWith("table.yaml"), $"seed={seed}");
        }
    }

    /// <summary>What could be read can be computed with, or is refused at its file.</summary>
    private static void Solve(Reading<BargainDocument> reading, int seed)
    {
        var ask = new BargainAsk(reading.Get(), reading.Findings, seconds: 5, megabytes: 50, field => field);
        try
        {
            var answer = BargainAsk.Answer("the.file", field => field, () => BargainQuestions.Solve(ask, points: 0));
            answer.Frontier.Size.ShouldBeGreaterThan(0, $"seed={seed}");
        }
        catch (BadInputException bad)
        {
            bad.Findings[0].Path.ShouldStartWith("the.file");
        }
    }

    /// <summary>Puts something else for a number, cuts a piece out, doubles one, or ends the file early.</summary>
    private static string Damage(string text, int seed)
    {
        var chance = Chance.Seeded(seed, 2);
        var at = chance.Next(text.Length);
        var length = Math.Min(1 + chance.Next(12), text.Length - at);
        switch (chance.Next(4))
        {
            case 0: return text[..at];
            case 1: return text.Remove(at, length);
            case 2: return text.Insert(at, text.Substring(at, length));
            default:
                var numbers = System.Text.RegularExpressions.Regex.Matches(text, "[0-9]+(\\.[0-9]+)?");
                var number = numbers[chance.Next(numbers.Count)];
                return text.Remove(number.Index, number.Length)
                    .Insert(number.Index, _numbers[chance.Next(_numbers.Length)]);
        }
    }

    private static SourceText[] Files(string id)
    {
        var folder = Path.Combine(Domains.Root, id, "original");
        if (!Directory.Exists(folder)) return [Domains.Text(Path.Combine(Domains.Root, id, "domain.json"))];
        var profiles = Domains.Normal(id)["parties"]!.AsArray()
            .Select(p => Path.Combine(folder, (string)p!["file"]!)).ToArray();
        var domain = Directory.EnumerateFiles(folder)
            .Single(f => !profiles.Contains(f) && Path.GetFileName(f) != "specials.json");
        return [.. profiles.Prepend(domain).Select(Domains.Text)];
    }
}
