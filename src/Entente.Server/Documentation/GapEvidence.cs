using Entente.Documentation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Entente.Server.Access;

namespace Entente.Server.Documentation;

/// <summary>One thing that stands behind the gap of a term, as a small label that opens into what it is made of.</summary>
/// <param name="Tone">ok, warn, bad or nothing.</param>
/// <param name="Why">What it was computed from, in a sentence.</param>
public sealed record GapProof(string Term, string Text, string Tone, string Why);

/// <summary>Says what is known behind the gaps of a service: what history shows, what the underpinning contracts allow.</summary>
public interface IGapEvidence
{
    Task<IReadOnlyList<GapProof>> Of(string engagement, Actor reader, CatalogueEntry entry);
}

/// <summary>Everything that is known behind the gaps of a service, for one reader.</summary>
public sealed class GapDesk(IEnumerable<IGapEvidence> sources)
{
    public async Task<ILookup<string, GapProof>> Read(string engagement, Actor reader, CatalogueEntry entry)
    {
        List<GapProof> proofs = [];
        foreach (var source in sources) proofs.AddRange(await source.Of(engagement, reader, entry));
        return proofs.ToLookup(proof => proof.Term, StringComparer.Ordinal);
    }
}

/// <summary>Says what the contracts with teams and suppliers promise that are kept in this house, stages later.</summary>
public interface IContractPromises
{
    Task<IReadOnlyList<ContractPromise>> Promises(string engagement);
}

/// <summary>What contracts with suppliers and agreements inside the house allow; only for those who may read the internal sheet.</summary>
public sealed class SheetEvidence(RoomDesk rooms, IContractPromises contracts) : IGapEvidence
{
    public async Task<IReadOnlyList<GapProof>> Of(string engagement, Actor reader, CatalogueEntry entry)
    {
        var sheet = await rooms.FindInternal(engagement, reader, entry.Key);
        if (sheet is null && reader.Side is not Side.Provider) return [];
        var promises = await contracts.Promises(engagement);
        var found = entry.Pairs.Select(pair => (pair.Key, Found: Footing.Of(pair, sheet?.Underpinning ?? [], promises)))
            .Where(one => one.Found is not null);
        return [.. found.Select(one => new GapProof(
            one.Key, $"{(one.Found!.IsWritten ? "underpinning as written allows" : "contracts allow")} {one.Found.Allows}"
                + $"{Said(" asked", one.Found.HoldsAsked)}{Said(" offered", one.Found.HoldsOffered)}",
            one.Found.HoldsOffered is false ? "bad" : one.Found.HoldsAsked is false ? "warn" : "ok", one.Found.Arithmetic))];
    }

    private static string Said(string what, bool? holds) => holds is { } known ? $",{what} {(known ? "✓" : "✗")}" : "";
}

/// <summary>REST for what stands behind the gaps of a service.</summary>
public static class GapApi
{
    public static void MapGapApi(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/engagements/{engagement}/services/{service}/gaps", async (
            HttpContext http, Viewer viewer, string service, CatalogueDesk catalogue, GapDesk gaps) =>
        {
            if (!(await catalogue.Read(viewer.EngagementId)).State.Services.TryGetValue(service, out var entry)) return CatalogueApi.Unknown(http, service);
            var proofs = await gaps.Read(viewer.EngagementId, viewer.Actor, entry);
            return Results.Json(entry.Pairs.Select(pair => new GapView(
                pair.Key, pair.Title, pair.Asked?.Value.Label, pair.Offered?.Value.Label, Gap.Of(pair), Gap.Words(pair), Gap.FallsShort(pair),
                [.. proofs[pair.Key]])), Json.Options);
        }).WithTags(Stages.Documentation.Name).AllowsSeated().WithSummary("What is asked and what is offered, the gap in numbers, and the evidence behind it.");
}

/// <summary>One term's gap as programs see it.</summary>
/// <param name="Gap">Asked minus offered on the term's number line: shares from 0 to 1, seconds, days, counts, amounts.</param>
public sealed record GapView(
    string Term, string Title, string? Asked, string? Offered, decimal? Gap, string Words, bool? FallsShort, IReadOnlyList<GapProof> Evidence);
