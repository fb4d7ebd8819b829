using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Entente.Server.Documentation;

/// <summary>A tool to read over the network.</summary>
/// <param name="Source">netbox, itop, prometheus or backstage.</param>
/// <param name="Address">Where the tool answers, such as <c>https://netbox.example.org</c>.</param>
/// <param name="Token">A token of the tool that may read; it is used once and kept nowhere.</param>
/// <param name="User">For iTop without a token: whom to sign in as.</param>
public sealed record LiveWish(
    string Source, string Address, string? Token = null, string? User = null, string? Password = null, Side? Side = null, bool Parts = false);

/// <summary>Reads tools over their APIs, page by page, into the same files that their exports would be.</summary>
/// <remarks>Every request goes to the address that was named, whatever the answers say comes next, so that no token leaves it.</remarks>
public sealed class LiveSources(HttpClient http)
{
    private const int PagesMost = 2000;
    private const int PageSize = 500;

    public static IReadOnlyList<string> Sources { get; } = ["netbox", "itop", "prometheus", "backstage"];

    private static readonly string[] _netBox =
    [
        "dcim/sites", "dcim/locations", "dcim/racks", "dcim/device-roles", "dcim/device-types", "dcim/devices", "dcim/modules", "dcim/virtual-chassis",
        "dcim/power-panels", "dcim/power-feeds", "virtualization/clusters", "virtualization/virtual-machines", "circuits/providers",
        "circuits/provider-networks", "circuits/circuit-types", "circuits/circuits", "circuits/circuit-terminations", "tenancy/tenants", "tenancy/contacts",
        "tenancy/contact-assignments",
    ];

    private static readonly string[] _netBoxParts =
    [
        "dcim/interfaces", "dcim/front-ports", "dcim/rear-ports", "dcim/power-ports", "dcim/power-outlets", "dcim/console-ports",
        "dcim/console-server-ports", "virtualization/interfaces",
    ];

    private static readonly string[] _itop =
    [
        "Organization", "Location", "Person", "Team", "FunctionalCI", "Service", "CustomerContract", "ProviderContract", "DeliveryModel",
        "lnkApplicationSolutionToFunctionalCI", "lnkFunctionalCIToService", "lnkFunctionalCIToProviderContract", "lnkCustomerContractToService",
        "lnkProviderContractToService", "lnkConnectableCIToNetworkDevice",
    ];

    /// <exception cref="BadInputException">The tool cannot be reached, says no, or answers something else.</exception>
    public async Task<IReadOnlyList<SentFile>> Fetch(LiveWish wish, CancellationToken cancel = default)
    {
        var address = Address(wish.Address);
        return wish.Source switch
        {
            "netbox" => await NetBox(address, wish, cancel),
            "itop" => await Itop(address, wish, cancel),
            "prometheus" => [await Get(new Uri(address, "api/v1/targets"), "targets.json", Bearer(wish), cancel)],
            "backstage" => [await Get(new Uri(address, "api/catalog/entities"), "entities.json", Bearer(wish), cancel)],
            _ => throw new BadInputException("source", "import.source", $"expected one of {string.Join(", ", Sources)}, found '{wish.Source}'"),
        };
    }

    private async Task<IReadOnlyList<SentFile>> NetBox(Uri address, LiveWish wish, CancellationToken cancel)
    {
        List<SentFile> files = [];
        var sign = wish.Token is { Length: > 0 } token ? new AuthenticationHeaderValue("Token", token) : null;
        foreach (var list in wish.Parts ? _netBox.Concat(_netBoxParts) : _netBox)
        {
            var query = $"?limit={PageSize}&offset=0";
            for (var page = 1; query is not null; page++)
            {
                if (page > PagesMost) throw new BadInputException("address", "live.too_long", $"{list} has more than {PagesMost} pages");
                var file = await Get(new Uri(address, $"api/{list}/{query}"), $"{list}/{page}.json", sign, cancel);
                files.Add(file);
                query = Json(file)["next"] is JsonValue next && Uri.TryCreate(next.ToString(), UriKind.Absolute, out var more) ? more.Query : null;
            }
        }

        return files;
    }

