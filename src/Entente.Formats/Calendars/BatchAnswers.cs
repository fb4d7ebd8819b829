using System.Buffers;
using System.Text.Json;
using Entente.ServiceTime.Calendars;
using NodaTime;
using NodaTime.Text;

namespace Entente.Formats.Calendars;

/// <summary>Answers questions about a calendar, one JSON object a line each way, in order.</summary>
public static class BatchAnswers
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = Json.Options.Encoder };

    public static void Answer(CompiledCalendar calendar, TextReader input, Stream output)
    {
        var buffer = new ArrayBufferWriter<byte>(1 << 16);
        using var writer = new Utf8JsonWriter(buffer, Relaxed);
        while (input.ReadLine() is { } line)
        {
            Answer(calendar, line, writer);
            writer.Flush();
            writer.Reset();
            buffer.Write("\n"u8);
            if (buffer.WrittenCount < 1 << 15 && input.Peek() >= 0) continue;
            output.Write(buffer.WrittenSpan);
            buffer.ResetWrittenCount();
        }

        output.Write(buffer.WrittenSpan);
        output.Flush();
    }

    /// <summary>Writes the answer to one question, or the error of a bad one.</summary>
    public static void Answer(CompiledCalendar calendar, string line, Utf8JsonWriter writer)
    {
        var refusal = Ask(calendar, line, out var name, out var answer);
        writer.WriteStartObject();
        if (refusal is not null)
        {
            writer.WriteStartObject("error");
            writer.WriteString("code", refusal.Code);
            writer.WriteString("message", refusal.Message);
            writer.WriteEndObject();
        }
        else if (answer is bool flag) writer.WriteBoolean(name, flag);
        else writer.WriteString(name, answer is Duration elapsed ? IsoDuration.Format(elapsed)
            : InstantPattern.ExtendedIso.Format((Instant)answer!));
        writer.WriteEndObject();
    }

    private static Refusal? Ask(CompiledCalendar calendar, string line, out string name, out object? answer)
    {
        (name, answer) = ("", null);
        try
        {
            using var document = JsonDocument.Parse(line);
            if (document.RootElement is not { ValueKind: JsonValueKind.Object } question)
                return new("batch.json",
                    "Expected one JSON object a line, such as {\"op\":\"elapsed\",\"from\":…,\"to\":…}.");
            (name, answer) = Text(question, "op") switch
            {
                "elapsed" => ("elapsed", calendar.Elapsed(At(question, "from"), At(question, "to"))),
                "due" => ("due", (object?)calendar.Due(At(question, "from"), Target(question))),
                "latest-start" => ("latestStart", calendar.LatestStart(At(question, "to"), Target(question))),
                "isOpen" => ("isOpen", calendar.IsOpen(At(question, "at"))),
                var op => throw new BadInputException("op", "batch.op",
                    $"\"{op}\": expected elapsed, due, latest-start or isOpen."),
            };
            return answer is null
                ? TimeQuestions.Unreachable(At(question, name == "due" ? "from" : "to"), Target(question)) : null;
        }
        catch (JsonException bad)
        {
            return new("batch.json", $"Not JSON: {bad.Message}");
        }
        catch (BadInputException bad)
        {
            return new(bad.Findings[0].Rule, bad.Message);
        }
    }

    private static Duration Target(JsonElement question) => TimeQuestions.Target(Text(question, "target"), "target");

    private static Instant At(JsonElement question, string field) =>
        TimeQuestions.At(Text(question, field), field);

    private static string Text(JsonElement question, string field) =>
        question.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()!
        : throw new BadInputException(field, "batch.field", "Expected this field, as text.");
}
