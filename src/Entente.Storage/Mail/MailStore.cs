using System.Data.Common;
using Dapper;
using Entente.Documentation;
using NodaTime;
using NodaTime.Text;

namespace Entente.Storage.Mail;

/// <summary>The outbox, who was reminded of what, and quiet hours.</summary>
public sealed class MailStore(Database database)
{
    private const string Columns =
        """
        id AS Id, about AS About, engagement AS Engagement, person AS Person, edition AS Edition, subject AS Subject, body AS Body,
        created_at AS CreatedAt, claim AS Claim, tries AS Tries, failure AS Failure, sent_at AS SentAt, sent_via AS SentVia,
        dropped_because AS DroppedBecause, link_used_at AS LinkUsedAt
        """;

    /// <summary>Puts a mail into the outbox, unless one about the same was put there before.</summary>
    public async Task Add(Letter letter)
    {
        await using var connection = await database.Open();
        await Add(connection, transaction: null, letter);
    }

    public async Task<bool> Knows(string about)
    {
        await using var connection = await database.Open();
        return await connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM mails WHERE about = @about", new { about }) > 0;
    }

    public async Task<Letter?> Find(string id)
    {
        await using var connection = await database.Open();
        return await connection.QuerySingleOrDefaultAsync<Letter>($"SELECT {Columns} FROM mails WHERE id = @id", new { id });
    }

    public async Task<IReadOnlyList<Letter>> Waiting()
    {
        await using var connection = await database.Open();
        return [.. await connection.QueryAsync<Letter>(
            $"SELECT {Columns} FROM mails WHERE sent_at IS NULL AND dropped_because IS NULL ORDER BY created_at, id")];
    }

    /// <summary>Mails to people of an organisation, newest first.</summary>
    public async Task<IReadOnlyList<Letter>> Newest(string organisation, int most)
    {
        await using var connection = await database.Open();
        return [.. await connection.QueryAsync<Letter>(
            $"""
            SELECT {Columns} FROM mails WHERE person IN (SELECT p.id FROM people p WHERE p.organisation = @organisation)
            ORDER BY created_at DESC, id LIMIT @most
            """, new { organisation, most })];
    }

    /// <summary>Takes a mail in hand; false when another node was quicker.</summary>
    public async Task<bool> Claim(Letter letter, string until)
    {
        await using var connection = await database.Open();
        return await connection.ExecuteAsync(
            "UPDATE mails SET claim = @until WHERE id = @Id AND claim = @Claim AND sent_at IS NULL AND dropped_because IS NULL",
            new { letter.Id, letter.Claim, until }) == 1;
    }

    public Task<bool> MarkSent(string id, string via, Instant at) =>
        Change("UPDATE mails SET sent_at = @at, sent_via = @word, failure = NULL WHERE id = @id AND sent_at IS NULL AND dropped_because IS NULL", id, via, at);

    /// <param name="until">When to try again; nobody takes it in hand before.</param>
    public Task<bool> MarkFailed(string id, string failure, Instant until) =>
        Change("UPDATE mails SET tries = tries + 1, failure = @word, claim = @at WHERE id = @id", id, failure, until);

    public Task<bool> MarkDropped(string id, string because, Instant at) =>
        Change("UPDATE mails SET dropped_because = @word WHERE id = @id AND sent_at IS NULL", id, because, at);

    /// <summary>Uses the one use of a mail's link, with the facts that it made.</summary>
    public static Task UseLink(DbConnection connection, DbTransaction transaction, string id, Instant at) => connection.ExecuteAsync(
        "UPDATE mails SET link_used_at = @at WHERE id = @id AND link_used_at IS NULL", new { id, at = InstantPattern.ExtendedIso.Format(at) }, transaction);

    public async Task<IReadOnlyList<Reminder>> Reminders(string engagement)
    {
        await using var connection = await database.Open();
        return [.. (await connection.QueryAsync<(string Person, string Block, string Since, string? Last)>(
            "SELECT person, block, since, last FROM reminders WHERE engagement = @engagement", new { engagement }))
            .Select(row => new Reminder(row.Person, row.Block, Read(row.Since), row.Last is { } last ? Read(last) : null))];
    }

