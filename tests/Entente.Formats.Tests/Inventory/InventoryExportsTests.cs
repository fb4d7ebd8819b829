using System.Text;
using System.IO.Compression;
using Entente.Documentation;
using Entente.Formats.Inventory;
using Entente.Tests.Shared;

namespace Entente.Formats.Tests.Inventory;

public sealed class InventoryExportsTests
{
    [Fact]
    public void The_NetBox_demo_is_read_whole_with_its_relations()
    {
        var export = InventoryExports.Read(Files("netbox_demo"), new());
        export.Source.ShouldBe("netbox");
        export.ObjectsRead.ShouldBe(6915);
        export.Kinds.Sum(kind => kind.Count).ShouldBe(6915);
        Count(export).ShouldBe(new Dictionary<string, int>
        {
            ["virtualization.virtualmachine"] = 180,
            ["dcim.device"] = 72,
            ["dcim.powerfeed"] = 48,
            ["dcim.rack"] = 42,
            ["virtualization.cluster"] = 32,
            ["circuits.circuit"] = 29,
            ["dcim.site"] = 24,
            ["tenancy.tenant"] = 11,
            ["circuits.provider"] = 9,
            ["dcim.location"] = 4,
            ["dcim.module"] = 4,
            ["dcim.virtualchassis"] = 4,
            ["dcim.powerpanel"] = 4,
            ["tenancy.contact"] = 3,
            ["circuits.providernetwork"] = 1,
        }, ignoreOrder: true);
        export.Links.ShouldBe(471);
        export.Findings.ShouldBeEmpty();
        export.Items.SelectMany(one => InventoryRules.Validate(one.Item)).ShouldBeEmpty();
        var router = (InventoryItem.Asset)export.Items.Single(one => one.Item.Name == "dmi01-akron-rtr01").Item;
        (router.What, router.Lifecycle, router.Owner).ShouldBe(("router", Lifecycle.InUse, "Dunder-Mifflin, Inc."));
        router.DependsOn.Count.ShouldBe(1);
    }

    [Fact]
    public void Parts_of_devices_are_taken_when_they_are_asked_for()
    {
        var export = InventoryExports.Read(Files("netbox_demo"), new(WithParts: true));
        Count(export)["dcim.interface"].ShouldBe(1586);
        export.Items.Select(one => one.Item.Key).Distinct().Count().ShouldBe(export.Items.Count);
    }

    [Fact]
    public void The_same_NetBox_object_is_read_from_an_answer_of_the_API()
    {
        const string answer = """
            {"count":2,"results":[
              {"id":7,"url":"https://netbox.example/api/dcim/sites/7/","name":"Akron","status":{"value":"active","label":"Active"}},
              {"id":9,"url":"https://netbox.example/api/dcim/devices/9/","name":"rtr01","status":{"value":"planned","label":"Planned"},"site":{"id":7,"url":"https://netbox.example/api/dcim/sites/7/"}}]}
            """;
        var export = InventoryExports.Read([new("sites.json", answer)], new());
        var router = (InventoryItem.Asset)export.Items.Single(one => one.Origin == "dcim.device").Item;
        (router.Lifecycle, router.DependsOn.Single()).ShouldBe((Lifecycle.Planned, "site.akron"));
    }

    [Fact]
    public void The_iTop_sample_is_read_whole_with_its_relations()
    {
        var files = Files("itop_sample");
        files.Count.ShouldBe(54);
        var export = InventoryExports.Read(files, new());
        export.Source.ShouldBe("itop");
        export.ObjectsRead.ShouldBe(220);
        export.Items.Count.ShouldBe(78);
        Count(export)["Person"].ShouldBe(34);
        Count(export)["Server"].ShouldBe(4);
        export.Findings.Where(finding => finding.Severity == Severity.Error).ShouldBeEmpty();
        export.Items.SelectMany(one => InventoryRules.Validate(one.Item)).ShouldBeEmpty();
        Asset("VM1").DependsOn.ShouldNotBeEmpty();
        Asset("onlineSales").DependsOn.Count.ShouldBeGreaterThan(0);
        Asset("Server1").DependsOn.Single().ShouldStartWith("location.");
        export.Links.ShouldBeGreaterThan(30);

        InventoryItem.Asset Asset(string name) => export.Items.Select(one => one.Item).OfType<InventoryItem.Asset>().First(asset => asset.Name == name);
    }

