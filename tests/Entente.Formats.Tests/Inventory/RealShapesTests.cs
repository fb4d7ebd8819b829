using Entente.Documentation;
using Entente.Formats.Inventory;
using Entente.Terms;

namespace Entente.Formats.Tests.Inventory;

/// <summary>
/// The shapes that GLPI, ServiceNow and Kubernetes really answer and export, with their oddities. The inputs are ours; each
/// test names where the shape was read.
/// </summary>
public sealed class RealShapesTests
{
    /// <remarks>Shape: <c>GET Computer?expand_dropdowns=true</c> in GLPI's apirest.md: blanks of a web page, links, flags as numbers.</remarks>
    [Fact]
    public void GLPI_answers_a_list_with_web_blanks_and_templates()
    {
        var export = Read("""
            [{"id":34,"entities_id":"Root Entity","name":"web-1","serial":"VM 42","otherserial":null,"contact":"teclib","users_id_tech":"&nbsp;",
              "groups_id_tech":" ","comment":"x86_64","computermodels_id":"VMware Virtual Platform","computertypes_id":"Server","is_template":0,
              "is_deleted":0,"users_id":"Beth","states_id":"Production","links":[{"rel":"Entity","href":"http://glpi/api/Entity/0"}]},
             {"id":35,"name":"old","computertypes_id":"Server","is_template":0,"is_deleted":1,"users_id":"&nbsp;","states_id":"&nbsp;"},
             {"id":36,"name":"","template_name":"server","is_template":1,"is_deleted":0}]
            """);
        export.Source.ShouldBe("glpi");
        var web = export.Items.ShouldHaveSingleItem().Item.ShouldBeOfType<InventoryItem.Asset>();
        (web.Key, web.Name, web.What, web.Owner, web.Notes, web.Lifecycle).ShouldBe(("34", "web-1", "Server", "Beth", "x86_64", Lifecycle.InUse));
        export.Kinds.ShouldContain(new ExportKind("deleted there, or a template", 2, ExportUse.Bookkeeping));
        export.Findings.ShouldBeEmpty();
    }

    /// <remarks>Shape: the same answer without expand_dropdowns: references are numbers.</remarks>
    [Fact]
    public void Numbers_in_place_of_names_are_left_out_and_told_once()
    {
        var export = Read("""
            [{"id":1,"entities_id":0,"name":"a","computertypes_id":3,"users_id":7,"states_id":0},
             {"id":2,"entities_id":0,"name":"b","computertypes_id":3,"users_id":8,"states_id":0}]
            """);
        export.Items.Select(one => ((InventoryItem.Asset)one.Item).What).ShouldBe(["asset", "asset"]);
        export.Items.ShouldAllBe(one => one.Item.Owner == "");
        export.Findings.Where(finding => finding.Rule == "import.number").Select(finding => finding.Path)
            .ShouldBe(["x, column computertypes_id", "x, column users_id"], ignoreOrder: true);
        export.Findings.ShouldContain(finding => finding.Message.Contains("expand_dropdowns=true", StringComparison.Ordinal));
    }

    /// <remarks>Shape: <c>GET search/AllAssets</c> in apirest.md: columns are the numbers of search options.</remarks>
    [Fact]
    public void GLPI_search_answers_columns_by_number()
    {
        var export = Read("""
            {"totalcount":2,"count":2,"sort":[1],"order":["ASC"],"data":[
              {"1":"web-1","80":"Root entity","31":"En stock","4":"Server","5":"S1","6":"INV-9","70":"Beth","itemtype":"Computer"},
              {"1":"sw-1","80":"Root entity","31":null,"4":"Switch","6":"INV-10","70":null,"itemtype":"NetworkEquipment"}]}
            """);
        export.Items.Select(one => (one.Item.Key, one.Item.Name, one.Item.Type, one.Item.Owner))
            .ShouldBe([("inv-9", "web-1", "Server", "Beth"), ("inv-10", "sw-1", "Switch", "")]);
        ((InventoryItem.Asset)export.Items[0].Item).Lifecycle.ShouldBe(Lifecycle.Planned);
    }

