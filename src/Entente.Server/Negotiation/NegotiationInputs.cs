using System.Text.Json;
using Entente.Negotiation;
using Entente.Terms;
using NodaTime;

namespace Entente.Server.Negotiation;

/// <summary>A package to offer: a value for every term on the agenda, typed (<c>{"kind": "share", "of": "99.9 %"}</c>)
/// or as text.</summary>
public sealed record OfferWish(
    IReadOnlyDictionary<string, JsonElement> Package, string? CounterTo = null, Instant? Expires = null,
        string? Message = null,
    IReadOnlyList<ContingencyWish>? Contingencies = null);

/// <param name="Value">The value meanwhile; none keeps the package's own.</param>
/// <param name="CreditTimes">How many times a credit of the term counts meanwhile.</param>
public sealed record ContingencyWish(string Term, string Until, JsonElement? Value = null, LocalDate? At = null,
    decimal? CreditTimes = null);

public sealed record OfferSetWish(IReadOnlyList<OfferWish> Packages);

public sealed record TradeWish(IReadOnlyDictionary<string, JsonElement> If, IReadOnlyDictionary<string,
    JsonElement> Then, string? Message = null);

public sealed record MarkWish(string Term, JsonElement Value);

/// <param name="Anonymous">True leaves no trace of who raises it; nobody can withdraw it.</param>
/// <param name="Owner">The seat that answers for it; the service level manager's where none is named.</param>
/// <param name="Least">A hard concern: what its term needs at least; or <paramref name="Most"/>, at most.</param>
public sealed record ConcernWish(string Text, string? Term = null, bool Anonymous = false, Seat? Owner = null,
    JsonElement? Least = null, JsonElement? Most = null);

public sealed record VoteWish(bool Backs, string? Reason = null);

public sealed record ReasonWish(string Reason);

public sealed record AnswerWish(string Answer);

public sealed record OwnerWish(Seat Owner);

public sealed record InterestWish(string Interest);

public sealed record ConfidenceWish(bool Yes);

public sealed record BudgetWish(Money Limit, string? Reason = null);

public sealed record DeadlineWish(Instant? Deadline = null, string? Reason = null);

public sealed record RestartWish(string Reason, Instant? Deadline = null);

public sealed record HintsWish(bool Allowed);

public sealed record PulseWish(int Mood, int Trust);

/// <summary>Reads values of terms as the agenda types them; what is wrong names its path.</summary>
public static class NegotiationInputs
{
    public static NegotiationFact.Offered Offer(NegotiationState state, OfferWish wish, string path)
    {
        new Inputs().Text($"{path}message", wish.Message, required: false).Throw();
        var package = Values(state, wish.Package, $"{path}package");
        return new NegotiationFact.Offered(
            "", package, OfferKind.Package, wish.CounterTo, wish.Expires, wish.Message, Set: null,
            (wish.Contingencies ?? []).Select((one, i) => Contingency(state, package, one, $"{path}contingencies[{i}]"))
                .ToValueList());
    }

    private static Contingency Contingency(
        NegotiationState state, IReadOnlyDictionary<string, TermValue> package, ContingencyWish wish, string path)
    {
        new Inputs().Text($"{path}.until", wish.Until, 500)
            .Check(wish.Value is not null || wish.CreditTimes is not null, path, "contingent.empty",
                "expected a value, or creditTimes").Throw();
        var value = wish.Value is { } said ? Value(state, wish.Term, said, $"{path}.value")
            : package.GetValueOrDefault(wish.Term) ?? throw new BadInputException(
                $"{path}.term", "term.unknown", $"expected a term of the package, found \"{wish.Term}\"");
        return new Contingency(wish.Term, value, wish.Until.Trim(), wish.At, wish.CreditTimes);
    }

    /// <summary>What would meet a concern; none where it is not hard.</summary>
    public static HardNeed? Need(NegotiationState state, ConcernWish wish)
    {
        new Inputs().Check(wish.Least is null || wish.Most is null, "$.most", "need.both",
            "expected either least or most")
            .Check((wish.Least ?? wish.Most) is null || wish.Term is not null, "$.term", "need.term",
                "expected the term that needs something").Throw();
        return wish.Least is { } least
            ? new HardNeed(Comparison.AtLeast, Value(state, wish.Term!, least, "$.least"))
            : wish.Most is { } most ? new HardNeed(Comparison.AtMost, Value(state, wish.Term!, most, "$.most"))
            : null;
    }

    public static IReadOnlyDictionary<string, TermValue> Values(
        NegotiationState state, IReadOnlyDictionary<string, JsonElement> values, string path) =>
        values.ToDictionary(pair => pair.Key, pair => Value(state, pair.Key, pair.Value, $"{path}.{pair.Key}"));

    public static TermValue Value(NegotiationState state, string key, JsonElement value, string path)
    {
        if (state.Term(key) is not { } agenda)
        {
            throw new BadInputException(path, "term.unknown",
                $"expected one of {string.Join(", ", state.Agenda.Select(term => term.Key))}, found \"{key}\"");
        }

        if (value.ValueKind is JsonValueKind.String or JsonValueKind.Number)
            return Text(agenda.Term, value.ToString(), path);
        try
        {
            return value.Deserialize<TermValue>(Json.Options)
                ?? throw new BadInputException(path, "json.null", "expected a value, found null");
        }
        catch (Exception invalid) when (invalid is JsonException or NotSupportedException)
        {
            throw new BadInputException(path, "json.invalid", $"expected {TermValueText.Expected(agenda.Term)}");
        }
    }

    public static TermValue Text(Term term, string text, string path) => TermValueText.Read(term, text)
        ?? throw new BadInputException(path, "term.value",
            $"expected {TermValueText.Expected(term)}, found \"{text}\"");

    public static NegotiationWish Check(NegotiationWish wish)
    {
        var inputs = new Inputs().Text("$.title", wish.Title, 200)
            .Check(wish.Ends is null || wish.EffectiveFrom is null || wish.Ends > wish.EffectiveFrom, "$.ends",
                "dates.order", "expected a day after effectiveFrom");
        if (wish.Document is { } document)
        {
            inputs.Take(Entente.Agreements.AgreementDocumentRules.Validate(document)
                .Where(finding => finding.Rule != "agreement.terms")
                    .Select(finding => finding with { Path = $"$.document.{finding.Path}" }));
        }

        inputs.Throw();
        return wish;
    }
}
