using NodaTime;

namespace Entente.ServiceTime.Clocks;

/// <summary>What a clock does from an instant on.</summary>
internal enum CycleStep { Running, Paused, Stopped, Reset, Cancelled }

/// <summary>A step, when it began, what caused it, and the definition that ruled it.</summary>
internal readonly record struct CycleEntry(Instant From, CycleStep Step, CaseEvent Cause, BoundClock Clock);

/// <summary>
/// One measured promise, from start to stop: the list of its steps. Everything else is worked out from them.
/// </summary>
internal sealed class Cycle(int number, bool isRevealed, Duration? target)
{
    private readonly List<CycleEntry> _steps = new(4);

    public int Number => number;

    /// <summary>A retroactive clock is kept hidden until its start condition comes true.</summary>
    public bool IsRevealed { get; private set; } = isRevealed;

    public Duration? Target { get; private set; } = target;

    public DueOverride? Pinned { get; private set; }

    /// <summary>When an earlier target, since replaced, was breached.</summary>
    public Instant? EarlierBreach { get; private set; }

    public IReadOnlyList<CycleEntry> Steps => _steps;

    public CycleEntry Last => _steps[^1];

    public Instant Since => _steps[0].From;

    public bool IsActive => Last.Step is CycleStep.Running or CycleStep.Paused;

    /// <summary>Whether it stood paused before its last step.</summary>
    public bool WasPaused => _steps.Count > 1 && _steps[^2].Step == CycleStep.Paused;

    public void Add(CycleStep step, Moment moment, BoundClock clock) =>
        _steps.Add(new CycleEntry(moment.At, step, moment.Cause, clock));

    public void Reveal() => IsRevealed = true;

    public void Pin(DueOverride pinned) => Pinned = pinned;

    public void Retarget(Duration? next, Instant at)
    {
        if (next == Target) return;
        if (IsRevealed && Breach(at) is { } breach) EarlierBreach ??= breach;
        Target = next;
    }

    /// <summary>Open time that ran, or that was paused, up to an instant.</summary>
    public Duration Sum(CycleStep step, Instant now)
    {
        var sum = Duration.Zero;
        for (var i = 0; i < _steps.Count; i++)
            if (_steps[i].Step == step) sum += _steps[i].Clock.Definition.Calendar.Elapsed(_steps[i].From, End(i, now));
        return sum;
    }

    public Instant End(int step, Instant now) => step + 1 < _steps.Count ? _steps[step + 1].From
        : Instant.Max(now, _steps[step].From);

    /// <summary>
    /// The earliest instant at which the elapsed time equals the amount; for an ended cycle, when it would have been.
    /// Null
    /// while paused before that, and when no open time ever reaches it.
    /// </summary>
    public Instant? Reaches(Duration amount)
    {
        var (left, isPaused) = (amount, false);
        for (var i = 0; i < _steps.Count; i++)
        {
            var (from, step, _, clock) = _steps[i];
            var calendar = clock.Definition.Calendar;
            var isLast = i + 1 == _steps.Count;
            if (step == CycleStep.Running)
            {
                var reached = calendar.Due(from, left);
                var endsHere = isLast || _steps[i + 1].From >= reached || (i + 2 == _steps.Count && !IsActive);
                if (endsHere) return reached;
                left -= calendar.Elapsed(from, _steps[i + 1].From);
            }
            else if (isLast && !IsActive && isPaused) return calendar.Due(from, left);

            isPaused = step == CycleStep.Paused;
        }

        return null;
    }

    public Instant? Due() => Pinned?.Due ?? (Target is { } target ? Reaches(target) : null);

    /// <summary>
    /// The first instant, up to now, after which the clock had run past its due instant; null when it had not.
    /// </summary>
    /// <remarks>Only running time breaches: not a pause, and not the time after the stop.</remarks>
    public Instant? Breach(Instant now)
    {
        if (Due() is not { } due) return null;
        for (var i = 0; i < _steps.Count; i++)
            if (_steps[i].Step == CycleStep.Running && End(i, now) > due) return Instant.Max(due, _steps[i].From);
        return null;
    }

    public Cycle Copy()
    {
        var copy = new Cycle(number, IsRevealed, Target) { Pinned = Pinned, EarlierBreach = EarlierBreach };
        copy._steps.AddRange(_steps);
        return copy;
    }
}
