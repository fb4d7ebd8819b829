using Entente.Negotiation;
using NodaTime;

namespace Entente.Server.Negotiation;

/// <summary>What stands beside the table for one viewer: evidence that the viewer may read, and worth and hints for
/// that viewer alone.</summary>
/// <param name="Worth">By offer: what it is worth to the viewer's side, in words.</param>
public sealed record Advice(
    IReadOnlyDictionary<string, IReadOnlyList<EvidenceChip>> Evidence, IReadOnlyDictionary<string, string> Worth,
        string? Hint, Suggestion? Suggestion);

/// <summary>What a package is worth to one side, for its own eyes.</summary>
/// <param name="Points">Of 100; beside them what the side's own last package is worth.</param>
public sealed record WorthView(string Words, double Points, double MyPoints, IReadOnlyList<string> Reasons);

/// <summary>Gathers the advice for a page of a table.</summary>
public sealed class TableAdvice(EvidenceDesk evidence, SealedRooms rooms)
{
    public async Task<Advice> For(TableSight sight, CancellationToken cancel)
    {
        var id = NegotiationDesk.Id(sight.Head.Id, sight.Name);
        var both = sight.State.HintsAllowedBy.Contains(Seat.Provider)
            && sight.State.HintsAllowedBy.Contains(Seat.Customer);
        var hint = both && sight.State.IsOpen ? (await rooms.Mediation(id, sight.State)).Hint() : null;
        var (model, table, _) = sight.Side is { } side ? await rooms.Model(id, sight.State, side) : default;
        return new Advice(
            await evidence.OfPositions(sight.Head.Id, sight.State, new EvidenceReader.Seated(sight.Viewer.Seat), cancel),
            model is null ? new Dictionary<string, string>() : Worth(sight, model, table!), hint,
            model is null ? null
                : Suggestion.For(sight.State, table!, model, sight.Now, await rooms.Limit(id, sight.State)));
    }

    /// <summary>What each offer is worth to the viewer's own side, against where it stands itself.</summary>
    private static Dictionary<string, string> Worth(TableSight sight, SideModel model, TableSpace table)
    {
        var offers = sight.State.Offers.Where(offer => offer.Stands(sight.Now) && offer.Seat != sight.Viewer.Seat)
            .ToList();
        var mine = table.Position(sight.State, model.Side, model.Curves);
        return offers.ToDictionary(offer => offer.Id, offer => table.Find(offer.Package) is { } package
            ? model.Worth(package, mine) : "");
    }

    /// <summary>What the viewer's own side could do next; nothing where nothing is to be said.</summary>
    public async Task<Suggestion?> SuggestionFor(string id, NegotiationState state, Side side, Instant now)
    {
        var (model, table, _) = await rooms.Model(id, state, side);
        return Suggestion.For(state, table, model, now, await rooms.Limit(id, state));
    }

    /// <summary>What one package is worth to a side against where it stands itself, and why.</summary>
    public async Task<WorthView> WorthOf(string id, NegotiationState state, Offer offer, Side side)
    {
        var (model, table, _) = await rooms.Model(id, state, side);
        var mine = table.Position(state, side, model.Curves);
        return table.Find(offer.Package) is { } package
            ? new WorthView(model.Worth(package, mine), Math.Round(model.Points(package), 1),
                Math.Round(model.Points(mine), 1), model.Reasons(package, mine))
            : new WorthView("", 0, 0, []);
    }
}
