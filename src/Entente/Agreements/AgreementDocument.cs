using System.Text.Json.Serialization;
using Entente.ServiceTime.Accounting;
using Entente.Terms;
using NodaTime;

namespace Entente.Agreements;

/// <summary>What kind of agreement it is: with a customer, inside the house, or with a supplier.</summary>
public enum AgreementType { Sla, Ola, Uc }

/// <summary>A whole agreement as one document: parties, services, terms, calendars, policy, credits, what it rests
/// on.</summary>
public sealed record AgreementDocument
{
    public const string Version1 = "agreement/v1";

    /// <summary>The format and its version: <c>agreement/v1</c>.</summary>
    public required string Entente { get; init; }

    public required string Key { get; init; }

    public required string Title { get; init; }

    public AgreementType Type { get; init; }

    /// <summary>The version of this agreement, in the parties' own counting.</summary>
    public string? Version { get; init; }

    public PartyEntry? Provider { get; init; }

    public PartyEntry? Customer { get; init; }

    public DateRange? Effective { get; init; }

    /// <summary>IANA zone in which its periods and dates lie.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>The period of terms that name none.</summary>
    public TermPeriod Period { get; init; } = TermPeriod.Month;

    /// <summary>Where the text stands that this was written from.</summary>
    public string? BasedOn { get; init; }

    public string? Notes { get; init; }

    public IReadOnlyList<ServiceEntry> Services { get; init; } = [];

    /// <summary>Calendars by key, in the shape of a calendar file.</summary>
    public IReadOnlyDictionary<string, CalendarFile> Calendars { get; init; } = new Dictionary<string, CalendarFile>();

    public IReadOnlyList<SourceEntry> Sources { get; init; } = [];

    /// <summary>Versions of the accounting policy.</summary>
    public IReadOnlyList<AccountingPolicy> Policy { get; init; } = [];

    /// <summary>Exclusions that hold for every term.</summary>
    public IReadOnlyList<ExclusionClause> Exclusions { get; init; } = [];

    /// <summary>How a priority follows from two judgements, such as impact and urgency.</summary>
    public PriorityMatrix? Priorities { get; init; }

    public required IReadOnlyList<Term> Terms { get; init; }

    public IReadOnlyList<Underpinning> Underpinning { get; init; } = [];

    /// <summary>Who signed this version, in the order in which they did.</summary>
    public IReadOnlyList<SignatureEntry> Signatures { get; init; } = [];
}

/// <param name="For">The party that it binds.</param>
/// <param name="Title">The office under which the person signed.</param>
/// <param name="InPlaceOf">Whose signature it is, where the signer is a delegate.</param>
public sealed record SignatureEntry(
    Seat For, string Name, string Title, string Place, Instant At, string? InPlaceOf = null);

public sealed record PartyEntry(string Name, string? Contact = null);

/// <summary>Dates in the agreement's zone: from the first day, up to but without the last; no end goes on.</summary>
public sealed record DateRange(LocalDate From, LocalDate? To = null);

public sealed record ServiceEntry(string Key, string Title, string? Description = null);

/// <summary>Where data come from, and for what time they speak.</summary>
/// <param name="File">Name of the data file, with <c>*</c> for any text.</param>
/// <param name="Covers">Time outside is unknown, also for a list of outages.</param>
public sealed record SourceEntry(string Key, string Title, string? File = null, InstantRange? Covers = null);

public sealed record InstantRange(Instant From, Instant To);

/// <param name="Rows">What the rows judge, such as impact.</param>
/// <param name="Columns">What the columns judge, such as urgency.</param>
/// <param name="Cells">Priority by row value, then column value.</param>
public sealed record PriorityMatrix(
    string Rows, string Columns, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Cells);

/// <summary>An agreement this one rests on: its terms are named as <c>key.term</c> in <see
/// cref="Term.RestsOn"/>.</summary>
public sealed record Underpinning(string Key, string Title, AgreementType Type, IReadOnlyList<Term> Terms,
    PartyEntry? Party = null)
{
    [JsonIgnore]
    public IEnumerable<(string Name, Term Term)> Named => Terms.Select(term => ($"{Key}.{term.Key}", term));
}
