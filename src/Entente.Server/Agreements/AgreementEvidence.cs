using Entente.Documentation;
using Entente.Server.Documentation;
using Entente.Storage.Agreements;

namespace Entente.Server.Agreements;

/// <summary>What signed agreements show for the clauses of practice.</summary>
public sealed class AgreementEvidence(AgreementStore agreements) : IPracticeEvidence
{
    public async Task<IReadOnlyList<(string Clause, Evidence Evidence)>> Shown(string engagement)
    {
        var signed = (await agreements.OfEngagement(engagement)).Where(row => row.Signed is not null).ToList();
        var under = signed.Count(row => !string.Equals(row.Type, "SLA", StringComparison.OrdinalIgnoreCase));
        var agreed = Evidence.Of(signed.Count, "agreement signed by both sides",
            "agreements signed by both sides", "agreements");
        return
        [
            ("iso-8.3.3-agreed", agreed), ("itil-plain", agreed),
            ("iso-8.3.4", new Evidence(under, "operational agreements and contracts signed", "agreements")),
        ];
    }
}
