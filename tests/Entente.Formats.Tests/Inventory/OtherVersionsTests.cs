using Entente.Documentation;
using Entente.Formats.Inventory;
using Entente.Terms;
using NodaTime;

namespace Entente.Formats.Tests.Inventory;

/// <summary>The same tools in other versions, spellings and sizes: what an export may look like elsewhere.</summary>
public sealed class OtherVersionsTests
{
    [Fact]
    public void NetBox_4_points_to_sites_by_generic_references()
    {
        const string dump = """
            [{"model":"dcim.site","pk":1,"fields":{"name":"Akron","status":"active"}},
             {"model":"circuits.provider","pk":2,"fields":{"name":"Level 3"}},
             {"model":"circuits.circuit","pk":3,"fields":{"cid":"C-3","provider":2,"status":"active"}},
             {"model":"circuits.circuittermination","pk":4,"fields":{"circuit":3,"term_side":"A","termination_type":["dcim","site"],"termination_id":1}},
             {"model":"virtualization.cluster","pk":5,"fields":{"name":"vc","scope_type":["dcim","site"],"scope_id":1}},
             {"model":"tenancy.contact","pk":6,"fields":{"name":"Beth"}},
             {"model":"tenancy.contactassignment","pk":7,"fields":{"object_type":["dcim","site"],"object_id":1,"contact":6}}]
            """;
        var export = Read(dump);
        Asset(export, "site.akron").Needs.ShouldBe([new KOfN(1, ["circuit.c-3"])]);
        Asset(export, "site.akron").Owner.ShouldBe("Beth");
        Asset(export, "cluster.vc").DependsOn.ShouldBe(["site.akron"]);
        Read(string.Join('\n', dump.Trim(' ', '\n', '[', ']').Split(",\n").Select(line => line.Trim()))).Links.ShouldBe(export.Links);
    }

    [Fact]
    public void Backstage_names_count_in_their_namespace_and_an_entity_named_twice_is_told()
    {
        var export = Read("""
            apiVersion: backstage.io/v1alpha1
            kind: Component
            metadata: {name: web}
            spec: {type: website, owner: team-a, subcomponentOf: shop, providesApis: [orders], dependsOn: ["component:ops/web"]}
            ---
            apiVersion: backstage.io/v1alpha1
            kind: Component
            metadata: {name: web, namespace: ops}
            spec: {type: service, owner: group:default/team-a}
            ---
            apiVersion: backstage.io/v1alpha1
            kind: Component
            metadata: {name: shop}
            spec: {type: website, consumesApis: [orders]}
            ---
            apiVersion: backstage.io/v1alpha1
            kind: API
            metadata: {name: orders}
            spec: {type: openapi, system: sales}
            ---
            apiVersion: backstage.io/v1alpha1
            kind: System
            metadata: {name: sales}
            spec: {domain: trade}
            ---
            apiVersion: backstage.io/v1alpha1
            kind: Domain
            metadata: {name: trade}
            ---
            apiVersion: backstage.io/v1alpha1
            kind: Group
            metadata: {name: team-a}
            spec: {type: team, profile: {displayName: Team A}}
            ---
            apiVersion: backstage.io/v1alpha1
            kind: Component
            metadata: {name: web}
            ---
            apiVersion: backstage.io/v1alpha1
            kind: Template
            metadata: {name: starter}
            """);
        export.ObjectsRead.ShouldBe(8);
        export.Findings.ShouldHaveSingleItem().Rule.ShouldBe("import.twice");
        Asset(export, "component.web").DependsOn.ShouldBe(["component.web-ops"]);
        Asset(export, "component.web").Owner.ShouldBe("Team A");
        Asset(export, "component.web-ops").Owner.ShouldBe("Team A");
        Asset(export, "component.shop").DependsOn.ShouldBe(["api.orders", "component.web"]);
        Asset(export, "api.orders").DependsOn.ShouldBe(["component.web"]);
        Asset(export, "system.sales").DependsOn.ShouldBe(["api.orders"]);
        Asset(export, "domain.trade").DependsOn.ShouldBe(["system.sales"]);
        export.Kinds.Single(kind => kind.Origin == "Template").As.ShouldBe(ExportUse.Bookkeeping);
    }

