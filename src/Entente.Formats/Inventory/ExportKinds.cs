namespace Entente.Formats.Inventory;

/// <summary>Tells by its content what kind of export a file is.</summary>
internal static class ExportKinds
{
    public static string? Look(ExportFile file)
    {
        var head = file.Text.AsSpan(0, Math.Min(file.Text.Length, 20_000)).TrimStart('\uFEFF').TrimStart();
        if (head.StartsWith("<")) return Has(head, "<Set") ? "itop" : Has(head, "<sys_id>") ? "servicenow" : null;
        if (head.StartsWith("{") || head.StartsWith("[")) return Json(head);
        if (Has(head, "backstage.io/")) return "backstage";
        if (Has(head, "apiVersion:") && Has(head, "kind:")) return "kubernetes";
        if (head.StartsWith("- targets:") || Has(head, "\n- targets:") || Has(head, "scrape_configs:")) return "prometheus";
        var line = head.IndexOf('\n') is var end and >= 0 ? head[..end] : head;
        if (line.IndexOfAny(",;\t|") < 0) return null;
        return Has(line, "sys_id") || Has(line, "sys_class_name") || Has(line, "install_status") ? "servicenow"
            : Has(line, "Alternate username") || Has(line, "Inventory number") ? "glpi" : "csv";
    }

    /// <remarks>A table of one tool may be read as a plain table and the other way round: both have a header and rows.</remarks>
    public static bool Fits(string source, string? looks) => source == looks
        || (source is "csv" or "servicenow" or "glpi" && looks is "csv" or "servicenow" or "glpi");

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
        _ => "nothing known",
    };

    private static string? Json(ReadOnlySpan<char> head) =>
        Has(head, "\"model\"") && Has(head, "\"fields\"") ? "netbox"
        : Has(head, "/api/dcim/") || Has(head, "/api/virtualization/") || Has(head, "/api/circuits/") || Has(head, "/api/tenancy/") ? "netbox"
        : Has(head, "\"objects\"") && Has(head, "\"class\"") ? "itop"
        : Has(head, "backstage.io/") ? "backstage"
        : Has(head, "\"activeTargets\"") || Has(head, "\"targets\"") ? "prometheus"
        : Has(head, "\"apiVersion\"") && Has(head, "\"kind\"") ? "kubernetes"
        : Has(head, "\"sys_id\"") || Has(head, "\"sys_class_name\"") ? "servicenow"
        : null;

    private static bool Has(ReadOnlySpan<char> text, string word) => text.Contains(word, StringComparison.Ordinal);
}
