namespace Entente.Tests.Common;

public sealed class FieldMergeTests
{
    [Theory]
    [InlineData("a b c", "a b c", "a x c", "a x c", false)] // only I changed it
    [InlineData("a b c", "a y c", "a b c", "a y c", false)] // only they changed it
    [InlineData("a b c", "y b c", "a b x", "y b x", false)] // apart from each other
    [InlineData("a b c", "a y c", "a y c", "a y c", false)] // the same change twice
    [InlineData("a b c", "a y c", "a x c", "a y x c", true)] // the same line, each in another way
    [InlineData("a b c", "a c", "a x c", "a x c", true)] // they struck what I changed
    [InlineData("a b", "a b y", "a b x", "a b y x", true)] // both went on at the same place
    [InlineData("", "y", "x", "y x", true)]
    [InlineData("a b c d", "b c d", "a b c", "b c", false)]
    public void Lines_merge_unless_they_collide(string beginning, string theirs, string mine, string merged, bool collides)
    {
        var merge = FieldMerge.Of("scope", Lines(beginning), Lines(theirs), Lines(mine));
        (merge.Text, merge.Collides).ShouldBe((Lines(merged), collides));

        static string Lines(string words) => words.Replace(' ', '\n');
    }

    /// <remarks>The oracle: changes by place. Each of the two rewrites, strikes or doubles some lines of their own, never neighbours of the other's.</remarks>
    [Fact]
    public void Changes_that_do_not_touch_all_survive_whoever_comes_second()
    {
        var seed = Environment.GetEnvironmentVariable("SEED") is { } given ? int.Parse(given) : 20260304;
        var random = new Random(seed);
        for (var round = 0; round < 500; round++)
        {
            var lines = Enumerable.Range(0, random.Next(3, 15)).Select(i => $"line {i}").ToArray();
            // Even places are kept by both, and hold the changes apart.
            var changes = lines.Select((_, i) => i % 2 == 0 ? 0 : random.Next(5)).ToArray();
            string Text(params int[] whose) => string.Join('\n', lines.SelectMany((line, i) => !whose.Contains(changes[i]) ? [line] : changes[i] switch
            {
                1 => (string[])[$"{line}, theirs"],
                2 => [],
                3 => [$"{line}, mine"],
                4 => [line, $"{line}, more of mine"],
                _ => [line],
            }));

            var (theirs, mine) = (Text(1, 2), Text(3, 4));
            var merge = FieldMerge.Of("text", Text(), theirs, mine);
            (merge.Collides, merge.Text).ShouldBe((false, Text(1, 2, 3, 4)), $"seed={seed} round={round}");
            FieldMerge.Of("text", Text(), mine, theirs).Text.ShouldBe(merge.Text, $"seed={seed} round={round}");
        }
    }
}
