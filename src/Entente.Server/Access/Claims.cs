namespace Entente.Server.Access;

/// <summary>What a signed-in request carries.</summary>
public static class Claims
{
    public const string Person = "entente:person";

    /// <summary>Present when an API token signs the request: the token's scope.</summary>
    public const string Scope = "entente:scope";

    /// <summary>The security stamp a cookie was made under; a changed password ends older cookies.</summary>
    public const string Stamp = "entente:stamp";
}

/// <summary>How far an API token reaches.</summary>
public static class TokenScopes
{
    public const string Read = "read";

    public const string Write = "write";

    public const string Administer = "administer";

    public static IReadOnlyList<string> All { get; } = [Read, Write, Administer];
}
