namespace Entente.Bargaining.Elicitation;

/// <summary>Maximises c·x subject to A x ≤ b and x ≥ 0 by the simplex method in dictionary form with Bland's rule
/// (Chvátal 1983).</summary>
internal sealed class LinearProgram
{
    private const double Zero = 1e-10;
    private readonly int _rows;
    private readonly int _columns;
    private readonly double[][] _table;
    private readonly int[] _basis;
    private readonly int[] _free;

    private LinearProgram(IReadOnlyList<double[]> a, IReadOnlyList<double> b, double[] c)
    {
        (_rows, _columns) = (a.Count, c.Length);
        _table = new double[_rows + 2][];
        (_basis, _free) = (new int[_rows], new int[_columns + 1]);
        for (var i = 0; i < _rows; i++)
        {
            _table[i] = new double[_columns + 2];
            a[i].CopyTo(_table[i], 0);
            (_table[i][_columns], _table[i][_columns + 1]) = (-1, b[i]);
            _basis[i] = _columns + i;
        }

        (_table[_rows], _table[_rows + 1]) = (new double[_columns + 2], new double[_columns + 2]);
        for (var j = 0; j < _columns; j++) (_free[j], _table[_rows][j]) = (j, -c[j]);
        _free[_columns] = -1;
        _table[_rows + 1][_columns] = 1;
    }

    /// <summary>The optimum and where it is; null when no x satisfies the constraints, +∞ when they do not bound
    /// it.</summary>
    public static (double Value, double[] X)? Maximize(
        IReadOnlyList<double[]> a, IReadOnlyList<double> b, double[] c) =>
        new LinearProgram(a, b, c).Solve();

    private (double Value, double[] X)? Solve()
    {
        var worst = Enumerable.Range(0, _rows).MinBy(i => _table[i][_columns + 1]);
        if (_rows > 0 && _table[worst][_columns + 1] < -Zero)
        {
            Pivot(worst, _columns);
            if (!Climb(_rows + 1) || _table[_rows + 1][_columns + 1] < -1e-9) return null;
            for (var i = 0; i < _rows; i++)
            {
                if (_basis[i] != -1) continue;
                var leave = Enumerable.Range(0, _columns + 1).MaxBy(j => Math.Abs(_table[i][j]));
                Pivot(i, leave);
            }
        }

        if (!Climb(_rows)) return (double.PositiveInfinity, new double[_columns]);
        var x = new double[_columns];
        for (var i = 0; i < _rows; i++)
            if (_basis[i] >= 0 && _basis[i] < _columns) x[_basis[i]] = _table[i][_columns + 1];
        return (_table[_rows][_columns + 1], x);
    }

    /// <summary>False when the objective in row <paramref name="goal"/> grows without end.</summary>
    private bool Climb(int goal)
    {
        for (var turn = 0; turn < 5000; turn++)
        {
            var enter = -1;
            for (var j = 0; j <= _columns; j++)
            {
                if (goal == _rows && _free[j] == -1) continue;
                if (_table[goal][j] < -Zero && (enter < 0 || _free[j] < _free[enter])) enter = j;
            }

            if (enter < 0) return true;
            var leave = -1;
            for (var i = 0; i < _rows; i++)
            {
                if (_table[i][enter] <= Zero) continue;
                if (leave < 0 || IsTighter(i, leave, enter)) leave = i;
            }

            if (leave < 0) return false;
            Pivot(leave, enter);
        }

        return true;
    }

    private bool IsTighter(int row, int than, int column)
    {
        var difference = _table[row][_columns + 1] / _table[row][column] - _table[than][_columns + 1] / _table[than][
            column];
        return difference < -1e-13 || (difference <= 1e-13 && _basis[row] < _basis[than]);
    }

    private void Pivot(int row, int column)
    {
        var inverse = 1 / _table[row][column];
        for (var i = 0; i < _rows + 2; i++)
        {
            if (i == row || Math.Abs(_table[i][column]) < 1e-15) continue;
            var factor = _table[i][column] * inverse;
            for (var j = 0; j < _columns + 2; j++)
                if (j != column) _table[i][j] -= _table[row][j] * factor;
            _table[i][column] = -factor;
        }

        for (var j = 0; j < _columns + 2; j++)
            if (j != column) _table[row][j] *= inverse;
        _table[row][column] = inverse;
        (_basis[row], _free[column]) = (_free[column], _basis[row]);
    }
}
