using System.Globalization;
using Entente.Agreements;
using Entente.Documentation;
using Entente.Negotiation;
using Entente.Server.Documentation;
using Entente.Terms;

namespace Entente.Server.Negotiation;

/// <summary>What each option costs to provide: by accounting's model, else by the levels that IT named in its
/// interview.</summary>
public sealed class CostEvidence(CostDesk costs, RoomDesk rooms, TableHours calendars) : ITermEvidence
{
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<EvidenceChip>>> Of(
        EvidenceQuestion question, CancellationToken cancel)
    {
        var chips = new Dictionary<string, IReadOnlyList<EvidenceChip>>(StringComparer.Ordinal);
        var (state, _) = await costs.Read(question.Engagement);
        var edition = Reads(question.Reader, state) ? state.InForceAt(costs.Today) : null;
        var hours = await calendars.Of(question.Engagement, question.Table);
        foreach (var item in question.Table.Agenda)
        {
            var options = question.Options.GetValueOrDefault(item.Key) ?? [];
            var (model, source) = edition is not null && edition.Model.Lines.Any(line => line.Term == item.Key)
                ? (edition.Model, $"cost model, version {edition.Number} from {edition.EffectiveFrom:uuuu-MM-dd}")
                : (await Levels(question, item), "IT's interview");
            if (model is null) continue;
            var found = options.Select(value => CostOf.Value(model, item.Term, value, hours.InMonth) is { } parts
                ? Chip(value, parts, model.Currency, source) : null).OfType<EvidenceChip>().ToList();
            if (found.Count > 0) chips[item.Key] = found;
        }

        return chips;
    }

    /// <remarks>A level becomes an option when IT has released what it offers for the term; what it costs never
    /// leaves.</remarks>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<TermValue>>> Suggest(
        string engagement, IReadOnlyList<AgendaTerm> agenda, AgreementDocument frame)
    {
        var levels = new Dictionary<string, IReadOnlyList<TermValue>>(StringComparer.Ordinal);
        foreach (var item in agenda.Where(item => item.Offered is not null && item.Term.Service is not null))
        {
            if (await rooms.FindCapability(engagement, item.Term.Service!) is not { } capability) continue;
            levels[item.Key] = capability.Compute(known => (IReadOnlyList<TermValue>)[.. known.Levels
                .Where(level => level.Term == item.Key).Select(level => level.Level)]);
        }

        return levels;
    }

    private static bool Reads(EvidenceReader reader, CostState state) => reader switch
    {
        EvidenceReader.Engine => true,
        EvidenceReader.Seated { Seat: var seat } => state.IsReadBy(seat),
        _ => Enum.GetValues<Seat>().All(seat => state.IsReadBy(seat)),
    };

    /// <summary>The provider's own levels, which nobody else reads.</summary>
    private async Task<CostModel?> Levels(EvidenceQuestion question, AgendaTerm item)
    {
        if (!question.Reader.Is(Seat.Provider) || item.Term.Service is not { } service
            || await rooms.FindCapability(question.Engagement, service) is not { } capability) return null;
        var levels = capability.Compute(known => known.Levels.Where(level => level.Term == item.Key).ToList());
        return LevelCosts.Model(item.Key, levels, question.Table, capability.Compute(known => known.RequestsPerMonth));
    }

    private static EvidenceChip Chip(TermValue value, IReadOnlyList<CostPart> parts, string currency, string source)
    {
        var sum = new Money(parts.Sum(part => part.Amount), currency);
        return new EvidenceChip(value, EvidenceKind.Cost,
            string.Create(CultureInfo.InvariantCulture, $"{value.Label} costs {sum.Label} a month to provide"), "",
            $"By the {source}; the other side does not see it.", source,
            [.. parts.Select(part => new EvidencePart(part.Name, $"{new Money(part.Amount, currency).Label}: {part.Words}"))], sum);
    }
}
