using Dapper;

namespace Entente.Storage.Documentation;

/// <summary>Spells a list of keys as parameters: what stands behind IN is understood by both databases alike.</summary>
internal static class KeyList
{
    /// <summary>Adds each key to the parameters and answers <c>(@in0, @in1, …)</c>.</summary>
    public static string In(this DynamicParameters given, IEnumerable<string> keys)
    {
        List<string> names = [];
        foreach (var key in keys)
        {
            names.Add($"@in{names.Count}");
            given.Add(names[^1], key);
        }

        return $"({string.Join(", ", names)})";
    }
}
