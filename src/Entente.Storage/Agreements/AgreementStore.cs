using System.Data.Common;
using System.Globalization;
using Dapper;
using Entente.Agreements;
using Entente.Storage.Ledger;
using NodaTime;
using NodaTime.Text;

namespace Entente.Storage.Agreements;

/// <summary>An agreement as lists show it.</summary>
/// <param name="Id">Identifier of its stream, such as <c>eng_x.a1</c>.</param>
/// <param name="Draft">Number of the version that waits for signatures, if one does.</param>
/// <param name="Signed">Number of the newest signed version, if there is one.</param>
/// <param name="EffectiveFrom">First day of the newest signed version, else of the draft.</param>
/// <param name="Ends">First day after the newest version, where it names one.</param>
public sealed record AgreementRow(
    string Id, string Engagement, string Title, string Type, long? Draft, long? Signed, string? EffectiveFrom,
        string? Ends)
{
    private const int RemindDays = 90;

    /// <summary>The short name within the engagement: <c>a1</c>.</summary>
    public string Name => Id[(Id.LastIndexOf('.') + 1)..];

    /// <summary>Days until it ends, when that is soon and no renewal is drafted.</summary>
    public int? DaysLeft(LocalDate today) => this is { Draft: null, Signed: not null, Ends: { } text }
        && Period.DaysBetween(today, LocalDatePattern.Iso.Parse(text).Value) is >= 0 and <= RemindDays and var days ? days : null;
}

/// <summary>The list of agreements of each engagement, and how their versions stand.</summary>
public sealed class AgreementStore(Database database) : IListKeeper
{
    public async Task Keep(DbConnection connection, DbTransaction transaction, string id, object fact, Stamp stamp)
    {
        switch (fact)
        {
            case AgreementFact.Framed { Document: var document }:
                await connection.ExecuteAsync(
                    """
                    INSERT INTO agreements (id, engagement, title, type) VALUES (@id, @engagement, @Title, @type)
                    ON CONFLICT (id) DO UPDATE SET title = excluded.title, type = excluded.type
                    """,
                    new { id, engagement = id[..id.LastIndexOf('.')], document.Title, type = TypeOf(document) },
                        transaction);
                break;
            case AgreementFact.Drafted drafted:
                await connection.ExecuteAsync(
                    """
                    INSERT INTO agreements (id, engagement, title, type, draft, effective_from, ends)
                    VALUES (@id, @engagement, @Title, @type, @Number, @from, @ends)
                    ON CONFLICT (id) DO UPDATE SET title = excluded.title, type = excluded.type, draft = excluded.draft,
                        effective_from = CASE WHEN agreements.signed IS NULL
                            THEN excluded.effective_from ELSE agreements.effective_from END,
                        ends = CASE WHEN agreements.signed IS NULL THEN excluded.ends ELSE agreements.ends END
                    """,
                    new
                    {
                        id,
                        engagement = id[..id.LastIndexOf('.')],
                        drafted.Document.Title,
                        type = TypeOf(drafted.Document),
                        drafted.Number,
                        from = LocalDatePattern.Iso.Format(drafted.EffectiveFrom),
                        ends = Ends(drafted.Document),
                    }, transaction);
                await connection.ExecuteAsync(
                    "DELETE FROM agreement_signatures WHERE agreement = @id AND version = @Number",
                    new { id, drafted.Number }, transaction);
                await connection.ExecuteAsync(
                    """
                    INSERT INTO agreement_versions (agreement, version, effective_from, ends)
                    VALUES (@id, @Number, @from, @ends)
                    ON CONFLICT (agreement, version)
                        DO UPDATE SET effective_from = excluded.effective_from, ends = excluded.ends
                    """,
                    new
                    {
                        id,
                        drafted.Number,
                        from = LocalDatePattern.Iso.Format(drafted.EffectiveFrom),
                        ends = Ends(drafted.Document)
                    }, transaction);
                break;
            case AgreementFact.Signed signed:
                await connection.ExecuteAsync(
                    "INSERT INTO agreement_signatures (agreement, version, side) VALUES (@id, @Number, @side)",
                    new { id, signed.Number, side = signed.Signatory ?? signed.Side.ToString() }, transaction);
                await connection.ExecuteAsync(
                    """
                    UPDATE agreements SET signed = @Number, draft = NULL,
                        effective_from = (
                            SELECT effective_from FROM agreement_versions WHERE agreement = @id AND version = @Number),
                        ends = (SELECT ends FROM agreement_versions WHERE agreement = @id AND version = @Number)
                    WHERE id = @id AND (@last = 1 OR @planned = 0
                        AND (SELECT COUNT(*) FROM agreement_signatures WHERE agreement = @id AND version = @Number) = 2)
                    """,
                    new
                    {
                        id,
                        signed.Number,
                        last = signed.IsLast ? 1 : 0,
                        planned = signed.Signatory is null ? 0 : 1,
                    }, transaction);
                break;
        }
    }

    /// <summary>The agreements of an engagement, in the order in which they were begun.</summary>
    public async Task<IReadOnlyList<AgreementRow>> OfEngagement(string engagement, CancellationToken cancel = default)
    {
        await using var connection = await database.Open(cancel);
        var rows = await connection.QueryAsync<AgreementRow>(
            """
            SELECT id AS Id, engagement AS Engagement, title AS Title, type AS Type, draft AS Draft, signed AS Signed,
                effective_from AS EffectiveFrom, ends AS Ends
            FROM agreements WHERE engagement = @engagement
            """, new { engagement });
        return [.. rows.OrderBy(row => int.Parse(row.Name.AsSpan(1), CultureInfo.InvariantCulture))];
    }

    private static string TypeOf(AgreementDocument document) => document.Type.ToString().ToLowerInvariant();

    private static string? Ends(AgreementDocument document) =>
        document.Effective?.To is { } to ? LocalDatePattern.Iso.Format(to) : null;
}
