using System.Globalization;
using System.Text.Json.Serialization;
using NodaTime;

namespace Entente.Terms;

/// <summary>The value of a term that is bargained over, typed; what a table of options shows and evidence is asked
/// for.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Share), "share")]
[JsonDerivedType(typeof(Span), "duration")]
[JsonDerivedType(typeof(Days), "businessDays")]
[JsonDerivedType(typeof(Count), "count")]
[JsonDerivedType(typeof(Price), "money")]
[JsonDerivedType(typeof(Calendar), "calendar")]
[JsonDerivedType(typeof(Text), "text")]
[JsonDerivedType(typeof(Choice), "choice")]
public abstract record TermValue
{
    /// <summary>How a person reads it: <c>99.9 %</c>, <c>4 h</c>, <c>€ 44,500</c>.</summary>
    [JsonIgnore]
    public abstract string Label { get; }

    [JsonIgnore]
    public abstract string KindName { get; }

    /// <summary>The value on a number line, for plots and utilities: share 0 to 1, seconds, count, amount; none for
    /// words.</summary>
    [JsonIgnore]
    public virtual decimal? Number => null;

    public sealed override string ToString() => Label;

    public sealed record Share(Terms.Share Of) : TermValue
    {
        [JsonIgnore] public override string Label => Of.ToString();
        [JsonIgnore] public override string KindName => "a share";
        [JsonIgnore] public override decimal? Number => Of.Value;
    }

    public sealed record Span(Duration Duration) : TermValue
    {
        [JsonIgnore] public override string Label => TimeLimit.Words(Duration);
        [JsonIgnore] public override string KindName => "a duration";
        [JsonIgnore] public override decimal? Number => (decimal)Duration.TotalSeconds;
    }

    /// <summary>Business days of the term's calendar: whole open days, not hours.</summary>
    public sealed record Days(int Of) : TermValue
    {
        [JsonIgnore] public override decimal? Number => Of;
        [JsonIgnore] public override string Label => Of == 1 ? "1 business day" : $"{Of} business days";
        [JsonIgnore] public override string KindName => "business days";
    }

    public sealed record Count(decimal Of) : TermValue
    {
        [JsonIgnore] public override string Label => Of.ToString("#,0.####", CultureInfo.InvariantCulture);
        [JsonIgnore] public override string KindName => "a number";
        [JsonIgnore] public override decimal? Number => Of;
    }

    public sealed record Price(Money Money) : TermValue
    {
        [JsonIgnore] public override string Label => Money.Label;
        [JsonIgnore] public override string KindName => "money";
        [JsonIgnore] public override decimal? Number => Money.Amount;
    }

    public sealed record Calendar(string Key) : TermValue
    {
        [JsonIgnore] public override string Label => Key;
        [JsonIgnore] public override string KindName => "a calendar";
    }

    public sealed record Text(string Words) : TermValue
    {
        [JsonIgnore] public override string Label => Words;
        [JsonIgnore] public override string KindName => "words";
    }

    public sealed record Choice(string Option) : TermValue
    {
        [JsonIgnore] public override string Label => Option;
        [JsonIgnore] public override string KindName => "a choice";
    }
}
