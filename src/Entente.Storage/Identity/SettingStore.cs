using Dapper;

namespace Entente.Storage.Identity;

/// <summary>Small settings of the installation, and the keys with which its nodes sign cookies.</summary>
public sealed class SettingStore(Database database)
{
    public async Task<string?> Find(string name)
    {
        await using var connection = await database.Open();
        return await connection.ExecuteScalarAsync<string?>("SELECT value FROM settings WHERE name = @name", new { name });
    }

    public async Task Set(string name, string value)
    {
        await using var connection = await database.Open();
        await connection.ExecuteAsync(
            "INSERT INTO settings (name, value) VALUES (@name, @value) ON CONFLICT (name) DO UPDATE SET value = excluded.value", new { name, value });
    }

    public IReadOnlyList<string> ProtectionKeys()
    {
        using var connection = database.Open().GetAwaiter().GetResult();
        return [.. connection.Query<string>("SELECT xml FROM protection_keys ORDER BY name")];
    }

    public void AddProtectionKey(string name, string xml)
    {
        using var connection = database.Open().GetAwaiter().GetResult();
        connection.Execute("INSERT INTO protection_keys (name, xml) VALUES (@name, @xml)", new { name, xml });
    }
}
