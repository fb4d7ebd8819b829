using System.Net;
using System.Net.Mail;
using System.Text;
using Entente.Storage.Identity;
using Entente.Storage.Mail;

namespace Entente.Server.Mail;

/// <summary>Carries a mail out of the house: to a mail server, or into a folder.</summary>
public sealed class MailCarrier(MailOptions options)
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    public bool IsOpen => options.IsOpen;

    public string Via => options.SmtpHost is null ? "folder" : "smtp";

    /// <exception cref="SmtpException">The mail server did not take it.</exception>
    public async Task Carry(Letter letter, Person to, string body, CancellationToken cancel)
    {
        using var message = new MailMessage(new MailAddress(options.From, "Entente"), new MailAddress(to.Email, to.Name, Encoding.UTF8))
        {
            Subject = letter.Subject,
            SubjectEncoding = Encoding.UTF8,
            Body = body,
            BodyEncoding = Encoding.UTF8,
        };
        // The same letter has the same name each time, so that one sent again after a crash is known as the same.
        message.Headers.Add("Message-ID", $"<{letter.Id}@entente>");
        message.Headers.Add("Auto-Submitted", "auto-generated");
        using var client = Client();
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        ends.CancelAfter(_patience);
        await client.SendMailAsync(message, ends.Token);
    }

    private SmtpClient Client()
    {
        if (options.SmtpHost is not { } host)
        {
            Directory.CreateDirectory(options.Folder!);
            return new() { DeliveryMethod = SmtpDeliveryMethod.SpecifiedPickupDirectory, PickupDirectoryLocation = Path.GetFullPath(options.Folder!) };
        }

        return new(host, options.SmtpPort)
        {
            EnableSsl = options.UseTls,
            Credentials = options.User is { } user ? new NetworkCredential(user, options.Password) : null,
        };
    }
}
