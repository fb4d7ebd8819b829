using System.Text.RegularExpressions;
using Entente.Formats.Spreadsheets;

namespace Entente.Formats.Inventory;

/// <summary>Tells by its content what kind of export a file is, or which other well-known file.</summary>
internal static partial class ExportKinds
{
    private static readonly string[] _tables = ["csv", "servicenow", "glpi"];

    /// <summary>The kind of export, or in words what else a file looks like.</summary>
    public static string? Look(ExportFile file, string? sheet = null)
    {
        if (file.Binary is { } binary) return Packed(file.Name, binary, sheet);
        var head = file.Text.AsSpan(0, Math.Min(file.Text.Length, 20_000)).TrimStart('\uFEFF').TrimStart();
        if (head.IsEmpty) return "an empty file";
        if (head.StartsWith("<")) return Marked(head) ?? "XML of no known tool";
        if (head.StartsWith("{") || head.StartsWith("[")) return Json(head) ?? "JSON of no known tool";
        if (head.StartsWith("BEGIN:VCALENDAR")) return "calendar";
        if (Has(head, "backstage.io/")) return "backstage";
        if (Has(head, "apiVersion: openslo/")) return "openslo";
        if (Has(head, "apiVersion:") && Has(head, "kind:")) return "kubernetes";
        if (TargetsPattern().IsMatch(head)) return "prometheus";
        if (head.StartsWith("groups:") || Has(head, "\ngroups:")) return "rules";
        if (head.StartsWith("services:") || Has(head, "\nservices:")) return "compose";
        if (head.StartsWith("# HELP") || head.StartsWith("# TYPE")) return "metrics";
        if (Has(head, "{{") && Has(head, "}}")) return "template";
        return Table(head);
    }

    /// <remarks>
    /// A table of one tool may be read as a plain table; and a table that says of no tool may be of any, for headers are
    /// translated.
    /// </remarks>
    public static bool Fits(string source, string? looks) =>
        source == looks || (source == "csv" && _tables.Contains(looks)) || (looks == "csv" && _tables.Contains(source));

    public static string Words(string? source) => source switch
    {
        "netbox" => "a NetBox dump or API answer",
        "itop" => "an iTop XML or REST export",
        "backstage" => "a Backstage catalogue",
        "kubernetes" => "Kubernetes manifests",
        "prometheus" => "Prometheus targets",
        "servicenow" => "a ServiceNow CMDB export",
        "glpi" => "a GLPI export",
        "csv" => "a table with a header",
        "html" => "a web page, perhaps the sign-in of the tool: save what the tool exports",
        "calendar" => "an iCalendar file",
        "openslo" => "OpenSLO, which belongs to monitoring",
        "rules" => "Prometheus rules, which belong to monitoring",
        "metrics" => "metrics of a Prometheus exporter: give its targets",
        "compose" => "a Docker Compose file",
        "template" => "a template that is not filled in: write it out first, as helm template does",
        "terraform" => "a Terraform state",
        "openapi" => "the description of an API",
        "tickets" => "tickets of an issue tracker, which belong to monitoring",
        null => "nothing known",
        _ => source,
    };

    private static string? Packed(string name, byte[] content, string? sheet)
    {
        if (!Workbook.IsPackage(content)) return FileKinds.Look(content);
        if (Workbook.OtherPackage(content) is { } other) return other;
        using var rows = new Workbook(name, content).Rows(sheet);
        return Table(string.Join(',', rows.Columns.Names));
    }

    private static string? Marked(ReadOnlySpan<char> head) =>
        Has(head, "<Set") ? "itop"
        : Has(head, "<sys_id>") || Has(head, "<sys_id/>") ? "servicenow"
        : Has(head, "<html") || Has(head, "<HTML") || head.StartsWith("<!DOCTYPE html", StringComparison.OrdinalIgnoreCase) ? "html"
        : null;

    /// <remarks>The surest mark of a tool first: words such as targets or fields stand in files of many.</remarks>
    private static string? Json(ReadOnlySpan<char> head) =>
        Has(head, "backstage.io/") ? "backstage"
        : OpenSloPattern().IsMatch(head) ? "openslo"
        : Has(head, "\"apiVersion\"") && Has(head, "\"kind\"") ? "kubernetes"
        : Has(head, "\"terraform_version\"") ? "terraform"
        : Has(head, "\"openapi\"") || Has(head, "\"swagger\"") ? "openapi"
        : ModelPattern().IsMatch(head) && Has(head, "\"fields\"") ? "netbox"
        : AddressPattern().IsMatch(head) ? "netbox"
        : Has(head, "\"sys_id\"") || Has(head, "\"sys_class_name\"") ? "servicenow"
        : Has(head, "\"objects\"") && Has(head, "\"class\"") ? "itop"
        : Has(head, "\"activeTargets\"") || Has(head, "\"targets\"") ? "prometheus"
        : Has(head, "\"entities_id\"") || Has(head, "\"otherserial\"") || (Has(head, "\"totalcount\"") && Has(head, "\"data\""))
            || (Has(head, "\"deviceid\"") && Has(head, "\"content\"")) ? "glpi"
        : Has(head, "\"issues\"") && Has(head, "\"fields\"") ? "tickets"
        : head.StartsWith("[") && Has(head, "{") && Has(head, "\"name\"") ? "csv"
        : null;

    private static string? Table(ReadOnlySpan<char> head)
    {
        if (head.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && head.IndexOf('\n') is var first and >= 0) head = head[(first + 1)..];
        var line = head.IndexOf('\n') is var end and >= 0 ? head[..end] : head;
        if (line.IndexOfAny(",;\t|") < 0) return null;
        return Has(line, "sys_id") || Has(line, "sys_class_name") || Has(line, "install_status") ? "servicenow"
            : Has(line, "Alternate username") || Has(line, "Inventory number") || Has(line, "Operating System - Name")
                || Has(line, "Système d'exploitation - Nom") || Has(line, "Betriebssystem - Name") ? "glpi" : "csv";
    }

    private static bool Has(ReadOnlySpan<char> text, string word) => text.Contains(word, StringComparison.Ordinal);

    [GeneratedRegex("\"apiVersion\":\\s*\"openslo/", RegexOptions.CultureInvariant)]
    private static partial Regex OpenSloPattern();

    [GeneratedRegex("\"model\":\\s*\"[a-z_]+\\.[a-z]+\"", RegexOptions.CultureInvariant)]
    private static partial Regex ModelPattern();

    [GeneratedRegex("/api/(?:dcim|virtualization|circuits|tenancy|ipam|vpn|wireless|core)/", RegexOptions.CultureInvariant)]
    private static partial Regex AddressPattern();

    [GeneratedRegex(@"(?:^|\n)(?:-\s+targets:|scrape_configs:|-\s+labels:[^-]*\n\s+targets:)", RegexOptions.CultureInvariant)]
    private static partial Regex TargetsPattern();
}
