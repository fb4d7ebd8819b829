namespace Entente.Tests.Common;

public sealed class CountedTests
{
    [Theory]
    [InlineData(0, "0 terms")]
    [InlineData(1, "1 term")]
    [InlineData(-1, "-1 terms")]
    [InlineData(12345, "12345 terms")]
    public void One_is_told_alone(int count, string words) => Counted.Of(count, "term").ShouldBe(words);

    [Fact]
    public void What_takes_more_than_an_s_says_so() =>
        (Counted.Of(1, "row is", "rows are"), Counted.Of(2, "row is", "rows are")).ShouldBe(("1 row is", "2 rows are"));
}