    [Fact]
    public void Backstage_entities_are_read_whole_and_a_system_depends_on_its_parts()
    {
        var export = InventoryExports.Read(Files("backstage_catalog"), new());
        export.Source.ShouldBe("backstage");
        Count(export).ShouldBe(new Dictionary<string, int> { ["Component"] = 4, ["Resource"] = 1, ["System"] = 1 }, ignoreOrder: true);
        Asset("component.artist-lookup").DependsOn.ShouldBe(["resource.artists-db"]);
        Asset("system.artist-engagement-portal").DependsOn.ShouldBe(["component.artist-lookup", "component.www-artist", "resource.artists-db"]);
        export.Findings.ShouldContain(finding => finding.Message.Contains("api:wayback-archive"));

        InventoryItem.Asset Asset(string key) => (InventoryItem.Asset)export.Items.Single(one => one.Item.Key == key).Item;
    }

    [Fact]
    public void A_table_is_read_by_its_header_and_bad_rows_name_line_and_column()
    {
        const string table = "Asset Tag;Name;Type;Cost;Depends on\nA1;Web;server;EUR 1200;A2\nA2;Database;database;lots;\nA3;;server;;\nA1;Web "
            + "again;server;;\nA5;Mail;server;EUR 5\n";
        var export = InventoryExports.Read([new("assets.csv", table)], new());
        export.ObjectsRead.ShouldBe(5);
        export.Items.Select(one => one.Item.Name).ShouldBe(["Web"]);
        export.Findings.Where(finding => finding.Severity == Severity.Error).Select(finding => (finding.Path, finding.Line)).ShouldBe(
        [
            ("assets.csv, line 3, column Cost", 3), ("assets.csv, line 4, column Name", 4), ("assets.csv, line 5, column Asset Tag", 5),
                ("assets.csv, line 6", 6),
        ], ignoreOrder: true);
    }

    [Fact]
    public void Columns_are_mapped_by_hand_where_their_names_tell_nothing()
    {
        var export = InventoryExports.Read([new("x.csv", "foo,bar\nWeb,Erik\n")],
            new(Columns: new Dictionary<string, string> { ["name"] = "foo", ["owner"] = "bar" }));
        (export.Items[0].Item.Name, export.Items[0].Item.Owner).ShouldBe(("Web", "Erik"));
        var guessed = InventoryExports.Read([new("x.csv", "foo,bar\nWeb,Erik\n")], new());
        guessed.Items.ShouldBeEmpty();
        guessed.Findings.ShouldHaveSingleItem().Message.ShouldBe("no column tells the name; map one of foo, bar to 'name'");
        guessed.Columns.Select(column => (column.Name, column.Fields.Count, column.Samples[0])).ShouldBe([("foo", 0, "Web"), ("bar", 0, "Erik")]);
        Should.Throw<BadInputException>(() => InventoryExports.Read(
            [new("x.csv", "foo,bar\n")], new(Columns: new Dictionary<string, string> { ["name"] = "zork" })))
            .Message.ShouldContain("has no column 'zork'; it has foo, bar");
    }

    [Fact]
    public void ServiceNow_records_and_GLPI_tables_are_read_by_the_names_they_use()
    {
        const string records = """{"records":[{"sys_id":"6816f79cc0a8016401c5a33be04be441","name":"SAP-LB-Win-Cluster","sys_class_name":"cmdb_ci_cluster","install_status":"1","owned_by":{"display_value":"Beth"}}]}""";
        var now = InventoryExports.Read([new("cmdb.json", records)], new());
        (now.Source, ((InventoryItem.Asset)now.Items[0].Item).What, now.Items[0].Item.Owner).ShouldBe(("servicenow", "cmdb_ci_cluster", "Beth"));
        const string computers = "\"Name\";\"Status\";\"Inventory number\";\"Types\";\"Alternate username\"\n\"PC-1\";\"In "
            + "stock\";\"inv-77\";\"Laptop\";\"\"\n";
        var glpi = InventoryExports.Read([new("computers.csv", computers)], new());
        (glpi.Source, ((InventoryItem.Asset)glpi.Items[0].Item).Lifecycle, glpi.Items[0].Item.Key).ShouldBe(("glpi", Lifecycle.Planned, "inv-77"));
    }

