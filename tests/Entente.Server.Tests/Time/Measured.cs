using System.Text;
using Entente.Agreements;
using Entente.Formats.Agreements;
using Entente.Storage.Ledger;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Entente.Server.Tests.Time;

/// <summary>A cast with a signed agreement about tickets, in office hours of Berlin, and a log of three tickets.</summary>
internal static class Measured
{
    private const string Promise = """
        entente: agreement/v1
        key: desk
        title: Service desk
        type: sla
        timeZone: Europe/Berlin
        calendars:
          office:
            timeZone: Europe/Berlin
            weekly: { monday: ["08:00-12:00", "13:00-17:00"], tuesday: ["08:00-17:00"], wednesday: ["08:00-17:00"], thursday: ["08:00-17:00"], friday: ["08:00-17:00"] }
        terms:
          - { kind: ticketClock, key: restore, title: Restore time, clock: resolution, within: 8 h, calendar: office }
        """;

    // T1 waited over the weekend, T2 was late, T3 is still open on Monday 2 March, 09:00 UTC.
    private const string Incidents = """
        number,incident_state,opened_at,sys_updated_at,resolved_at,closed_at,priority,made_sla
        T1,New,27/2/2026 09:00,27/2/2026 09:00,2/3/2026 08:00,2/3/2026 08:00,3 - Moderate,true
        T1,Awaiting User Info,27/2/2026 09:00,27/2/2026 10:00,2/3/2026 08:00,2/3/2026 08:00,3 - Moderate,true
        T1,Active,27/2/2026 09:00,2/3/2026 07:00,2/3/2026 08:00,2/3/2026 08:00,3 - Moderate,true
        T1,Resolved,27/2/2026 09:00,2/3/2026 08:00,2/3/2026 08:00,2/3/2026 08:00,3 - Moderate,true
        T2,New,24/2/2026 08:00,24/2/2026 08:00,26/2/2026 09:00,26/2/2026 09:00,3 - Moderate,false
        T2,Resolved,24/2/2026 08:00,26/2/2026 09:00,26/2/2026 09:00,26/2/2026 09:00,3 - Moderate,false
        T3,New,27/2/2026 15:00,27/2/2026 15:00,?,?,3 - Moderate,true
        """;

    public static async Task<Cast> Measure(this Cast cast, bool withTickets = true)
    {
        var document = AgreementYaml.Read(Promise).Get();
        var ledger = cast.Rooms.GetRequiredService<FactLedger>();
        var stream = FactKinds.Stream<AgreementFact>($"{cast.Engagement}.a1");
        await ledger.Append(
            [new StreamAppend(stream, 0, [new AgreementFact.Drafted(1, document, new LocalDate(2026, 1, 1), "n1"), Signature(Side.Provider, "Pia"),
                Signature(Side.Customer, "Cem")])],
            new Actor(cast.PiaId, "Pia", Seat.Provider), cast.Clock.Now);
        if (!withTickets) return cast;
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Incidents));
        using var taken = await cast.Pia.PostAsync(cast.Path("/measurements?name=incidents.csv"), content);
        ((int)taken.StatusCode).ShouldBe(201, await taken.Content.ReadAsStringAsync());
        return cast;

        static AgreementFact Signature(Side side, string name) => new AgreementFact.Signed(1, side, name, "Head", "Berlin");
    }
}
