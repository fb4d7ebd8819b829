using Entente.Agreements;
using Entente.Documentation;
using Entente.Server.Documentation;
using Entente.Storage.Agreements;

namespace Entente.Server.Agreements;

/// <summary>Signed agreements as evidence that practices are followed; those below only for who may read them.</summary>
public sealed class AgreementEvidence(AgreementStore agreements, UnderpinningDesk underpinning) : IPracticeEvidence
{
    public async Task<IReadOnlyList<(string Clause, Evidence Evidence)>> Shown(string engagement, Actor reader)
    {
        var agreed = Evidence.Of((await agreements.OfEngagement(engagement)).Count(row => row.Signed is not null),
            "agreement signed by both sides", "agreements signed by both sides", "agreements");
        var below = reader.Seat is { } seat && UnderpinningDesk.Readers.Contains(seat)
            ? (await underpinning.Read(engagement)).Contracts.Where(one => one.IsSigned).ToList() : [];
        var outside = Evidence.Of(below.Count(one => one.Type is AgreementType.Uc),
            "contract with a supplier signed", "contracts with suppliers signed", "agreements/underpinnings");
        var inside = Evidence.Of(below.Count(one => one.Type is AgreementType.Ola),
            "agreement inside the house signed", "agreements inside the house signed", "agreements/underpinnings");
        return
        [
            ("iso-8.3.3-agreed", agreed), ("itil-plain", agreed), ("iso-8.2.3", outside), ("iso-8.3.4", outside), ("iso-8.3.4", inside),
        ];
    }
}
