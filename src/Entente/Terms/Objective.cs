using System.Globalization;
using System.Text.Json.Serialization;

namespace Entente.Terms;

/// <summary>How an attained number is compared with its target.</summary>
public enum Comparison { AtLeast, MoreThan, AtMost, LessThan }

/// <summary>What the number of an objective is.</summary>
public enum Unit { Number, Percent }

/// <summary>Operator, target and unit, spelt <c>&gt;= 99.9 %</c> or <c>&lt;= 3</c>; without an operator it is at
/// least.</summary>
/// <param name="Target">The number as the contract writes it, its decimals kept: 99.90 for 99.90 %.</param>
[JsonConverter(typeof(TextJson<Objective>))]
public sealed record Objective(Comparison Comparison, decimal Target, Unit Unit) : ITextual<Objective>
{
    /// <summary>Every one: 100 %.</summary>
    public static Objective All { get; } = new(Comparison.AtLeast, 100m, Unit.Percent);

    public static string Expected => "an objective such as \">= 99.9 %\" or \"<= 3\"";

    /// <summary>The target as it is computed with: 0.999 for 99.9 %.</summary>
    [JsonIgnore]
    public decimal Value => Unit == Unit.Percent ? Target / 100m : Target;

    [JsonIgnore]
    public bool MoreIsBetter => Comparison is Comparison.AtLeast or Comparison.MoreThan;

    public TermValue AsValue() => Unit == Unit.Percent ? new TermValue.Share(new Share(Target))
        : new TermValue.Count(Target);

    public Objective At(TermValue.Share share) => this with { Target = share.Of.Percent, Unit = Unit.Percent };

    public Objective At(TermValue.Count count) => this with { Target = count.Of, Unit = Unit.Number };

    /// <summary>As people say it: at least 99.9 %.</summary>
    [JsonIgnore]
    public string Words => string.Create(CultureInfo.InvariantCulture,
        $"{Comparison.Words} {Target}{(Unit == Unit.Percent ? " %" : "")}");

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Comparison.Sign} {Target}{(Unit == Unit.Percent ? " %" : "")}");

    public static bool TryParse(string text, out Objective value)
    {
        value = All;
        text = text.Trim();
        var comparison = text switch
        {
            _ when text.StartsWith(">=", StringComparison.Ordinal) || text.StartsWith('≥') => Comparison.AtLeast,
            _ when text.StartsWith("<=", StringComparison.Ordinal) || text.StartsWith('≤') => Comparison.AtMost,
            _ when text.StartsWith('>') => Comparison.MoreThan,
            _ when text.StartsWith('<') => Comparison.LessThan,
            _ => Comparison.AtLeast,
        };
        text = text.TrimStart('>', '<', '=', '≥', '≤', ' ');
        var unit = text.EndsWith('%') ? Unit.Percent : Unit.Number;
        if (!decimal.TryParse(text.TrimEnd('%', ' '), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
            out var number))
            return false;
        value = new Objective(comparison, number, unit);
        return true;
    }
}

public static class ComparisonWords
{
    extension(Comparison comparison)
    {
        public string Sign => comparison switch
        {
            Comparison.AtLeast => ">=",
            Comparison.MoreThan => ">",
            Comparison.AtMost => "<=",
            _ => "<",
        };

        public string Words => comparison switch
        {
            Comparison.AtLeast => "at least",
            Comparison.MoreThan => "more than",
            Comparison.AtMost => "at most",
            _ => "less than",
        };
    }
}