    /// <remarks>Shape: the high-level API of GLPI 10.1 and later: what it points to is an object with id and name.</remarks>
    [Fact]
    public void GLPI_of_the_newer_API_answers_objects()
    {
        var export = Read("""
            [{"id":5,"name":"web-1","comment":"","contact":"c","otherserial":"INV-2","is_deleted":false,"status":{"id":1,"name":"Retired"},
              "entity":{"id":0,"name":"Root","completename":"Root"},"type":{"id":1,"name":"Notebook"},"user":{"id":3,"name":"Beth"},"user_tech":null,
              "group_tech":[{"id":4,"name":"Operations"}]}]
            """);
        var web = (InventoryItem.Asset)export.Items.ShouldHaveSingleItem().Item;
        (web.Key, web.What, web.Owner, web.Lifecycle).ShouldBe(("5", "Notebook", "Operations", Lifecycle.Retired));
        var twice = InventoryExports.Read([new("Computer.json", """[{"id":5,"name":"web-1","otherserial":null}]"""),
            new("Monitor.json", """[{"id":5,"name":"screen-1","otherserial":null}]""")], new());
        twice.Items.Select(one => one.Item.Key).ShouldBe(["5", "monitor.5"]);
        twice.Findings.ShouldBeEmpty();
    }

    /// <remarks>Shape: the JSON that glpi-agent sends (inventory_format), which its tests hold by the dozen.</remarks>
    [Fact]
    public void An_inventory_of_the_GLPI_agent_is_a_machine_and_the_machines_on_it()
    {
        var export = Read("""
            {"action":"inventory","deviceid":"kvm-1-2026-01-02-03-04-05","itemtype":"Computer","content":{
              "bios":{"smanufacturer":"Dell Inc.","smodel":"PowerEdge R650","ssn":"S1"},
              "hardware":{"name":"kvm-1","uuid":"4C4C4544-0034","memory":65536,"chassis_type":"Rack Mount Chassis"},
              "operatingsystem":{"full_name":"Debian GNU/Linux 12 (bookworm)"},"softwares":[{"name":"bash"}],"versionclient":"GLPI-Agent_v1.11",
              "virtualmachines":[{"name":"web-1","uuid":"aa-1","memory":2048,"vmtype":"kvm","status":"running"}]}}
            """);
        export.Source.ShouldBe("glpi");
        var (host, guest) = ((InventoryItem.Asset)export.Items[0].Item, (InventoryItem.Asset)export.Items[1].Item);
        (host.Name, host.What, host.Capacity, host.Notes).ShouldBe(
            ("kvm-1", "Rack Mount Chassis", new Quantity(65536, "MB"), "Debian GNU/Linux 12 (bookworm), Dell Inc. PowerEdge R650"));
        (guest.Name, guest.What, guest.DependsOn.Single()).ShouldBe(("web-1", "virtual machine", host.Key));
    }

