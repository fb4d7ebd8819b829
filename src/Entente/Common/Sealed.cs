using System.Text.Json;
using System.Text.Json.Serialization;

namespace Entente;

/// <summary>What a party wrote in confidence. Only its owner reads it, and only the mediation engine computes with it.</summary>
/// <remarks>
/// The content leaves through two doors: <see cref="OpenFor"/> for the owning side, and <see cref="Compute"/> for the engine.
/// It never prints: <see cref="ToString"/> says only that it is sealed, and serialising it to a wire is an error.
/// </remarks>
[JsonConverter(typeof(SealedConverterFactory))]
public sealed class Sealed<T>(string owner, T content)
{
    /// <summary>The party whose secret it is: an identifier of a side or a person.</summary>
    public string Owner { get; } = owner;

    /// <summary>The content, for its owner; nothing for everyone else, the administrator included.</summary>
    public bool OpenFor(string reader, [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out T opened)
    {
        var mine = reader == Owner;
        opened = mine ? content : default;
        return mine;
    }

    /// <summary>Lets the mediation engine compute with the content. What comes out must not tell more than the protocol names.</summary>
    public TResult Compute<TResult>(Func<T, TResult> engine) => engine(content);

    public override string ToString() => "(sealed)";
}

/// <summary>Keeps sealed content off every wire that was not told how to protect it.</summary>
public sealed class SealedConverterFactory : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) =>
        typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(Sealed<>);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Sealed content is not written to a wire: only a store that protects it may keep it.");
}
