using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Entente.Negotiation;

namespace Entente.Server.Negotiation;

/// <summary>Remembers what the engine computed, since every page of a table asks it the same again.</summary>
/// <remarks>
/// A memory is found by everything that it was computed from, so it is never out of date and knows no table's version: a
/// move that changes no value worth talking about changes no key. Keys are hashes, and what was sealed goes nowhere else.
/// </remarks>
public sealed class EngineMemory
{
    private const int KeptMost = 1000;
    private readonly ConcurrentDictionary<string, object> _kept = new(StringComparer.Ordinal);

    /// <summary>What the engine believes one side of a table wants.</summary>
    public SideModel Model(string id, TableSpace table, NegotiationState state, Seat seat, SidePreference said) =>
        Recall(ModelKey(id, table, seat, said), () => new SideModel(table, state, seat, said));

    /// <summary>The engine over both rooms of a table.</summary>
    public Mediation Mediation(
        string id, NegotiationState state, Sealed<SidePreference> provider, Sealed<SidePreference> customer,
        IReadOnlyList<(Seat Seat, Sealed<SidePreference> Said)> others, CostLimit? costs) =>
        new(state, provider, customer, (table, seat, said) => Model(id, table, state, seat, said), others, costs);

    /// <summary>Packages of equal worth to a side, as its room and the moves at the table stand now.</summary>
    public EqualWorth EqualWorth(
        string id, NegotiationState state, Side side, SidePreference said, (CostLimit Limit, bool IsReader)? costs)
    {
        var table = new TableSpace(state);
        var model = Model(id, table, state, side.Seat, said);
        var moves = state.Agenda.Select(term =>
            Movement.History(state, term.Key).Count(move => move.Seat.Side == side.Other));
        var position = table.Position(state, side, model.Curves);
        var needs = state.OpenConcerns.Where(concern => concern.Need is not null)
            .Select(concern => $"{concern.Id} {concern.Term} {concern.Need!.Words}");
        var key = Hash($"{ModelKey(id, table, side.Seat, said)}|{state.Budget}|{string.Join(',', position.Values)}|"
            + $"{string.Join(',', moves)}|{string.Join(',', needs)}|{costs?.IsReader}|{Key(costs?.Limit)}");
        return Recall(key, () => Entente.Negotiation.EqualWorth.Find(state, model, costs));
    }

    /// <summary>What the engine may tell the chair: of the models, the limit and the offers, and of nothing else.</summary>
    public MediatorSight Sight(
        string id, NegotiationState state, Sealed<SidePreference> provider, Sealed<SidePreference> customer,
        IReadOnlyList<(Seat Seat, Sealed<SidePreference> Said)> others, CostLimit? costs)
    {
        var table = new TableSpace(state);
        var key = Hash($"sight|{provider.Compute(said => ModelKey(id, table, Seat.Provider, said))}|"
            + $"{customer.Compute(said => ModelKey(id, table, Seat.Customer, said))}|{state.Budget}|{state.Offers.Count}|"
            + $"{Key(costs)}|"
            + string.Join('|', others.Select(other => other.Said.Compute(said => ModelKey(id, table, other.Seat, said)))));
        return Recall(key, () => Mediation(id, state, provider, customer, others, costs).Sight());
    }

    private static string Key(CostLimit? costs) =>
        costs is null ? "" : $"{costs.Most}|{JsonSerializer.Serialize(costs.Model, Json.Options)}";

    private static string ModelKey(string id, TableSpace table, Seat seat, SidePreference said)
    {
        var options = table.Space.Issues.Select(issue => $"{issue.Name}:{string.Join('~', issue.Values)}");
        var first = said.First?.Worth.Select(term =>
            $"{term.Key}:{string.Join('~', term.Value.Select(option => $"{option.Key.Label}={option.Value}"))}");
        return Hash($"{id}|{seat}|{string.Join('|', options)}|{JsonSerializer.Serialize(said, Json.Options)}|"
            + string.Join('|', first ?? []) + string.Join('|', said.First?.Touched.Values ?? []));
    }

    private static string Hash(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private T Recall<T>(string key, Func<T> compute)
        where T : class
    {
        if (_kept.TryGetValue(key, out var kept)) return (T)kept;
        if (_kept.Count > KeptMost) _kept.Clear();
        var computed = compute();
        _kept[key] = computed;
        return computed;
    }
}
