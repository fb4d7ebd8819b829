using Entente.ServiceTime.Calendars;
using NodaTime;

namespace Entente.ServiceTime.Discovery;

/// <summary>How far the finding can be trusted, measured on cases that took no part in finding it.</summary>
public enum Confidence
{
    /// <summary>
    /// The data cannot tell: one verdict only, too few cases, or no better than the commoner verdict.
    /// </summary>
    None,

    /// <summary>Better than the commoner verdict, yet much stays unexplained.</summary>
    Low,

    Fair,

    /// <summary>At least 98 of 100 held-out cases are explained.</summary>
    High,
}

/// <summary>The calendar, clock and threshold that best explain what a log recorded of one group.</summary>
/// <param name="Group">Name of the group, the value of the dividing column.</param>
/// <param name="Cases">Cases with a recorded verdict or duration.</param>
/// <param name="Explained">Of these, how many the finding explains.</param>
/// <param name="Accuracy">Explained by cases, 0 to 1.</param>
/// <param name="HeldOutAccuracy">
/// The same of a finding made from 7 of 10 cases, on the other 3; null where there are too few cases to hold any out.
/// </param>
/// <param name="Start">
/// The moment that starts the clock, by the log's own column, or <c>first S</c> for entering a state.
/// </param>
/// <param name="Stop">The moment that stops it.</param>
/// <param name="Target">The threshold in open time; null for durations and where the data cannot tell.</param>
/// <param name="Calendar">When the clock runs; null where the data cannot tell.</param>
/// <param name="Pauses">States in which the clock rests.</param>
/// <param name="Confidence">How far to trust it.</param>
/// <param name="Baseline">Accuracy of always saying the commoner verdict, or of the clock that never rests.</param>
/// <param name="AroundTheClock">
/// Accuracy of the same clock and its best threshold on a calendar that never closes.
/// </param>
/// <param name="Notes">What a person should know before taking it over.</param>
/// <param name="Unexplained">Ids of the cases it does not explain.</param>
public sealed record Discovered(
    string Group, int Cases, int Explained, double Accuracy, double? HeldOutAccuracy, string? Start, string? Stop,
    Duration? Target, ServiceCalendar? Calendar, IReadOnlyList<string> Pauses, Confidence Confidence, double Baseline,
    double AroundTheClock, IReadOnlyList<string> Notes, IReadOnlyList<string> Unexplained);
