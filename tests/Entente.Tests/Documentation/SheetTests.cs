using System.Text.Json;
using Entente.Documentation;
using Entente.Terms;
using static Entente.Tests.Documentation.Folding;

namespace Entente.Tests.Documentation;

public sealed class SheetTests
{
    private static readonly ServiceCard _card = new("Checkout", "People can pay.", Owner: "Platform", Users: "all shoppers", Charge: "EUR 900 a month");

    private static readonly GlossaryState _words = GlossaryState.Empty.Apply(
        new GlossaryFact.Defined("the shop is open", new("People can pay", "availability", ["checkout.uptime"])), new Stamp("ann", "", Now, 1));

    [Fact]
    public void A_sheet_is_made_from_terms_in_the_customers_words_and_from_what_the_service_stands_on()
    {
        var made = SheetDraft.Of(Sources([Uptime(">= 99.5 %"), Restore("4 h")]), standing: null);
        made.Sheet.External.Split('\n').ShouldBe(
        [
            "People can pay.", "For: all shoppers", "What you can count on:",
            "- “the shop is open”: 99.5 %, settled over month [checkout.uptime]", "- Back again: 4 h [checkout.restore]",
        ]);
        made.Sheet.Internal.Assets.ShouldBe(["db", "isp"]);
        made.Sheet.Internal.Underpinning.ShouldBe(["hoster", "Line of Telco"]);
        made.Sheet.Internal.Staffing.ShouldBe("Platform: team, Mon-Fri, 80 hours a week");
        made.Sheet.Internal.Cost.ShouldBe(new Money(340m, "EUR"));
        made.Sheet.Internal.Invoicing.ShouldBe("EUR 900 a month");
        made.Sheet.Internal.Risks.ShouldBe("Database: is retiring");
        made.Notes.ShouldBeEmpty();
    }

    [Fact]
    public void What_people_wrote_stays_and_what_follows_a_term_follows_it()
    {
        var first = SheetDraft.Of(Sources([Uptime(">= 99.5 %"), Restore("4 h")]), standing: null).Sheet;
        var edited = new SpecSheet(
            first.External.Replace("People can pay.", "You can always pay.\nAsk us anything."), first.Internal with { Risks = "Nobody knows it" });
        var again = SheetDraft.Of(Sources([Uptime(">= 99.9 %"), Fast()]), edited).Sheet;
        again.External.Split('\n').ShouldBe(
        [
            "You can always pay.", "Ask us anything.", "For: all shoppers", "What you can count on:",
            "- “the shop is open”: 99.9 %, settled over month [checkout.uptime]", "- Pages are fast: 300 ms [checkout.fast]",
        ]);
        again.Internal.Risks.ShouldBe("Nobody knows it\nDatabase: is retiring");
        SheetDraft.Of(Sources([Uptime(">= 99.9 %"), Fast()]), again).Sheet.ShouldBe(again, "made twice from the same, it is the same");
    }

    [Fact]
    public void Costs_in_two_currencies_are_no_sum_and_missing_ones_are_told()
    {
        var sources = Sources([]);
        var made = SheetDraft.Of(sources with
        {
            Assets = [.. sources.Assets, new() { Key = "us", Name = "US", Run = new Money(5, "USD") }, new() { Key = "x", Name = "X" }],
        }, standing: null);
        made.Sheet.Internal.Cost.ShouldBeNull();
        made.Notes.ShouldBe(["1 of 4 assets tell no cost of running them.",
            "cost: the assets cost EUR and USD; give their costs in one currency to have a sum."]);
    }

    [Fact]
    public void A_trace_leads_from_a_word_to_assets_and_says_where_it_is_broken()
    {
        var entry = new CatalogueEntry("checkout", _card)
        {
            Sheet = "Open: always [checkout.uptime]\nNothing more",
            Asked = Terms(Uptime(">= 99.9 %"), Restore("2 h")),
            Offered = Terms(Uptime(">= 99.5 %") with { Measure = new() { Series = ["db-probe"] } }),
        };
        var rows = Trace.Of([entry], _words, _ => Sources([]).Assets);
        rows.Count.ShouldBe(2);
        var uptime = rows.Single(row => row.Term == "checkout.uptime");
        (uptime.Words.Single(), uptime.Asked, uptime.Offered, uptime.Lines.Single()).ShouldBe(
            ("the shop is open", "99.9 %", "99.5 %", "Open: always [checkout.uptime]"));
        Trace.Plain(entry.Sheet, ["checkout.uptime"]).ShouldBe("Open: always\nNothing more", "a reader needs no key");
        uptime.Assets.Select(asset => (asset.Key, asset.Measures)).ShouldBe([("db", true), ("isp", false)]);
        uptime.Gaps.ShouldBeEmpty();
        rows.Single(row => row.Term == "checkout.restore").Gaps.ShouldBe(["nobody offers it", "no line of the spec sheet tells it"]);
    }

    [Fact]
    public void Editions_of_a_service_differ_by_field_and_by_term()
    {
        var older = new CatalogueEntry("checkout", _card) { Asked = Terms(Uptime(">= 99 %")) };
        var newer = older with { Card = _card with { Owner = "Payments" }, Asked = Terms(Uptime(">= 99.9 %")), Sheet = "You can pay." };
        CatalogueDifference.Between(older, newer).Where(line => line.Change is not LineChange.Kept).Select(line => (line.Part, line.Change, line.Text))
            .ShouldBe(
        [
            ("Owner", LineChange.Removed, "Platform"), ("Owner", LineChange.Added, "Payments"), ("Spec sheet", LineChange.Added, "You can pay."),
            ("Asked", LineChange.Removed, "The shop is open: 99 %, settled over month [checkout.uptime]"),
            ("Asked", LineChange.Added, "The shop is open: 99.9 %, settled over month [checkout.uptime]"),
        ]);
        CatalogueDifference.Between(null, newer).ShouldAllBe(line => line.Change == LineChange.Added);
    }

