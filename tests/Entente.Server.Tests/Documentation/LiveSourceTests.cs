using System.Text.Json;
using System.Web;
using Entente.Server.Documentation;
using static Entente.Server.Tests.Documentation.Documented;

namespace Entente.Server.Tests.Documentation;

/// <summary>Tools read over their own APIs: pages, tokens, and what goes wrong on the way.</summary>
public sealed class LiveSourceTests : IAsyncLifetime
{
    private const string Token = "0123456789abcdef-quokka";

    private Cast _cast = null!;

    public async ValueTask InitializeAsync()
    {
        _cast = await Cast.Assemble();
        await _cast.Approve();
    }

    public ValueTask DisposeAsync() => _cast.DisposeAsync();

    [Fact]
    public async Task NetBox_is_read_page_by_page_with_a_token_and_again_without_a_change()
    {
        using var netBox = new StandInTool(NetBox);
        var preview = await Must(Fetch(_cast.Pia, new { source = "netbox", address = netBox.Address, token = Token }));
        // 700 devices on two pages, their role, and the site.
        preview.GetProperty("objectsRead").GetInt32().ShouldBe(702);
        var import = preview.GetProperty("import");
        (import.GetProperty("added").GetInt64(), import.GetProperty("file").GetString()).ShouldBe((701, "127.0.0.1"));
        netBox.Asked.ShouldContain("/api/dcim/devices/?limit=500&offset=500");
        await Must(_cast.Pia.Ask(HttpMethod.Post, _cast.Path($"/inventory/imports/{import.GetProperty("id").GetString()}/taking-over")));
        var router = (await Must(_cast.Sam.Ask(HttpMethod.Get, _cast.Path("/inventory/asset/device.rtr-650")))).GetProperty("item");
        (router.GetProperty("what").GetString(), router.GetProperty("dependsOn")[0].GetString()).ShouldBe(("router", "site.akron"));
        var again = (await Must(Fetch(_cast.Pia, new { source = "netbox", address = netBox.Address, token = Token }))).GetProperty("import");
        (again.GetProperty("added").GetInt64(), again.GetProperty("changed").GetInt64(), again.GetProperty("unchanged").GetInt64()).ShouldBe((0, 0, 701));
        (await Must(_cast.Pia.Ask(HttpMethod.Get, _cast.Path("/inventory/imports")))).ToString().ShouldNotContain("quokka");
    }

    [Fact]
    public async Task ITop_is_asked_class_by_class_and_a_class_it_does_not_have_is_stepped_over()
    {
        using var itop = new StandInTool(Itop);
        var import = (await Must(Fetch(_cast.Pia, new { source = "itop", address = itop.Address, user = "rest", password = Token }))).GetProperty("import");
        (import.GetProperty("added").GetInt64(), import.GetProperty("findings").GetArrayLength()).ShouldBe((3, 0));
        await Must(_cast.Pia.Ask(HttpMethod.Post, _cast.Path($"/inventory/imports/{import.GetProperty("id").GetString()}/taking-over")));
        var machine = (await Must(_cast.Sam.Ask(HttpMethod.Get, _cast.Path("/inventory/asset/virtual-machine.vm1")))).GetProperty("item");
        machine.GetProperty("dependsOn")[0].GetString().ShouldBe("hypervisor.esx1");
        machine.GetProperty("owner").GetString().ShouldBe("Demo");
    }

    [Fact]
    public async Task What_goes_wrong_on_the_network_names_the_field_and_the_remedy()
    {
        using var netBox = new StandInTool(NetBox);
        using var broken = new StandInTool((_, _) => (500, "a stack trace with a secret"));
        using var page = new StandInTool((_, _) => (200, "<html>welcome</html>"));
        using var itop = new StandInTool(Itop);
        (await Wrong(new { source = "netbox", address = netBox.Address, token = "wrong" })).ShouldBe(("token", true));
        (await Wrong(new { source = "itop", address = itop.Address, user = "x", password = "y" })).ShouldBe(("token", true));
        (await Wrong(new { source = "netbox", address = broken.Address })).ShouldBe(("address", true));
        (await Wrong(new { source = "netbox", address = page.Address })).ShouldBe(("address", true));
        (await Wrong(new { source = "netbox", address = "http://127.0.0.1:9" })).ShouldBe(("address", true));
        (await Wrong(new { source = "netbox", address = "http://169.254.169.254/" })).ShouldBe(("address", true));
        (await Wrong(new { source = "netbox", address = "file:///etc/passwd" })).ShouldBe(("address", true));
        (await Wrong(new { source = "excel", address = netBox.Address })).ShouldBe(("source", true));
        (await Fetch(_cast.Pia, new { source = "netbox", address = broken.Address })).Body.ToString().ShouldNotContain("stack trace");
    }

    /// <remarks>The name answers a harmless address to whoever asks first, and the secrets of a cloud to whoever connects.</remarks>
    [Theory]
    [InlineData("http://tool.example/", "169.254.169.254")]
    [InlineData("http://tool.example/", "::ffff:169.254.169.254")]
    [InlineData("http://tool.example/", "127.0.0.1 fe80::1")]
    [InlineData("http://tool.example/", "fd00:ec2::254")]
    [InlineData("http://[::ffff:169.254.169.254]/", "127.0.0.1")]
    [InlineData("http://100.100.100.200/", "127.0.0.1")]
    public async Task The_address_that_is_connected_to_is_the_one_that_is_checked(string address, string resolves)
    {
        using var http = new HttpClient(ToolNetwork.Handler(
            (_, _) => Task.FromResult(resolves.Split(' ').Select(System.Net.IPAddress.Parse).ToArray())));
        var wrong = await Should.ThrowAsync<BadInputException>(() => new LiveSources(http).Fetch(new("backstage", address)));
        (wrong.Findings[0].Path, wrong.Findings[0].Rule).ShouldBe(("address", "live.address"));
    }

