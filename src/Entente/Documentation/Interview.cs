using System.Globalization;
using Entente.Terms;

namespace Entente.Documentation;

/// <summary>One question of a guided interview.</summary>
/// <param name="Key">Under which its answer is kept.</param>
/// <param name="Help">What an answer looks like.</param>
/// <param name="Unit">What is expected: words, a duration, a share, money, a number, or a choice.</param>
public sealed record Question(string Key, string Text, string Help, AnswerKind Unit, ValueList<string> Choices = default);

/// <summary>What an answer must look like.</summary>
public enum AnswerKind { Words, Duration, Share, Money, Number, Choice }

/// <summary>The two guided interviews: short questions in each side's own words, and what their answers become.</summary>
/// <remarks>
/// An outage somebody can bear once in a month of T hours, lasting t, allows an availability of 1 - t / T; a question about bearing an
/// outage is easier answered than one about per cent. A month counts 730 hours (a year of 8760 by twelve).
/// </remarks>
public static class Interview
{
    private const decimal HoursPerMonth = 730m;

    public static IReadOnlyList<Question> Of(Side side) => side is Side.Customer ? Customer : Provider;

    private static readonly Question[] Customer =
    [
        new("stops", "What does it mean for you if this stops for an hour?", "Who cannot work, what is lost, who notices.", AnswerKind.Words),
        new("costHour", "What does an hour of it cost you on a normal working day?", "EUR 4000", AnswerKind.Money),
        new("costNight", "And an hour at night?", "EUR 200", AnswerKind.Money),
        new("costPeak", "And in your busiest hours, such as month end or a sale?", "EUR 20000", AnswerKind.Money),
        new("peak", "When are those busiest hours?", "The last two days of a month, November", AnswerKind.Words),
        new("bear", "How long may it be down in a month, all together, before you look for somebody else?", "45 min", AnswerKind.Duration),
        new("restore", "When it is down, how soon must it be back?", "2 h", AnswerKind.Duration),
        new("answer", "How soon must somebody answer when you report that it is down?", "15 min", AnswerKind.Duration),
        new("slow", "From when on is it so slow that your people call it broken?", "3 s", AnswerKind.Duration),
        new("hours", "When do you need it?", "always, or the key of a calendar such as business-hours", AnswerKind.Words),
        new("load", "How many requests do you expect in a month, at most?", "400", AnswerKind.Number),
        new("notice", "How would you notice that it is well, without asking IT?", "Orders come in; nobody calls.", AnswerKind.Words),
        new("giveUp", "What would you give up first, if not everything can be had?", "", AnswerKind.Choice,
            ["availability", "speed", "support at night", "price"]),
    ];

    private static readonly Question[] Provider =
    [
        new("delivered", "What share of the time is it usable today, as far as you know?", "99.5 %", AnswerKind.Share),
        new("worst", "How long did your worst outage of the last year last?", "6 h", AnswerKind.Duration),
        new("restore", "How soon can you bring it back, nine times of ten?", "4 h", AnswerKind.Duration),
        new("answer", "How soon does somebody answer a report today?", "30 min", AnswerKind.Duration),
        new("fast", "How fast does it answer nineteen of twenty requests today?", "800 ms", AnswerKind.Duration),
        new("hours", "When is somebody there?", "always, or the key of a calendar such as business-hours", AnswerKind.Words),
        new("load", "How many requests can your people take in a month?", "350", AnswerKind.Number),
        new("cost", "What does making it cost in a month, as it is?", "EUR 18000", AnswerKind.Money),
        new("better", "What would half the downtime cost in a month, on top?", "EUR 6000", AnswerKind.Money),
        new("take", "What would it take?", "A second database, one more person on call.", AnswerKind.Words),
        new("rests", "On whose promises does it rest?", "One supplier or OLA a line, with what it promises.", AnswerKind.Words),
        new("worry", "What worries you about it?", "What you would say if nobody wrote it down.", AnswerKind.Words),
    ];

    /// <summary>Everything wrong with the answers; an empty answer is no answer and never wrong.</summary>
    public static IReadOnlyList<Finding> Validate(Side side, IReadOnlyDictionary<string, string> answers)
    {
        List<Finding> findings = [];
        foreach (var (key, text) in answers)
        {
            var question = Of(side).FirstOrDefault(one => one.Key == key);
            if (question is null) findings.Add(Finding.Error(
                key, "interview.question", $"expected one of {string.Join(", ", Of(side).Select(one => one.Key))}"));
            else if (text.Trim().Length > 0 && Wrong(question, text.Trim()) is { } expected) findings.Add(
                Finding.Error(key, "interview.answer", $"expected {expected}, found '{text.Trim()}'"));
        }

        return findings;
    }

