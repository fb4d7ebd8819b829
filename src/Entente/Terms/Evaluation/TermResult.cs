using System.Text.Json.Serialization;
using Entente.ServiceTime.Accounting;
using NodaTime;

namespace Entente.Terms.Evaluation;

/// <summary>A number that is kept exactly and shown as a decimal.</summary>
/// <param name="Fraction">In lowest terms, such as <c>999/1000</c>; left out when it has more than 80 digits.</param>
/// <param name="Decimal">Rounded to 12 decimals, half to even.</param>
/// <param name="Label">As people read it, in per cent for shares; rounded down so that it never looks better than it
/// is.</param>
public sealed record Figure(string? Fraction, decimal Decimal, string Label)
{
    public static Figure? Of(Fraction? value, bool isShare) => value is not { } known ? null : new Figure(
        known.ToString() is { Length: <= 80 } text ? text : null, known.ToDecimal(12), isShare ? Percent(known)
            : Plain(known));

    private static string Percent(Fraction value) =>
        $"{(value * new Fraction(100, 1)).Round(4, RoundingMode.Down).ToDecimal(4).ToString("0.0###", System.Globalization.CultureInfo.InvariantCulture)} %";

    private static string Plain(Fraction value) => value.ToDecimal(4)
        .ToString("0.####", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>A span of time <c>[from, to)</c> with the name people call it by, where it has one.</summary>
public sealed record PeriodSpan(Instant From, Instant To, string? Name = null);

/// <summary>One thing a figure is made of: an outage, an exclusion, a gap without data, a missed ticket, a rule that
/// was used.</summary>
/// <param name="What">outage, excluded, unknown, ticket, slice, calendar, policy, formula, credit, note.</param>
/// <param name="Amount">How much it took, in the unit of the result.</param>
public sealed record ExplanationPart(string What, string Text, Instant? From = null, Instant? To = null,
    decimal? Amount = null);

/// <summary>The budget of what may be missed: allowed, spent and left, in the unit of the result; shares of the
/// budget.</summary>
/// <param name="Time">What is left, as time of the period, for results in seconds or slices.</param>
public sealed record BudgetResult(decimal Allowed, decimal Spent, decimal Left, decimal? SpentShare, decimal? BurnRate,
    Duration? Time = null, Money? Money = null);

/// <summary>What the customer gets back.</summary>
/// <param name="Band">The band of the ladder that was met.</param>
/// <param name="ClaimBy">Until when it must be claimed; none needs no claim.</param>
/// <param name="EarnedBack">The periods that follow were good enough to give it back; none while that is open.</param>
public sealed record CreditResult(decimal Share, Money? Amount, string Label, string? Band, bool Capped, bool TooSmall,
    Instant? ClaimBy = null, bool? EarnedBack = null, decimal Reward = 0m);

/// <summary>One term in one period.</summary>
public sealed record TermPeriodResult
{
    public required PeriodSpan Period { get; init; }

    /// <summary>None when nothing is known.</summary>
    public Figure? Attained { get; init; }

    /// <summary>What good, total, unknown and excluded are counted in.</summary>
    public string? Unit { get; init; }

    public decimal? Good { get; init; }

    public decimal? Total { get; init; }

    public decimal? Unknown { get; init; }

    public decimal? Excluded { get; init; }

    public Figure? Coverage { get; init; }

    /// <summary>What would be attained if all unknown were bad, and if it were good.</summary>
    public Figure? Worst { get; init; }

    public Figure? Best { get; init; }

    /// <summary>None when nothing is known or the term promises nothing that is measured.</summary>
    public bool? Breached { get; init; }

    /// <summary>False when what is unknown could turn the verdict.</summary>
    public bool? Certain { get; init; }

    public BudgetResult? Budget { get; init; }

    public CreditResult? Credit { get; init; }

    /// <summary>Version of the accounting policy that was used.</summary>
    public string? Policy { get; init; }

    public IReadOnlyList<ExplanationPart> Explain { get; init; } = [];

    /// <summary>Lengths of outages and the count of missed cases, for ladders that go by them.</summary>
    [JsonIgnore]
    public IReadOnlyList<long> OutageSeconds { get; init; } = [];

    [JsonIgnore]
    public long Missed { get; init; }

    [JsonIgnore]
    public Fraction? Exact { get; init; }
}

/// <summary>One term over what was asked; by its own periods too when several lie in it.</summary>
public sealed record TermResult
{
    public required string Term { get; init; }

    public required string Title { get; init; }

    public required string Kind { get; init; }

    public string? Service { get; init; }

    /// <summary>The promise in one line, such as <c>&gt;= 99.9 %</c> or <c>&gt;= 95 % within 4 h</c>.</summary>
    public string? Target { get; init; }

    /// <summary>Over what it is settled.</summary>
    public string? SettledBy { get; init; }

    public required PeriodSpan Period { get; init; }

    public Figure? Attained { get; init; }

    public string? Unit { get; init; }

    public decimal? Good { get; init; }

    public decimal? Total { get; init; }

    public decimal? Unknown { get; init; }

    public decimal? Excluded { get; init; }

    public Figure? Coverage { get; init; }

    public Figure? Worst { get; init; }

    public Figure? Best { get; init; }

    /// <summary>True when any of the term's own periods was missed.</summary>
    public bool? Breached { get; init; }

    public bool? Certain { get; init; }

    public BudgetResult? Budget { get; init; }

    /// <summary>The sum over the term's own periods.</summary>
    public CreditResult? Credit { get; init; }

    public string? Policy { get; init; }

    /// <summary>The term's own periods, when what was asked holds more than one.</summary>
    public IReadOnlyList<TermPeriodResult>? Periods { get; init; }

    public IReadOnlyList<ExplanationPart> Explain { get; init; } = [];
}
