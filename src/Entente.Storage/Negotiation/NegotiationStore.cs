using System.Data.Common;
using System.Globalization;
using Dapper;
using Entente.Negotiation;
using Entente.Storage.Ledger;
using NodaTime.Text;

namespace Entente.Storage.Negotiation;

/// <summary>A table as lists show it.</summary>
/// <param name="Id">Identifier of its stream, such as <c>eng_x.n1</c>.</param>
/// <param name="Agreement">Identifier of the agreement it works on.</param>
public sealed record NegotiationRow(
    string Id, string Engagement, string Title, string Agreement, long? Amends, string Standing, string OpenedAt,
        string MovedAt)
{
    /// <summary>The short name within the engagement: <c>n1</c>.</summary>
    public string Name => Id[(Id.LastIndexOf('.') + 1)..];
}

/// <summary>The list of tables of each engagement.</summary>
public sealed class NegotiationStore(Database database) : IListKeeper
{
    private const string Columns = """
        id AS Id, engagement AS Engagement, title AS Title, agreement AS Agreement, amends AS Amends,
        standing AS Standing, opened_at AS OpenedAt, moved_at AS MovedAt
        """;

    public async Task Keep(DbConnection connection, DbTransaction transaction, string id, object fact, Stamp stamp)
    {
        if (fact is not NegotiationFact moved) return;
        var at = InstantPattern.ExtendedIso.Format(stamp.At);
        if (moved is NegotiationFact.Opened opened)
        {
            await connection.ExecuteAsync(
                """
                INSERT INTO negotiations (id, engagement, title, agreement, amends, standing, opened_at, moved_at)
                VALUES (@id, @engagement, @Title, @Agreement, @Amends, 'open', @at, @at)
                """,
                new { id, engagement = id[..id.LastIndexOf('.')], opened.Title, opened.Agreement, opened.Amends, at },
                transaction);
            return;
        }

        var standing = moved switch
        {
            NegotiationFact.Agreed => "agreed",
            NegotiationFact.Paused => "paused",
            NegotiationFact.BrokenOff => "brokenOff",
            NegotiationFact.Resumed or NegotiationFact.Restarted => "open",
            _ => null,
        };
        await connection.ExecuteAsync(
            "UPDATE negotiations SET moved_at = @at, standing = COALESCE(@standing, standing) WHERE id = @id",
                new { id, at, standing }, transaction);
    }

    /// <summary>Tables of all engagements that still run, the one that moved last first.</summary>
    public async Task<IReadOnlyList<NegotiationRow>> Open(int most, CancellationToken cancel = default)
    {
        await using var connection = await database.Open(cancel);
        return [.. await connection.QueryAsync<NegotiationRow>(
            $"SELECT {Columns} FROM negotiations WHERE standing IN ('open', 'paused') ORDER BY moved_at DESC, id LIMIT @most",
            new { most })];
    }

    /// <summary>The tables of an engagement, in the order in which they were opened.</summary>
    public async Task<IReadOnlyList<NegotiationRow>> OfEngagement(string engagement, CancellationToken cancel = default)
    {
        await using var connection = await database.Open(cancel);
        var rows = await connection.QueryAsync<NegotiationRow>(
            $"SELECT {Columns} FROM negotiations WHERE engagement = @engagement", new { engagement });
        return [.. rows.OrderBy(row => int.Parse(row.Name.AsSpan(1), CultureInfo.InvariantCulture))];
    }
}