    /// <summary>Terms that can be tested, drafted from the answers; each names the question it came from in its notes.</summary>
    public static IReadOnlyList<Term> Drafts(Side side, string service, string name, IReadOnlyDictionary<string, string> answers)
    {
        List<Term> drafts = [];
        var calendar = Answer("hours") is { } hours && TermRules.IsKey(hours) && hours != "always" ? hours : null;
        if (side is Side.Customer && Duration("bear") is { } bear)
            Add(new Term.Availability
            {
                Key = Key("availability"),
                Title = $"{name} is usable",
                Target = AtLeast(Usable(bear)),
                Period = TermPeriod.Month,
                Calendar = calendar,
                Clause = Answer("stops")
            }, "bear");
        if (side is Side.Provider && Answer("delivered") is { } delivered && Share.TryParse(delivered, out var share))
            Add(new Term.Availability
            {
                Key = Key("availability"),
                Title = $"{name} is usable",
                Target = AtLeast(share.Percent),
                Period = TermPeriod.Month,
                Calendar = calendar
            }, "delivered");
        if (Duration("restore") is { } restore)
            Add(Clock("restore", "is back after an outage", ClockKind.Resolution, restore, side is Side.Provider ? 90m : null), "restore");
        if (Duration("answer") is { } answer)
            Add(Clock("response", "is answered for when it is down", ClockKind.Response, answer, null), "answer");
        if (Duration(side is Side.Customer ? "slow" : "fast") is { } fast)
            Add(new Term.Latency { Key = Key("latency"), Title = $"{name} is fast enough", Threshold = fast, Target = AtLeast(95m), Period = TermPeriod.Month },
                side is Side.Customer ? "slow" : "fast");
        if (Answer("load") is { } load && decimal.TryParse(load, NumberStyles.Number, CultureInfo.InvariantCulture, out var count))
            Add(new Term.Workload
            {
                Key = Key("workload"),
                Title = $"Requests for {name}",
                Limit = new(Comparison.AtMost, count, Unit.Number),
                Of = "requests",
                Period = TermPeriod.Month
            }, "load");
        if (calendar is not null)
            Add(new Term.SupportHours { Key = Key("hours"), Title = $"Support hours of {name}", Hours = calendar }, "hours");
        return drafts;

        string Key(string what) => $"{service}.{what}";

        string? Answer(string key) => answers.TryGetValue(key, out var text) && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;

        NodaTime.Duration? Duration(string key) => Answer(key) is { } text && TimeLimit.TryParseDuration(text, out var duration) ? duration : null;

        Term Clock(string what, string does, ClockKind kind, NodaTime.Duration within, decimal? target) => new Term.TicketClock
        {
            Key = Key(what),
            Title = $"{name} {does}",
            Clock = kind,
            Within = TimeLimit.Parse(TimeLimit.Words(within)),
            Period = TermPeriod.Month,
            Target = target is { } percent ? AtLeast(percent) : null,
            Calendar = calendar,
        };

        void Add(Term term, string key) => drafts.Add(term with
        {
            Service = service,
            Notes = $"Asked: {Of(side).First(question => question.Key == key).Text} Answered: {Answer(key)}",
            Measure = new Measure { Series = [service] },
        });
    }

    /// <summary>The share of a month that is left when it may be down for so long, to a hundredth of a per cent, rounded towards what was said.</summary>
    public static decimal Usable(NodaTime.Duration bear) =>
        Math.Max(0m, Math.Floor((1m - ((decimal)bear.TotalHours / HoursPerMonth)) * 10_000m) / 100m);

    private static Objective AtLeast(decimal percent) => new(Comparison.AtLeast, percent, Unit.Percent);

    private static string? Wrong(Question question, string text) => question.Unit switch
    {
        AnswerKind.Duration => TimeLimit.TryParseDuration(text, out _) ? null : $"a time such as {question.Help}",
        AnswerKind.Share => Share.TryParse(text, out _) ? null : Share.Expected,
        AnswerKind.Money => Money.TryParse(text, out _) ? null : Money.Expected,
        AnswerKind.Number => decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out _) ? null : $"a number such as {question.Help}",
        AnswerKind.Choice => question.Choices.Contains(text) ? null : $"one of {string.Join(", ", question.Choices)}",
        _ => null,
    };
}
