using System.Globalization;
using Entente.Documentation;
using Entente.Negotiation;
using Entente.Server.Documentation;
using Entente.Terms;

namespace Entente.Server.Negotiation;

/// <summary>What each option costs the customer when it is kept and no better, by the hours and seasons of its
/// interview. Only the customer reads it.</summary>
public sealed class LossEvidence(RoomDesk rooms, TableHours calendars) : ITermEvidence
{
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<EvidenceChip>>> Of(
        EvidenceQuestion question, CancellationToken cancel)
    {
        var chips = new Dictionary<string, IReadOnlyList<EvidenceChip>>(StringComparer.Ordinal);
        if (!question.Reader.Is(Seat.Customer)) return chips;
        var hours = await calendars.Of(question.Engagement, question.Table);
        foreach (var service in question.Table.Agenda.GroupBy(item => item.Term.Service).Where(group => group.Key is not null))
        {
            if (await rooms.FindDowntimeCost(question.Engagement, service.Key!) is not { } cost) continue;
            foreach (var item in service)
            {
                var loss = cost.Compute(known => DowntimeLoss.Of(known, hours.Year, hour => hours.IsOpen(item.Term.Calendar, hour)));
                var found = (question.Options.GetValueOrDefault(item.Key) ?? [])
                    .Select(value => Chip(item.Term, value, loss, hours.InMonth(item.Term.Calendar))).OfType<EvidenceChip>().ToList();
                if (found.Count > 0) chips[item.Key] = found;
            }
        }

        return chips;
    }

    private static EvidenceChip? Chip(Term term, TermValue value, DowntimeLoss loss, decimal openHours)
    {
        if (DowntimeLoss.Hours(term, value, openHours) is not { } down) return null;
        var (usual, peak) = (new Money(loss.Of(term, value, openHours)!.Value, loss.Currency),
            new Money(Math.Round(down * loss.PeakHour, 2), loss.Currency));
        return new EvidenceChip(value, EvidenceKind.Loss,
            $"{value.Label} leaves a loss of {usual.Label} a month", "",
            term is Term.Availability ? "What may fail under this promise, at the prices of your interview; nobody else sees it."
                : "One outage a month that lasts as long as this allows, at the prices of your interview; nobody else sees it.",
            "the customer's interview",
            [
                new EvidencePart("Without service", string.Create(CultureInfo.InvariantCulture, $"{down:0.##} h a month")),
                new EvidencePart("An hour costs", $"{new Money(loss.MeanHour, loss.Currency).Label} in the mean over the year"),
                new EvidencePart("All of it in the busiest hours", peak.Label),
            ], usual);
    }
}
