using Entente.Terms;
using NodaTime;

namespace Entente.Negotiation;

/// <summary>Makes an agenda of what the customer requires and what the provider can do, matched by key.</summary>
public static class Agenda
{
    /// <remarks>
    /// A term that both sides wrote takes the requirement's words and both values. A term that only one side wrote is
    /// on the agenda too:
    /// the other side has not said yet what it thinks of it. A spec of another kind than the requirement is shown as
    /// the requirement's.
    /// </remarks>
    public static ValueList<AgendaTerm> Of(IEnumerable<Term> requirements, IEnumerable<Term> specs)
    {
        var offers = specs.GroupBy(term => term.Key).ToDictionary(group => group.Key, group => group.First());
        List<AgendaTerm> agenda = [];
        foreach (var required in requirements.DistinctBy(term => term.Key))
        {
            var offered = offers.Remove(required.Key, out var spec) && !required.With(spec.Value).IsRefused ? spec.Value
                : null;
            agenda.Add(new AgendaTerm(Merged(required, spec), required.Value, offered));
        }

        agenda.AddRange(offers.Values.Select(spec => new AgendaTerm(spec, Asked: null, spec.Value)));
        return agenda.ToValueList();
    }

    /// <summary>An agenda that starts from the terms in force: both sides stand where they stand now.</summary>
    public static ValueList<AgendaTerm> Amending(IEnumerable<Term> inForce, ValueList<AgendaTerm> newer)
    {
        var changed = newer.ToDictionary(term => term.Key);
        List<AgendaTerm> agenda = [];
        foreach (var term in inForce)
        {
            var change = changed.Remove(term.Key, out var wish) && !term.With(wish.Term.Value).IsRefused ? wish : null;
            agenda.Add(new AgendaTerm(term, change?.Asked ?? term.Value, change?.Offered ?? term.Value, [term.Value]));
        }

        agenda.AddRange(changed.Values);
        return agenda.ToValueList();
    }

    /// <summary>What an amendment reopens: terms that either side asks or offers otherwise than when they were last
    /// negotiated, new ones, and those that are named; everything when nothing of that is so.</summary>
    public static ValueList<AgendaTerm> Reopened(
        ValueList<AgendaTerm> all, IEnumerable<AgendaTerm> lastTime, IReadOnlySet<string> named)
    {
        var before = lastTime.DistinctBy(term => term.Key).ToDictionary(term => term.Key);
        var open = all.Where(term => named.Contains(term.Key)
            || !before.TryGetValue(term.Key, out var known) || known.Asked != term.Asked && term.Asked != term.Term.Value
            || known.Offered != term.Offered && term.Offered != term.Term.Value).ToValueList();
        return open.Count == 0 ? all : open;
    }

    /// <summary>The agenda's terms at the values of a package, in the order of the agenda.</summary>
    public static IReadOnlyList<Term> Filled(IEnumerable<AgendaTerm> agenda, IReadOnlyDictionary<string,
        TermValue> package, ValueList<Contingency> contingencies) =>
        [.. agenda.Select(one => Contingent(one.Term.With(package[one.Key]).Facts[0], contingencies))];

    private static Term Contingent(Term term, ValueList<Contingency> contingencies) =>
        contingencies.Where(one => one.Term == term.Key).ToList() is { Count: > 0 } mine ? term with
        {
            Contingents = [.. term.Contingents, .. mine.Select(one => new Contingent(
                one.Until, one.Value == term.Value ? null : one.Value, one.CreditTimes, one.At))],
        } : term;

    /// <summary>Which other terms a term is better bargained over together with, and why.</summary>
    public static IReadOnlyList<(string Key, string Why)> Together(AgendaTerm term, IEnumerable<AgendaTerm> agenda) =>
        [.. agenda.Where(other => other.Key != term.Key).Select(other => (other.Key, Why: Why(term.Term, other.Term)
            ?? Why(other.Term, term.Term))).Where(pair => pair.Why is not null).Select(pair => (pair.Key, pair.Why!))];

    private static string? Why(Term one, Term other) => (one, other) switch
    {
        (Term.TicketClock a, Term.TicketClock b) when a.Service == b.Service && a.Priorities.SequenceEqual(b.Priorities)
            && a.Clock != b.Clock => "the same tickets",
        (Term.SupportHours hours, { Calendar: { } calendar }) when calendar == hours.Hours => "counts in these hours",
        (Term.SupportHours hours, Term.TicketClock clock) when hours.Service == clock.Service => "the people who answer",
        (Term.Workload load, Term.TicketClock clock) when load.Service == clock.Service => "as much work as that",
        (Term.ServiceCredit cap, _) when cap.Covers.Contains(other.Key) => "caps its credits",
        (Term.Charge charge, { Credit: not null }) when charge.Service is null || charge.Service == other.Service =>
            "credits are a share of it",
        _ when one.RestsOn.Any(name => Dependency.TryParse(name, out var rests) && rests.Members.Contains(other.Key)) =>
            "rests on it",
        _ => null,
    };

    /// <summary>How the provider measures it, where the customer did not say.</summary>
    private static Term Merged(Term required, Term? spec) => spec is null ? required : required with
    {
        Measure = required.Measure ?? spec.Measure,
        Calendar = required.Calendar ?? spec.Calendar,
        Period = required.Period ?? spec.Period,
        UpTo = required.UpTo ?? spec.UpTo,
        Credit = required.Credit ?? spec.Credit,
        Exclusions = required.Exclusions is [] ? spec.Exclusions : required.Exclusions,
        RestsOn = required.RestsOn is [] ? spec.RestsOn : required.RestsOn,
    };
}
