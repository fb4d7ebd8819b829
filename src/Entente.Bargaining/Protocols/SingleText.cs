using Entente.Bargaining.Issues;

namespace Entente.Bargaining.Protocols;

/// <summary>One draft that a mediator keeps changing and everybody answers with yes or no (Klein, Faratin, Sayama,
/// Bar-Yam 2003).</summary>
/// <remarks>
/// The draft on the table is what stands; a proposal replaces it when all say yes. While the temperature is above zero
/// the
/// mediator also takes a proposal that some refuse, with probability e^(−refusals / temperature), which finds better
/// texts in
/// spaces with interactions. It overrules only parties that were overruled least so far: who says no to everything
/// is overruled as often as who says no when it means it, so that refusing what one likes gains nothing and costs the
/// chance of a better text.
/// Once cold, only unanimous proposals pass, so the last draft is one that all prefer to the draft it replaced.
/// </remarks>
/// <param name="Overruled">How often each party was overruled.</param>
/// <param name="Round">Proposals answered so far.</param>
public sealed record SingleText(Package Draft, Package? Proposal, IReadOnlyList<int> Overruled, int Round,
    Annealing Annealing, Deadline Deadline)
{
    public static SingleText Start(Package draft, int parties, Annealing annealing, Deadline deadline) =>
        new(draft, null, new int[parties], 0, annealing, deadline);

    public double Temperature => Annealing.At(Round);

    public Step<SingleText> Propose(Package proposal, double time)
    {
        if (Deadline.HasPassed(Round, time)) return Step<SingleText>.No(
            "bargain.over", "The time for drafts is over; the last draft stands.");
        if (Proposal is not null) return Step<SingleText>.No(
            "bargain.unanswered", "The last proposal is not answered yet.");
        return this with { Proposal = proposal };
    }

    /// <param name="yes">The answer of each party to "would you rather sign the proposal than the draft?".</param>
    /// <param name="chance">A number in [0, 1) from the caller's seeded source.</param>
    public Step<SingleText> Answer(IReadOnlyList<bool> yes, double chance)
    {
        if (Proposal is not { } proposal) return Step<SingleText>.No(
            "bargain.no_proposal", "There is no proposal to answer.");
        if (yes.Count != Overruled.Count) return Step<SingleText>.No("bargain.answers", "Every party must answer.");
        var refusals = yes.Count(answer => !answer);
        var least = Overruled.Min();
        var mayOverrule = refusals > 0 && Temperature > 0
            && Enumerable.Range(0, yes.Count).All(p => yes[p] || Overruled[p] <= least)
            && chance < Math.Exp(-refusals / Temperature);
        return this with
        {
            Draft = refusals == 0 || mayOverrule ? proposal : Draft,
            Proposal = null,
            Round = Round + 1,
            Overruled = mayOverrule ? [.. Overruled.Select((n, p) => n + (yes[p] ? 0 : 1))] : Overruled,
        };
    }

    /// <summary>A neighbour of the draft that changes one or two issues, the same for the same seed and
    /// round.</summary>
    public Package Mutate(Space space, int seed)
    {
        var random = Chance.Seeded(seed, Round);
        var package = Draft;
        for (var change = 1 + random.Next(2); change > 0; change--)
        {
            var issue = random.Next(space.Issues.Count);
            package = package.With(issue, random.Next(space.Issues[issue].Count));
        }

        return space.Allows(package) ? package : Draft;
    }
}

/// <summary>How the mediator cools: temperature <paramref name="Start"/> falls linearly to zero after <paramref
/// name="Rounds"/> proposals.</summary>
public sealed record Annealing(double Start, int Rounds)
{
    public static Annealing None { get; } = new(0, 0);

    public double At(int round) => round >= Rounds ? 0 : Start * (1 - (double)round / Rounds);
}

/// <summary>After the deal, a proposal that takes effect only if all accept it; else the deal stands (Raiffa
/// 1985).</summary>
/// <param name="Answers">Yes or no of those who have answered.</param>
public sealed record PostSettlement(Package Deal, Package Proposal, int Parties, IReadOnlyDictionary<int, bool> Answers,
    Deadline Deadline)
{
    public static PostSettlement Start(Package deal, Package proposal, int parties, Deadline deadline) =>
        new(deal, proposal, parties, new Dictionary<int, bool>(), deadline);

    public bool IsOver => Answers.Count == Parties || Answers.Values.Contains(false);

    /// <summary>What is signed: the proposal when all said yes, else the deal.</summary>
    public Package Result => Answers.Count == Parties && Answers.Values.All(yes => yes) ? Proposal : Deal;

    public Step<PostSettlement> Answer(int party, bool yes, double time)
    {
        if (IsOver || Deadline.HasPassed(0, time)) return Step<PostSettlement>.No(
            "bargain.over", "The proposal is closed.");
        if (party < 0 || party >= Parties) return Step<PostSettlement>.No(
            "bargain.party", $"There is no party {party}.");
        if (Answers.ContainsKey(party)) return Step<PostSettlement>.No("bargain.answered", "This party has answered.");
        return this with { Answers = new Dictionary<int, bool>(Answers) { [party] = yes } };
    }
}
