using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Entente.Server;

/// <summary>Describes records by their properties alone where a constructor defaults a struct.</summary>
/// <remarks>
/// The schema exporter of System.Text.Json writes such a default as null and fails on it, and with it the whole OpenAPI
/// document. Used for answers and schemas only: what comes in is read by <see cref="Json.Options"/>.
/// </remarks>
internal sealed class PlainContracts(IJsonTypeInfoResolver inner) : IJsonTypeInfoResolver
{
    public JsonTypeInfo? GetTypeInfo(Type type, JsonSerializerOptions options)
    {
        var full = inner.GetTypeInfo(type, options);
        return full is { Kind: JsonTypeInfoKind.Object } && type.GetConstructors().Any(DefaultsStruct)
            ? Plain(full, options)
            : full;
    }

    private static bool DefaultsStruct(ConstructorInfo constructor) => constructor.GetParameters().Any(parameter =>
        parameter is { HasDefaultValue: true, DefaultValue: null, ParameterType.IsValueType: true }
        && Nullable.GetUnderlyingType(parameter.ParameterType) is null);

    private static JsonTypeInfo Plain(JsonTypeInfo full, JsonSerializerOptions options)
    {
        var plain = JsonTypeInfo.CreateJsonTypeInfo(full.Type, options);
        foreach (var property in full.Properties)
        {
            var copy = plain.CreateJsonPropertyInfo(property.PropertyType, property.Name);
            copy.Get = property.Get;
            copy.ShouldSerialize = property.ShouldSerialize;
            copy.AttributeProvider = property.AttributeProvider;
            copy.CustomConverter = property.CustomConverter;
            plain.Properties.Add(copy);
        }

        if (full.PolymorphismOptions is { } family)
        {
            plain.PolymorphismOptions = new() { TypeDiscriminatorPropertyName = family.TypeDiscriminatorPropertyName };
            foreach (var member in family.DerivedTypes) plain.PolymorphismOptions.DerivedTypes.Add(member);
        }

        return plain;
    }
}
