using System.Data.Common;

namespace Entente.Storage.Ledger;

/// <summary>Facts for one stream, given that it still stands at the expected version.</summary>
public sealed record StreamAppend(string Stream, long ExpectedVersion, IReadOnlyList<object> Facts)
{
    public static StreamAppend Of<TFact>(string id, long expectedVersion, IReadOnlyList<TFact> facts)
        where TFact : class => new(FactKinds.Stream<TFact>(id), expectedVersion, facts);
}

/// <summary>A client's name for one write: the same key with the same request is answered as before and written once.</summary>
/// <param name="Request">A digest of the request; another request under the same key is refused.</param>
public sealed record WriteKey(string Key, string Request);

/// <summary>How an append ended.</summary>
public abstract record Appended
{
    private Appended() { }

    /// <param name="Version">The version that the first stream reached.</param>
    public sealed record Recorded(long Version) : Appended;

    /// <summary>The key was used before for the same request, which was recorded then.</summary>
    public sealed record Repeated(long Version) : Appended;

    /// <summary>Somebody else wrote first: the stream stands at <paramref name="Version"/>.</summary>
    public sealed record Stale(string Stream, long Version) : Appended;

    public sealed record KeyReused : Appended;
}

/// <summary>The first place where the chain of hashes does not hold.</summary>
public sealed record BrokenLink(long Position, string What);

/// <summary>Keeps tables that lists are read from, in the transaction of the facts they show.</summary>
public interface IListKeeper
{
    /// <param name="id">Identifier of the stream, behind the slash.</param>
    Task Keep(DbConnection connection, DbTransaction transaction, string id, object fact, Stamp stamp);
}
