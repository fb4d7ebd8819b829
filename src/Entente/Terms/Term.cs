using System.Text.Json.Serialization;
using NodaTime;

namespace Entente.Terms;

/// <summary>One promise: a requirement, then an issue on the table, a clause, an objective, a row of a
/// report.</summary>
/// <remarks>
/// A closed family. What every kind has stands here; what one kind promises stands in the nested record.
/// The value that is bargained over is read by <see cref="Value"/> and replaced by <see cref="With(TermValue)"/>.
/// </remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Availability), "availability")]
[JsonDerivedType(typeof(EventRatio), "eventRatio")]
[JsonDerivedType(typeof(Latency), "latency")]
[JsonDerivedType(typeof(TicketClock), "ticketClock")]
[JsonDerivedType(typeof(Workload), "workload")]
[JsonDerivedType(typeof(Survey), "survey")]
[JsonDerivedType(typeof(CountLimit), "countLimit")]
[JsonDerivedType(typeof(SupportHours), "supportHours")]
[JsonDerivedType(typeof(ServiceCredit), "serviceCredit")]
[JsonDerivedType(typeof(Charge), "charge")]
[JsonDerivedType(typeof(FreeClause), "clause")]
public abstract record Term
{
    /// <summary>Unique within an agreement: lower case letters, digits, hyphens and dots.</summary>
    [JsonPropertyOrder(-3)]
    public required string Key { get; init; }

    [JsonPropertyOrder(-2)]
    public required string Title { get; init; }

    /// <summary>Key of the service this is promised for; none when it holds for the whole agreement.</summary>
    [JsonPropertyOrder(-1)]
    public string? Service { get; init; }

    /// <summary>How it is measured: the source, the series in it and how they combine.</summary>
    [JsonPropertyOrder(1)]
    public Measure? Measure { get; init; }

    /// <summary>Over what time it is settled; none takes the agreement's period.</summary>
    [JsonPropertyOrder(1)]
    public TermPeriod? Period { get; init; }

    /// <summary>Key of the calendar whose open time counts; none means all hours.</summary>
    [JsonPropertyOrder(1)]
    public string? Calendar { get; init; }

    /// <summary>Up to how much work the promise holds.</summary>
    [JsonPropertyOrder(1)]
    public WorkloadBound? UpTo { get; init; }

    /// <summary>Time or cases that do not count, beside those of the whole agreement.</summary>
    [JsonPropertyOrder(1)]
    public IReadOnlyList<ExclusionClause> Exclusions { get; init; } = [];

    /// <summary>What the customer gets back when it is missed.</summary>
    [JsonPropertyOrder(1)]
    public CreditLadder? Credit { get; init; }

    /// <summary>Keys of terms of underpinning contracts that this one rests on.</summary>
    [JsonPropertyOrder(1)]
    public IReadOnlyList<string> RestsOn { get; init; } = [];

    /// <summary>What holds of it only until something has happened.</summary>
    [JsonPropertyOrder(1)]
    public IReadOnlyList<Contingent> Contingents { get; init; } = [];

    /// <summary>The contract's own words.</summary>
    [JsonPropertyOrder(1)]
    public string? Clause { get; init; }

    [JsonPropertyOrder(1)]
    public string? Notes { get; init; }

    /// <summary>The one value that is bargained over.</summary>
    [JsonIgnore]
    public abstract TermValue Value { get; }

    /// <summary>The same term with another value; refused when the value is of another kind.</summary>
    public abstract Decision<Term> With(TermValue value);

    /// <summary>True when a higher value is better for the customer, false when lower is, null when that is no
    /// question.</summary>
    [JsonIgnore]
    public virtual bool? MoreIsBetter => null;

    private protected Refusal Mismatch(TermValue value) => new(
        "term.value_kind", $"The term '{Key}' is bargained over as {Value.KindName}, not as {value.KindName} ({value.Label}).");

    /// <summary>The share of time that the service is usable, from state intervals or checks, to the second.</summary>
    public sealed record Availability : Term
    {
        public required Objective Target { get; init; }

