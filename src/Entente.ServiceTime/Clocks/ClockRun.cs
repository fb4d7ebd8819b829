using NodaTime;

namespace Entente.ServiceTime.Clocks;

/// <summary>One clock of one case, or of one hop of it: decides at each moment what the moment does to it.</summary>
internal sealed class ClockRun(BoundClock clock, string? hop = null)
{
    private readonly List<Cycle> _cycles = [];
    private BoundClock _clock = clock;
    private bool _startHeld;
    private bool _stopHeld;
    private bool _pauseHeld;
    private bool _isOver;

    public string Name => _clock.Definition.Name;

    private Cycle? Current => _cycles.Count == 0 ? null : _cycles[^1];

    /// <summary>Takes the moment in; answers the run of a new hop when the case has moved on to one.</summary>
    public ClockRun? Take(Moment moment, bool isFirst)
    {
        if (_isOver) return null;
        if (_clock.EachSlot >= 0 && moment.HasChanged(_clock.EachSlot)) return Hop(moment);
        if (_clock.EachSlot < 0 || hop is not null) Step(moment, isFirst);
        return null;
    }

    public IEnumerable<ClockReading> Read(Instant now)
    {
        if (_clock.EachSlot >= 0 && hop is null) yield break;
        if (_cycles.Count == 0 || !_cycles[0].IsRevealed)
        {
            yield return new ClockReading(_clock, hop);
            yield break;
        }

        foreach (var cycle in _cycles)
            if (cycle.IsRevealed) yield return new ClockReading(cycle, hop, now);
    }

    /// <summary>Another version of the definition rules from here; null ends the clock.</summary>
    public void Rebind(BoundClock? next, Moment moment)
    {
        if (_isOver) return;
        if (next is null)
        {
            if (Current is { IsActive: true } open) open.Add(CycleStep.Cancelled, moment, _clock);
            _isOver = true;
            return;
        }

        _clock = next;
        if (Current is not { IsActive: true } active) return;
        active.Add(active.Last.Step, moment, next);
        active.Retarget(next.Target(moment), moment.At);
    }

    public ClockRun Copy()
    {
        var copy = new ClockRun(_clock, hop)
        {
            _startHeld = _startHeld,
            _stopHeld = _stopHeld,
            _pauseHeld = _pauseHeld,
            _isOver = _isOver,
        };
        copy._cycles.AddRange(_cycles.Select(c => c.Copy()));
        return copy;
    }

    private ClockRun? Hop(Moment moment)
    {
        if (hop is not null)
        {
            if (Current is { IsActive: true } open) open.Add(CycleStep.Stopped, moment, _clock);
            _isOver = true;
            return null;
        }

        var value = moment.Values[_clock.EachSlot];
        if (value is null || (!_clock.Definition.Only.IsEmpty && !_clock.Definition.Only.Contains(value))) return null;
        var next = new ClockRun(_clock, value);
        next.Step(moment, isFirst: false);
        return next;
    }

    private void Step(Moment moment, bool isFirst)
    {
        var started = StartFires(moment);
        if (_clock.IsRetroactive && Current is null
            && (_clock.RetroactiveFrom?.Holds(moment) ?? isFirst)) Begin(moment, isRevealed: false);
        if (Current is { IsRevealed: false } hidden)
        {
            if (started) hidden.Reveal();
        }
        else if (started && Current is null or { Last.Step: CycleStep.Cancelled }) Begin(moment, isRevealed: true);
        else if (Current is { Last.Step: CycleStep.Stopped } && Reopens(moment, started)) Reopen(moment);

        if (Current is { IsActive: true } active) Run(active, moment);
        Override(moment);
        _startHeld = _clock.Start?.Stays(moment) ?? true;
        _stopHeld = _clock.Stop?.Stays(moment) ?? false;
        _pauseHeld = _clock.Pause?.Stays(moment) ?? false;
    }

    private void Run(Cycle cycle, Moment moment)
    {
        cycle.Retarget(_clock.Target(moment), moment.At);
        if (cycle.IsRevealed && cycle.Since != moment.At && _clock.Reset?.Holds(moment) == true)
        {
            cycle.Add(CycleStep.Reset, moment, _clock);
            cycle = Begin(moment, isRevealed: true, wasPaused: cycle.WasPaused);
        }

        if (PauseNow(cycle.Last.Step == CycleStep.Paused, moment) is { } paused)
            cycle.Add(paused ? CycleStep.Paused : CycleStep.Running, moment, _clock);
        if (!cycle.IsRevealed) return;
        if (_clock.Stop?.Holds(moment) == true) cycle.Add(CycleStep.Stopped, moment, _clock);
        if (_clock.Cancel?.Holds(moment) == true) cycle.Add(CycleStep.Cancelled, moment, _clock);
    }

    /// <summary>True to pause now, false to go on now, null to stay.</summary>
    private bool? PauseNow(bool isPaused, Moment moment)
    {
        if (_clock.Pause is null) return null;
        if (_clock.Resume is null) return _clock.Pause.Holds(moment) == isPaused ? null : !isPaused;
        var resumes = _clock.Resume.Holds(moment);
        if (isPaused) return resumes ? false : null;
        return !resumes && !_pauseHeld && _clock.Pause.Holds(moment) ? true : null;
    }

    private bool StartFires(Moment moment) => _clock.Start is null ? !_startHeld : !_startHeld
        && _clock.Start.Holds(moment);

    private bool Reopens(Moment moment, bool started)
    {
        if (_clock.Definition.Reopen.Policy == ReopenPolicy.Never) return false;
        if (_clock.ReopenWhen is { } when) return when.Holds(moment);
        return started || (_stopHeld && !_clock.Stop!.Stays(moment));
    }

    private void Reopen(Moment moment)
    {
        var rule = _clock.Definition.Reopen;
        var goesOn = rule.Policy == ReopenPolicy.Continue
            || (rule.Policy == ReopenPolicy.Grace && moment.At - Current!.Last.From <= rule.Grace);
        _pauseHeld = false;
        if (goesOn) Current!.Add(CycleStep.Running, moment, _clock);
        else Begin(moment, isRevealed: true);
    }

    private Cycle Begin(Moment moment, bool isRevealed, bool wasPaused = false)
    {
        _pauseHeld = wasPaused && _pauseHeld;
        var cycle = new Cycle(_cycles.Count + 1, isRevealed, _clock.Target(moment));
        cycle.Add(wasPaused ? CycleStep.Paused : CycleStep.Running, moment, _clock);
        _cycles.Add(cycle);
        return cycle;
    }

    private void Override(Moment moment)
    {
        foreach (var item in moment.Events)
            if (item.Override is { } pinned && (pinned.Clock is null || pinned.Clock == Name)) Current?.Pin(pinned);
    }
}
