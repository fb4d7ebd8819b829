using Entente.Server.Monitoring;

namespace Entente.Server.Tests.Monitoring;

public sealed class KeptResultsTests
{
    [Fact]
    public async Task What_was_made_is_kept_and_what_failed_is_made_again()
    {
        using var kept = new KeptResults();
        var made = 0;
        Should.Throw<InvalidOperationException>(() => kept.Of<int>("a", () => throw new InvalidOperationException()));
        kept.Of("a", () => ++made).ShouldBe(1);
        kept.Of("a", () => ++made).ShouldBe(1);
        await Should.ThrowAsync<InvalidOperationException>(kept.Of("later", () => Task.FromException<int>(new InvalidOperationException())));
        (await kept.Of("later", () => Task.FromResult(7))).ShouldBe(7);
    }
}
