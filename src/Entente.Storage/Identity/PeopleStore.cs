using Dapper;

namespace Entente.Storage.Identity;

/// <summary>Organisations, people, invitations, API tokens and the server's own keys.</summary>
public sealed class PeopleStore(Database database)
{
    private const string PersonColumns =
        """
        id AS Id, organisation AS Organisation, name AS Name, email AS Email, normalized_email AS NormalizedEmail,
        password_hash AS PasswordHash, security_stamp AS SecurityStamp, lockout_end AS LockoutEnd,
        access_failed_count AS AccessFailedCount, is_administrator AS IsAdministrator, is_example AS IsExample
        """;

    public async Task AddOrganisation(string id, string name)
    {
        await using var connection = await database.Open();
        await connection.ExecuteAsync("INSERT INTO organisations (id, name) VALUES (@id, @name)", new { id, name });
    }

    public async Task<string?> FindOrganisationName(string id)
    {
        await using var connection = await database.Open();
        return await connection.ExecuteScalarAsync<string?>("SELECT name FROM organisations WHERE id = @id", new { id });
    }

    public async Task<bool> HasAdministrator()
    {
        await using var connection = await database.Open();
        return await connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM people WHERE is_administrator = 1") > 0;
    }

    public async Task AddPerson(Person person)
    {
        await using var connection = await database.Open();
        await connection.ExecuteAsync(
            """
            INSERT INTO people (id, organisation, name, email, normalized_email, password_hash, security_stamp,
                lockout_end, access_failed_count, is_administrator, is_example)
            VALUES (@Id, @Organisation, @Name, @Email, @NormalizedEmail, @PasswordHash, @SecurityStamp,
                @LockoutEnd, @AccessFailedCount, @IsAdministrator, @IsExample)
            """, Row(person));
    }

    public async Task ChangePerson(Person person)
    {
        await using var connection = await database.Open();
        await connection.ExecuteAsync(
            """
            UPDATE people SET name = @Name, email = @Email, normalized_email = @NormalizedEmail, password_hash = @PasswordHash,
                security_stamp = @SecurityStamp, lockout_end = @LockoutEnd, access_failed_count = @AccessFailedCount,
                is_administrator = @IsAdministrator
            WHERE id = @Id
            """, Row(person));
    }

    public async Task RemovePerson(string id)
    {
        await using var connection = await database.Open();
        await connection.ExecuteAsync("DELETE FROM api_tokens WHERE person = @id", new { id });
        await connection.ExecuteAsync("DELETE FROM people WHERE id = @id", new { id });
    }

    public Task<Person?> FindPerson(string id) => FindPerson("id = @value", id);

    public Task<Person?> FindPersonByEmail(string normalizedEmail) => FindPerson("normalized_email = @value", normalizedEmail);

    public async Task<IReadOnlyList<Person>> PeopleOf(string organisation)
    {
        await using var connection = await database.Open();
        return [.. await connection.QueryAsync<Person>(
            $"SELECT {PersonColumns} FROM people WHERE organisation = @organisation ORDER BY name", new { organisation })];
    }

    public async Task<IReadOnlyList<Person>> ExamplePeople()
    {
        await using var connection = await database.Open();
        return [.. await connection.QueryAsync<Person>($"SELECT {PersonColumns} FROM people WHERE is_example = 1 ORDER BY id")];
    }

    public async Task AddInvitation(Invitation invitation)
    {
        await using var connection = await database.Open();
        await connection.ExecuteAsync(
            """
            INSERT INTO invitations (token_hash, organisation, email, name, is_administrator, engagement, seat, invited_by, expires, used_at)
            VALUES (@TokenHash, @Organisation, @Email, @Name, @admin, @Engagement, @Seat, @InvitedBy, @Expires, NULL)
            """,
            new
            {
                invitation.TokenHash,
                invitation.Organisation,
                invitation.Email,
                invitation.Name,
                admin = invitation.IsAdministrator ? 1L : 0L,
                invitation.Engagement,
                invitation.Seat,
                invitation.InvitedBy,
                invitation.Expires,
            });
    }

    public async Task<Invitation?> FindInvitation(string tokenHash)
    {
        await using var connection = await database.Open();
        var row = await connection.QuerySingleOrDefaultAsync<InvitationRow>(
            """
            SELECT token_hash AS TokenHash, organisation AS Organisation, email AS Email, name AS Name,
                is_administrator AS IsAdministrator, engagement AS Engagement, seat AS Seat,
                invited_by AS InvitedBy, expires AS Expires, used_at AS UsedAt
            FROM invitations WHERE token_hash = @tokenHash
            """, new { tokenHash });
        return row is null ? null : new Invitation(row.TokenHash, row.Organisation, row.Email, row.Name, row.IsAdministrator != 0,
            row.Engagement, row.Seat, row.InvitedBy, row.Expires, row.UsedAt);
    }

    /// <summary>Marks the invitation used; false when somebody was quicker.</summary>
    public async Task<bool> UseInvitation(string tokenHash, string at)
    {
        await using var connection = await database.Open();
        return await connection.ExecuteAsync(
            "UPDATE invitations SET used_at = @at WHERE token_hash = @tokenHash AND used_at IS NULL", new { tokenHash, at }) == 1;
    }

    public async Task AddToken(ApiToken token)
    {
        await using var connection = await database.Open();
        await connection.ExecuteAsync(
            """
            INSERT INTO api_tokens (id, token_hash, person, name, scope, created, expires)
            VALUES (@Id, @TokenHash, @Person, @Name, @Scope, @Created, @Expires)
            """, token);
    }

    public async Task<ApiToken?> FindToken(string tokenHash)
    {
        await using var connection = await database.Open();
        return await connection.QuerySingleOrDefaultAsync<ApiToken>(
            """
            SELECT id AS Id, token_hash AS TokenHash, person AS Person, name AS Name, scope AS Scope, created AS Created, expires AS Expires
            FROM api_tokens WHERE token_hash = @tokenHash
            """, new { tokenHash });
    }

    public async Task<IReadOnlyList<ApiToken>> TokensOf(string person)
    {
        await using var connection = await database.Open();
        return [.. await connection.QueryAsync<ApiToken>(
            """
            SELECT id AS Id, token_hash AS TokenHash, person AS Person, name AS Name, scope AS Scope, created AS Created, expires AS Expires
            FROM api_tokens WHERE person = @person ORDER BY created
            """, new { person })];
    }

    public async Task<bool> RemoveToken(string person, string id)
    {
        await using var connection = await database.Open();
        return await connection.ExecuteAsync("DELETE FROM api_tokens WHERE id = @id AND person = @person", new { id, person }) == 1;
    }

    private async Task<Person?> FindPerson(string where, string value)
    {
        await using var connection = await database.Open();
        return await connection.QuerySingleOrDefaultAsync<Person>($"SELECT {PersonColumns} FROM people WHERE {where}", new { value });
    }

    private static object Row(Person person) => new
    {
        person.Id,
        person.Organisation,
        person.Name,
        person.Email,
        person.NormalizedEmail,
        person.PasswordHash,
        person.SecurityStamp,
        person.LockoutEnd,
        person.AccessFailedCount,
        IsAdministrator = person.IsAdministrator ? 1L : 0L,
        IsExample = person.IsExample ? 1L : 0L,
    };

    private sealed record InvitationRow(
        string TokenHash, string Organisation, string Email, string Name, long IsAdministrator,
        string? Engagement, string? Seat, string InvitedBy, string Expires, string? UsedAt);
}