        /// <summary>How time is summed up: by the second (none) or by slices, as OpenSLO defines them.</summary>
        public Slicing? Slicing { get; init; }

        [JsonIgnore] public override TermValue Value => Target.AsValue();

        [JsonIgnore] public override bool? MoreIsBetter => Target.MoreIsBetter;

        public override Decision<Term> With(TermValue value) =>
            value is TermValue.Share share ? this with { Target = Target.At(share) } : Mismatch(value);
    }

    /// <summary>The share of events (requests, executions, messages) that were good.</summary>
    public sealed record EventRatio : Term
    {
        public required Objective Target { get; init; }

        /// <summary>Occurrences when none: every event counts the same.</summary>
        public Slicing? Slicing { get; init; }

        [JsonIgnore] public override TermValue Value => Target.AsValue();

        [JsonIgnore] public override bool? MoreIsBetter => Target.MoreIsBetter;

        public override Decision<Term> With(TermValue value) =>
            value is TermValue.Share share ? this with { Target = Target.At(share) } : Mismatch(value);
    }

    /// <summary>The share of requests that were answered within a limit.</summary>
    public sealed record Latency : Term
    {
        /// <summary>A request is good when it took no longer than this.</summary>
        public required Duration Threshold { get; init; }

        public required Objective Target { get; init; }

        public Facet Negotiable { get; init; } = Facet.Limit;

        [JsonIgnore]
        public override TermValue Value => Negotiable == Facet.Limit ? new TermValue.Span(Threshold)
            : Target.AsValue();

        [JsonIgnore] public override bool? MoreIsBetter => Negotiable != Facet.Limit;

        public override Decision<Term> With(TermValue value) => (Negotiable, value) switch
        {
            (Facet.Limit, TermValue.Span span) => this with { Threshold = span.Duration },
            (Facet.Target, TermValue.Share share) => this with { Target = Target.At(share) },
            _ => Mismatch(value),
        };
    }

    /// <summary>The share of tickets whose clock stopped in time: response, resolution or update, by
    /// priority.</summary>
    public sealed record TicketClock : Term
    {
        public required ClockKind Clock { get; init; }

        /// <summary>Priorities the limit is for, as the tickets spell them; empty means every ticket.</summary>
        public IReadOnlyList<string> Priorities { get; init; } = [];

        /// <summary>A duration on the calendar, a number of business days, or words that are no duration.</summary>
        public required TimeLimit Within { get; init; }

        /// <summary>The share of tickets that must be in time; none means every one.</summary>
        public Objective? Target { get; init; }

        public Facet Negotiable { get; init; } = Facet.Limit;

        [JsonIgnore]
        public override TermValue Value => Negotiable == Facet.Limit
            ? Within.AsValue() : (Target ?? Objective.All).AsValue();

        [JsonIgnore] public override bool? MoreIsBetter => Negotiable != Facet.Limit;

        public override Decision<Term> With(TermValue value) => (Negotiable, value) switch
        {
            (Facet.Limit, TermValue.Span or TermValue.Days or TermValue.Text) =>
                this with { Within = TimeLimit.From(value) },
            (Facet.Target, TermValue.Share share) => this with { Target = (Target ?? Objective.All).At(share) },
            _ => Mismatch(value),
        };
    }

    /// <summary>How much work the customer may bring in a period: tickets, calls, orders.</summary>
    public sealed record Workload : Term
    {
        public required Objective Limit { get; init; }

        /// <summary>What is counted, in the words of both sides.</summary>
        public required string Of { get; init; }

        [JsonIgnore] public override TermValue Value => Limit.AsValue();

        [JsonIgnore] public override bool? MoreIsBetter => true;

        public override Decision<Term> With(TermValue value) =>
            value is TermValue.Count count ? this with { Limit = Limit.At(count) } : Mismatch(value);
    }

    /// <summary>The mean score of a survey among users.</summary>
    public sealed record Survey : Term
    {
        public required Objective Target { get; init; }

        /// <summary>Fewer answers than this say nothing: the result is unknown.</summary>
        public int AnswersMin { get; init; } = 1;

        /// <summary>The lowest and highest score on the form.</summary>
        public decimal ScaleMin { get; init; } = 1;