    [Fact]
    public async Task A_redirect_is_told_and_not_followed()
    {
        using var elsewhere = new StandInTool((_, _) => (200, "[]"));
        using var tool = new StandInTool((request, _) => (302, ""), elsewhere.Address + "/api");
        using var http = new HttpClient(ToolNetwork.Handler((_, _) => Task.FromResult(new[] { System.Net.IPAddress.Loopback })));
        var wrong = await Should.ThrowAsync<BadInputException>(() => new LiveSources(http).Fetch(new("backstage", tool.Address)));
        wrong.Message.ShouldContain($"sends on to {elsewhere.Address}");
        elsewhere.Asked.ShouldBeEmpty();
        tool.Asked.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Only_those_who_write_the_inventory_reach_the_network_and_the_page_does_the_same()
    {
        using var netBox = new StandInTool(NetBox);
        (await Fetch(_cast.Sam, new { source = "netbox", address = netBox.Address })).Status.ShouldBe(403);
        (await Fetch(_cast.Zoe, new { source = "netbox", address = netBox.Address })).Status.ShouldBe(404);
        (await Fetch(_cast.Cem, new { source = "netbox", address = netBox.Address, side = "provider" })).Body.GetProperty("code").GetString()
            .ShouldBe("inventory.not_yours");
        netBox.Asked.ShouldBeEmpty();
        var imports = $"/engagements/{_cast.Engagement}/inventory/imports";
        (await _cast.Pia.Submit($"{imports}/fetching", ("source", "netbox"), ("address", netBox.Address), ("token", "wrong"), ("side", "Provider")))
            .Html.ShouldContain("expected a token that may read");
        (await _cast.Pia.Submit($"{imports}/fetching", ("source", "netbox"), ("address", netBox.Address), ("token", Token), ("side", "Provider")))
            .Status.ShouldBe(303);
        (await _cast.Pia.Look(imports)).Html.ShouldContain("netbox, 127.0.0.1");
    }

    private Task<(int Status, JsonElement Body)> Fetch(HttpClient who, object wish) =>
        who.Ask(HttpMethod.Post, _cast.Path("/inventory/imports/fetching"), wish);

    private async Task<(string? Path, bool IsBadInput)> Wrong(object wish)
    {
        var (status, problem) = await Fetch(_cast.Pia, wish);
        return (problem.GetProperty("errors")[0].GetProperty("path").GetString(), status == 400);
    }

    /// <summary>NetBox's REST API: lists with count, next and results; <c>next</c> is a whole address.</summary>
    private static (int Status, string Body) NetBox(System.Net.HttpListenerRequest request, string body)
    {
        if (request.Headers["Authorization"] != $"Token {Token}") return (403, """{"detail":"Invalid token"}""");
        var (limit, offset) = (int.Parse(request.QueryString["limit"]!), int.Parse(request.QueryString["offset"]!));
        object[] all = request.Url!.AbsolutePath switch
        {
            "/api/dcim/sites/" => [new { id = 7, url = "http://netbox/api/dcim/sites/7/", name = "Akron", status = new { value = "active", label = "Active" } }],
            "/api/dcim/device-roles/" => [new { id = 3, url = "http://netbox/api/dcim/device-roles/3/", name = "Router" }],
            "/api/dcim/devices/" => [.. Enumerable.Range(1, 700).Select(i => new
            {
                id = i, url = $"http://netbox/api/dcim/devices/{i}/", name = $"rtr-{i}", status = new { value = "active" },
                role = new { id = 3, url = "http://netbox/api/dcim/device-roles/3/" }, site = new { id = 7, url = "http://netbox/api/dcim/sites/7/" },
            })],
            _ => [],
        };
        // The server names itself differently than it was asked, as behind a proxy.
        var next = offset + limit < all.Length ? $"http://netbox.internal{request.Url.AbsolutePath}?limit={limit}&offset={offset + limit}" : null;
        return (200, JsonSerializer.Serialize(new { count = all.Length, next, previous = (string?)null, results = all.Skip(offset).Take(limit) }));
    }

    /// <summary>iTop's REST/JSON: <c>core/get</c> answers objects by class and key, or null, and a code.</summary>
    private static (int Status, string Body) Itop(System.Net.HttpListenerRequest request, string body)
    {
        var form = HttpUtility.ParseQueryString(body);
        if (request.RawUrl != "/webservices/rest.php?version=1.3") return (404, "");
        if (form["auth_user"] != "rest" || form["auth_pwd"] != Token) return (200, """{"code":1,"message":"Error: Invalid login"}""");
        var asked = JsonSerializer.Deserialize<JsonElement>(form["json_data"]!);
        return (200, asked.GetProperty("class").GetString() switch
        {
            "Organization" => """{"objects":{"Organization::1":{"code":0,"message":"","class":"Organization","key":"1","fields":{"name":"Demo"}}},"code":0,"message":"Found: 1"}""",
            "FunctionalCI" => """
                {"objects":{"Hypervisor::2":{"code":0,"class":"Hypervisor","key":"2","fields":{"name":"ESX1","org_id":"1","status":"production"}},
                 "VirtualMachine::3":{"code":0,"class":"VirtualMachine","key":"3","fields":{"name":"VM1","org_id":"1","virtualhost_id":"2","interfaces_list":[]}}},"code":0}
                """,
            "lnkConnectableCIToNetworkDevice" => """{"code":100,"message":"Error: Unknown class"}""",
            _ => """{"objects":null,"code":0,"message":"Found: 0"}""",
        });
    }
}
