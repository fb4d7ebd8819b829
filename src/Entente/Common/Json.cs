using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using NodaTime;
using NodaTime.Text;

namespace Entente;

/// <summary>One spelling of every value on every wire: facts, REST, CLI and reports read and write through these options.</summary>
/// <remarks>
/// Instants are ISO 8601 in UTC with <c>Z</c>; durations are ISO 8601 with hours as the largest unit (<c>PT35H30M</c>);
/// dates are <c>yyyy-MM-dd</c>; enums are camelCase words; unknown fields are refused.
/// </remarks>
public static class Json
{
    public static JsonSerializerOptions Options { get; } = Create(indented: false);

    public static JsonSerializerOptions Indented { get; } = Create(indented: true);

    private static JsonSerializerOptions Create(bool indented)
    {
        var options = new JsonSerializerOptions { WriteIndented = indented };
        Configure(options);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    /// <summary>Teaches other options (such as the web framework's) the same spelling.</summary>
    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.DictionaryKeyPolicy = null;
        options.PropertyNameCaseInsensitive = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.AllowOutOfOrderMetadataProperties = true;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.TypeInfoResolverChain.Insert(0, new DefaultJsonTypeInfoResolver { Modifiers = { LetNothingBeLeftOut } });
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.Converters.Add(new TextConverter<Instant>(InstantPattern.ExtendedIso, ReadInstant));
        options.Converters.Add(new TextConverter<Duration>(null, ReadDuration, IsoDuration.Format));
        options.Converters.Add(new TextConverter<LocalDate>(LocalDatePattern.Iso));
        options.Converters.Add(new TextConverter<LocalTime>(LocalTimePattern.GeneralIso));
        options.Converters.Add(new TextConverter<LocalDateTime>(LocalDateTimePattern.GeneralIso));
        options.Converters.Add(new TextConverter<YearMonth>(YearMonthPattern.Iso));
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
    }

    /// <summary>What may be null is not written, so reading must not ask for it.</summary>
    private static void LetNothingBeLeftOut(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            if (property.AssociatedParameter is { } parameter
                && (parameter.IsNullable && !parameter.ParameterType.IsValueType || Nullable.GetUnderlyingType(parameter.ParameterType) is not null))
                property.IsRequired = false;
        }
    }

    private static Instant? ReadInstant(string text) =>
        InstantPattern.ExtendedIso.Parse(text) is { Success: true } utc ? utc.Value
        : OffsetDateTimePattern.ExtendedIso.Parse(text) is { Success: true } offset ? offset.Value.ToInstant()
        : null;

    private static Duration? ReadDuration(string text) => IsoDuration.TryParse(text, out var value) ? value : null;

    private sealed class TextConverter<T>(IPattern<T>? pattern, Func<string, T?>? read = null, Func<T, string>? write = null)
        : JsonConverter<T>
        where T : struct
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Parse(reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw Unexpected(reader.TokenType.ToString()));

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WriteStringValue(write is null ? pattern!.Format(value) : write(value));

        public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Parse(reader.GetString()!);

        public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WritePropertyName(write is null ? pattern!.Format(value) : write(value));

        private T Parse(string text) =>
            (read is null ? pattern!.Parse(text) is { Success: true } parsed ? parsed.Value : null : read(text))
            ?? throw Unexpected($"\"{text}\"");

        private static JsonException Unexpected(string found) => new($"Expected {Expectation()}, found {found}.");

        private static string Expectation() => typeof(T).Name switch
        {
            nameof(Instant) => "an instant such as 2026-01-31T09:00:00Z",
            nameof(Duration) => "an ISO 8601 duration such as PT4H",
            nameof(LocalDate) => "a date such as 2026-01-31",
            nameof(LocalTime) => "a time such as 09:00:00",
            nameof(YearMonth) => "a month such as 2026-01",
            var other => $"a {other}",
        };
    }
}
