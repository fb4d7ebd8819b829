namespace Entente.Storage.Ledger;

/// <summary>Wakes whoever waits for new facts in this process.</summary>
public sealed class LedgerPulse
{
    private TaskCompletionSource<long> _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Beat(long position) =>
        Interlocked.Exchange(ref _next, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult(position);

    /// <summary>Completes at the next beat. Take it before reading, so that nothing falls in between.</summary>
    public Task<long> Next => Volatile.Read(ref _next).Task;
}
