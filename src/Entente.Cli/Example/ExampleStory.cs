using System.Text;
using System.Text.Json;
using NodaTime;

namespace Entente.Cli.Example;

/// <summary>
/// The example engagement, played move by move through the same routes that everybody uses, each move by the person whose it
/// is and at its own time. Companies and people are invented; what the pages count is computed from the history brought in.
/// </summary>
public sealed class ExampleStory(ExampleCast cast, ExampleHistory history, LocalDate effective, Action<string> tell)
{
    public const string Title = "Developer platform and service desk";

    /// <summary>Components whose availability is promised, as the history names them.</summary>
    public static IReadOnlyList<string> Components { get; } = ["Git Operations", "Actions", "Pull Requests"];

    private static readonly (string Key, string Name, string Business, string Component)[] _services =
    [
        ("code-hosting", "Code hosting", "Developers fetch and store their work", "Git Operations"),
        ("build-pipeline", "Build pipeline", "Every change is built and tested before it ships", "Actions"),
        ("code-review", "Code review", "Nothing ships that a second pair of eyes has not read", "Pull Requests"),
    ];

    private static readonly (string Word, string Means, string MeasuredBy, string Term)[] _words =
    [
        ("we can ship", "Every team can bring a change to the shop", "availability of the build pipeline", "build-pipeline-usable"),
        ("work is safe", "Developers fetch and store their work", "availability of code hosting", "code-hosting-usable"),
        ("somebody is on it", "A grave fault is repaired in the time that was promised", "restore time of high tickets", "restore-high"),
    ];

    private string _path = "";

    public async Task<string> Play()
    {
        await OpenEngagement();
        await WriteCharter();
        await Record();
        await Describe();
        await Negotiate();
        await Sign();
        await Measure();
        await Review();
        await TalkAgain();
        return _path["/api/v1/engagements/".Length..];
    }

    private async Task OpenEngagement()
    {
        tell("opening the engagement");
        cast.Clock.MoveTo(effective.PlusDays(-110), 9);
        var opened = await cast.Chair.Post("/api/v1/engagements", new { title = Title, provider = "Acme IT", customer = "Globex Retail" });
        _path = $"/api/v1/engagements/{opened.GetProperty("id").GetString()}";
        foreach (var (person, seat) in cast.Seats) await cast.Chair.Post($"{_path}/seats", new { person, seat });
        await cast.Chair.Put($"{_path}/history-label", new { label = history.Label });
    }

    private async Task WriteCharter()
    {
        tell("writing the charter");
        cast.Clock.Forward(days: 1);
        await cast.Chair.Put($"{_path}/charter", new
        {
            purpose = "Globex Retail ships its shop several times a day. Both sides want to know what the platform under it is worth, what it costs, and what "
                + "happens when it stops.",
            scope = "Code hosting, build pipeline, code review and the service desk behind them. Laptops and the shop itself are out of scope.",
            roles = new[]
            {
                "Anna Niklas, service level manager: chairs, mediates, keeps the record; sits for neither side",
                "Pavel Ito, Acme IT: speaks and signs for the provider",
                "Mara Okafor, Globex Retail: speaks and signs for the customer",
                "Fiona Imre, accounting: sees what each level costs, holds the budget",
                "Sami Halonen, on-call lead: speaks for those who are called at night",
            },
            successMeasures = new[]
            {
                "Promises that are measured | none | every one",
                "Months in which both sides count differently | 7 of the last 12 | none",
                "Escalations a quarter about who promised what | 5 | at most 1",
            },
            sponsor = "Ida Moreau, Globex Retail, chief operating officer",
            raci = new[]
            {
                "Describe the services | Pavel Ito | Anna Niklas | Mara Okafor | Sami Halonen",
                "Release the requirements | Mara Okafor | Ida Moreau | Sami Halonen | Pavel Ito",
                "Release the spec sheets | Pavel Ito | Acme IT's head of operations | Fiona Imre, Sami Halonen | Mara Okafor",
                "Chair the rounds and the reviews | Anna Niklas | Anna Niklas | Pavel Ito, Mara Okafor | Fiona Imre",
            },
            calendar = new[]
            {
                $"Requirements and spec sheets are released | {effective.PlusDays(-90):uuuu-MM-dd}",
                $"Both sides are satisfied with every description | {effective.PlusDays(-75):uuuu-MM-dd}",
                $"Signature | {effective.PlusDays(-14):uuuu-MM-dd}",
                "Service review | every month, in its first week",
                "The agreement is read anew | every year",
            },
            escalation = "The two speakers, within two business days\nAnna Niklas mediates, within a week\nIda Moreau and Acme IT's head of operations decide",
            words = new[]
            {
                "down | the platform's own status record says major or critical",
                "at night | from 22:00 to 06:00 in Berlin",
            },
        });
        foreach (var stakeholder in cast.Stakeholders) await cast.Chair.Post($"{_path}/charter/stakeholders", new { person = stakeholder });
        foreach (var client in (Client[])[cast.Provider, cast.Customer, cast.Accounting, cast.OnCall])
        {
            cast.Clock.Forward(hours: 7);
            await client.Post($"{_path}/charter/approval", new { edition = 1 });
        }
    }