    /// <summary>Remembers since when blocks wait, and forgets those that wait no more.</summary>
    public async Task Follow(string engagement, IEnumerable<Reminder> begun, IEnumerable<Reminder> ended)
    {
        await using var connection = await database.Open();
        await using var transaction = await connection.BeginTransactionAsync();
        foreach (var one in begun)
        {
            await connection.ExecuteAsync(
                "INSERT INTO reminders (engagement, person, block, since) VALUES (@engagement, @Person, @Block, @since) ON CONFLICT DO NOTHING",
                new { engagement, one.Person, one.Block, since = InstantPattern.ExtendedIso.Format(one.Since) }, transaction);
        }

        foreach (var one in ended)
        {
            await connection.ExecuteAsync("DELETE FROM reminders WHERE engagement = @engagement AND person = @Person AND block = @Block",
                new { engagement, one.Person, one.Block }, transaction);
        }

        await transaction.CommitAsync();
    }

    /// <summary>Puts one mail out for these blocks; nothing happens when another node reminded of one of them in the meantime.</summary>
    public async Task Remind(string engagement, IReadOnlyList<Reminder> due, Letter letter, Instant now)
    {
        await using var connection = await database.Open();
        await using var transaction = await connection.BeginTransactionAsync();
        foreach (var one in due)
        {
            var changed = await connection.ExecuteAsync(
                """
                UPDATE reminders SET last = @now
                WHERE engagement = @engagement AND person = @Person AND block = @Block AND COALESCE(last, '') = @before
                """,
                new
                {
                    engagement,
                    one.Person,
                    one.Block,
                    before = one.Last is { } last ? InstantPattern.ExtendedIso.Format(last) : "",
                    now = InstantPattern.ExtendedIso.Format(now),
                }, transaction);
            if (changed == 0) return;
        }

        await Add(connection, transaction, letter);
        await transaction.CommitAsync();
    }

    public async Task<IReadOnlyList<string>> Engagements()
    {
        await using var connection = await database.Open();
        return [.. await connection.QueryAsync<string>("SELECT id FROM engagements ORDER BY id")];
    }

    public async Task<QuietHours?> FindQuiet(string owner)
    {
        await using var connection = await database.Open();
        var row = await connection.QuerySingleOrDefaultAsync<(string Zone, string From, string Until, long Weekends)?>(
            "SELECT zone, quiet_from, quiet_until, weekends FROM quiet_hours WHERE owner = @owner", new { owner });
        return row is not { } quiet ? null : new(
            quiet.Zone, LocalTimePattern.GeneralIso.Parse(quiet.From).Value, LocalTimePattern.GeneralIso.Parse(quiet.Until).Value, quiet.Weekends != 0);
    }

    public async Task SetQuiet(string owner, QuietHours quiet)
    {
        await using var connection = await database.Open();
        await connection.ExecuteAsync(
            """
            INSERT INTO quiet_hours (owner, zone, quiet_from, quiet_until, weekends) VALUES (@owner, @Zone, @from, @until, @weekends)
            ON CONFLICT (owner) DO UPDATE SET zone = excluded.zone, quiet_from = excluded.quiet_from, quiet_until = excluded.quiet_until,
                weekends = excluded.weekends
            """,
            new
            {
                owner,
                quiet.Zone,
                from = LocalTimePattern.GeneralIso.Format(quiet.From),
                until = LocalTimePattern.GeneralIso.Format(quiet.Until),
                weekends = quiet.Weekends ? 1L : 0L,
            });
    }

    public async Task RemoveQuiet(string owner)
    {
        await using var connection = await database.Open();
        await connection.ExecuteAsync("DELETE FROM quiet_hours WHERE owner = @owner", new { owner });
    }

    private static Task<int> Add(DbConnection connection, DbTransaction? transaction, Letter letter) => connection.ExecuteAsync(
        """
        INSERT INTO mails (id, about, engagement, person, edition, subject, body, created_at, claim, tries)
        VALUES (@Id, @About, @Engagement, @Person, @Edition, @Subject, @Body, @CreatedAt, '', 0)
        ON CONFLICT DO NOTHING
        """, letter, transaction);

    private async Task<bool> Change(string statement, string id, string word, Instant at)
    {
        await using var connection = await database.Open();
        return await connection.ExecuteAsync(statement, new { id, word, at = InstantPattern.ExtendedIso.Format(at) }) == 1;
    }

    private static Instant Read(string text) => InstantPattern.ExtendedIso.Parse(text).Value;
}
