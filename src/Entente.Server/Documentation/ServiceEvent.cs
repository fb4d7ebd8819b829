using Entente.Documentation;
using NodaTime;

namespace Entente.Server.Documentation;

/// <summary>One thing that became of a service, in a sentence.</summary>
/// <param name="By">Identifier of the person who did it.</param>
public sealed record ServiceEvent(string Service, string Text, string By, Instant At)
{
    public static ServiceEvent? Of(DescriptionFact fact, Stamp stamp) => fact switch
    {
        DescriptionFact.ServiceDescribed one => new(one.Service, $"described as {one.Card.Name}", stamp.By, stamp.At),
        DescriptionFact.ServiceRetired one => new(one.Service, $"retired: {one.Reason}", stamp.By, stamp.At),
        DescriptionFact.Asked one => new(one.Service, $"asked: {one.Term.Title}, {one.Term.Value.Label}", stamp.By, stamp.At),
        DescriptionFact.AskWithdrawn one => new(one.Service, $"no longer asked: {one.Term}", stamp.By, stamp.At),
        DescriptionFact.Offered one => new(one.Service, $"offered: {one.Term.Title}, {one.Term.Value.Label}", stamp.By, stamp.At),
        DescriptionFact.OfferWithdrawn one => new(one.Service, $"no longer offered: {one.Term}", stamp.By, stamp.At),
        DescriptionFact.SheetReleased one => new(one.Service, "external spec sheet released", stamp.By, stamp.At),
        DescriptionFact.Satisfied one => new(one.Service, $"satisfied with edition {one.Edition}{(one.Remark is { } remark ? $": {remark}" : "")}", stamp.By,
            stamp.At),
        DescriptionFact.NotYetSatisfied one => new(one.Service, $"not yet satisfied with edition {one.Edition}: {one.Reason}", stamp.By, stamp.At),
        DescriptionFact.SatisfactionWithdrawn one => new(one.Service, "satisfaction taken back", stamp.By, stamp.At),
        DescriptionFact.TermReopened one => new(one.Service, $"{one.Term} came back from {one.Source}: {one.Reason}", stamp.By, stamp.At),
        _ => null,
    };
}
