using System.Text;
using System.Text.Json;
using Entente.Tests.Shared;
using static Entente.Server.Tests.Documentation.Documented;

namespace Entente.Server.Tests.Documentation;

public sealed class ImportDoorTests : IAsyncLifetime
{
    private const string Table = "key,name,type,depends on\nweb,Web,server,db\ndb,Database,database,\n";

    private Cast _cast = null!;

    public async ValueTask InitializeAsync()
    {
        _cast = await Cast.Assemble();
        await _cast.Approve();
    }

    public ValueTask DisposeAsync() => _cast.DisposeAsync();

    [Fact]
    public async Task An_export_is_previewed_taken_over_and_taken_back()
    {
        var import = await Read("a.csv", Encoding.UTF8.GetBytes(Table));
        (import.GetProperty("added").GetInt64(), await Total()).ShouldBe((2, 0));
        await TakeOver(import);
        (await Total()).ShouldBe(2);
        (await Must(_cast.Sam.Ask(HttpMethod.Get, _cast.Path("/inventory/asset/web")))).GetProperty("source").GetString().ShouldBe("csv");
        await Must(_cast.Pia.Ask(HttpMethod.Post, _cast.Path($"/inventory/imports/{Id(import)}/undoing")));
        (await Total()).ShouldBe(0);
    }

    [Fact]
    public async Task The_NetBox_demo_twice_changes_nothing_the_second_time()
    {
        var dump = await File.ReadAllBytesAsync(SharedData.Path("netbox_demo", "netbox-demo-v3.6.json.gz"));
        var first = await Read("netbox.json.gz", dump);
        first.GetProperty("added").GetInt64().ShouldBe(467);
        await TakeOver(first);
        var again = await Read("netbox.json.gz", dump);
        (again.GetProperty("added").GetInt64(), again.GetProperty("changed").GetInt64(), again.GetProperty("unchanged").GetInt64(),
            again.GetProperty("missing").GetArrayLength()).ShouldBe((0, 0, 467, 0));
        again.GetProperty("digest").GetString().ShouldBe(first.GetProperty("digest").GetString());
        var (status, problem) = await _cast.Pia.Ask(HttpMethod.Post, _cast.Path($"/inventory/imports/{Id(again)}/taking-over"));
        (status, problem.GetProperty("code").GetString()).ShouldBe((422, "import.nothing_new"));
        (await _cast.Sam.Look($"/engagements/{_cast.Engagement}/inventory?kind=asset&skip=50")).Html.ShouldContain("51 to 100 of 453");
    }

    [Theory]
    [InlineData("itop_sample", 78)]
    [InlineData("backstage_catalog", 6)]
    public async Task A_folder_of_files_twice_changes_nothing_the_second_time(string folder, int items)
    {
        var root = SharedData.Path(folder);
        using var packed = new MemoryStream();
        using (var zip = new System.IO.Compression.ZipArchive(packed, System.IO.Compression.ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var file in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories))
            {
                await using var entry = zip.CreateEntry(Path.GetRelativePath(root, file)).Open();
                await entry.WriteAsync(await File.ReadAllBytesAsync(file));
            }
        }