    [Fact]
    public void Kubernetes_manifests_connect_what_routes_selects_and_claims()
    {
        const string manifests = """
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: shop}
            spec: {rules: [{http: {paths: [{path: /, backend: {service: {name: web, port: {number: 80}}}}]}}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: web}
            spec: {selector: {app: web}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web}
            spec:
              replicas: 3
              template:
                metadata: {labels: {app: web}}
                spec: {volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]}
            ---
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: data}
            """;
        var export = InventoryExports.Read([new("shop.yaml", manifests)], new());
        export.Source.ShouldBe("kubernetes");
        export.Items.Select(one => ((InventoryItem.Asset)one.Item, one.Item.Key)).Select(pair => $"{pair.Key} -> {string.Join(' ', pair.Item1.DependsOn)}")
            .ShouldBe(
            ["ingress.shop -> service.web", "service.web -> deployment.web", "deployment.web -> persistentvolumeclaim.data", "persistentvolumeclaim.data -> "]);
    }

    [Fact]
    public void Prometheus_targets_are_assets_that_are_measured()
    {
        var export = InventoryExports.Read([new("targets.json", """{"status":"success","data":{"activeTargets":[{"labels":{"instance":"web:9100","job":"node"}}]}}""")], new());
        ((InventoryItem.Asset)export.Items.Single().Item).MeasuredBy.ShouldBe(["up{instance=\"web:9100\",job=\"node\"}"]);
        InventoryExports.Read([new("sd.yml", "- targets: ['a:1', 'b:2']\n  labels: {job: web}\n")], new()).Items.Count.ShouldBe(2);
    }

    /// <remarks>A tool lets a house name its own states: what a word means is said once, for whatever tool it
    /// is.</remarks>
    [Theory]
    [InlineData("csv", "name,status\nweb,Im Bau\n")]
    [InlineData("netbox", "[{\"model\":\"dcim.site\",\"pk\":1,\"fields\":{\"name\":\"web\",\"status\":\"im bau\"}}]")]
    [InlineData("itop", "<Set><Server id=\"1\"><name>web</name><status>IM BAU</status></Server></Set>")]
    [InlineData("backstage",
        "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {name: web}\nspec: {lifecycle: Im Bau}")]
    public void A_status_nobody_knows_is_in_use_until_somebody_says_what_it_means(string source, string text)
    {
        var guessed = InventoryExports.Read([new("file", text)], new(source));
        guessed.Statuses.ShouldHaveSingleItem().Taken.ShouldBe(Lifecycle.InUse);
        var meant = InventoryExports.Read([new("file", text)],
            new(source, Statuses: new Dictionary<string, Lifecycle> { ["Im Bau"] = Lifecycle.Planned }));
        (meant.Statuses.Single().Count, meant.Statuses.Single().Taken, ((InventoryItem.Asset)meant.Items.Single().Item)
            .Lifecycle)
            .ShouldBe((1, Lifecycle.Planned, Lifecycle.Planned));
        meant.Findings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("netbox", "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {name: x}", "this looks like a Backstage catalogue")]
    [InlineData("itop", "name,type\na,b\n", "this looks like a table with a header")]
    [InlineData("csv", "<Set></Set>", "this looks like an iTop XML or REST export")]
    [InlineData(null, "just words", "looks like none of the exports")]
    [InlineData(null, "name\nweb\n", "names at least two columns")]
    [InlineData(null, " \n", "this looks like an empty file")]
    [InlineData("excel", "a,b", "expected one of csv, netbox")]
    [InlineData(null, "%PDF-1.7", "this looks like a PDF")]
    [InlineData("csv", "PK\u0003\u0004[Content_Types].xml", "this looks like a ZIP")]
    [InlineData(null, "{\"a\":1}", "this looks like JSON of no known tool")]
    [InlineData(null, "<a><b/></a>", "this looks like XML of no known tool")]
    [InlineData(null, "<!doctype html><html><body>Sign in</body></html>", "this looks like a web page")]
    [InlineData("kubernetes", "kind: Deployment\nmetadata: {name: {{ .Values.name }}}\n", "as helm template does")]
    [InlineData(null, "groups:\n- name: a\n  rules: []\n", "Prometheus rules")]
    [InlineData("netbox", "apiVersion: openslo/v1\nkind: SLO\nmetadata: {name: x}\n", "OpenSLO")]
    [InlineData(null, "{\"version\":4,\"terraform_version\":\"1.9\",\"resources\":[]}", "a Terraform state")]
    [InlineData("kubernetes", "services:\n  web: {image: nginx}\n", "a Docker Compose file")]
    public void A_wrong_kind_of_file_says_what_it_looks_like(string? source, string text, string says) =>
        Should.Throw<BadInputException>(() => InventoryExports.Read([ExportFile.Of("file",
            Encoding.UTF8.GetBytes(text))], new(source))).Message.ShouldContain(says);

