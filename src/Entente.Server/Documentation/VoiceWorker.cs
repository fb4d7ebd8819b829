using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Entente.Server.Documentation;

/// <summary>Lets the anonymous voices of a day be heard together, at an hour that none of their authors chose.</summary>
public sealed class VoiceWorker(IServiceScopeFactory scopes, IClock clock, ILogger<VoiceWorker> log) : BackgroundService
{
    /// <summary>Other nodes may hear them, and clocks are set; so the hour is looked up again after this.</summary>
    private static readonly TimeSpan _sleepMost = TimeSpan.FromMinutes(1);

    /// <summary>An hour that passed while no server ran is made up for before the doors open, never just after somebody spoke.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await Turn(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var sleep = TimeSpan.Zero;
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(sleep, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!stoppingToken.IsCancellationRequested) sleep = await Turn(stoppingToken);
        }
    }

    private async Task<TimeSpan> Turn(CancellationToken stopping)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var left = await scope.ServiceProvider.GetRequiredService<VoiceBoxDesk>().HearWaiting() - clock.GetCurrentInstant();
            return left < Duration.Zero ? TimeSpan.Zero : left.ToTimeSpan() < _sleepMost ? left.ToTimeSpan() : _sleepMost;
        }
        catch (Exception failure) when (failure is not OperationCanceledException && !stopping.IsCancellationRequested)
        {
            Log.WorkerFailed(log, failure, nameof(VoiceWorker));
            return _sleepMost;
        }
    }
}
