using System.Text.Json;
using System.Text.Json.Serialization;

namespace Entente.Terms;

/// <summary>A value with one spelling, which is the same in JSON, in YAML and on the page.</summary>
public interface ITextual<T>
    where T : ITextual<T>
{
    /// <summary>What an error message says was expected, with an example.</summary>
    static abstract string Expected { get; }

    static abstract bool TryParse(string text, out T value);
}

/// <summary>Writes a value as its text, and says what was expected when the text does not parse.</summary>
public sealed class TextJson<T> : JsonConverter<T>
    where T : ITextual<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString()!,
            JsonTokenType.Number => reader.GetDecimal().ToString(System.Globalization.CultureInfo.InvariantCulture),
            var other => throw new JsonException($"Expected {T.Expected}, found {other}."),
        };
        return T.TryParse(text, out var value) ? value
            : throw new JsonException($"Expected {T.Expected}, found \"{text}\".");
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
