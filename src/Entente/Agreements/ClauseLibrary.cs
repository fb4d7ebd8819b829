using System.Globalization;
using System.Text.RegularExpressions;
using Entente.Terms;

namespace Entente.Agreements;

/// <summary>The words of each kind of promise, with variables in braces; a term's own clause comes before the
/// library's.</summary>
public static partial class ClauseLibrary
{
    /// <summary>Which edition of the library made a text; it changes whenever a template does.</summary>
    public const string Edition = "clauses-1";

    public static IReadOnlyDictionary<Type, string> Templates { get; } = new Dictionary<Type, string>
    {
        [typeof(Term.Availability)] = "{service} is available for {target} of {hours} in each {period}.",
        [typeof(Term.EventRatio)] = "Of all events of {service} during {hours}, {target} are good in each {period}.",
        [typeof(Term.Latency)] = "{service} answers {target} of requests within {threshold} in each {period}, counted "
            + "during {hours}.",
        [typeof(Term.TicketClock)] = "The provider {clock} {priorities} within {within} of {hours}; {target} of them "
            + "are in time in each {period}.",
        [typeof(Term.Workload)] = "The customer brings {limit} {of} in each {period}.",
        [typeof(Term.Survey)] = "The mean score among users is {target} on a scale from {scale} in each {period}, with "
            + "at least {answers}.",
        [typeof(Term.CountLimit)] = "There are {target} {of} in each {period}.",
        [typeof(Term.SupportHours)] = "People answer during {hours}.",
        [typeof(Term.ServiceCredit)] = "Service credits are at most {cap} of the charge of a {period}.",
        [typeof(Term.Charge)] = "The customer pays {amount} for each {period}.",
        [typeof(Term.FreeClause)] = "{text}",
    };

    /// <summary>The kinds of terms by name, such as <c>availability</c>.</summary>
    public static IEnumerable<string> Kinds => Templates.Keys.Select(KindOf).Order(StringComparer.Ordinal);

    public static Type? TypeOf(string kind) => Templates.Keys.FirstOrDefault(type => KindOf(type) == kind);

    public static string KindOf(Type type) => type == typeof(Term.FreeClause) ? "clause"
        : char.ToLowerInvariant(type.Name[0]) + type.Name[1..];

    /// <summary>What may stand in braces for a kind of term.</summary>
    public static IReadOnlySet<string> Variables(Type kind) =>
        new HashSet<string>([.. _always, .. Named(Templates[kind])], StringComparer.Ordinal);

    /// <summary>What stands in braces in a text.</summary>
    public static IEnumerable<string> Named(string text) => Variable().Matches(text).Select(match => match.Groups[1].Value);

    private static readonly string[] _always = ["title", "value", "service", "period", "hours"];

    /// <summary>One clause in plain words.</summary>
    /// <remarks>A variable that the term does not have stays as it is written, so that a reader sees it and
    /// asks.</remarks>
    public static string Words(Term term, AgreementDocument document)
    {
        var template = term.Clause is { Length: > 0 } own ? own : Templates[term.GetType()];
        var words = Variable().Replace(template, match => Value(match.Groups[1].Value, term, document) ?? match.Value);
        return words.Capital();
    }

    /// <summary>What stands below a clause: workload bounds, exclusions, credits, what it rests on, notes.</summary>
    public static IEnumerable<string> Details(Term term)
    {
        if (term.UpTo is { } bound)
            yield return string.Create(CultureInfo.InvariantCulture,
                $"Holds up to {bound.Max} {bound.Of}{(bound.Per is { } per ? $" per {per}" : "")}; beyond: "
                    + $"{Words(bound.Beyond)}.");
        foreach (var exclusion in term.Exclusions) yield return $"Does not count: {exclusion.Title ?? exclusion.Key}.";
        foreach (var band in term.Credit?.Bands ?? [])
            yield return $"Credit when {Basis(term.Credit!.By)} {band.When}: "
                + $"{band.Credit}{(band.Credit.Share is null ? "" : " of the charge")}.";
        if (term.Credit?.Cap is { } cap) yield return $"Credits are capped at {cap}.";
        foreach (var contingent in term.Contingents) yield return contingent.Words;
        if (term.RestsOn is { Count: > 0 } rests) yield return $"Rests on {string.Join(", ", rests)}.";
        if (term.Notes is { } notes) yield return notes;
    }

