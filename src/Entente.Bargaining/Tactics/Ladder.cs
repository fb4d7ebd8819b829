using Entente.Bargaining.Issues;
using Entente.Bargaining.Preferences;

namespace Entente.Bargaining.Tactics;

/// <summary>The packages of one party from its best one down, found one by one and never all at once.</summary>
/// <remarks>
/// Options of each issue are sorted; a package's successors move one issue one step down, each package having one
/// predecessor,
/// so a heap yields them in order (Lawler 1972). Interactions are not part of the order.
/// </remarks>
public sealed class Ladder
{
    /// <summary>Each climb adds up to an entry for each issue, so this bounds the memory.</summary>
    private const int ClimbMost = 50_000;

    private readonly Space _space;
    private readonly Preference _own;
    private readonly int[][] _order;
    private readonly PriorityQueue<int[], (double Loss, int Turn)> _next = new();
    private readonly List<Package> _found = [];
    private int _turn;
    private int _climbed;

    public Ladder(Space space, Preference own)
    {
        (_space, _own) = (space, own);
        _order = [.. own.Worth.Select((row, i) => Enumerable.Range(0, row.Count)
            .Where(v => own.MustHaves.All(must => must.Issue != i || must.Values.Contains(v)))
            .OrderByDescending(v => row[v]).ToArray())];
        if (_order.Any(row => row.Length == 0)) return;
        _next.Enqueue(new int[_order.Length], (0, 0));
    }

    /// <summary>The package on this step, 0 being the best; null below the last one, or where constraints rule out so
    /// much that it was not found within the patience of the ladder.</summary>
    public Package? this[int step]
    {
        get
        {
            while (_found.Count <= step && _next.Count > 0 && _climbed < ClimbMost) Climb();
            return step < _found.Count ? _found[step] : null;
        }
    }

    private void Climb()
    {
        _climbed++;
        var steps = _next.Dequeue();
        var package = new Package([.. steps.Select((s, i) => _order[i][s])]);
        if (_space.Allows(package)) _found.Add(package);
        // Only issues from the last one that moved go on, so that each package is reached once.
        var last = Array.FindLastIndex(steps, s => s > 0);
        for (var i = Math.Max(0, last); i < steps.Length; i++)
        {
            if (steps[i] + 1 == _order[i].Length) continue;
            int[] down = [.. steps];
            down[i]++;
            _next.Enqueue(down, (Loss(down), ++_turn));
        }
    }

    private double Loss(int[] steps)
    {
        var loss = 0.0;
        for (var i = 0; i < steps.Length; i++) loss += _own.Worth[i][_order[i][0]] - _own.Worth[i][_order[i][steps[i]]];
        return loss;
    }
}
