using System.Collections.Immutable;
using System.Text.Json;
using Entente.ServiceTime.Calendars;
using Entente.Tests.Shared;
using NodaTime;
using NodaTime.Text;

namespace Entente.ServiceTime.Tests.Vectors;

/// <summary>
/// Published vectors of other products, read where they lie; see <c>docs/service-time.md</c> for the differences.
/// </summary>
internal static class VectorFile
{
    public static IReadOnlyList<JsonElement> Read(string name) =>
        [.. JsonDocument.Parse(File.ReadAllText(SharedData.Path("business_time_vectors", name)))
            .RootElement.GetProperty("vectors").EnumerateArray()];

    public static string Text(this JsonElement item, string field) => item.GetProperty(field).GetString()!;

    /// <summary>An instant with Z or an offset, or a wall-clock time of the zone.</summary>
    public static Instant At(string text, string zone)
    {
        text = text.Replace(' ', 'T');
        if (text.IndexOf('[', StringComparison.Ordinal) is > 0 and var cut) text = text[..cut];
        if (OffsetDateTimePattern.ExtendedIso.Parse(text) is { Success: true } offset) return offset.Value.ToInstant();
        if (OffsetDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:sso<I>")
            .Parse(text) is { Success: true } basic)
            return basic.Value.ToInstant();
        return LocalDateTimePattern.GeneralIso.Parse(text).Value.InZoneLeniently(DateTimeZoneProviders.Tzdb[zone])
            .ToInstant();
    }

    public static IsoDayOfWeek Day(string name) => name[..3].ToLowerInvariant() switch
    {
        "mon" => IsoDayOfWeek.Monday,
        "tue" => IsoDayOfWeek.Tuesday,
        "wed" => IsoDayOfWeek.Wednesday,
        "thu" => IsoDayOfWeek.Thursday,
        "fri" => IsoDayOfWeek.Friday,
        "sat" => IsoDayOfWeek.Saturday,
        _ => IsoDayOfWeek.Sunday,
    };

    public static ImmutableSortedDictionary<IsoDayOfWeek, ImmutableArray<OpenHours>> Week(
        IEnumerable<(string Day, IEnumerable<string> Hours)> days) =>
        days.ToImmutableSortedDictionary(d => Day(d.Day), d => d.Hours.Select(OpenHours.Parse).ToImmutableArray());

    public static LocalDate Date(string text) => LocalDatePattern.Iso.Parse(text).Value;
}