        public decimal ScaleMax { get; init; } = 5;

        [JsonIgnore] public override TermValue Value => Target.AsValue();

        [JsonIgnore] public override bool? MoreIsBetter => Target.MoreIsBetter;

        public override Decision<Term> With(TermValue value) =>
            value is TermValue.Count count ? this with { Target = Target.At(count) } : Mismatch(value);
    }

    /// <summary>How often something may happen in a period: outages, breaches, changes that failed.</summary>
    public sealed record CountLimit : Term
    {
        public required Objective Target { get; init; }

        public required string Of { get; init; }

        [JsonIgnore] public override TermValue Value => Target.AsValue();

        [JsonIgnore] public override bool? MoreIsBetter => Target.MoreIsBetter;

        public override Decision<Term> With(TermValue value) =>
            value is TermValue.Count count ? this with { Target = Target.At(count) } : Mismatch(value);
    }

    /// <summary>When people answer: the calendar itself is what is bargained over.</summary>
    public sealed record SupportHours : Term
    {
        /// <summary>Key of the calendar that is promised.</summary>
        public required string Hours { get; init; }

        [JsonIgnore] public override TermValue Value => new TermValue.Calendar(Hours);

        public override Decision<Term> With(TermValue value) =>
            value is TermValue.Calendar calendar ? this with { Hours = calendar.Key } : Mismatch(value);
    }

    /// <summary>The credits of the agreement as a term of their own: the cap is what is bargained over.</summary>
    public sealed record ServiceCredit : Term
    {
        /// <summary>The most that is given back in a period, as a share of its charge.</summary>
        public required Share Cap { get; init; }

        /// <summary>Keys of the terms whose credits it caps; empty means all.</summary>
        public IReadOnlyList<string> Covers { get; init; } = [];

        [JsonIgnore] public override TermValue Value => new TermValue.Share(Cap);

        [JsonIgnore] public override bool? MoreIsBetter => true;

        public override Decision<Term> With(TermValue value) =>
            value is TermValue.Share share ? this with { Cap = share.Of } : Mismatch(value);
    }

    /// <summary>What the customer pays in each period.</summary>
    public sealed record Charge : Term
    {
        public required Money Amount { get; init; }

        [JsonIgnore] public override TermValue Value => new TermValue.Price(Amount);

        [JsonIgnore] public override bool? MoreIsBetter => false;

        public override Decision<Term> With(TermValue value) =>
            value is TermValue.Price price ? this with { Amount = price.Money } : Mismatch(value);
    }

    /// <summary>A clause in words, chosen among alternatives or written freely.</summary>
    public sealed record FreeClause : Term
    {
        /// <summary>The words, or the chosen one of <see cref="Choices"/>.</summary>
        public required string Text { get; init; }

        public IReadOnlyList<string> Choices { get; init; } = [];

        /// <summary>How both tell whether it is kept; none where nobody said.</summary>
        public Proof? Proof { get; init; }

        [JsonIgnore]
        public override TermValue Value => Choices is [] ? new TermValue.Text(Text)
            : new TermValue.Choice(Text);

        public override Decision<Term> With(TermValue value) => value switch
        {
            TermValue.Text text when Choices is [] => this with { Text = text.Words },
            TermValue.Choice choice when Choices.Contains(choice.Option) => this with { Text = choice.Option },
            TermValue.Choice choice when Choices is not [] => new Refusal(
                "term.choice", $"'{choice.Option}' is none of the choices of '{Key}': {string.Join(", ", Choices)}."),
            _ => Mismatch(value),
        };
    }
}

/// <summary>Which number of a term with two is bargained over: the limit of each case, or the share that must meet
/// it.</summary>
public enum Facet { Limit, Target }

/// <summary>How both tell whether a clause in words is kept, where nothing is measured: a document shows it, somebody looks and
/// says yes or no, it happened or it did not, or it holds by being agreed, as a law or a definition does.</summary>
public enum Proof { Document, Inspection, Occurrence, Agreement }

/// <summary>Which clock of a ticket is read.</summary>
public enum ClockKind { Response, Resolution, Update }
