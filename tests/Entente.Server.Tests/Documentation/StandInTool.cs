using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Entente.Server.Tests.Documentation;

/// <summary>A tool on a free local port that speaks as its documentation says, for as long as a test lasts.</summary>
internal sealed class StandInTool : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Func<HttpListenerRequest, string, (int Status, string Body)> _answer;

    private readonly string? _location;

    /// <param name="answer">What is answered to a request and its body.</param>
    /// <param name="location">Where every answer sends on to, if anywhere.</param>
    public StandInTool(Func<HttpListenerRequest, string, (int Status, string Body)> answer, string? location = null)
    {
        (_answer, _location) = (answer, location);
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Address = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}";
        }

        _listener.Prefixes.Add(Address + "/");
        _listener.Start();
        _ = Serve();
    }

    public string Address { get; }

    /// <summary>Every path with query that was asked for.</summary>
    public List<string> Asked { get; } = [];

    public void Dispose() => _listener.Close();

    private async Task Serve()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext http;
            try
            {
                http = await _listener.GetContextAsync();
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            lock (Asked) Asked.Add(http.Request.RawUrl!);
            using var reader = new StreamReader(http.Request.InputStream);
            var (status, body) = _answer(http.Request, await reader.ReadToEndAsync());
            http.Response.StatusCode = status;
            if (_location is not null) http.Response.RedirectLocation = _location;
            http.Response.ContentType = "application/json";
            await http.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(body));
            http.Response.Close();
        }
    }
}
