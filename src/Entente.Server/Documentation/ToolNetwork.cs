using System.Net;
using System.Net.Sockets;

namespace Entente.Server.Documentation;

/// <summary>Connections to the tools of a house, and to nothing that only machines of a cloud know.</summary>
/// <remarks>
/// The address that is connected to is the one that is looked at: a name that answers one thing when it is checked and
/// another when it is used gains nothing, and neither does a tool that answers with a redirect, for none is followed.
/// </remarks>
public static class ToolNetwork
{
    /// <summary>Where clouds outside the link-local range tell their machines their secrets: Alibaba, Azure, Amazon over IPv6.</summary>
    private static readonly HashSet<IPAddress> _clouds =
        [IPAddress.Parse("100.100.100.200"), IPAddress.Parse("168.63.129.16"), IPAddress.Parse("fd00:ec2::254")];

    public static SocketsHttpHandler Handler() => Handler(Dns.GetHostAddressesAsync);

    /// <param name="resolve">Turns a name into addresses.</param>
    public static SocketsHttpHandler Handler(Func<string, CancellationToken, Task<IPAddress[]>> resolve) => new()
    {
        AllowAutoRedirect = false,
        ConnectCallback = async (context, cancel) => await Connect(context.DnsEndPoint, resolve, cancel),
    };

    private static async Task<Stream> Connect(
        DnsEndPoint place, Func<string, CancellationToken, Task<IPAddress[]>> resolve, CancellationToken cancel)
    {
        IPAddress[] found = IPAddress.TryParse(place.Host, out var address) ? [address] : await resolve(place.Host, cancel);
        if (found.Any(IsHidden))
            throw new BadInputException("address", "live.address",
                $"'{place.Host}' is an address that only machines of a cloud know; expected that of a tool");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(found, place.Port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static bool IsHidden(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.IsIPv6LinkLocal || plain.GetAddressBytes() is [169, 254, _, _] || _clouds.Contains(plain);
    }
}
