namespace Entente.Cli.Example;

/// <summary>What the invented sides ask, offer and agree on. Targets are decisions of people; what they attain is computed.</summary>
internal static class ExampleTerms
{
    public static IEnumerable<(string Service, Dictionary<string, object> Term)> Asked(ExampleHistory history) =>
        All(history, hosting: "99.9 %", pipeline: "99.9 %", review: "99.9 %", restore: "5 d", answer: "4 h", workload: "<= 9500", charge: "EUR 41000");

    public static IEnumerable<(string Service, Dictionary<string, object> Term)> Offered(ExampleHistory history) =>
        All(history, hosting: "99.8 %", pipeline: "99.0 %", review: "99.5 %", restore: "14 d", answer: "8 h", workload: "<= 8000", charge: "EUR 41500");

    public static Dictionary<string, object> FirstOffer(ExampleHistory history) =>
        Package(history, hosting: "99.8 %", pipeline: "99.5 %", review: "99.5 %", restore: "14 d", answer: "8 h", workload: "8500", charge: "EUR 45800");

    public static Dictionary<string, object> Counter(ExampleHistory history) =>
        Package(history, hosting: "99.9 %", pipeline: "99.8 %", review: "99.5 %", restore: "7 d", answer: "4 h", workload: "9500", charge: "EUR 43000");

    public static Dictionary<string, object> LastOffer(ExampleHistory history) =>
        Package(history, hosting: "99.9 %", pipeline: "99.8 %", review: "99.5 %", restore: "10 d", answer: "6 h", workload: "9000", charge: "EUR 44500");

    public static Dictionary<string, object> NextYear(ExampleHistory history) =>
        Package(history, hosting: "99.9 %", pipeline: "99.9 %", review: "99.5 %", restore: "10 d", answer: "6 h", workload: "9500", charge: "EUR 46500");

    /// <summary>What an hour without it means to the customer, told in confidence.</summary>
    public static Dictionary<string, string> CustomerSays(string service) => new()
    {
        ["stops"] = "Nobody ships, and 240 developers wait.",
        ["costHour"] = service == "build-pipeline" ? "EUR 1200" : "EUR 700",
        ["costNight"] = "EUR 60",
        ["costPeak"] = service == "build-pipeline" ? "EUR 5000" : "EUR 2000",
        ["peak"] = "November, before the sales",
        ["notice"] = "Changes reach the shop within the hour, and nobody asks in the chat.",
        ["giveUp"] = "price",
    };

    /// <summary>What IT can do today and what more would take, told in confidence.</summary>
    public static Dictionary<string, string> ProviderSays(string service) => new()
    {
        ["worst"] = "6 h",
        ["cost"] = service == "build-pipeline" ? "EUR 12000" : "EUR 7000",
        ["levels"] = "availability 99.8 %: EUR 8000 once, EUR 1400 a month\navailability 99.9 %: EUR 20000 once, EUR 3100 a month",
        ["take"] = "A second build site, and a third person on call.",
        ["worry"] = "Two people carry every night.",
    };

    /// <summary>What promises cost to provide by the month, as accounting keeps it.</summary>
    public static object Costs => new
    {
        currency = "EUR",
        lines = new object[]
        {
            new { name = "Platform as it stands", kind = "fixed", amount = 26000 },
            new
            {
                name = "Second build site",
                kind = "steps",
                term = "build-pipeline-usable",
                steps = new[] { new { from = "99.5 %", amount = 900 }, new { from = "99.8 %", amount = 2300 }, new { from = "99.9 %", amount = 5400 } },
            },
            new { name = "Service desk in its hours", kind = "perStaffedHour", term = "answer-moderate", amount = 38, people = 1 },
            new
            {
                name = "On-call",
                kind = "steps",
                term = "restore-high",
                steps = new[] { new { from = "14 d", amount = 1800 }, new { from = "10 d", amount = 2600 }, new { from = "5 d", amount = 6400 } },
            },
        },
        notes = "Invented, like the people.",
    };

    /// <summary>Points from 0 to 100 that a side gives to lifting each term from its worst option to its best.</summary>
    public static Dictionary<string, int> ProviderCares(ExampleHistory history) =>
        Cares(history, hosting: 35, pipeline: 55, review: 60, restore: 90, answer: 45, workload: 30, charge: 70);

    public static Dictionary<string, int> CustomerCares(ExampleHistory history) =>
        Cares(history, hosting: 60, pipeline: 100, review: 15, restore: 40, answer: 55, workload: 20, charge: 70);

