using NodaTime;

namespace Entente.Server.Mail;

/// <summary>How mails leave the house. Without a server and without a folder they stand in the outbox.</summary>
/// <param name="Folder">Folder that takes mails as files, for a program that sends them.</param>
/// <param name="PublicAddress">Address under which people reach the server; without it the one it listens on.</param>
public sealed record MailOptions(
    string? SmtpHost = null, int SmtpPort = 25, string From = "entente@localhost", string? User = null, string? Password = null, bool UseTls = false,
    string? Folder = null, string? PublicAddress = null)
{
    /// <summary>How long a block may wait before somebody is reminded of it, and again.</summary>
    public Duration RemindEvery { get; init; } = Duration.FromDays(2);

    public bool IsOpen => SmtpHost is not null || Folder is not null;
}
