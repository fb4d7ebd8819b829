using Entente.Agreements;
using Entente.Engagements;
using Entente.Server.Engagements;
using Entente.Storage.Agreements;

namespace Entente.Server.Monitoring;

/// <summary>What the fourth stage tells the engagement's home.</summary>
public sealed class MonitoringDesk(Recorder recorder, AgreementStore agreements, MeasurementDesk measurements) : IStageDesk
{
    public Stage Stage => Stages.Monitoring;

    public async Task<bool> IsDone(string engagement) =>
        await HasSigned(engagement) && (await measurements.Read(engagement)).State.InUse.Any();

    public async Task<IReadOnlyList<Waiting>> Waits(string engagement, EngagementState state) =>
        await HasSigned(engagement) && !(await measurements.Read(engagement)).State.InUse.Any()
            ? [Waiting.For(state, Seat.Provider, "bring in measurements of what was promised", $"/engagements/{engagement}/monitoring")]
            : [];

    private async Task<bool> HasSigned(string engagement)
    {
        foreach (var row in await agreements.OfEngagement(engagement))
        {
            if ((await recorder.Read<AgreementState, AgreementFact>(row.Id)).State.Versions.Exists(version => version.IsSigned)) return true;
        }

        return false;
    }
}
