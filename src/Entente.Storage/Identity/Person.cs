namespace Entente.Storage.Identity;

/// <summary>Someone who can sign in. People are records, not facts: an address may change and a person may leave.</summary>
public sealed class Person
{
    public required string Id { get; init; }

    public required string Organisation { get; init; }

    public required string Name { get; set; }

    public required string Email { get; set; }

    public string NormalizedEmail { get; set; } = "";

    public string? PasswordHash { get; set; }

    public string SecurityStamp { get; set; } = "";

    /// <summary>ISO 8601 instant until which sign-in is refused after too many wrong passwords.</summary>
    public string? LockoutEnd { get; set; }

    public long AccessFailedCount { get; set; }

    public bool IsAdministrator { get; set; }

    /// <summary>One of the example's accounts, which the sign-in page offers while the example is loaded.</summary>
    public bool IsExample { get; init; }
}

/// <summary>A link by which someone joins: an organisation, and a seat in an engagement where one is named.</summary>
public sealed record Invitation(
    string TokenHash, string Organisation, string Email, string Name, bool IsAdministrator,
    string? Engagement, string? Seat, string InvitedBy, string Expires, string? UsedAt);

/// <summary>A key for programs: acts as its person, within its scope (<c>read</c>, <c>write</c> or <c>administer</c>).</summary>
public sealed record ApiToken(string Id, string TokenHash, string Person, string Name, string Scope, string Created, string? Expires);
