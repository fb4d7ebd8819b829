namespace Entente.Storage.Mail;

/// <summary>A mail in the outbox.</summary>
/// <param name="About">What asks for it, once: <c>charter/eng_1/2/per_3</c>.</param>
/// <param name="Edition">The edition of the charter that its link opens; nothing for a mail without a link.</param>
/// <param name="Body">The words, with <see cref="LinkMark"/> where the link goes: no secret lies in the database.</param>
/// <param name="Claim">The instant until which a node has it in hand; empty when none has.</param>
/// <param name="SentVia">smtp, folder, or by whose hand it went.</param>
public sealed record Letter(
    string Id, string About, string Engagement, string Person, long? Edition, string Subject, string Body, string CreatedAt,
    string Claim = "", long Tries = 0, string? Failure = null, string? SentAt = null, string? SentVia = null, string? DroppedBecause = null,
    string? LinkUsedAt = null)
{
    public const string LinkMark = "{link}";

    public bool IsWaiting => SentAt is null && DroppedBecause is null;
}
