using System.Globalization;
using Entente.Monitoring;
using Entente.ServiceTime.Calendars;
using Entente.Terms;
using NodaTime;

namespace Entente.Server.Time;

/// <summary>Times and standings as pages say them.</summary>
internal static class Words
{
    public static string Date(LocalDate date) => date.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);

    public static string At(Instant? at, string zone) => at is { } known
        ? known.InZone(DateTimeZoneProviders.Tzdb[zone]).ToString("uuuu-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) : "–";

    public static string Length(Duration length) => TimeLimit.Words(length);

    public static string When(DateSpan span) => span switch
    {
        DateSpan.Once(var first, var last) => first == last ? Date(first) : $"{Date(first)} to {Date(last)}",
        DateSpan.Yearly(var first, var last) => first == last ? $"every year on {Day(first)}" : $"every year from {Day(first)} to {Day(last)}",
        _ => "",
    };

    public static string Standing(CaseStanding standing) => standing switch
    {
        CaseStanding.DueSoon => "due soon",
        _ => standing.ToString().ToLowerInvariant(),
    };

    /// <summary>An icon beside the word, so that colour never speaks alone.</summary>
    public static string Icon(CaseStanding standing) => standing switch
    {
        CaseStanding.Breached or CaseStanding.Missed => "ti-alert-triangle text-missed",
        CaseStanding.DueSoon => "ti-clock-exclamation text-risk",
        CaseStanding.Paused => "ti-player-pause",
        CaseStanding.Met => "ti-check text-met",
        CaseStanding.Excluded => "ti-ban",
        _ => "ti-clock",
    };

    public static string Percent(double share) => share.ToString("0.0 %", CultureInfo.InvariantCulture);

    private static string Day(AnnualDate day) => new LocalDate(2000, day.Month, day.Day).ToString("d MMMM", CultureInfo.InvariantCulture);
}
