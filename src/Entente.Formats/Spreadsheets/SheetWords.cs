using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Entente.Formats.Spreadsheets;

/// <summary>The texts that the cells of a workbook share.</summary>
internal static class SheetWords
{
    public static IEnumerable<string> Read(SharedStringTablePart? part, Workbook book)
    {
        if (part is null) yield break;
        using var reader = OpenXmlReader.Create(part);
        var count = 0;
        while (reader.Read())
        {
            if (reader.ElementType != typeof(SharedStringItem) || !reader.IsStartElement) continue;
            if (++count > Workbook.CellsMost) throw book.TooLong();
            yield return Within(reader, typeof(SharedStringItem));
        }
    }

    /// <summary>The text within an element, without the readings that Japanese sheets put beside it.</summary>
    /// <remarks>What a cell cannot hold in XML is spelt <c>_x000D_</c>.</remarks>
    public static string Within(OpenXmlReader reader, Type element)
    {
        StringBuilder text = new();
        var isReading = false;
        while (reader.Read() && !(reader.ElementType == element && reader.IsEndElement))
        {
            if (reader.ElementType == typeof(PhoneticRun)) isReading = reader.IsStartElement;
            else if (reader.ElementType == typeof(DocumentFormat.OpenXml.Spreadsheet.Text) && reader.IsStartElement
                && !isReading) text.Append(reader.GetText());
        }

        return System.Xml.XmlConvert.DecodeName(text.ToString()) ?? "";
    }
}
