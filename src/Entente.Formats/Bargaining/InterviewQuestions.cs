using Entente.Bargaining;
using Entente.Bargaining.Elicitation;
using Entente.Bargaining.Preferences;

namespace Entente.Formats.Bargaining;

/// <param name="Asked">The trade-off questions and answers so far: 1 the first package, 2 the second, = either.</param>
/// <param name="Next">The question that would tell most now; null when enough is known.</param>
/// <param name="Weights">For each issue the least, the middle and the most its weight may be.</param>
/// <param name="Regret">The most by which another package could turn out better, as a share of the whole range.</param>
/// <param name="Contradiction">Places in <paramref name="Asked"/> of answers that cannot all be meant.</param>
/// <param name="Eased">For each answer how much worth the package not chosen may be better after all.</param>
public sealed record ElicitAnswer(
    string Party, IReadOnlyList<AskedQuestion> Asked, AskedQuestion? Next, IReadOnlyDictionary<string,
        IReadOnlyList<double>> Weights,
    IReadOnlyDictionary<string, string> Recommendation, double Regret, IReadOnlyList<int>? Contradiction,
        IReadOnlyList<double>? Eased);

public sealed record AskedQuestion(IReadOnlyDictionary<string, string> First, IReadOnlyDictionary<string,
    string> Second, string? Answer);

/// <summary>Finds out what a party wants, question by question; the same answers give the same next question.</summary>
public static class InterviewQuestions
{
    private const int QuestionsMost = 50;

    /// <param name="answer">Gives the answer to a question, or none to stop there.</param>
    public static ElicitAnswer Elicit(
        BargainAsk ask, int? party, IReadOnlyList<double>? swings, int? questions, Func<Preference, Question, Choose?> answer)
    {
        var seat = ask.Party("party", party ?? 0);
        var most = ask.AtLeast(1, "questions", questions, 15);
        if (most > QuestionsMost) throw ask.Wrong("questions", "number", $"Expected at most {QuestionsMost}.");
        var interview = Begin(ask, seat, swings);
        while (interview.Answers.Count < most && interview.Next() is { } question)
        {
            if (answer(ask.Bargain.Parties[seat], question) is not { } choice) break;
            interview = interview.With(new Answer(question, choice));
        }

        return Elicited(interview, ask.Bargain.Parties[seat].Party, interview.Answers.Count < most);
    }

    /// <summary>The profile's own answers, or one after the other from a text such as <c>12=1</c>.</summary>
    public static Func<Preference, Question, Choose?> Given(BargainAsk ask, string? answers, bool truthful)
    {
        if (truthful) return (party, question) => BargainQuestions.Truth(party, question);
        var given = new Queue<Choose>((answers ?? "").Where(letter => !char.IsWhiteSpace(letter)).Select(letter =>
            Parse(letter) ?? throw ask.Wrong("answers", "answer", $"Expected 1, 2 or =; found '{letter}'.")));
        return (_, _) => given.TryDequeue(out var choice) ? choice : null;
    }

    public static Choose? Parse(char letter) =>
        letter switch { '1' => Choose.First, '2' => Choose.Second, '=' => Choose.Either, _ => null };

    private static Interview Begin(BargainAsk ask, int party, IReadOnlyList<double>? swings)
    {
        var issues = ask.Bargain.Space.Issues.Count;
        if (swings is not null && swings.Count != issues)
            throw ask.Wrong("swings", "swings", $"Expected {issues} numbers, one for each issue.");
        if (swings?.Any(s => !double.IsFinite(s) || s < 0) == true || swings?.Sum() == 0)
            throw ask.Wrong("swings", "swings", "Swings must be finite, not negative, and not all zero.");
        return BargainQuestions.Interview(ask.Bargain, party, swings);
    }

    private static ElicitAnswer Elicited(Interview interview, string party, bool mayAsk)
    {
        var space = interview.Space;
        var (preference, recommendation) = (interview.Preference(party), interview.Recommend());
        var weights = space.Issues.Select((issue, i) => (issue.Name, Bounds: (IReadOnlyList<double>)
            [preference.Range!.Least[i].Max(), preference.Worth[i].Max(), preference.Range.Most[i].Max()]));
        return new ElicitAnswer(party, [.. interview.Answers.Select(a => Ask(a.Question, a.Choice))],
            mayAsk && interview.Next() is { } next ? Ask(next, null) : null,
            weights.ToDictionary(w => w.Name, w => w.Bounds), space.Describe(recommendation.Package),
            recommendation.Regret, interview.Contradiction?.Answers, interview.Contradiction?.Eased);

        AskedQuestion Ask(Question question, Choose? choice) =>
            new(Part(question, question.First), Part(question, question.Second),
            choice switch { Choose.First => "1", Choose.Second => "2", Choose.Either => "=", _ => null });
        Dictionary<string, string> Part(Question question, Entente.Bargaining.Issues.Package package) =>
            new[] { question.FirstIssue, question.SecondIssue }
            .ToDictionary(i => space.Issues[i].Name, i => space.Issues[i].Values[package[i]]);
    }
}
