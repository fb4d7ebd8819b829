namespace Entente.Formats;

/// <summary>Names what is no text by its first bytes, so that a wrong file can be refused with what it looks
/// like.</summary>
internal static class FileKinds
{
    /// <summary>What bytes look like that are no text; nothing for text.</summary>
    public static string? Look(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [(byte)'P', (byte)'K', 5, 6, ..] => "an empty ZIP",
        [(byte)'P', (byte)'K', 3, 4, ..] => "a ZIP",
        [0xD0, 0xCF, 0x11, 0xE0, ..] =>
            "an old Excel workbook (.xls), or one with a password: save it as .xlsx without one",
        [(byte)'%', (byte)'P', (byte)'D', (byte)'F', ..] => "a PDF: save the table as CSV or .xlsx",
        [0x89, (byte)'P', (byte)'N', (byte)'G', ..] or [0xFF, 0xD8, 0xFF, ..]
            or [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] => "a picture",
        [(byte)'B', (byte)'Z', (byte)'h', ..] => "bzip2: unpack it, or pack it with gzip",
        [0xFD, (byte)'7', (byte)'z', (byte)'X', ..] => "xz: unpack it, or pack it with gzip",
        [(byte)'7', (byte)'z', 0xBC, 0xAF, ..] => "a 7z archive: unpack it, or pack it as ZIP",
        [(byte)'R', (byte)'a', (byte)'r', (byte)'!', ..] => "a RAR archive: unpack it, or pack it as ZIP",
        [0x28, 0xB5, 0x2F, 0xFD, ..] => "zstd: unpack it, or pack it with gzip",
        [(byte)'P', (byte)'A', (byte)'R', (byte)'1', ..] => "a Parquet file: export it as CSV",
        [(byte)'S', (byte)'Q', (byte)'L', (byte)'i', ..] => "an SQLite database: export a table as CSV",
        _ when IsBinary(bytes) => "binary data of no known kind",
        _ => null,
    };

    /// <remarks>Text in two bytes a letter is full of zeros, and begins with a mark.</remarks>
    private static bool IsBinary(ReadOnlySpan<byte> bytes) =>
        !(bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..]) && bytes[..Math.Min(bytes.Length, 4096)].Contains((byte)0);
}
