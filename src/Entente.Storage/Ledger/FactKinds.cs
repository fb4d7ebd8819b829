using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;

namespace Entente.Storage.Ledger;

/// <summary>Spells facts: every nested record of a fact family has a kind such as <c>charter.approved</c>, in streams such as <c>charter/eng_1</c>.</summary>
public static class FactKinds
{
    private static readonly FrozenDictionary<string, Type> _typesByKind = Families()
        .SelectMany(family => family.GetNestedTypes(BindingFlags.Public).Where(type => type.IsSubclassOf(family)))
        .ToFrozenDictionary(KindOf, StringComparer.Ordinal);

    private static readonly FrozenDictionary<Type, string> _kindsByType =
        _typesByKind.ToFrozenDictionary(pair => pair.Value, pair => pair.Key);

    public static IEnumerable<string> All => _typesByKind.Keys.Order(StringComparer.Ordinal);

    /// <summary>The stream of one aggregate, from its fact family and its identifier.</summary>
    public static string Stream<TFact>(string id) => $"{Family(typeof(TFact))}/{id}";

    /// <summary>The stream of one aggregate, from a fact of its family and its identifier.</summary>
    public static string Stream(object fact, string id) => $"{Family(fact.GetType().DeclaringType!)}/{id}";

    public static string Kind(object fact) => _kindsByType[fact.GetType()];

    public static string Write(object fact) => JsonSerializer.Serialize(fact, fact.GetType(), Json.Options);

    /// <exception cref="InvalidDataException">The ledger holds a kind that this version of the program does not know.</exception>
    public static object Read(string kind, string data) =>
        _typesByKind.TryGetValue(kind, out var type)
            ? JsonSerializer.Deserialize(data, type, Json.Options)!
            : throw new InvalidDataException($"The ledger holds facts of kind '{kind}', which this version does not know. Upgrade the program.");

    private static IEnumerable<Type> Families() => typeof(Stages).Assembly.GetTypes()
        .Where(type => type is { IsAbstract: true, IsPublic: true } && type.Name.EndsWith("Fact", StringComparison.Ordinal));

    private static string KindOf(Type fact) => $"{Family(fact.DeclaringType!)}.{Camel(fact.Name)}";

    private static string Family(Type family) => Camel(family.Name[..^"Fact".Length]);

    private static string Camel(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);
}