    /// <remarks>Shape: the list of GLPI as CSV: byte order mark, semicolons, one more at each end of line, headers in the user's language.</remarks>
    [Fact]
    public void GLPI_lists_in_French_with_a_mark_and_a_semicolon_too_many()
    {
        var export = Read("\uFEFF\"Nom\";\"Statut\";\"Fabricant\";\"Numéro de série\";\"Types\";\"Système d'exploitation - Nom\";\"Lieu\";\"Usager\";\n"
            + "\"pc-1\";\"En service\";\"Dell\";\"S1\";\"Portable\";\"Debian\";\"Lyon\";\"Béatrice\";\n"
            + "\"pc-2\";\"En panne\";\"Dell\";\"S2\";\"Portable\";\"Debian\";\"Lyon\";\"\";\n");
        export.Source.ShouldBe("glpi");
        export.Items.Select(one => (one.Item.Name, one.Item.Type, one.Item.Owner)).ShouldBe([("pc-1", "Portable", "Béatrice"), ("pc-2", "Portable", "")]);
        export.Findings.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            told => told.Path.ShouldBe("x, line 3, column Statut"), told =>
                told.Message.ShouldContain("'En panne' is no status that is known"));
        export.Columns.Where(column => column.Fields.Count == 0 && column.Samples.Count > 0).Select(column => column.Name)
            .ShouldBe(["Fabricant", "Numéro de série", "Système d'exploitation - Nom", "Lieu"]);
    }

    /// <remarks>Shape: the Table API of ServiceNow with sysparm_display_value=all, and cmdb_rel_ci beside it.</remarks>
    [Fact]
    public void ServiceNow_answers_words_and_numbers_side_by_side()
    {
        var export = InventoryExports.Read(
        [
            new("cmdb_ci.json", """
                {"result":[
                 {"sys_id":{"display_value":"3a290cc60a0a0bb400000bdb386af1cf","value":"3a290cc60a0a0bb400000bdb386af1cf"},
                  "name":{"display_value":"lnux100","value":"lnux100"},"sys_class_name":{"display_value":"Linux Server","value":"cmdb_ci_linux_server"},
                  "install_status":{"display_value":"Installed","value":"1"},
                  "support_group":{"display_value":"Database","link":"https://x.service-now.com/api/now/table/sys_user_group/8a50","value":"8a50"}},
                 {"sys_id":{"display_value":"26da329f0a0a0bb400f69d8159bc753d","value":"26da329f0a0a0bb400f69d8159bc753d"},
                  "name":{"display_value":"SAP","value":"SAP"},"sys_class_name":{"display_value":"Application","value":"cmdb_ci_appl"},
                  "install_status":{"display_value":"Retired","value":"7"},"support_group":{"display_value":"","value":""}}]}
                """),
            new("cmdb_rel_ci.json", """
                {"result":[{"sys_id":"r1","parent":{"link":"https://x/api/now/table/cmdb_ci/26da","value":"26da329f0a0a0bb400f69d8159bc753d"},
                  "type":{"link":"https://x/api/now/table/cmdb_rel_type/60bc","value":"60bc4e22c0a8010e01f074cbe6bd73c3"},
                  "child":{"link":"https://x/api/now/table/cmdb_ci/3a29","value":"3a290cc60a0a0bb400000bdb386af1cf"}}]}
                """),
        ], new());
        export.Source.ShouldBe("servicenow");
        export.Items.Select(one => (one.Item.Name, one.Item.Type, one.Item.Owner))
            .ShouldBe([("lnux100", "Linux Server", "Database"), ("SAP", "Application", "")]);
        ((InventoryItem.Asset)export.Items[1].Item).ShouldSatisfyAllConditions(
            sap => sap.DependsOn.ShouldBe(["3a290cc60a0a0bb400000bdb386af1cf"]), sap => sap.Lifecycle.ShouldBe(Lifecycle.Retired));
        export.Findings.ShouldBeEmpty();
    }

    /// <remarks>Shape: the Table API without display values, where a group is only its sys_id; and the CMDB Instance API.</remarks>
    [Fact]
    public void ServiceNow_answers_one_instance_with_its_relations()
    {
        Read("""{"result":[{"sys_id":"1","name":"web","support_group":{"link":"https://x/8a5055c9c61122780043563ef53438e3","value":"8a5055c9c61122780043563ef53438e3"}}]}""")
            .Findings.ShouldHaveSingleItem().Message.ShouldContain("sysparm_display_value=true");
        var export = InventoryExports.Read(
        [
            new("a.json", """
                {"result":{"attributes":{"sys_id":"a1","name":"PS App","sys_class_name":"cmdb_ci_appl"},
                  "outbound_relations":[{"sys_id":"r","type":{"display_value":"Depends on::Used by","value":"1a9c"},"target":{"display_value":"PS ORA01","value":"b2"}}],
                  "inbound_relations":[]}}
                """),
            new("b.json", """{"result":{"attributes":{"sys_id":"b2","name":"PS ORA01","sys_class_name":"cmdb_ci_db_instance"},"outbound_relations":[]}}"""),
        ], new());
        ((InventoryItem.Asset)export.Items[0].Item).DependsOn.ShouldBe(["b2"]);
    }

    /// <remarks>Shape: one XML of several tables (unload), and the Table API asked for XML.</remarks>
    [Fact]
    public void ServiceNow_unloads_several_tables_into_one_file()
    {
        var export = Read("""
            <?xml version="1.0" encoding="UTF-8"?><unload unload_date="2026-01-02 03:04:05">
            <cmdb_ci_linux_server action="INSERT_OR_UPDATE"><name>lnux100</name><owned_by display_value="Beth">77</owned_by><sys_id>a1</sys_id><parent/>
            </cmdb_ci_linux_server>
            <cmdb_ci_appl action="INSERT_OR_UPDATE"><name>SAP</name><sys_id>b2</sys_id></cmdb_ci_appl>
            <cmdb_rel_ci action="INSERT_OR_UPDATE"><child display_value="lnux100">a1</child><parent display_value="SAP">b2</parent><sys_id>r1</sys_id>
            <type display_value="Runs on::Runs">60bc4e22c0a8010e01f074cbe6bd73c3</type></cmdb_rel_ci></unload>
            """);
        export.Items.Select(one => (one.Item.Name, one.Item.Type)).ShouldBe([("lnux100", "cmdb_ci_linux_server"), ("SAP", "cmdb_ci_appl")]);
        ((InventoryItem.Asset)export.Items[1].Item).DependsOn.ShouldBe(["a1"]);
        var answered = Read("<response><result><sys_id>1</sys_id><name>web</name><sys_class_name>cmdb_ci_server</sys_class_name></result></response>");
        answered.Items.ShouldHaveSingleItem().Item.Type.ShouldBe("cmdb_ci_server");
    }

    /// <remarks>
    /// Shape: release/kubernetes-manifests.yaml of Google's microservices-demo: licence and comments first, services named in the environment.
    /// </remarks>
    [Fact]
    public void Workloads_of_a_shop_depend_on_the_services_that_their_environment_names()
    {
        var export = Read("""
            # Copyright 2018 Google LLC
            #
            # Licensed under the Apache License, Version 2.0
            ---
            # Source: shop/templates/frontend.yaml
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: frontend
              labels: &labels
                app: frontend
            spec:
              selector: {matchLabels: *labels}
              template:
                metadata: {labels: *labels}
                spec:
                  containers:
                  - name: server
                    env:
                    - {name: PORT, value: "8080"}
                    - {name: CART_SERVICE_ADDR, value: "cart:7070"}
                    - {name: DATABASE_URL, value: "postgresql://shop:secret@db/shop"}
                    - {name: SEARCH_HOST, value: search.other.svc.cluster.local}
                    - {name: SELF, value: "http://frontend:80/"}
                    - {name: THEME, value: cart}
                    - {name: SECRET, valueFrom: {secretKeyRef: {name: s, key: k}}}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: frontend}
            spec: {selector: {app: frontend}}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: cart}
            spec: {type: ClusterIP}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: db}
            spec: {type: ExternalName, externalName: db.example.org}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: search, namespace: other}
            ---
            apiVersion: v1
            kind: ServiceAccount
            metadata: {name: frontend}
            ---
            # An empty document follows.
            ---
            """);
        Links(export, "deployment.frontend").ShouldBe(["service.cart", "service.db", "service.other-search"]);
        Links(export, "service.frontend").ShouldBe(["deployment.frontend"]);
        export.Findings.ShouldBeEmpty();
        export.Kinds.Single(kind => kind.Origin == "ServiceAccount").ShouldBe(new ExportKind("ServiceAccount", 1, ExportUse.Detail, ExportChoice.LeftOut));
    }

    /// <remarks>Shape: <c>kubectl get all,nodes,hpa,pdb -o json</c>: a List with what controllers made, and where it runs.</remarks>
    [Fact]
    public void What_a_controller_made_is_its_owner_and_tells_only_where_it_runs()
    {
        var export = Read("""
            {"apiVersion":"v1","kind":"List","metadata":{"resourceVersion":""},"items":[
              {"apiVersion":"v1","kind":"Node","metadata":{"name":"node-a"}},{"apiVersion":"v1","kind":"Node","metadata":{"name":"node-b"}},
              {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web"},
               "spec":{"replicas":2,"template":{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[]}}}},
              {"apiVersion":"apps/v1","kind":"ReplicaSet","metadata":{"name":"web-7d","ownerReferences":[{"kind":"Deployment","name":"web","controller":true}]}},
              {"apiVersion":"v1","kind":"Pod","metadata":{"name":"web-7d-x","labels":{"app":"web"},
               "ownerReferences":[{"kind":"ReplicaSet","name":"web-7d","controller":true}]},"spec":{"nodeName":"node-a"}},
              {"apiVersion":"v1","kind":"Pod","metadata":{"name":"web-7d-y","labels":{"app":"web"},
               "ownerReferences":[{"kind":"ReplicaSet","name":"web-7d","controller":true}]},"spec":{"nodeName":"node-b"}},
              {"apiVersion":"autoscaling/v2","kind":"HorizontalPodAutoscaler","metadata":{"name":"web"},
               "spec":{"scaleTargetRef":{"kind":"Deployment","name":"web"},"minReplicas":2,"maxReplicas":9}},
              {"apiVersion":"policy/v1","kind":"PodDisruptionBudget","metadata":{"name":"web"},
               "spec":{"minAvailable":1,"selector":{"matchLabels":{"app":"web"}}}}]}
            """);
        export.Items.Select(one => one.Item.Key).ShouldBe(["node.node-a", "node.node-b", "deployment.web"]);
        var web = (InventoryItem.Asset)export.Items[2].Item;
        web.Needs.ShouldBe([new KOfN(1, ["node.node-a", "node.node-b"])]);
        web.Notes.ShouldBe("namespace default; scales from 2 to 9; at least 1 stay up in planned work");
        web.Capacity.ShouldBe(new Quantity(2, "pieces"));
    }

    /// <remarks>
    /// Shape: Istio's bookinfo (VirtualService by host), the Gateway API (HTTPRoute), an older Ingress, Strimzi-like members of a stateful set,
    /// and kube-prometheus (own kinds).
    /// </remarks>
    [Fact]
    public void Routes_of_every_spelling_lead_to_services_and_own_kinds_are_taken_when_chosen()
    {
        const string manifests = """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: reviews}
            spec: {hosts: [reviews], http: [{route: [{destination: {host: reviews, subset: v1}}]}]}
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: bookinfo}
            spec: {parentRefs: [{name: gateway}], rules: [{backendRefs: [{name: reviews, port: 9080}]}]}
            ---
            apiVersion: networking.k8s.io/v1beta1
            kind: Ingress
            metadata: {name: old}
            spec: {rules: [{host: books.example.org, http: {paths: [{backend: {serviceName: reviews, servicePort: 80}}]}}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: reviews}
            spec: {selector: {app: kafka}}
            ---
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: kafka}
            spec:
              replicas: 3
              template:
                metadata: {labels: {app: kafka}}
                spec:
                  volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]
                  containers: [{name: k, env: [{name: PEERS, value: "kafka-0.peers:9092,kafka-1.peers:9092"}]}]
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: peers}
            spec: {clusterIP: None}
            ---
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: data}
            spec: {volumeName: pv-1, resources: {requests: {storage: 10Gi}}}
            ---
            apiVersion: v1
            kind: PersistentVolume
            metadata: {name: pv-1}
            spec: {capacity: {storage: 10Gi}}
            ---
            apiVersion: monitoring.coreos.com/v1
            kind: Prometheus
            metadata: {name: k8s, namespace: monitoring}
            """;
        var export = Read(manifests);
        Links(export, "virtualservice.reviews").ShouldBe(["service.reviews"]);
        Links(export, "httproute.bookinfo").ShouldBe(["service.reviews"]);
        Links(export, "ingress.old").ShouldBe(["service.reviews"]);
        Links(export, "statefulset.kafka").ShouldBe(["persistentvolumeclaim.data", "service.peers"]);
        Links(export, "persistentvolumeclaim.data").ShouldBe(["persistentvolume.pv-1"]);
        export.Items.Select(one => one.Item).OfType<InventoryItem.Asset>().Single(one => one.Key == "persistentvolumeclaim.data").Capacity
            .ShouldBe(new Quantity(10, "GiB"));
        export.Items.ShouldNotContain(one => one.Origin == "Prometheus");
        var chosen = InventoryExports.Read([new("x", manifests)], new(Kinds: new Dictionary<string, ExportChoice>
        {
            ["Prometheus"] = ExportChoice.Asset,
            ["PersistentVolume"] = ExportChoice.LeftOut,
        }));
        chosen.Items.ShouldContain(one => one.Item.Key == "prometheus.monitoring-k8s");
        Links(chosen, "persistentvolumeclaim.data").ShouldBeEmpty();
        chosen.Findings.ShouldBeEmpty();
        chosen.Kinds.Single(kind => kind.Origin == "PersistentVolume").Taken.ShouldBe(ExportChoice.LeftOut);
    }

    /// <remarks>Shape: a list saved by Excel in a German office: its own first line, decimal commas, the Western code page.</remarks>
    [Fact]
    public void A_sheet_of_a_German_office_is_read_with_its_commas()
    {
        byte[] western = [.. "sep=;\r\nBezeichnung;Typ;Run;Hours per week\r\nB"u8, 0xFC, .. "ro;Drucker;1.200,50 EUR;\r\n"u8];
        var export = InventoryExports.Read([new("x.csv", ExportTexts.Decode(western))], new());
        var printer = (InventoryItem.Asset)export.Items.ShouldHaveSingleItem().Item;
        (printer.Name, printer.What, printer.Run).ShouldBe(("Büro", "Drucker", new Money(1200.50m, "EUR")));
        export.Items[0].Row.ShouldBe(3);
        ExportTexts.Decode([0xFF, 0xFE, 0x41, 0x00]).ShouldBe("A");
    }

    [Fact]
    public void Columns_and_kinds_are_read_as_somebody_chose()
    {
        const string table = "Name,Type,Contact,Hours\nOps,squad,Beth,38\nWeb,server,Erik,\n";
        var export = InventoryExports.Read([new("x.csv", table)], new(
            Columns: new Dictionary<string, string> { ["owner"] = "", ["hoursPerWeek"] = "Hours", ["notes"] = "Contact" },
            Kinds: new Dictionary<string, ExportChoice> { ["squad"] = ExportChoice.Team, ["server"] = ExportChoice.LeftOut }));
        var team = export.Items.ShouldHaveSingleItem().Item.ShouldBeOfType<InventoryItem.Person>();
        (team.IsTeam, team.HoursPerWeek, team.Owner, team.Notes).ShouldBe((true, 38m, "", "Beth"));
        export.Kinds.Select(kind => (kind.Origin, kind.Count, kind.Taken))
            .ShouldBe([("server", 1, ExportChoice.LeftOut), ("squad", 1, ExportChoice.Team)], ignoreOrder: true);
    }

    private static InventoryExport Read(string text) => InventoryExports.Read([new("x", text)], new());

    private static IEnumerable<string> Links(InventoryExport export, string key) =>
        ((InventoryItem.Asset)export.Items.Single(one => one.Item.Key == key).Item).DependsOn;
}
