using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Entente.Server.Tests.Mail;

/// <summary>A mail server of the smallest kind: it takes every mail and keeps it, or refuses every one.</summary>
internal sealed class PostOffice : IAsyncDisposable
{
    private readonly TcpListener _door = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ends = new();
    private readonly List<string> _mails = [];
    private readonly Task _open;

    public PostOffice()
    {
        _door.Start();
        _open = Serve();
    }

    public int Port => ((IPEndPoint)_door.LocalEndpoint).Port;

    public bool Refuses { get; set; }

    public IReadOnlyList<string> Mails
    {
        get { lock (_mails) return [.. _mails]; }
    }

    public async ValueTask DisposeAsync()
    {
        await _ends.CancelAsync();
        _door.Stop();
        await _open;
        _ends.Dispose();
    }

    private async Task Serve()
    {
        try
        {
            while (true)
            {
                using var guest = await _door.AcceptTcpClientAsync(_ends.Token);
                await Talk(guest.GetStream());
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or IOException or InvalidOperationException)
        {
            // The test is over.
        }
    }

    private async Task Talk(NetworkStream line)
    {
        using var reader = new StreamReader(line, Encoding.UTF8);
        await Say("220 post office");
        while (await reader.ReadLineAsync(_ends.Token) is { } said)
        {
            var word = said.Split(' ', ':')[0].ToUpperInvariant();
            if (word == "DATA")
            {
                await Say("354 go on");
                StringBuilder mail = new();
                while (await reader.ReadLineAsync(_ends.Token) is { } text and not ".") mail.AppendLine(text);
                lock (_mails) _mails.Add(mail.ToString());
            }

            await Say(word == "MAIL" && Refuses ? "451 come back later" : word == "QUIT" ? "221 bye" : "250 ok");
            if (word == "QUIT") return;
        }

        async Task Say(string text) => await line.WriteAsync(Encoding.ASCII.GetBytes(text + "\r\n"), _ends.Token);
    }
}