    [Fact]
    public void Services_are_compared_field_by_field_and_kind_by_kind()
    {
        var checkout = new CatalogueEntry("checkout", _card) { Asked = Terms(Uptime(">= 99.9 %")), Offered = Terms(Uptime(">= 99.9 %")) };
        var search = new CatalogueEntry("search", new ServiceCard("Search", "People find things.", Owner: "Platform"))
        {
            Asked = Terms(Uptime(">= 99 %") with { Key = "search.uptime" }, Fast() with { Key = "search.fast" }),
        };
        var rows = CatalogueComparison.Of([checkout, search]).ToDictionary(row => row.Name);
        (rows["Owner"].Differs, rows["Charge"].Differs).ShouldBe((false, true));
        rows["Availability"].Values.ShouldBe(["The shop is open: 99.9 %", "The shop is open: 99 % asked, not offered"]);
        rows["Response time"].Values.ShouldBe(["", "Pages are fast: 300 ms asked, not offered"]);
        rows["Asks and offers that agree"].Values.ShouldBe(["1 of 1", "0 of 2"]);
    }

    [Fact]
    public void A_request_is_answered_once_by_the_provider_and_withdrawn_by_whoever_made_it()
    {
        var charter = CharterState.Empty.Fold(Ann, CharterRules.Write(CharterState.Empty, Ann, new Charter("p", "s", ["r"], ["m"])));
        charter = charter.Fold(Ann, CharterRules.NameStakeholder(charter, Ann, "sam", "Sam"));
        var description = DescriptionState.Empty;
        RequestRules.Request(charter, description, RequestState.Empty, Cem, "checkout", "x").Refusal!.Code.ShouldBe("charter.not_approved");
        charter = charter.Fold(Sam, CharterRules.Approve(charter, Sam, 1));
        RequestRules.Request(charter, description, RequestState.Empty, Cem, "checkout", "x").Refusal!.Code.ShouldBe("description.unknown");
        description = description.Fold(Pia, DescriptionRules.Describe(charter, description, Pia, "checkout", _card));
        RequestRules.Request(charter, description, RequestState.Empty, Cem, "checkout", " ").Refusal!.Code.ShouldBe("request.text_missing");
        var state = RequestState.Empty.Fold(Cem, RequestRules.Request(charter, description, RequestState.Empty, Cem, "checkout", "For the outlet"));
        RequestRules.Request(charter, description, state, Cem, "checkout", "Again").Refusal!.Code.ShouldBe("request.open");
        RequestRules.Grant(state, Cem, "r1", "Yes").Refusal!.Code.ShouldBe("request.provider_only");
        RequestRules.Grant(state, Pia, "r1", "").Refusal!.Code.ShouldBe("request.reply_missing");
        RequestRules.Withdraw(state, Sam, "r1").Refusal!.Code.ShouldBe("request.not_yours");
        state = state.Fold(Pia, RequestRules.Decline(state, Pia, "r1", "Not this year"));
        (state.Find("r1")!.Status, state.Find("r1")!.Reply, state.Find("r1")!.AnsweredBy).ShouldBe((RequestStatus.Declined, "Not this year", "pia"));
        RequestRules.Withdraw(state, Cem, "r1").Refusal!.Code.ShouldBe("request.closed");
        RequestRules.Request(charter, description, state, Cem, "checkout", "Again").Facts.Single()
            .ShouldBe(new RequestFact.Requested("r2", "checkout", "Again"));
    }

    private static SheetSources Sources(Term[] offered) => new(new CatalogueEntry("checkout", _card), offered, _words,
        [
            new() { Key = "db", Name = "Database", Owner = "Platform", Run = new Money(300, "EUR"), Lifecycle = Lifecycle.Retiring, MeasuredBy = ["db-probe"] },
            new() { Key = "isp", Name = "Line of Telco", What = "supplier", Run = new Money(40, "EUR") },
        ],
        [
            new() { Key = "platform", Name = "Platform", IsTeam = true, Shift = "Mon-Fri", HoursPerWeek = 80 },
            new() { Key = "desk", Name = "Service desk", IsTeam = true },
        ], ["hoster"]);

    private static Term Uptime(string target) => Read(
        $$"""{"kind":"availability","key":"checkout.uptime","title":"The shop is open","target":"{{target}}","period":"month"}""");

    private static Term Fast() => Read("""{"kind":"latency","key":"checkout.fast","title":"Pages are fast","threshold":"PT0.3S","target":">= 95 %"}""");

    private static Term Restore(string within) => Read(
        $$"""{"kind":"ticketClock","key":"checkout.restore","title":"Back again","clock":"resolution","within":"{{within}}"}""");

    private static Term Read(string json) => JsonSerializer.Deserialize<Term>(json, Json.Options)!;

    private static System.Collections.Immutable.ImmutableSortedDictionary<string, Term> Terms(params Term[] terms) =>
        System.Collections.Immutable.ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, terms.Select(term => KeyValuePair.Create(term.Key, term)));
}