    private async Task<IReadOnlyList<SentFile>> Itop(Uri address, LiveWish wish, CancellationToken cancel)
    {
        List<SentFile> files = [];
        foreach (var kind in _itop)
        {
            for (var page = 1; page <= PagesMost; page++)
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, "webservices/rest.php?version=1.3"));
                var form = new Dictionary<string, string>
                {
                    ["json_data"] = JsonSerializer.Serialize(new
                    {
                        operation = "core/get",
                        @class = kind,
                        key = $"SELECT {kind}",
                        output_fields = "*+",
                        limit = $"{PageSize}",
                        page = $"{page}",
                    }),
                };
                if (wish.Token is { Length: > 0 } token) form["auth_token"] = token;
                else (form["auth_user"], form["auth_pwd"]) = (wish.User ?? "", wish.Password ?? "");
                request.Content = new FormUrlEncodedContent(form);
                var file = await Send(request, $"{kind}-{page}.json", cancel);
                var answer = Json(file);
                var code = answer["code"]?.ToString() ?? "0";
                // 1 is a wrong sign-in; a class that this version of iTop does not have is no reason to stop.
                if (code is "1" or "2") throw new BadInputException("token", "live.denied", $"iTop says: {answer["message"]}");
                if (code != "0" || answer["objects"] is not JsonObject { Count: > 0 } objects) break;
                files.Add(file);
                if (objects.Count < PageSize) break;
            }
        }

        return files.Count > 0 ? files : throw new BadInputException("address", "live.nothing", "iTop answered, and holds nothing that can be read");
    }

    private async Task<SentFile> Get(Uri address, string name, AuthenticationHeaderValue? sign, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Authorization = sign;
        request.Headers.Accept.ParseAdd("application/json");
        return await Send(request, name, cancel);
    }

    private async Task<SentFile> Send(HttpRequestMessage request, string name, CancellationToken cancel)
    {
        var host = $"{request.RequestUri!.Host}:{request.RequestUri.Port}";
        try
        {
            using var response = await http.SendAsync(request, cancel);
            if (response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
                throw new BadInputException("token", "live.denied", $"{host} says {(int)response.StatusCode}: expected a token that may read");
            if (response.Headers.Location is { } elsewhere)
                throw new BadInputException("address", "live.redirect",
                    $"{host} sends on to {new Uri(request.RequestUri, elsewhere).GetLeftPart(UriPartial.Authority)}; if that is the tool, name it");
            if (!response.IsSuccessStatusCode)
                throw new BadInputException("address", "live.status", $"{host} answered {(int)response.StatusCode} to {request.RequestUri.AbsolutePath}");
            return new SentFile(name, await response.Content.ReadAsByteArrayAsync(cancel));
        }
        catch (HttpRequestException refused) when (refused.InnerException is BadInputException wrong)
        {
            throw wrong;
        }
        catch (Exception lost) when (lost is HttpRequestException or TaskCanceledException && !cancel.IsCancellationRequested)
        {
            throw new BadInputException("address", "live.unreachable", $"{host} cannot be reached; expected the address of a tool that this server can reach");
        }
    }

    private static Uri Address(string text) =>
        Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            && address.UserInfo.Length == 0 ? address
        : throw new BadInputException("address", "live.address", $"expected an address such as https://netbox.example.org, found '{text}'");

    private static AuthenticationHeaderValue? Bearer(LiveWish wish) => wish.Token is { Length: > 0 } token ? new("Bearer", token) : null;

    private static JsonNode Json(SentFile file)
    {
        try
        {
            return JsonNode.Parse(file.Content) as JsonObject ?? throw new JsonException();
        }
        catch (JsonException)
        {
            throw new BadInputException("address", "live.answer",
                $"expected JSON from {file.Name[..file.Name.LastIndexOf('.')]}; is this the address of the tool?");
        }
    }
}