    /// <summary>What stands around the terms: zone, hours, and which file each source is.</summary>
    public static object Frame(string title, ExampleHistory history) => new
    {
        entente = "agreement/v1",
        key = "developer-platform",
        title,
        type = "sla",
        provider = new { name = "Acme IT" },
        customer = new { name = "Globex Retail" },
        timeZone = "Europe/Berlin",
        period = "month",
        calendars = new
        {
            support = new
            {
                timeZone = "Europe/Berlin",
                weekly = new { monday = Hours, tuesday = Hours, wednesday = Hours, thursday = Hours, friday = Hours },
            },
        },
        sources = new[]
        {
            new { key = "status", title = "Incidents of the platform", file = "status-*" },
            new { key = "desk", title = "Tickets of the service desk", file = "desk-*" },
            new { key = "traffic", title = "Requests to the pipeline", file = "traffic-*" },
        }.Where(source => history.IsSimulated || source.key != "traffic"),
        services = new[]
        {
            new { key = "code-hosting", title = "Code hosting" }, new { key = "build-pipeline", title = "Build pipeline" },
            new { key = "code-review", title = "Code review" }, new { key = "service-desk", title = "Service desk" },
        },
        terms = Array.Empty<object>(),
    };

    private static string[] Hours => ["07:00-19:00"];

    private static IEnumerable<(string, Dictionary<string, object>)> All(
        ExampleHistory history, string hosting, string pipeline, string review, string restore, string answer, string workload, string charge)
    {
        yield return ("code-hosting", Availability("code-hosting", "Code hosting is usable", "Git Operations", hosting));
        yield return ("build-pipeline", Availability("build-pipeline", "The build pipeline is usable", "Actions", pipeline));
        yield return ("code-review", Availability("code-review", "Code review is usable", "Pull Requests", review));
        yield return ("service-desk", new()
        {
            ["kind"] = "ticketClock",
            ["key"] = "restore-high",
            ["title"] = "High tickets are resolved",
            ["service"] = "service-desk",
            ["clock"] = "resolution",
            ["priorities"] = new[] { "2 - High" },
            ["within"] = restore,
            ["target"] = ">= 70 %",
            ["measure"] = new { source = "desk" },
        });
        yield return ("service-desk", new()
        {
            ["kind"] = "ticketClock",
            ["key"] = "answer-moderate",
            ["title"] = "Moderate tickets are answered",
            ["service"] = "service-desk",
            ["clock"] = "response",
            ["priorities"] = new[] { "3 - Moderate" },
            ["within"] = answer,
            ["target"] = ">= 60 %",
            ["calendar"] = "support",
            ["measure"] = new { source = "desk" },
        });
        yield return ("service-desk", new()
        {
            ["kind"] = "workload",
            ["key"] = "tickets-a-month",
            ["title"] = "Tickets a month",
            ["service"] = "service-desk",
            ["limit"] = workload,
            ["of"] = "tickets",
            ["measure"] = new { source = "desk" },
        });
        if (history.IsSimulated)
        {
            yield return ("build-pipeline", new()
            {
                ["kind"] = "eventRatio",
                ["key"] = "pipeline-success",
                ["title"] = "Requests to the pipeline succeed",
                ["service"] = "build-pipeline",
                ["target"] = ">= 99.9 %",
                ["measure"] = new { source = "traffic", series = new[] { "pipeline" } },
            });
        }

        yield return ("service-desk", new()
        {
            ["kind"] = "charge",
            ["key"] = "charge",
            ["title"] = "Monthly charge",
            ["service"] = "service-desk",
            ["amount"] = charge,
        });
    }

    private static Dictionary<string, object> Availability(string service, string title, string component, string target) => new()
    {
        ["kind"] = "availability",
        ["key"] = $"{service}-usable",
        ["title"] = title,
        ["service"] = service,
        ["target"] = $">= {target}",
        ["measure"] = new { source = "status", series = new[] { component }, down = new[] { "major", "critical" } },
    };

    private static Dictionary<string, int> Cares(
        ExampleHistory history, int hosting, int pipeline, int review, int restore, int answer, int workload, int charge) =>
        ByTerm(history, hosting, pipeline, review, restore, answer, workload, charge, success: 10);

    private static Dictionary<string, object> Package(
        ExampleHistory history, string hosting, string pipeline, string review, string restore, string answer, string workload, string charge) =>
        ByTerm<object>(history, hosting, pipeline, review, restore, answer, workload, charge, success: "99.9 %");

    /// <summary>One thing said of each term; only a simulated history counts requests to the pipeline.</summary>
    private static Dictionary<string, T> ByTerm<T>(
        ExampleHistory history, T hosting, T pipeline, T review, T restore, T answer, T workload, T charge, T success)
    {
        var terms = new Dictionary<string, T>
        {
            ["code-hosting-usable"] = hosting,
            ["build-pipeline-usable"] = pipeline,
            ["code-review-usable"] = review,
            ["restore-high"] = restore,
            ["answer-moderate"] = answer,
            ["tickets-a-month"] = workload,
            ["charge"] = charge,
        };
        if (history.IsSimulated) terms["pipeline-success"] = success;
        return terms;
    }
}
