using System.IO.Compression;
using System.Text;
using Entente.Formats.Tickets;
using Entente.Monitoring;
using NodaTime;

namespace Entente.Formats.Tests.Tickets;

/// <summary>Small logs of our own, read as a file would be.</summary>
internal static class Logs
{
    public static TicketFile File(string text, string name = "log.csv") =>
        new(name, () => new MemoryStream(Encoding.UTF8.GetBytes(text)));

    public static TicketFile Zipped(string text)
    {
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Fastest)) zip.Write(Encoding.UTF8.GetBytes(text));
        var bytes = packed.ToArray();
        return new("log.csv.gz", () => new MemoryStream(bytes));
    }

    public static (IReadOnlyList<TicketEvent> Events, TicketReport Report, TicketMapping Mapping) Read(
        TicketFile file, string? mapping = null, string? zone = null)
    {
        var chosen = mapping is null ? MappingGuess.Choose(file).Mapping : TicketMapping.Parse(mapping, "mapping.yaml");
        var import = new TicketImport(file, chosen, zone is null ? null : DateTimeZoneProviders.Tzdb[zone]);
        List<TicketEvent> events = [.. import.Read()];
        return (events, import.Report, chosen);
    }

    public static Instant At(string iso) => NodaTime.Text.InstantPattern.ExtendedIso.Parse(iso).Value;
}