    /// <summary>What IT can really do: its asset list, its people, and how far its practices fit.</summary>
    private async Task Record()
    {
        tell("recording assets, people and practices");
        cast.Clock.Forward(days: 2);
        using var form = new MultipartFormDataContent();
        form.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(ExampleRecords.Assets)), "file", "assets.csv");
        var import = (await cast.Provider.PostContent($"{_path}/inventory/imports", form)).GetProperty("import").GetProperty("id").GetString();
        await cast.Provider.Post($"{_path}/inventory/imports/{import}/taking-over");
        cast.Clock.Forward(hours: 20);
        foreach (var one in ExampleRecords.Practice)
        {
            await cast.Chair.Put($"{_path}/practice-fit/{one.Clause}", new
            {
                fit = one.Fit,
                evidence = one.Evidence,
                plan = one.Plan,
                owner = one.Owner,
                due = one.Plan.Length == 0 ? null : effective.PlusDays(one.DueAfterDays).ToString("uuuu-MM-dd", null),
            });
        }

        cast.Clock.Forward(hours: 4);
    }

    private async Task Describe()
    {
        tell("describing services, requirements and spec sheets");
        await cast.Provider.Put($"{_path}/inventory/person/on-call",
            new
            {
                kind = "person",
                key = "on-call",
                name = "Platform on-call",
                isTeam = true,
                side = "provider",
                shift = "around the clock, in turns",
                hoursPerWeek = 40,
            });
        await cast.Provider.Put($"{_path}/inventory/practice/incident-management",
            new { kind = "practice", key = "incident-management", name = "Incident management", side = "provider" });
        await cast.Customer.Put($"{_path}/inventory/goal/ship-daily",
            new { kind = "goal", key = "ship-daily", name = "Ship every team's work every day", side = "customer" });
        foreach (var (key, name, _, component) in _services)
        {
            await cast.Provider.Put($"{_path}/inventory/asset/{key}-cluster", new
            {
                kind = "asset",
                key = $"{key}-cluster",
                name = $"{name} cluster",
                side = "provider",
                owner = "Platform on-call",
                run = $"EUR {5200 + name.Length * 100}",
                capacity = "240 users",
                measuredBy = new[] { component },
                dependsOn = ExampleRecords.StandsOn(key),
            });
        }

        foreach (var (key, name, business, _) in _services)
        {
            await cast.Chair.Put($"{_path}/services/{key}", new
            {
                name,
                businessView = business,
                technicalView = $"{name} cluster, two sites",
                owner = "Acme IT, platform team",
                users = "240 developers",
                hours = "always",
                support = "service desk, Mon-Fri 7-19",
                dependsOn = new[] { $"{key}-cluster" },
            });
        }

        await cast.Chair.Put($"{_path}/services/service-desk", new
        {
            name = "Service desk",
            businessView = "One place to ask, and somebody who stays with it until it works",
            owner = "Acme IT, service desk",
            users = "everyone at Globex Retail",
            hours = "Mon-Fri 7-19",
            support = "portal and phone",
        });
        foreach (var (word, means, measuredBy, term) in _words)
            await cast.Customer.Put($"{_path}/glossary/{Uri.EscapeDataString(word)}", new { means, measuredBy, terms = new[] { term } });
        foreach (var (key, _, _, _) in _services)
        {
            await cast.Customer.Put($"{_path}/services/{key}/interview", ExampleTerms.CustomerSays(key));
            await cast.Provider.Put($"{_path}/services/{key}/interview", ExampleTerms.ProviderSays(key));
        }

        await cast.Accounting.Put($"{_path}/cost", new { model = ExampleTerms.Costs });
        cast.Clock.Forward(days: 5);
        foreach (var (service, term) in ExampleTerms.Asked(history)) await Draft(cast.Customer, "requirements", service, term);
        cast.Clock.Forward(days: 4);
        foreach (var (service, term) in ExampleTerms.Offered(history)) await Draft(cast.Provider, "specs", service, term);
        foreach (var service in Services())
        {
            await cast.Provider.Put($"{_path}/specs/{service}/sheet", (await cast.Provider.Get($"{_path}/specs/{service}/sheet-draft")).GetProperty("sheet"));
            await cast.Customer.Post($"{_path}/requirements/{service}/release", new { });
            await cast.Provider.Post($"{_path}/specs/{service}/release", new { });
        }

        cast.Clock.Forward(days: 6);
        foreach (var service in Services())
        {
            var edition = (await cast.Chair.Get($"{_path}/services/{service}")).GetProperty("edition").GetInt32();
            await cast.Provider.Put($"{_path}/services/{service}/satisfaction", new { edition, satisfied = true });
            await cast.Customer.Put($"{_path}/services/{service}/satisfaction", new { edition, satisfied = true });
        }
    }

    private async Task Negotiate()
    {
        tell("negotiating");
        cast.Clock.Forward(days: 7);
        var table = await cast.Chair.Post($"{_path}/negotiations", new
        {
            title = $"{Title} {effective.Year}",
            effectiveFrom = effective.ToString("uuuu-MM-dd", null),
            document = ExampleTerms.Frame(Title, history),
        });
        var n = $"{_path}/negotiations/{table.GetProperty("id").GetString()}";
        await cast.Accounting.Put($"{n}/budget", new { limit = "EUR 46000", reason = "What the platform may cost a month this year" });
        await cast.Provider.Put($"{n}/room", new { swings = ExampleTerms.ProviderCares(history), walkAway = 25 });
        await cast.Customer.Put($"{n}/room", new { swings = ExampleTerms.CustomerCares(history), walkAway = 25 });
        cast.Clock.Forward(days: 1);
        await cast.Provider.Post($"{n}/offers", new
        {
            package = ExampleTerms.FirstOffer(history),
            message = "What the records of the last two years let us promise."
        });
        cast.Clock.Forward(hours: 20);
        await cast.OnCall.Post($"{n}/concerns", new { text = "Two people carry every high ticket. Ten days are real, five are not.", term = "restore-high" });
        cast.Clock.Forward(days: 2);
        await cast.Customer.Post($"{n}/offers", new
        {
            package = ExampleTerms.Counter(history),
            counterTo = "o1",
            message = "The build pipeline matters most to us; code review can give a little."
        });
        cast.Clock.Forward(days: 2);
        await cast.Provider.Post($"{n}/concerns/c1/answer", new { answer = "Agreed: it will not be five, and a third person joins the rota in spring." });
        cast.Clock.Forward(days: 1);
        await cast.Provider.Post($"{n}/offers", new
        {
            package = ExampleTerms.LastOffer(history),
            counterTo = "o2",
            message = "Your pipeline target against our restore time."
        });
        cast.Clock.Forward(hours: 30);
        await cast.Customer.Post($"{n}/offers/o3/acceptance");
        await Improve(n);
    }

    /// <summary>What both agreed on is the floor; the engine knows of a package that is better for both.</summary>
    private async Task Improve(string n)
    {
        cast.Clock.Forward(hours: 2);
        var better = (await cast.Chair.Post($"{n}/improvements")).GetProperty("offers").EnumerateArray().Last().GetProperty("id").GetString();
        foreach (var side in (Client[])[cast.Provider, cast.Customer])
        {
            cast.Clock.Forward(hours: 5);
            await side.Post($"{n}/offers/{better}/confidence", new { yes = true });
        }
    }

    private async Task Sign()
    {
        tell("signing");
        cast.Clock.Forward(days: 3);
        await cast.Provider.Post($"{_path}/agreements/a1/signatures", new { version = 1, title = "Head of Platform", place = "Berlin" });
        cast.Clock.Forward(days: 1);
        await cast.Customer.Post($"{_path}/agreements/a1/signatures", new { version = 1, title = "Director of Engineering", place = "Hamburg" });
    }

    private async Task Measure()
    {
        cast.Clock.MoveToPresent();
        foreach (var file in history.Files)
        {
            tell($"bringing in {file.Name}");
            await cast.Provider.PostContent(
                $"{_path}/measurements{MeasurementCommands.Query(file.Name, partial: true, file.TimeZone, file.ShiftDays)}", new ByteArrayContent(file.Bytes));
        }
    }

    private async Task Review()
    {
        tell("issuing reports");
        var months = (await cast.Chair.Get($"{_path}/promises"))[0].GetProperty("months").EnumerateArray().Select(month => month.GetString()!).ToList();
        var reports = $"{_path}/agreements/a1/reports";
        foreach (var (month, i) in months.SkipLast(1).Select((month, i) => (month, i)))
        {
            var report = await cast.Chair.Post(reports, new { period = month });
            if (i == 1 && Missed(report) is { } line)
            {
                await cast.Customer.Post($"{reports}/{month}/disputes", new { term = line, reason = "Our own log shows more than this." });
                await cast.Chair.Post($"{reports}/{month}/settlements",
                    new { term = line, upheld = false, reason = "Both sides compared the intervals one by one; the report stands." });
            }

            if (i < months.Count - 2) await cast.Customer.Post($"{reports}/{month}/acceptance", new { });
        }
    }

    /// <summary>The relationship goes on: next year's version lies on the table.</summary>
    private async Task TalkAgain()
    {
        tell("opening next year's table");
        cast.Clock.MoveToPresent();
        var table = await cast.Chair.Post($"{_path}/negotiations", new
        {
            title = $"{Title} {effective.Year + 1}",
            amends = "a1",
            effectiveFrom = effective.PlusYears(1).ToString("uuuu-MM-dd", null),
        });
        var n = $"{_path}/negotiations/{table.GetProperty("id").GetString()}";
        await cast.Accounting.Put($"{n}/budget", new { limit = "EUR 47000", reason = "Next year's plan" });
        await cast.Provider.Post($"{n}/offers", new { package = ExampleTerms.NextYear(history), message = "More for the pipeline, where you asked for it." });
        await cast.Accounting.Post($"{n}/concerns", new { text = "Above 46 000 we must drop the second data line.", term = "charge" });
        await cast.Customer.Post($"{_path}/requests",
            new { service = "build-pipeline", text = "The new payments team needs it too, twelve people from the first of next month." });
        await cast.OnCall.Post($"{_path}/voices",
            new { text = "The rota has been two people since August. A third was promised for spring.", service = "service-desk" });
    }

    private Task<JsonElement> Draft(Client by, string room, string service, Dictionary<string, object> term) =>
        by.Put($"{_path}/{room}/{service}/terms/{term["key"]}", term);

    private static IEnumerable<string> Services() => [.. _services.Select(service => service.Key), "service-desk"];

    private static string? Missed(JsonElement answer) =>
        answer.GetProperty("reviewed").GetProperty("report").GetProperty("lines").EnumerateArray().Select(line => line.GetProperty("result"))
            .FirstOrDefault(result => result.TryGetProperty("breached", out var breached)
                && breached.GetBoolean()) is { ValueKind: JsonValueKind.Object } missed
            ? missed.GetProperty("term").GetString() : null;
}