    public static TheoryData<string, string> Samples => new()
    {
        { "csv", "name,type\nWeb,server\n" },
        { "netbox", "[{\"model\":\"dcim.site\",\"pk\":1,\"fields\":{\"name\":\"Akron\",\"targets\":1}}]" },
        { "netbox", "{\"count\":1,\"results\":[{\"id\":7,\"url\":\"https://n/api/dcim/sites/7/\",\"name\":\"Akron\"}]}" },
        { "itop", "<?xml version=\"1.0\"?>\n<Set><Server id=\"1\"><name>web</name></Server></Set>" },
        { "itop", "{\"objects\":{\"Server::1\":{\"class\":\"Server\",\"key\":\"1\",\"fields\":{\"name\":\"web\"}}},\"code\":0}" },
        { "backstage", "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {name: x}\n" },
        { "backstage", "[{\"apiVersion\":\"backstage.io/v1alpha1\",\"kind\":\"Component\",\"metadata\":{\"name\":\"x\"}}]" },
        { "kubernetes", "apiVersion: v1\nkind: Service\nmetadata: {name: x}\n" },
        { "kubernetes", "{\"apiVersion\":\"v1\",\"kind\":\"Service\",\"metadata\":{\"name\":\"x\"},\"spec\":{\"targets\":[]}}" },
        { "prometheus", "- targets: ['a:1']\n" },
        { "prometheus", "{\"status\":\"success\",\"data\":{\"activeTargets\":[{\"labels\":{\"instance\":\"a\"}}]}}" },
        { "servicenow", "name,sys_id,sys_class_name\nweb,1,cmdb_ci_server\n" },
        { "servicenow", "{\"result\":[{\"sys_id\":\"1\",\"name\":\"web\"}]}" },
        { "glpi", "\"Name\";\"Inventory number\";\n\"web\";\"7\";\n" },
        { "glpi", "[{\"id\":1,\"entities_id\":\"Root entity\",\"name\":\"web\",\"otherserial\":null}]" },
    };

    /// <remarks>Tables are the exception: any of them may be read as a plain one, and a plain one as that of either tool.</remarks>
    [Theory]
    [MemberData(nameof(Samples))]
    public void Each_kind_is_recognised_and_every_other_reader_refuses_it_with_the_right_guess(string kind, string text)
    {
        InventoryExports.Read([new("x", text)], new()).Source.ShouldBe(kind);
        var words = InventoryExports.Read([new("x", text)], new(kind)).Items.ShouldHaveSingleItem().Item.Name;
        words.ShouldNotBeEmpty();
        foreach (var other in InventoryExports.Sources.Where(other => other != kind))
        {
            if (kind is "csv" && other is "servicenow" or "glpi" || other is "csv" && kind is "servicenow" or "glpi") continue;
            var refused = Should.Throw<BadInputException>(() => InventoryExports.Read([new("x", text)], new(other)), $"{kind} as {other}");
            refused.Message.ShouldContain($"but this looks like {_words[kind]}");
        }
    }

    private static readonly Dictionary<string, string> _words = new()
    {
        ["csv"] = "a table with a header",
        ["netbox"] = "a NetBox dump",
        ["itop"] = "an iTop XML",
        ["backstage"] = "a Backstage catalogue",
        ["kubernetes"] = "Kubernetes manifests",
        ["prometheus"] = "Prometheus targets",
        ["servicenow"] = "a ServiceNow CMDB export",
        ["glpi"] = "a GLPI export",
    };

    [Fact]
    public void A_circle_of_dependencies_is_opened_and_told()
    {
        var export = InventoryExports.Read([new("a.csv", "key,name,depends on\na,A,b\nb,B,c\nc,C,a\n")], new());
        var told = export.Findings.ShouldHaveSingleItem();
        (told.Rule, told.Path).ShouldBe(("import.circle", "a.csv, line 4"));
        told.Message.ShouldContain("closes a circle: a → b → c → a; that link is left out");
        export.Links.ShouldBe(2);
    }

    private static Dictionary<string, int> Count(InventoryExport export) =>
        export.Items.GroupBy(one => one.Origin).ToDictionary(kind => kind.Key, kind => kind.Count());

    private static List<ExportFile> Files(string folder)
    {
        var root = SharedData.Path(folder);
        return [.. Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(file => new ExportFile(Path.GetRelativePath(root, file), Text(file)))];
    }

    private static string Text(string file)
    {
        if (!file.EndsWith(".gz", StringComparison.Ordinal)) return File.ReadAllText(file);
        using var reader = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
        return reader.ReadToEnd();
    }
}
