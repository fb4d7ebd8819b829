using System.Data.Common;
using Dapper;
using Entente.Engagements;
using Entente.Storage.Ledger;
using NodaTime.Text;

namespace Entente.Storage.Engagements;

/// <summary>An engagement as lists show it.</summary>
public sealed record EngagementRow(string Id, string Organisation, string Title, string Provider, string Customer, string OpenedAt);

/// <summary>Lists of engagements and of who sits where.</summary>
public sealed class EngagementStore(Database database) : IListKeeper
{
    public async Task Keep(DbConnection connection, DbTransaction transaction, string id, object fact, Stamp stamp)
    {
        switch (fact)
        {
            case EngagementFact.Opened opened:
                await connection.ExecuteAsync(
                    "INSERT INTO engagements (id, organisation, title, provider, customer, opened_at) VALUES (@id, @Organisation, @Title, @Provider, "
                        + "@Customer, @at)",
                    new { id, opened.Organisation, opened.Title, opened.Provider, opened.Customer, at = InstantPattern.ExtendedIso.Format(stamp.At) },
                    transaction);
                break;
            case EngagementFact.SeatGranted granted:
                await connection.ExecuteAsync(
                    "INSERT INTO seats (engagement, person, name, seat) VALUES (@id, @Person, @Name, @seat)",
                    new { id, granted.Person, granted.Name, seat = granted.Seat.ToString() }, transaction);
                break;
            case EngagementFact.SeatLeft left:
                await connection.ExecuteAsync(
                    "DELETE FROM seats WHERE engagement = @id AND person = @Person", new { id, left.Person }, transaction);
                break;
        }
    }

    /// <summary>The seat a person holds in an engagement, if any.</summary>
    public async Task<Seat?> FindSeat(string engagement, string person, CancellationToken cancel = default)
    {
        await using var connection = await database.Open(cancel);
        var seat = await connection.ExecuteScalarAsync<string?>(
            "SELECT seat FROM seats WHERE engagement = @engagement AND person = @person", new { engagement, person });
        return seat is null ? null : Enum.Parse<Seat>(seat);
    }

    /// <summary>Some seat that a person holds anywhere.</summary>
    public async Task<Seat?> FirstSeat(string person, CancellationToken cancel = default)
    {
        await using var connection = await database.Open(cancel);
        var seat = await connection.ExecuteScalarAsync<string?>(
            "SELECT seat FROM seats WHERE person = @person ORDER BY engagement LIMIT 1", new { person });
        return seat is null ? null : Enum.Parse<Seat>(seat);
    }

    /// <summary>The engagements in which a person holds a seat, newest first.</summary>
    public async Task<IReadOnlyList<EngagementRow>> OfPerson(string person, CancellationToken cancel = default)
    {
        await using var connection = await database.Open(cancel);
        return [.. await connection.QueryAsync<EngagementRow>(
            """
            SELECT e.id, e.organisation, e.title, e.provider, e.customer, e.opened_at AS openedAt
            FROM engagements e JOIN seats s ON s.engagement = e.id
            WHERE s.person = @person ORDER BY e.opened_at DESC, e.id
            """, new { person })];
    }
}
