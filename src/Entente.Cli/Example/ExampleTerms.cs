namespace Entente.Cli.Example;

/// <summary>What the invented sides ask, offer and agree on. Targets are decisions of people; what they attain is computed.</summary>
internal static class ExampleTerms
{
    public static IEnumerable<(string Service, Dictionary<string, object> Term)> Asked(ExampleHistory history) =>
        All(history, hosting: "99.9 %", pipeline: "99.9 %", review: "99.9 %", restore: "5 d", answer: "4 h", workload: "<= 9500", charge: "EUR 42000");

    public static IEnumerable<(string Service, Dictionary<string, object> Term)> Offered(ExampleHistory history) =>
        All(history, hosting: "99.8 %", pipeline: "99.0 %", review: "99.5 %", restore: "14 d", answer: "8 h", workload: "<= 8000", charge: "EUR 45800");

    public static Dictionary<string, object> FirstOffer(ExampleHistory history) =>
        Package(history, hosting: "99.8 %", pipeline: "99.5 %", review: "99.5 %", restore: "14 d", answer: "8 h", workload: "8500", charge: "EUR 45800");

    public static Dictionary<string, object> Counter(ExampleHistory history) =>
        Package(history, hosting: "99.9 %", pipeline: "99.8 %", review: "99.5 %", restore: "7 d", answer: "4 h", workload: "9500", charge: "EUR 43000");

    public static Dictionary<string, object> LastOffer(ExampleHistory history) =>
        Package(history, hosting: "99.9 %", pipeline: "99.8 %", review: "99.5 %", restore: "10 d", answer: "6 h", workload: "9000", charge: "EUR 44500");

    public static Dictionary<string, object> NextYear(ExampleHistory history) =>
        Package(history, hosting: "99.9 %", pipeline: "99.9 %", review: "99.5 %", restore: "10 d", answer: "6 h", workload: "9500", charge: "EUR 46500");

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

    private static Dictionary<string, object> Package(
        ExampleHistory history, string hosting, string pipeline, string review, string restore, string answer, string workload, string charge)
    {
        var package = new Dictionary<string, object>
        {
            ["code-hosting-usable"] = hosting,
            ["build-pipeline-usable"] = pipeline,
            ["code-review-usable"] = review,
            ["restore-high"] = restore,
            ["answer-moderate"] = answer,
            ["tickets-a-month"] = workload,
            ["charge"] = charge,
        };
        if (history.IsSimulated) package["pipeline-success"] = "99.9 %";
        return package;
    }
}
