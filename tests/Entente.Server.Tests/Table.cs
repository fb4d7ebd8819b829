using System.Text.Json;
using Entente.Documentation;
using Entente.Storage.Ledger;
using Entente.Terms;
using Microsoft.Extensions.DependencyInjection;

namespace Entente.Server.Tests;

/// <summary>A cast whose gate is open: charter approved, checkout described, and both sides satisfied.</summary>
internal static class Table
{
    public static readonly Dictionary<string, object> Package = new()
    {
        ["availability"] = "99.9 %",
        ["restore"] = "4 h",
        ["charge"] = "EUR 44500"
    };

    public static async Task<Cast> OpenGate(this Cast cast, string? engagement = null)
    {
        engagement ??= cast.Engagement;
        var ledger = cast.Rooms.GetRequiredService<FactLedger>();
        var ann = new Actor(cast.AnnId, "Ann", Seat.ServiceLevelManager);
        var pia = new Actor(cast.PiaId, "Pia", Seat.Provider);
        var cem = new Actor(cast.CemId, "Cem", Seat.Customer);
        Term ask = new Term.Availability
        {
            Key = "availability",
            Title = "Checkout availability",
            Service = "checkout",
            Target = new Objective(Comparison.AtLeast, 99.95m, Unit.Percent)
        };
        Term restore = new Term.TicketClock
        {
            Key = "restore",
            Title = "Restore time",
            Clock = ClockKind.Resolution,
            Within = TimeLimit.Parse("2 h"),
            Service = "checkout"
        };
        Term charge = new Term.Charge { Key = "charge", Title = "Monthly charge", Amount = new Money(42_000, "EUR") };
        await Append(ann, FactKinds.Stream<CharterFact>(engagement), 0,
            new CharterFact.Written(new Charter("p", "s", ["r"], ["m"])),
            new CharterFact.StakeholderNamed(cast.CemId, "Cem"));
        await Append(cem, FactKinds.Stream<CharterFact>(engagement), 2, new CharterFact.Approved(1));
        await Append(cem, FactKinds.Stream<DescriptionFact>(engagement), 0,
            new DescriptionFact.ServiceDescribed("checkout", new ServiceCard("Checkout", "Takes the orders")),
            new DescriptionFact.Asked("checkout", ask), new DescriptionFact.Asked("checkout", restore),
                new DescriptionFact.Asked("checkout", charge));
        await Append(pia, FactKinds.Stream<DescriptionFact>(engagement), 4,
            new DescriptionFact.Offered("checkout", ask.With(new TermValue.Share(new Share(99.8m))).Facts[0]),
            new DescriptionFact.Offered("checkout", restore.With(new TermValue.Span(NodaTime.Duration.FromHours(6)))
                .Facts[0]),
            new DescriptionFact.Offered("checkout", charge.With(new TermValue.Price(new Money(45_800, "EUR")))
                .Facts[0]),
            new DescriptionFact.Satisfied("checkout", 7));
        await Append(cem, FactKinds.Stream<DescriptionFact>(engagement), 8,
            new DescriptionFact.Satisfied("checkout", 7));
        return cast;

        async Task Append(Actor by, string stream, long expected, params object[] facts) =>
            (await ledger.Append([new StreamAppend(stream, expected, facts)], by, cast.Clock.Now))
                .ShouldBeOfType<Appended.Recorded>();
    }

    /// <summary>Opens the table n1.</summary>
    public static async Task<JsonElement> OpenTable(this Cast cast, object? wish = null)
    {
        var (status, body) = await cast.Ann.Ask(HttpMethod.Post, cast.Path("/negotiations"), wish
            ?? new { title = "Checkout 2027" });
        status.ShouldBe(201, body.ToString());
        return body;
    }

    public static Task<(int Status, JsonElement Body)> Offer(
        this Cast cast, HttpClient by, object? package = null, string? counterTo = null) =>
        by.Ask(HttpMethod.Post, cast.Path("/negotiations/n1/offers"), new { package = package ?? Package, counterTo });

    public static Task<(int Status, JsonElement Body)> Post(
        this Cast cast, HttpClient by, string rest, object? body = null) =>
        by.Ask(HttpMethod.Post, cast.Path($"/negotiations/n1{rest}"), body);

    public static async Task Agree(this Cast cast)
    {
        await cast.Offer(cast.Pia);
        (await cast.Post(cast.Cem, "/offers/o1/acceptance")).Status.ShouldBe(200);
    }

    public static Task<(int Status, JsonElement Body)> Sign(this Cast cast, HttpClient by, int version = 1) =>
        by.Ask(HttpMethod.Post, cast.Path("/agreements/a1/signatures"),
            new { version, title = "Head of Operations", place = "Berlin" });
}
