using System.Reflection;
using System.Xml.Linq;

namespace Entente.House.Tests;

/// <summary>Engines and rules do no input or output, read no clock, draw no chance and know no framework.</summary>
public sealed class PurityTests
{
    public static TheoryData<string, string[]> PureRooms => new()
    {
        { "Entente.Bargaining", [] },
        { "Entente.ServiceTime", ["NodaTime"] },
        { "Entente.Stages",
            ["NodaTime", "Entente.Bargaining", "Entente.ServiceTime", "System.Text.Json",
                "System.Text.Encodings.Web"] },
    };

    [Theory]
    [MemberData(nameof(PureRooms))]
    public void A_pure_room_refers_to_nothing_that_acts(string room, string[] allowed)
    {
        string[] computing =
        [
            "System.Runtime", "System.Private.CoreLib", "System.Collections", "System.Collections.Immutable",
                "System.Linq", "System.Linq.Parallel", "System.Memory",
            "System.Numerics.Vectors", "System.Runtime.Numerics", "System.Runtime.Extensions",
                "System.Runtime.InteropServices",
            "System.Text.RegularExpressions", "System.Threading", "System.ObjectModel", "System.Linq.Expressions",
            "System.ComponentModel.Annotations", "System.ComponentModel.Primitives", "System.Collections.Concurrent",
            "System.Threading.Tasks.Parallel", "System.Runtime.Intrinsics", "System.Security.Cryptography",
        ];
        Assembly.Load(room).GetReferencedAssemblies().Select(reference => reference.Name!)
            .Except([.. computing, .. allowed]).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("src/Entente.Bargaining/Entente.Bargaining.csproj")]
    [InlineData("src/Entente.ServiceTime/Entente.ServiceTime.csproj")]
    [InlineData("src/Entente/Entente.csproj")]
    public void A_pure_room_is_compiled_with_the_banned_symbols(string project) =>
        XDocument.Parse(Checkout.Read(project)).Descendants("Pure").Select(pure => pure.Value).ShouldBe(["true"]);

    [Fact]
    public void Clock_chance_and_files_are_banned()
    {
        var banned = Checkout.Read("BannedSymbols.txt");
        foreach (var symbol in (string[])["T:System.DateTime;", "T:NodaTime.SystemClock;", "M:System.Random.#ctor;",
            "T:System.IO.File;", "M:System.Guid.NewGuid;"])
            banned.ShouldContain(symbol);
    }

    [Fact]
    public void A_ban_is_lifted_nowhere_in_a_pure_room() =>
        Checkout.Named(".cs", ".csproj")
            .Where(file => file.StartsWith("src/Entente/", StringComparison.Ordinal)
                || file.StartsWith("src/Entente.Bargaining/", StringComparison.Ordinal)
                || file.StartsWith("src/Entente.ServiceTime/", StringComparison.Ordinal))
            .Where(file => Checkout.Read(file).Contains("RS0030", StringComparison.Ordinal))
            .ShouldBeEmpty();
}
