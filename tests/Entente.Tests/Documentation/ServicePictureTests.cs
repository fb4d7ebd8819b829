using Entente.Documentation;

namespace Entente.Tests.Documentation;

public sealed class ServicePictureTests
{
    private static readonly HashSet<string> _none = [];

    [Fact]
    public void Each_thing_lies_beyond_everything_that_stands_on_it()
    {
        var picture = ServicePicture.Of("shop", [("shop", "web"), ("shop", "db"), ("web", "db"), ("db", "rack"), ("web", "rack")], _none, _none);
        picture.Nodes.ToDictionary(node => node.Key, node => node.Column)
            .ShouldBe(new Dictionary<string, int> { ["shop"] = 0, ["web"] = 1, ["db"] = 2, ["rack"] = 3 }, ignoreOrder: true);
        picture.Links.Count.ShouldBe(5);
        picture.Links.ShouldAllBe(link => link.From.Column < link.To.Column);
    }

    [Fact]
    public void Ten_thousand_assets_stay_a_picture_and_what_stops_is_in_it()
    {
        List<(string, string)> links = [];
        for (var i = 0; i < 9_999; i++) links.Add((i < 100 ? "shop" : $"a{i / 10:0000}", $"a{i:0000}"));
        HashSet<string> down = ["a9876", "a0987", "a0098", "a0009", "shop"];
        var picture = ServicePicture.Of("shop", links, down, new HashSet<string> { "a0042" });
        (picture.Columns, picture.Rows).ShouldBe((4, 12));
        picture.Nodes.Count.ShouldBeLessThan(45);
        picture.Nodes.Sum(node => node.Key.Length > 0 ? 1 : node.Hidden).ShouldBe(10_000);
        picture.Nodes.Where(node => node.Stops && node.Hidden == 0).Select(node => node.Key).ShouldBe(down, ignoreOrder: true);
        picture.Nodes.Single(node => node.Key == "a0042").IsSingle.ShouldBeTrue();
        picture.Links.Count(link => link.Carries).ShouldBeGreaterThanOrEqualTo(3);
    }

    [Fact]
    public void A_circle_of_services_and_a_very_long_chain_end()
    {
        var circle = ServicePicture.Of("a", [("a", "b"), ("b", "c"), ("c", "b"), ("c", "a")], _none, _none);
        circle.Nodes.Select(node => node.Key).ShouldBe(["a", "b", "c"], ignoreOrder: true);
        var chain = ServicePicture.Of("n0", [.. Enumerable.Range(0, 20_000).Select(i => ($"n{i}", $"n{i + 1}"))], _none, _none);
        chain.Columns.ShouldBe(6);
        chain.Nodes.Sum(node => Math.Max(1, node.Hidden)).ShouldBe(20_001);
    }
}