    [Fact]
    public void One_broken_file_among_many_is_told_and_the_others_are_read()
    {
        var export = InventoryExports.Read(
        [
            new("README.md", "# The catalogue"), new("good.yaml", "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {name: web}\n"),
            new("bad.yaml", "apiVersion: backstage.io/v1alpha1\nkind: [Component\nmetadata: {\n"),
        ], new());
        (export.Source, export.Items.ShouldHaveSingleItem().Item.Name).ShouldBe(("backstage", "web"));
        export.Findings.Select(finding => (finding.Severity, finding.Path.Split(',')[0]))
            .ShouldBe([(Severity.Warning, "README.md"), (Severity.Error, "bad.yaml")]);
    }

    [Fact]
    public void A_list_that_kubectl_prints_and_the_same_manifest_twice_are_read()
    {
        var export = Read("""{"apiVersion":"v1","kind":"List","items":[{"apiVersion":"v1","kind":"Service","metadata":{"name":"web"}},{"apiVersion":"v1","kind":"Service","metadata":{"name":"web"}},{"apiVersion":"v1","kind":"Secret","metadata":{"name":"s"}}]}""");
        export.Items.ShouldHaveSingleItem().Item.Key.ShouldBe("service.web");
        export.Kinds.Single(kind => kind.Origin == "Secret").As.ShouldBe(ExportUse.Detail);
    }

    [Fact]
    public void Targets_stand_in_a_whole_Prometheus_configuration_too()
    {
        var export = Read("""
            global: {scrape_interval: 15s}
            scrape_configs:
            - job_name: node
              static_configs:
              - targets: ['a:9100', 'b:9100']
            - job_name: self
              static_configs: [{targets: ['a:9090']}]
            """);
        export.Items.Select(one => one.Item.Key).ShouldBe(["node.a-9100", "node.b-9100", "self.a-9090"]);
        Asset(export, "self.a-9090").MeasuredBy.ShouldBe(["up{instance=\"a:9090\",job=\"self\"}"]);
    }

    [Fact]
    public void A_table_holds_assets_people_practices_and_goals()
    {
        var export = Read("""
            kind,key,name,type,capacity,needs,redundant with,per unit,cost per unit,skills,shift,hours per week,maturity,evidence,horizon,measure,due,owner
            asset,web,Web,farm,500 requests/s,"2 of w1, w2, w3",,,EUR 2,,,,,,,,,Erik
            asset,w1,Web 1,server,,,w2,,,,,,,,,,,
            asset,w2,Web 2,server,,,,,,,,,,,,,,
            asset,w3,Web 3,server,,,,,,,,,,,,,,
            team,ops,Operations,,,,,,,linux; postgres,Mon-Fri 9-17,152,,,,,,
            practice,inc,Incident management,,,,,,,,,,3,wiki/incidents,,,,Beth
            goal,fast,Faster checkout,,,,,,,,,,,,long,orders a day,2027-06-30,Cem
            """);
        Asset(export, "web").ShouldSatisfyAllConditions(
            web => web.Needs.ShouldBe([new KOfN(2, ["w1", "w2", "w3"])]), web => web.PerUnit.ShouldBe(new Money(2, "EUR")),
            web => web.Capacity.ShouldBe(new Quantity(500, "requests/s")), web => web.Owner.ShouldBe("Erik"));
        Asset(export, "w1").RedundantWith.ShouldBe(["w2"]);
        Item<InventoryItem.Person>(export, "ops").ShouldSatisfyAllConditions(
            ops => ops.IsTeam.ShouldBeTrue(), ops => ops.Skills.ShouldBe(["linux", "postgres"]), ops => ops.HoursPerWeek.ShouldBe(152m));
        Item<InventoryItem.Practice>(export, "inc").ShouldSatisfyAllConditions(
            inc => inc.Maturity.ShouldBe(3), inc => inc.Evidence.ShouldBe("wiki/incidents"), inc => inc.Owner.ShouldBe("Beth"));
        Item<InventoryItem.Goal>(export, "fast").ShouldSatisfyAllConditions(
            goal => goal.Horizon.ShouldBe(Horizon.Long), goal => goal.Due.ShouldBe(new LocalDate(2027, 6, 30)));
        export.Findings.ShouldBeEmpty();
        export.Columns.Single(column => column.Name == "cost per unit").Fields.ShouldBe(["perUnit"]);
    }

