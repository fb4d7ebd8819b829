using System.Collections.Immutable;
using System.Net.Http.Headers;
using System.Text;
using Entente.Negotiation;
using Entente.Server.Monitoring;
using Entente.Server.Negotiation;
using Entente.Storage.Negotiation;
using Entente.Terms;
using Entente.Terms.Evaluation;
using Microsoft.Extensions.DependencyInjection;

namespace Entente.Server.Tests;

public sealed class EvidenceDoorTests : IAsyncLifetime
{
    private Cast _cast = null!;

    public async ValueTask InitializeAsync()
    {
        _cast = await Cast.Assemble();
        await _cast.OpenGate();
    }

    public ValueTask DisposeAsync() => _cast.DisposeAsync();

    [Fact]
    public async Task Each_sides_value_shows_what_it_would_have_attained_on_the_measured_history()
    {
        var rows = new StringBuilder("start,end,series,state\n");
        rows.AppendLine("2025-10-01T00:00:00Z,2025-12-05T10:00:00Z,checkout,up");
        rows.AppendLine("2025-12-05T10:00:00Z,2025-12-05T14:00:00Z,checkout,down");
        rows.AppendLine("2025-12-05T14:00:00Z,2026-03-01T00:00:00Z,checkout,up");
        using var content = new StringContent(rows.ToString());
        content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        using var taken = await _cast.Pia.PostAsync(_cast.Path("/measurements?name=outages.csv"), content);
        taken.IsSuccessStatusCode.ShouldBeTrue(await taken.Content.ReadAsStringAsync());
        await _cast.OpenTable();
        await IsReady();
        var kept = _cast.Rooms.GetRequiredService<KeptResults>();
        var before = kept.Count;
        await _cast.Cem.Ask(HttpMethod.Get, _cast.Path("/negotiations/n1/evidence"));
        var html = (await _cast.Cem.Look($"/engagements/{_cast.Engagement}/negotiation/n1")).Html;
        html.ShouldContain("99.8 % met 4 of 5");
        html.ShouldContain("99.95 % met 4 of 5");
        kept.Count.ShouldBe(before, "nothing was left to make when somebody asked");
        var tables = _cast.Rooms.GetRequiredService<NegotiationStore>();
        (await tables.Open(most: 10)).Select(table => table.Name).ShouldBe(["n1"]);
        await _cast.Agree();
        (await tables.Open(most: 10)).ShouldBeEmpty("what is closed is not made ready");
        (await _cast.Sam.Ask(HttpMethod.Get, _cast.Path("/agreements/a1")))
            .Body.GetProperty("versions")[0].GetProperty("certificate")
            .GetProperty("evidence")[0].GetString()!.ShouldContain("outages.csv");
    }

    [Fact]
    public async Task What_was_made_ready_for_one_reading_of_a_table_serves_the_next()
    {
        using var content = new StringContent(
            "start,end,series,state\n2025-10-01T00:00:00Z,2026-03-01T00:00:00Z,checkout,up\n");
        content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        (await _cast.Pia.PostAsync(_cast.Path("/measurements?name=states.csv"), content)).EnsureSuccessStatusCode();
        await _cast.OpenTable();
        await using var scope = _cast.Rooms.CreateAsyncScope();
        var (table, _) = await scope.ServiceProvider.GetRequiredService<NegotiationDesk>().Read(_cast.Engagement, "n1");
        var evidence = scope.ServiceProvider.GetRequiredService<HistoryEvidence>();
        foreach (var percent in new[] { 99.7m, 99.6m })
        {
            // As two nodes or two requests read it: equal in every word, and no object shared.
            var read = table with
            {
                Agenda = table.Agenda.Select(item => item with
                {
                    Term = item.Term with { Measure = new Measure { Series = ["checkout"] } },
                }).ToImmutableList(),
            };
            var found = await evidence.Of(new EvidenceQuestion(_cast.Engagement, read,
                new Dictionary<string, IReadOnlyList<TermValue>> { ["availability"] = [new TermValue.Share(new Share(percent))] },
                new EvidenceReader.Everyone()), TestContext.Current.CancellationToken);
            found["availability"][0].Text.ShouldBe($"{percent} % met 5 of 5");
        }
    }

    /// <summary>Every option of every measured term has its result, and every such term is made ready once.</summary>
    private async Task IsReady()
    {
        await using var scope = _cast.Rooms.CreateAsyncScope();
        var (table, _) = await scope.ServiceProvider.GetRequiredService<NegotiationDesk>().Read(_cast.Engagement, "n1");
        var space = new TableSpace(table);
        var wanted = space.Agenda.Select((item, i) => (item.Term, Options: space.Options[i]))
            .Where(one => TermEvaluation.ObjectiveOf(one.Term) is not null).Sum(one => one.Options.Count + 1);
        var kept = _cast.Rooms.GetRequiredService<KeptResults>();
        for (var look = 0; kept.Count <= wanted && look < 1000; look++) await Task.Delay(20);
        kept.Count.ShouldBe(wanted + 1, "the rows of the one import stand there too");
    }
}
