using System.Security.Cryptography;
using System.Text.Json;
using Entente.Agreements;
using Entente.Monitoring;
using Entente.Negotiation;
using Entente.Storage.Ledger;

namespace Entente.Server.Negotiation;

/// <summary>Makes the certificate of an agreed package: the win-win test, what the evidence said and from which versions,
/// and for each party, sealed, what it brought in money.</summary>
public sealed class CertificateDesk(Recorder recorder, SealedRooms rooms, SealedBox box, EvidenceDesk evidence, CostDesk costs)
{
    private static readonly Seat[] _parties = [Seat.Provider, Seat.Customer, Seat.Accounting];

    public async Task<Certificate> Of(string table, NegotiationState state, Offer offer, AgreementDocument document)
    {
        var chips = await evidence.OfPackage(
            Engagement(table), state, offer.Package, new EvidenceReader.Everyone(), CancellationToken.None);
        var all = state.Agenda.SelectMany(term => (chips.GetValueOrDefault(term.Key) ?? []).Select(chip => (term.Term.Title, Chip: chip))).ToList();
        return Certificates.Of(await rooms.Mediation(table, state), state, offer) with
        {
            Evidence = all.Select(one => $"{one.Title}: {one.Chip.Text} ({one.Chip.Source})").ToValueList(),
            Versions = (await Versions(Engagement(table), document, all.Select(one => one.Chip.Source))).ToValueList(),
        };
    }

    /// <summary>What the package brought each party against the status quo, sealed into that party's own room.</summary>
    public async Task<IReadOnlyList<StreamAppend>> Dividends(string table, NegotiationState state, Offer offer)
    {
        List<StreamAppend> appends = [];
        foreach (var seat in _parties)
        {
            var money = await evidence.Money(Engagement(table), state, new EvidenceReader.Seated(seat));
            if (Dividend.Of(seat, state, offer, money) is not { } dividend) continue;
            var (_, version) = await recorder.Read<SealedRoomState, SealedRoomFact>(SealedRoomState.Id(table, seat));
            appends.Add(StreamAppend.Of<SealedRoomFact>(SealedRoomState.Id(table, seat), version,
                [new SealedRoomFact.Certified(offer.Id, box.Seal(Purpose(table, seat), dividend))]));
        }

        return appends;
    }

    /// <summary>What an agreed package brought a party, for its own eyes; none when nothing was known in money.</summary>
    public async Task<Dividend?> FindDividend(string table, Seat seat)
    {
        var (state, _) = await recorder.Read<NegotiationState, NegotiationFact>(table);
        var (room, _) = await recorder.Read<SealedRoomState, SealedRoomFact>(SealedRoomState.Id(table, seat));
        return state.AgreedOffer is { } offer && room.Certificates.TryGetValue(offer, out var cipher)
            ? box.Open<Dividend>(Purpose(table, seat), cipher) : null;
    }

    private async Task<IEnumerable<string>> Versions(string engagement, AgreementDocument document, IEnumerable<string?> sources)
    {
        var today = costs.Today;
        var (approved, _) = await recorder.Read<CalendarState, CalendarFact>(engagement);
        var calendars = document.Terms.Select(term => term.Calendar).OfType<string>().Distinct().Select(key =>
            document.Calendars.TryGetValue(key, out var own) ? $"calendar {key} sha256 {Digest(own)}"
            : approved.InForceAt(key, today) is { } edition ? $"calendar {key}, version {edition.Number}" : $"calendar {key}, unknown");
        var cost = (await costs.Read(engagement)).State.InForceAt(today);
        return [.. sources.OfType<string>().Distinct().Order(StringComparer.Ordinal), .. calendars,
            .. cost is null ? Array.Empty<string>() : [$"cost model, version {cost.Number}"]];
    }

    private static string Digest<T>(T content) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(content, Json.Options)))[..12];

    private static string Engagement(string table) => table[..table.LastIndexOf('.')];

    private static string Purpose(string table, Seat seat) => $"dividend {table} {seat}";
}
