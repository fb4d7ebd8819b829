using System.IO.Compression;
using Entente.Formats.Spreadsheets;
using Entente.Storage.Documentation;

namespace Entente.Server.Documentation;

/// <summary>A file as it was sent: plain, gzip, or a ZIP of several.</summary>
public sealed record SentFile(string Name, byte[] Content);

/// <summary>Unpacks what was sent, up to a bound, and packs what is kept.</summary>
public static class ImportFiles
{
    private const int BytesMost = 256 * 1024 * 1024;
    private const int DepthMost = 4;

    /// <summary>The files within what was sent; a workbook is one file, although it is a ZIP.</summary>
    /// <exception cref="BadInputException">One is damaged, or all of them are too long together.</exception>
    public static IReadOnlyList<SentFile> Unpack(IReadOnlyList<SentFile> files)
    {
        var left = BytesMost;
        List<SentFile> unpacked = [];
        foreach (var file in files) unpacked.AddRange(Unpack(file, 0, ref left));
        return unpacked.Count > 0 ? unpacked : throw new BadInputException(files[0].Name, "import.empty",
            "expected at least one file inside");
    }

    public static byte[] Packed(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(content);
        return packed.ToArray();
    }

    public static byte[] Plain(ImportFile kept)
    {
        var left = BytesMost;
        return Read(new GZipStream(new MemoryStream(kept.Content), CompressionMode.Decompress), kept.Name, ref left);
    }

    private static List<SentFile> Unpack(SentFile file, int depth, ref int left)
    {
        if (file.Content is not ([0x1F, 0x8B, ..] or [(byte)'P', (byte)'K', 3, 4, ..])
            || Workbook.IsPackage(file.Content)) return [file];
        if (depth == DepthMost) throw new BadInputException(file.Name, "import.too_deep",
            $"expected at most {DepthMost} packed files within each other");
        try
        {
            if (file.Content[0] == 0x1F)
            {
                var name = file.Name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? file.Name[..^3] : file.Name;
                return Unpack(new(name, Read(new GZipStream(new MemoryStream(file.Content),
                    CompressionMode.Decompress), file.Name, ref left)),
                    depth + 1, ref left);
            }

            using var zip = new ZipArchive(new MemoryStream(file.Content));
            List<SentFile> unpacked = [];
            foreach (var entry in zip.Entries.Where(entry => entry.Length > 0
                && !entry.FullName.StartsWith("__MACOSX", StringComparison.Ordinal))
                .OrderBy(entry => entry.FullName, StringComparer.Ordinal))
                unpacked.AddRange(Unpack(new(entry.FullName, Read(entry.Open(), entry.FullName, ref left)), depth + 1,
                    ref left));
            return unpacked;
        }
        catch (InvalidDataException)
        {
            throw new BadInputException(file.Name, "import.damaged",
                $"this {(file.Content[0] == 0x1F ? "gzip file" : "ZIP")} is cut off, damaged or has a password; "
                + "pack it and send it again");
        }
    }

    private static byte[] Read(Stream packed, string name, ref int left)
    {
        using (packed)
        {
            using var plain = new MemoryStream();
            var buffer = new byte[81_920];
            while (packed.Read(buffer) is var count and > 0)
            {
                plain.Write(buffer, 0, count);
                left -= count;
                if (left < 0) throw new BadInputException(name, "import.too_long",
                    $"expected at most {BytesMost / 1024 / 1024} MB when unpacked");
            }

            return plain.ToArray();
        }
    }
}
