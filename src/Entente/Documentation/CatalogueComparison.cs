using Entente.Terms;

namespace Entente.Documentation;

/// <summary>One thing that services are compared by, with what each of them says.</summary>
/// <param name="Values">One for each service, in their order; empty where it says nothing.</param>
public sealed record ComparedRow(string Name, IReadOnlyList<string> Values)
{
    public bool Differs => Values.Distinct().Count() > 1;
}

/// <summary>Services side by side: their cards, and their promises kind by kind, for keys differ from service to service.</summary>
public static class CatalogueComparison
{
    public static IReadOnlyList<ComparedRow> Of(IReadOnlyList<CatalogueEntry> services)
    {
        var cards = services.Select(entry => CatalogueDifference.Words(entry.Card)).ToList();
        var kinds = services.SelectMany(entry => entry.Pairs).Select(KindOf).Distinct();
        return
        [
            .. cards.Count == 0 ? [] : cards[0].Select((field, i) => new ComparedRow(field.Name, [.. cards.Select(card => card[i].Text)])),
            .. kinds.Select(kind => new ComparedRow(kind, [.. services.Select(entry =>
                string.Join('\n', entry.Pairs.Where(pair => KindOf(pair) == kind).Select(Promise)))])),
            new("Asks and offers that agree", [.. services.Select(entry => $"{entry.Agreed.Count()} of {entry.Pairs.Count}")]),
        ];
    }

    private static string Promise(TermPair pair) => pair switch
    {
        { IsAgreed: true } => $"{pair.Title}: {pair.Offered!.Value.Label}",
        _ => $"{pair.Title}: {pair.Asked?.Value.Label ?? "not"} asked, {pair.Offered?.Value.Label ?? "not"} offered",
    };

    private static string KindOf(TermPair pair) => (pair.Offered ?? pair.Asked) switch
    {
        Term.Availability => "Availability",
        Term.EventRatio => "Good requests",
        Term.Latency => "Response time",
        Term.TicketClock => "Tickets",
        Term.SupportHours => "Support hours",
        Term.Charge or Term.ServiceCredit => "Money",
        Term.FreeClause => "In words",
        _ => "Other promises",
    };
}
