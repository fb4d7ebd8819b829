namespace Entente.Documentation;

public static partial class Interview
{
    private static readonly Question[] Customer =
    [
        new("stops", "What does it mean for you if this stops for an hour?", "Who cannot work, what is lost, who notices.", AnswerKind.Words),
        new("costHour", "What does an hour of it cost you on a normal working day?", "EUR 4000", AnswerKind.Money),
        new("costNight", "And an hour at night?", "EUR 200", AnswerKind.Money),
        new("costPeak", "And in your busiest hours, such as month end or a sale?", "EUR 20000", AnswerKind.Money),
        new("peak", "When are those busiest hours?", "The last two days of a month, November", AnswerKind.Words),
        new("bear", "How long may it be down in a month, all together, before you look for somebody else?", "45 min", AnswerKind.Duration),
        new("work", "When may it be down for planned work, without counting?", "Sundays 02:00-06:00", AnswerKind.Window),
        new("restore", "When it is down, how soon must it be back?", "2 h", AnswerKind.Duration),
        new("answer", "How soon must somebody answer when you report that it is down?", "15 min", AnswerKind.Duration),
        new("slow", "From when on is it so slow that your people call it broken?", "3 s", AnswerKind.Duration),
        new("hours", "When do you need it?", "always, or the key of a calendar such as business-hours", AnswerKind.Words),
        new("load", "How many requests do you expect in a month, at most?", "400", AnswerKind.Number),
        new("notice", "How would you notice that it is well, without asking IT?", "Orders come in; nobody calls.", AnswerKind.Words),
        new("source", "Whose figures would you believe?", "The key of a data source such as prometheus or service-desk, or your own words.", AnswerKind.Words),
        new("giveUp", "What would you give up first, if not everything can be had?", "", AnswerKind.Choice,
            ["availability", "speed", "support at night", "price"]),
    ];

    private static readonly Question[] Provider =
    [
        new("delivered", "What share of the time is it usable today, as far as you know?", "99.5 %", AnswerKind.Share),
        new("source", "Which figures say so?", "The key of a data source such as prometheus or service-desk, or your own words.", AnswerKind.Words),
        new("worst", "How long did your worst outage of the last year last?", "6 h", AnswerKind.Duration),
        new("work", "When do you need it down for planned work?", "Sundays 02:00-06:00", AnswerKind.Window),
        new("restore", "How soon can you bring it back, nine times of ten?", "4 h", AnswerKind.Duration),
        new("answer", "How soon does somebody answer a report today?", "30 min", AnswerKind.Duration),
        new("fast", "How fast does it answer nineteen of twenty requests today?", "800 ms", AnswerKind.Duration),
        new("hours", "When is somebody there?", "always, or the key of a calendar such as business-hours", AnswerKind.Words),
        new("load", "How many requests can your people take in a month?", "350", AnswerKind.Number),
        new("cost", "What does making it cost in a month, as it is?", "EUR 18000", AnswerKind.Money),
        new("better", "What would half the downtime cost in a month, on top?", "EUR 6000", AnswerKind.Money),
        new("levels", "What would each better level cost on top?",
            "One a line: availability 99.9 %: EUR 30000 once, EUR 6000 a month, EUR 2 per user. Also restore, response, latency.", AnswerKind.Levels),
        new("take", "What would it take?", "A second database, one more person on call.", AnswerKind.Words),
        new("rests", "On whose promises does it rest?", "One supplier or OLA a line, with what it promises.", AnswerKind.Words),
        new("worry", "What worries you about it? One worry a line.", "What you would say if nobody wrote it down.", AnswerKind.Words),
    ];

    public static IReadOnlyList<Question> Of(Side side) => side is Side.Customer ? Customer : Provider;
}