    [Fact]
    public void What_is_written_as_a_table_is_read_again_as_the_same_items()
    {
        InventoryItem[] items =
        [
            new InventoryItem.Asset
            {
                Key = "web", Name = "=Web; the \"first\"", What = "farm", Owner = "Erik", Lifecycle = Lifecycle.Retiring, Run = new(12.5m, "EUR"),
                PerUnit = new(2, "EUR"), Purchase = new(1000, "EUR"), Capacity = new(500, "requests/s"), Needs = [new(1, ["w1", "w2"])], Notes = "a\nb",
                MeasuredBy = ["up{instance=\"a:1\",job=\"b\"}", "probe"],
            },
            new InventoryItem.Asset { Key = "w1", Name = "W 1", What = "server", RedundantWith = ["w2"] },
            new InventoryItem.Asset { Key = "w2", Name = "W 2", What = "server", DependsOn = ["ops"] },
            new InventoryItem.Asset { Key = "ops", Name = "Operations room", What = "site" },
            new InventoryItem.Person
            {
                Key = "ops", Name = "Operations", IsTeam = true, Skills = ["linux", "postgres"], Shift = "Mon-Fri", HoursPerWeek = 152.5m,
            },
            new InventoryItem.Person { Key = "beth", Name = "Beth" },
            new InventoryItem.Practice { Key = "ops", Name = "Incidents", Maturity = 3, Evidence = "wiki" },
            new InventoryItem.Goal { Key = "fast", Name = "Faster", Horizon = Horizon.Long, Measure = "orders a day", Due = new(2027, 6, 30) },
        ];
        var export = InventoryExports.Read([new("inventory.csv", InventoryCsv.Write(items))], new());
        export.Findings.ShouldBeEmpty();
        export.Items.Select(one => one.Item).ShouldBe(items);
        InventoryCsv.Write(items).ShouldContain("\" =Web", customMessage: "no spreadsheet takes it for a formula");
    }

    [Theory]
    [InlineData("kind,name,hours per week\nperson,Erik,many\n", "x.csv, line 2, column hours per week", "expected a number")]
    [InlineData("kind,name,due\ngoal,Fast,soon\n", "x.csv, line 2, column due", "2026-12-31")]
    [InlineData("kind,name,maturity\npractice,Incidents,9\n", "x.csv, line 2, column maturity", "from 0 to 5")]
    [InlineData("name,needs\nWeb,all of them\n", "x.csv, line 2, column needs", "2 of web-1")]
    [InlineData("name,RAM\nWeb,plenty\n", "x.csv, line 2, column RAM", "64 GB")]
    [InlineData("name,purchase,run\nWeb,EUR 2,USD 3\n", "x.csv, line 2, column run", "different currencies")]
    [InlineData("name,depends on,redundant with\nWeb,db,db\n", "x.csv, line 2, column redundant with", "cannot be needed and spare at once")]
    public void A_row_that_cannot_be_read_names_line_and_column_and_the_remedy(string table, string path, string says)
    {
        var export = InventoryExports.Read([new("x.csv", table)], new());
        export.Items.ShouldBeEmpty();
        var finding = export.Findings.ShouldHaveSingleItem();
        (finding.Path, finding.Line, finding.Severity).ShouldBe((path, 2, Severity.Error));
        finding.Message.ShouldContain(says);
    }

