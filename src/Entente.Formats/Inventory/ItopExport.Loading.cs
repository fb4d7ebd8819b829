using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace Entente.Formats.Inventory;

internal sealed partial class ItopExport
{
    private static readonly string[] _details =
    [
        "Brand", "Model", "OSFamily", "OSVersion", "IOSVersion", "NetworkDeviceType", "ContactType", "ServiceFamily", "FAQCategory", "FAQ",
        "ServiceSubcategory", "ServiceElement", "SLA", "SLT", "CoverageWindow", "CoverageWindowInterval", "HolidayCalendar", "Holiday", "Software", "Licence",
        "DocumentType", "ContractType",
    ];

    private static readonly string[] _notFunctional = [
        "Person", "Team", "Organization", "Location", "Service", "CustomerContract", "ProviderContract", "DeliveryModel"];

    private ExportUse Use(string kind) =>
        IsLink(kind) || (_details.Contains(kind) && !_options.Wants(kind)) ? ExportUse.Detail : ExportUse.Item;

    private static bool IsLink(string kind) =>
        kind.StartsWith("lnk", StringComparison.Ordinal) || kind.StartsWith("TagSetFieldDataFor", StringComparison.Ordinal);

    private void Load(ExportFile file)
    {
        var module = file.Name.Replace('\\', '/') is var path && path.LastIndexOf('/') is var cut and > 0 ? path[..cut] : "";
        foreach (var one in file.Text.AsSpan().TrimStart('\uFEFF').TrimStart().StartsWith("{") ? Answered(file, module) : Exported(file, module))
        {
            _read++;
            _order.Add(one);
            var family = Family(one.Class);
            if (!_byId.TryGetValue((family, one.Id), out var same)) _byId[(family, one.Id)] = same = [];
            same.Add(one);
        }
    }

    private IEnumerable<ItopObject> Exported(ExportFile file, string module)
    {
        XDocument document;
        try
        {
            using var reader = XmlReader.Create(new StringReader(file.Text.TrimStart('\uFEFF')),
                new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
            document = XDocument.Load(reader, LoadOptions.SetLineInfo);
        }
        catch (XmlException broken)
        {
            throw new BadInputException([Finding.Error(file.Name, "xml.invalid", $"expected XML: {broken.Message}", broken.LineNumber)]);
        }

        if (document.Root?.Name.LocalName != "Set")
            throw new BadInputException(file.Name, "import.kind", $"expected an iTop export with <Set> on top, found <{document.Root?.Name.LocalName}>");
        foreach (var element in document.Root.Elements())
        {
            var id = element.Attribute("id")?.Value ?? element.Attribute("key")?.Value ?? "";
            var line = ((IXmlLineInfo)element).LineNumber;
            if (id.Length == 0) _findings.Add(Finding.Warning(
                $"{file.Name}, line {line}", "import.id", $"<{element.Name.LocalName}> has no id: nothing can refer to it.", line));
            yield return new(module, element.Name.LocalName, id, _read + 1, file.Name, element.Elements().Where(field => !field.HasElements)
                .GroupBy(field => field.Name.LocalName).ToDictionary(field => field.Key, field => field.First().Value.Trim(), StringComparer.Ordinal));
        }
    }

    private static IEnumerable<ItopObject> Answered(ExportFile file, string module)
    {
        JsonNode? root;
        try
        {
            root = JsonNode.Parse(file.Text);
        }
        catch (JsonException broken)
        {
            throw new BadInputException([Finding.Error(file.Name, "json.invalid", $"expected JSON: {broken.Message}", (int?)broken.LineNumber + 1)]);
        }

        var place = 0;
        if (root is not JsonObject answer || !answer.ContainsKey("objects"))
            throw new BadInputException(file.Name, "import.kind", "expected an iTop answer with objects");
        foreach (var (_, node) in answer["objects"] as JsonObject ?? [])
        {
            if (node is not JsonObject one) continue;
            yield return new(module, one["class"]?.ToString() ?? "", one["key"]?.ToString() ?? "", ++place, file.Name,
                (one["fields"] as JsonObject ?? []).Where(field => field.Value is JsonValue)
                    .ToDictionary(field => field.Key, field => field.Value!.ToString(), StringComparer.Ordinal));
        }
    }

    private static string Family(string kind) => _notFunctional.Contains(kind) || _details.Contains(kind) || IsLink(kind)
        ? kind is "CustomerContract" or "ProviderContract" ? "Contract" : kind
        : "FunctionalCI";

    private static string Target(string field) => field switch
    {
        "location_id" => "Location",
        "service_id" => "Service",
        "customercontract_id" or "providercontract_id" => "Contract",
        _ => "FunctionalCI",
    };

    private static string Words(string kind) => Capitals().Replace(kind, "-$1").Trim('-').ToLowerInvariant();

    [GeneratedRegex("(?<=[a-z])([A-Z])", RegexOptions.CultureInvariant)]
    private static partial Regex Capitals();
}