        var first = await Read("all.zip", packed.ToArray());
        first.GetProperty("added").GetInt32().ShouldBe(items);
        await TakeOver(first);
        (await Total()).ShouldBe(items);
        var again = await Read("all.zip", packed.ToArray());
        (again.GetProperty("added").GetInt32(), again.GetProperty("changed").GetInt32(), again.GetProperty("unchanged").GetInt32(),
            again.GetProperty("missing").GetArrayLength()).ShouldBe((0, 0, items, 0));
    }

    [Fact]
    public async Task A_change_shows_what_differs_and_hides_what_the_other_side_pays()
    {
        await TakeOver(await Read("a.csv", "key,name,owner,run\nweb,Web,Erik,EUR 300\n"u8.ToArray()));
        var next = await Read("a.csv", "key,name,owner,run\nweb,Web,Beth,EUR 417\n"u8.ToArray());
        var page = $"/engagements/{_cast.Engagement}/inventory/imports/{Id(next)}";
        var html = System.Net.WebUtility.HtmlDecode((await _cast.Pia.Look(page)).Html);
        html.ShouldContain("owner: <del>Erik</del> → <ins>Beth</ins>");
        html.ShouldContain("EUR 417");
        html.ShouldContain("EUR 417</td>");
        var other = (await _cast.Cem.Look(page)).Html;
        other.ShouldContain("Beth");
        other.ShouldNotContain("417");
        (await Must(_cast.Cem.Ask(HttpMethod.Get, _cast.Path($"/inventory/imports/{Id(next)}")))).ToString().ShouldNotContain("417");
        await TakeOver(next);
        (await _cast.Pia.Look(page)).Html.ShouldContain("<del>Erik</del>");
    }

    [Fact]
    public async Task A_mapping_is_corrected_on_the_preview_and_the_kept_file_read_again()
    {
        var import = await Read("a.csv", "Bezeichner;Sorte;Miete;Rack\nWeb;server;417;R1\nOps;squad;;\n"u8.ToArray());
        import.GetProperty("findings")[0].GetProperty("message").GetString()!.ShouldContain("no column tells the name");
        var page = $"/engagements/{_cast.Engagement}/inventory/imports/{Id(import)}";
        var html = System.Net.WebUtility.HtmlDecode((await _cast.Pia.Look(page)).Html);
        html.ShouldContain("These columns fill nothing: Bezeichner, Sorte, Miete, Rack");
        html.ShouldContain("Web · Ops");
        (await _cast.Cem.Look(page)).Html.ShouldNotContain("417");
        (await _cast.Pia.Submit($"{page}/taking-over")).Html.ShouldContain("no row could be read as an item");

        (await _cast.Pia.Submit($"{page}/mapping", [.. Chosen(("Bezeichner", "name"), ("Sorte", "what"), ("Miete", "name"), ("Rack", ""))]))
            .Html.ShouldContain("both fill");
        (await _cast.Pia.Submit($"{page}/mapping", [.. Chosen(("Bezeichner", "name"), ("Sorte", "what"), ("Miete", "run"), ("Rack", ""))]))
            .Status.ShouldBe(303);
        var seen = await Must(_cast.Pia.Ask(HttpMethod.Get, _cast.Path($"/inventory/imports/{Id(import)}")));
        (seen.GetProperty("import").GetProperty("added").GetInt32(), seen.GetProperty("rows").GetArrayLength()).ShouldBe((2, 2));
        (await _cast.Cem.Look(page)).Html.ShouldNotContain("417");

        var again = (await Must(_cast.Pia.Ask(HttpMethod.Put, _cast.Path($"/inventory/imports/{Id(import)}/mapping"), new
        {
            columns = new { name = "Bezeichner", what = "Sorte", run = "Miete", notes = "Rack" },
            kinds = new { squad = "team" },
            currency = "EUR",
        }))).GetProperty("import");
        again.GetProperty("findings").GetArrayLength().ShouldBe(0);
        var stale = await _cast.Pia.Ask(HttpMethod.Post,
            _cast.Path($"/inventory/imports/{Id(import)}/taking-over?digest={seen.GetProperty("import").GetProperty("digest").GetString()}"));
        (stale.Status, stale.Body.GetProperty("code").GetString()).ShouldBe((422, "import.read_again"));
        await TakeOver(again);
        (await Must(_cast.Pia.Ask(HttpMethod.Get, _cast.Path("/inventory/asset/web")))).GetProperty("item").GetProperty("run").GetString().ShouldBe("EUR 417");
        (await Must(_cast.Pia.Ask(HttpMethod.Get, _cast.Path("/inventory/person/ops")))).GetProperty("item").GetProperty("isTeam").GetBoolean().ShouldBeTrue();
        (await Remap(_cast.Pia, import, new { })).Body.GetProperty("code").GetString().ShouldBe("import.taken_over");
    }

    [Fact]
    public async Task A_mapping_of_others_or_of_nothing_is_refused_and_files_of_long_ago_are_gone()
    {
        var import = await Read("a.csv", Encoding.UTF8.GetBytes(Table));
        (await Remap(_cast.Cem, import, new { })).Body.GetProperty("code").GetString().ShouldBe("inventory.not_yours");
        (await Remap(_cast.Sam, import, new { })).Status.ShouldBe(403);
        (await Remap(_cast.Zoe, import, new { })).Status.ShouldBe(404);
        (await Remap(_cast.Pia, import, new { kinds = new { server = "thing" } })).Body.GetProperty("errors").ToString().ShouldContain("kinds.server");
        (await Remap(_cast.Pia, import, new { columns = new { owner = "Zork" } })).Body.GetProperty("errors").ToString().ShouldContain("mapping.owner");
        (await Remap(_cast.Pia, import, new { source = "netbox" })).Body.GetProperty("detail").GetString()!.ShouldContain("looks like a table");
        (await Remap(_cast.Pia, import, new { currency = "EURO" })).Status.ShouldBe(400);
        for (var i = 0; i < 5; i++)
        {
            _cast.Clock.Now += NodaTime.Duration.FromMinutes(1);
            await Read("a.csv", Encoding.UTF8.GetBytes(Table));
        }

        (await Remap(_cast.Pia, import, new { })).Body.GetProperty("code").GetString().ShouldBe("import.not_kept");
    }

    [Fact]
    public async Task A_workbook_is_read_by_the_sheet_that_is_chosen_and_the_same_again_changes_nothing()
    {
        var book = Xlsx.Book(new Xlsx.Sheet("Servers", Xlsx.Rows("name|owner", "Web|Erik")),
            new("Sites", Xlsx.Rows("name|status|owner", "Berlin|Im Bau|Beth", "Oslo|Im Bau|Beth", "Rom|live|Beth")));
        var import = await Read("assets.xlsx", book);
        import.GetProperty("findings")[0].GetProperty("message").GetString()!.ShouldContain("also holds Sites");
        var page = $"/engagements/{_cast.Engagement}/inventory/imports/{Id(import)}";
        (await _cast.Pia.Look(page)).Html.ShouldContain("Servers, read now");
        (await _cast.Pia.Submit($"{page}/mapping", [("sheet.was", ""), ("sheet", "Sites"),
            .. Chosen(("name", "name"), ("owner", "notes"))]))
            .Status.ShouldBe(303);
        var html = (await _cast.Pia.Look(page)).Html;
        html.ShouldContain("Im Bau</span><span class=\"chip warn\">not known</span>");
        html.ShouldContain("<option value=\"Sites\" selected>Sites, read now</option>");

        (await _cast.Pia.Submit($"{page}/mapping", ("sheet.was", "Sites"), ("sheet", "Sites"), ("status.0", "Im Bau"),
            ("status.0.was", "inUse"), ("status.0.as", "planned"),
            ("status.1", "live"), ("status.1.was", "inUse"), ("status.1.as", "inUse"))).Status.ShouldBe(303);
        var seen = (await Must(_cast.Pia.Ask(HttpMethod.Get, _cast.Path($"/inventory/imports/{Id(import)}"))))
            .GetProperty("import");
        seen.GetProperty("findings").GetArrayLength().ShouldBe(0);
        var account = seen.GetProperty("account");
        account.GetProperty("mapping").GetProperty("statuses").ToString().ShouldBe("""{"Im Bau":"planned"}""");
        account.GetProperty("statuses").EnumerateArray().Select(one => one.GetProperty("taken").GetString())
            .ShouldBe(["planned", "inUse"]);
        (await Must(_cast.Cem.Ask(HttpMethod.Get, _cast.Path($"/inventory/imports/{Id(import)}"))))
            .GetProperty("import").GetProperty("account")
            .GetProperty("statuses").GetArrayLength().ShouldBe(0, "cells of the other side");
        await TakeOver(seen);
        (await Must(_cast.Pia.Ask(HttpMethod.Get, _cast.Path("/inventory/asset/oslo")))).GetProperty("item")
            .GetProperty("lifecycle").GetString()
            .ShouldBe("planned");

        using var again = Form("assets.xlsx", book);
        again.Add(new StringContent("Sites"), "sheet");
        again.Add(new StringContent("im bau = planned"), "statuses");
        using var response = await _cast.Pia.PostAsync(_cast.Path("/inventory/imports"), again);
        var same = JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync())
            .GetProperty("import");
        (same.GetProperty("unchanged").GetInt32(), same.GetProperty("added").GetInt32(), same.GetProperty("changed")
            .GetInt32()).ShouldBe((3, 0, 0));
        (await Remap(_cast.Pia, same, new { sheet = "Racks" })).Body.GetProperty("detail")
            .GetString()!.ShouldContain("expected one of Servers, Sites");
        (await Remap(_cast.Pia, same, new { statuses = new { live = "gone" } })).Body.GetProperty("errors").ToString()
            .ShouldContain("statuses.live");
    }

    [Fact]
    public async Task The_inventory_is_downloaded_as_a_table_edited_and_read_again()
    {
        await TakeOver(await Read("a.csv", "kind,key,name,run,skills,hours per week\nasset,web,Web,EUR 417,,\nteam,ops,Operations,,linux,152\n"u8.ToArray()));
        var table = await _cast.Pia.GetStringAsync(_cast.Path("/inventory/table.csv"));
        var same = await Read("b.csv", Encoding.UTF8.GetBytes(table));
        (same.GetProperty("unchanged").GetInt32(), same.GetProperty("changed").GetInt32(), same.GetProperty("added").GetInt32()).ShouldBe((2, 0, 0));
        var edited = await Read("b.csv", Encoding.UTF8.GetBytes(table.Replace("152", "76", StringComparison.Ordinal)));
        edited.GetProperty("changed").GetInt32().ShouldBe(1);
        var page = $"/engagements/{_cast.Engagement}/inventory";
        var (_, people) = await _cast.Sam.Look($"{page}?kind=person");
        people.ShouldContain("152 hours a week");
        people.ShouldContain("<td>linux</td>");
        (await _cast.Pia.Look(page)).Html.ShouldContain("417");
        (await _cast.Cem.Look(page)).Html.ShouldNotContain("417");
        (await _cast.Pia.Look($"{page}/table.csv?kind=person")).Html.ShouldNotContain("417");
        (await _cast.Cem.Look($"{page}/table.csv?side=provider")).Html.ShouldContain("Operations");
        (await _cast.Cem.Look($"{page}/table.csv?side=provider")).Html.ShouldNotContain("417", customMessage: "the other side's costs");
        (await _cast.Cem.GetStringAsync(_cast.Path("/inventory/table.csv"))).ShouldNotContain("Operations", customMessage: "none names one's own side");
        (await _cast.Zoe.Look($"{page}/table.csv")).Status.ShouldBe(404);
        (await _cast.Zoe.Ask(HttpMethod.Get, _cast.Path("/inventory/table.csv"))).Status.ShouldBe(404);
        (await _cast.Pia.Ask(HttpMethod.Get, _cast.Path("/inventory/table.csv?side=both"))).Status.ShouldBe(400);
    }

    private Task<(int Status, JsonElement Body)> Remap(HttpClient who, JsonElement import, object mapping) =>
        who.Ask(HttpMethod.Put, _cast.Path($"/inventory/imports/{Id(import)}/mapping"), mapping);

    private static IEnumerable<(string, string)> Chosen(params (string Column, string Field)[] columns) => columns
        .SelectMany((one, place) => new[] { ($"column.{place}", one.Column), ($"column.{place}.field", one.Field) });

    [Fact]
    public async Task What_is_gone_from_the_next_export_is_shown_and_kept_and_what_changed_since_survives_the_undoing()
    {
        await TakeOver(await Read("a.csv", Encoding.UTF8.GetBytes(Table)));
        await Must(_cast.Pia.Ask(HttpMethod.Put, _cast.Path("/inventory/asset/db"),
            new { kind = "asset", key = "db", name = "Database", what = "database", run = "EUR 300" }));
        var next = await Read("a.csv", Encoding.UTF8.GetBytes("key,name,type\ndb,Orders database,database\n"));
        (next.GetProperty("changed").GetInt64(), next.GetProperty("missing")[0].GetString()).ShouldBe((1, "web"));
        await TakeOver(next);
        var item = (await Must(_cast.Pia.Ask(HttpMethod.Get, _cast.Path("/inventory/asset/db")))).GetProperty("item");
        (item.GetProperty("name").GetString(), item.GetProperty("run").GetString(), await Total()).ShouldBe(("Orders database", "EUR 300", 2));
        await Must(_cast.Pia.Ask(HttpMethod.Post, _cast.Path($"/inventory/imports/{Id(next)}/undoing")));
        (await Must(_cast.Pia.Ask(HttpMethod.Get, _cast.Path("/inventory/asset/db")))).GetProperty("item").GetProperty("name").GetString().ShouldBe("Database");
    }

    [Fact]
    public async Task A_wrong_kind_of_file_and_a_wrong_person_are_refused()
    {
        (await Send(_cast.Pia, "x.txt", "no table"u8.ToArray())).Body.GetProperty("detail").GetString()!.ShouldContain("looks like none of the exports");
        (await Send(_cast.Pia, "x.xlsx", Xlsx.Of("name|owner", "Web|Erik")[..300])).Body.GetProperty("detail")
            .GetString()!.ShouldContain("is cut off, damaged");
        (await Send(_cast.Pia, "x.zip", Packed(Packed(Packed(Packed(Packed("name,owner\n"u8.ToArray())))))))
            .Body.GetProperty("detail").GetString()!
            .ShouldContain("packed files within each other");
        (await Send(_cast.Pia, "x.gz", [0x1F, 0x8B, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9])).Body.GetProperty("detail")
            .GetString()!.ShouldContain("damaged");
        (await Send(_cast.Pia, "x.zip", Packed(new byte[] { 0x89, (byte)'P', (byte)'N', (byte)'G' })))
            .Body.GetProperty("detail").GetString()!
            .ShouldContain("this looks like a picture");
        (await Send(_cast.Cem, "a.csv", Encoding.UTF8.GetBytes(Table))).Body.GetProperty("code").GetString().ShouldBe("inventory.not_yours");
        (await Send(_cast.Sam, "a.csv", Encoding.UTF8.GetBytes(Table))).Status.ShouldBe(403);
        (await Send(_cast.Zoe, "a.csv", Encoding.UTF8.GetBytes(Table))).Status.ShouldBe(404);
        (await _cast.Zoe.Look($"/engagements/{_cast.Engagement}/inventory/imports")).Status.ShouldBe(404);
        (await _cast.Pia.Ask(HttpMethod.Get, _cast.Path("/inventory/imports/imp_none"))).Status.ShouldBe(404);
    }

    [Fact]
    public async Task The_page_reads_an_export_shows_it_and_takes_it_over()
    {
        using var form = Form("a.csv", Encoding.UTF8.GetBytes(Table + "x,,y,\n"));
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/engagements/{_cast.Engagement}/inventory/imports") { Content = form };
        request.Headers.Accept.ParseAdd("text/html");
        using var response = await _cast.Pia.SendAsync(request);
        ((int)response.StatusCode).ShouldBe(303);
        var page = response.Headers.Location!.ToString();
        (await _cast.Sam.Look(page)).Html.ShouldContain("a.csv, line 4, column name");
        (await _cast.Pia.Submit($"{page}/taking-over")).Status.ShouldBe(303);
        (await Total()).ShouldBe(2);
    }

    private async Task<int> Total() => (await Must(_cast.Sam.Ask(HttpMethod.Get, _cast.Path("/inventory")))).GetProperty("total").GetInt32();

    private async Task<JsonElement> Read(string name, byte[] content) => (await Must(Send(_cast.Pia, name, content))).GetProperty("import");

    private Task<JsonElement> TakeOver(JsonElement import) => Must(_cast.Pia.Ask(HttpMethod.Post, _cast.Path($"/inventory/imports/{Id(import)}/taking-over")));

    private static string Id(JsonElement import) => import.GetProperty("id").GetString()!;

    private async Task<(int Status, JsonElement Body)> Send(HttpClient client, string name, byte[] content)
    {
        using var form = Form(name, content);
        using var response = await client.PostAsync(_cast.Path("/inventory/imports"), form);
        return ((int)response.StatusCode, JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync()));
    }

    private static MultipartFormDataContent Form(string name, byte[] content) => new() { { new ByteArrayContent(content), "file", name } };

    private static byte[] Packed(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var zip = new System.IO.Compression.ZipArchive(packed, System.IO.Compression.ZipArchiveMode.Create,
            leaveOpen: true))
        {
            using var entry = zip.CreateEntry("inside").Open();
            entry.Write(content);
        }

        return packed.ToArray();
    }
}