    [Fact]
    public void ServiceNow_lists_relationships_and_costs_without_currency_are_read()
    {
        const string list = "\"name\",\"sys_id\",\"sys_class_name\",\"install_status\",\"cost\",\"cost_cc\",\"ram\",\"owned_by\"\n"
            + "\"lnux100\",\"3a290cc60a0a0bb400000bdb386af1cf\",\"cmdb_ci_linux_server\",\"1\",\"1,200.50\",\"USD\",\"8192\",\"Beth\"\n"
            + "\"sap\",\"26da329f0a0a0bb400f69d8159bc753d\",\"cmdb_ci_appl\",\"7\",\"99\",\"\",\"\",\"\"\n";
        const string relations = "parent,type,child\nsap,Runs on::Runs,lnux100\nlnux100,Connects to::Connected by,sap\n";
        var export = InventoryExports.Read([new("cmdb_ci.csv", list), new("cmdb_rel_ci.csv", relations)], new());
        export.Source.ShouldBe("servicenow");
        Asset(export, "3a290cc60a0a0bb400000bdb386af1cf").ShouldSatisfyAllConditions(
            server => server.Purchase.ShouldBe(new Money(1200.50m, "USD")), server => server.Capacity.ShouldBe(new Quantity(8192, "MB")));
        Asset(export, "26da329f0a0a0bb400f69d8159bc753d").ShouldSatisfyAllConditions(
            sap => sap.Lifecycle.ShouldBe(Lifecycle.Retired), sap => sap.DependsOn.ShouldBe(["3a290cc60a0a0bb400000bdb386af1cf"]),
            sap => sap.Purchase.ShouldBeNull());
        export.Findings.ShouldHaveSingleItem().Rule.ShouldBe("import.currency");
        InventoryExports.Read([new("cmdb_ci.csv", list)], new(Currency: "EUR")).Findings.ShouldBeEmpty();
        var xml = Read("""
            <unload unload_date="2026"><cmdb_ci_server action="INSERT_OR_UPDATE">
              <sys_id>77</sys_id><name>web</name><owned_by display_value="Beth">681ccaf9</owned_by>
            </cmdb_ci_server></unload>
            """);
        (xml.Source, Asset(xml, "77").What, Asset(xml, "77").Owner).ShouldBe(("servicenow", "cmdb_ci_server", "Beth"));
    }

    [Fact]
    public void A_renamed_row_keeps_the_key_that_its_number_gave_it()
    {
        Read("Asset Tag,Name\nA1,Web\n").Items.ShouldHaveSingleItem().Item.Key.ShouldBe("a1");
        Read("Asset Tag,Name\nA1,Web server\n").Items.ShouldHaveSingleItem().Item.Key.ShouldBe("a1");
    }

    [Fact]
    public void An_iTop_answer_that_found_nothing_holds_no_objects()
    {
        var export = InventoryExports.Read([new("a.json", """{"objects":{"Server::1":{"code":0,"class":"Server","key":"1","fields":{"name":"web","location_id":"2"}}},"code":0}"""),
            new("b.json", """{"objects":null,"code":0,"message":"Found: 0","class":"x"}""")], new("itop"));
        export.Items.ShouldHaveSingleItem().Item.Name.ShouldBe("web");
    }

    private static InventoryExport Read(string text) => InventoryExports.Read([new("x", text)], new());

    private static InventoryItem.Asset Asset(InventoryExport export, string key) => Item<InventoryItem.Asset>(export, key);

    private static T Item<T>(InventoryExport export, string key)
        where T : InventoryItem => export.Items.Select(one => one.Item).OfType<T>().Single(item => item.Key == key);
}
