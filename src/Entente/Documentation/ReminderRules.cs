using NodaTime;

namespace Entente.Documentation;

/// <summary>One block that waits for one person: since when, and when they were reminded of it last.</summary>
/// <param name="Block">Names the block, so that it is the same tomorrow: its code, its service and whose word it is.</param>
public sealed record Reminder(string Person, string Block, Instant Since, Instant? Last = null);

/// <summary>Decides when somebody is reminded of what keeps the gate shut.</summary>
public static class ReminderRules
{
    /// <summary>The code of what waits for a signature.</summary>
    public const string Signing = "agreement.sign";

    /// <summary>Names a block for as long as it stands.</summary>
    public static string NameOf(Block block) => $"{block.Code}/{block.Service}/{block.Person}";

    /// <summary>Whether to tell now: an interval after it began to wait or was last told, and never in quiet hours. A
    /// signature is asked for as soon as it may be given.</summary>
    public static bool IsDue(Reminder reminder, Instant now, Duration interval, QuietHours quiet) =>
        now >= Due(reminder, interval) && !quiet.IsQuiet(now);

    /// <summary>The instant of the next reminder, if nothing changes until then.</summary>
    public static Instant Next(Reminder reminder, Duration interval, QuietHours quiet) =>
        quiet.NextOpen(Due(reminder, interval));

    private static Instant Due(Reminder reminder, Duration interval) => reminder switch
    {
        { Last: { } last } => last + interval,
        _ when reminder.Block.StartsWith($"{Signing}/", StringComparison.Ordinal) => reminder.Since,
        _ => reminder.Since + interval,
    };
}