    private static string? Value(string name, Term term, AgreementDocument document) => (name, term) switch
    {
        ("title", _) => term.Title,
        ("value", _) => term.Value.Label,
        ("service", _) => document.Services.FirstOrDefault(service => service.Key == term.Service)?.Title
            ?? term.Service ?? "the service",
        ("period", _) => $"{term.Period ?? document.Period}",
        ("hours", Term.SupportHours support) => Calendar(support.Hours, document),
        ("hours", _) => term.Calendar is { } key ? Calendar(key, document) : "all hours",
        ("target", Term.Availability one) => Words(one.Target),
        ("target", Term.EventRatio one) => Words(one.Target),
        ("target", Term.Latency one) => Words(one.Target),
        ("target", Term.TicketClock one) => one.Target is { } target ? Words(target) : "all",
        ("target", Term.Survey one) => Words(one.Target),
        ("target", Term.CountLimit one) => Words(one.Target),
        ("threshold", Term.Latency one) => TimeLimit.Words(one.Threshold),
        ("clock", Term.TicketClock one) => one.Clock switch
        {
            ClockKind.Response => "responds to",
            ClockKind.Resolution => "resolves",
            _ => "gives an update on"
        },
        ("priorities", Term.TicketClock one) => one.Priorities is [] ? "tickets"
            : $"tickets of priority {string.Join(", ", one.Priorities)}",
        ("within", Term.TicketClock one) => $"{one.Within}",
        ("limit", Term.Workload one) => Words(one.Limit),
        ("of", Term.Workload one) => one.Of,
        ("of", Term.CountLimit one) => one.Of,
        ("scale", Term.Survey one) => string.Create(CultureInfo.InvariantCulture, $"{one.ScaleMin} to {one.ScaleMax}"),
        ("answers", Term.Survey one) => one.AnswersMin == 1 ? "one answer"
            : string.Create(CultureInfo.InvariantCulture, $"{one.AnswersMin} answers"),
        ("cap", Term.ServiceCredit one) => $"{one.Cap}",
        ("amount", Term.Charge one) => one.Amount.Label,
        ("text", Term.FreeClause one) => one.Text,
        _ => null,
    };

    private static string Words(Objective objective)
    {
        var number = string.Create(CultureInfo.InvariantCulture,
            $"{objective.Target}{(objective.Unit == Unit.Percent ? " %" : "")}");
        return objective.Comparison switch
        {
            Comparison.AtLeast => $"at least {number}",
            Comparison.MoreThan => $"more than {number}",
            Comparison.AtMost => $"at most {number}",
            _ => $"fewer than {number}",
        };
    }

    private static string Words(Beyond beyond) => beyond switch
    {
        Beyond.Excluded => "the surplus does not count",
        Beyond.Void => "the promise does not hold",
        _ => "best effort",
    };

    private static string Basis(CreditBasis basis) => basis switch
    {
        CreditBasis.Attainment => "the attained figure is",
        CreditBasis.Breaches => "breaches number",
        CreditBasis.OutageLength => "an outage in minutes is",
        CreditBasis.Downtime => "downtime in minutes is",
        _ => "the shortfall is",
    };

    private static string Calendar(string key, AgreementDocument document) =>
        document.Calendars.GetValueOrDefault(key)?.Name is { } name ? $"the hours \"{name}\"" : $"the hours \"{key}\"";

    [GeneratedRegex(@"\{([a-z]+)\}")]
    private static partial Regex Variable();
}
