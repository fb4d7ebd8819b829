using System.Buffers;

namespace Entente.Bargaining.Solutions;

/// <summary>Finds the vectors that no other vector reaches or passes in every dimension.</summary>
/// <remarks>
/// Of equal vectors one is kept. Two dimensions: sort and sweep, O(n log n). Three: sweep over a staircase (Kung,
/// Luccio,
/// Preparata 1975), O(n log n). More: descending sum, so that only kept vectors can dominate, in a <see
/// cref="DominanceTree"/>.
/// </remarks>
internal static class Skyline
{
    /// <param name="vectors">Row by row, <paramref name="dimensions"/> numbers each.</param>
    /// <param name="tolerance">A vector that another passes in all dimensions but for this much counts as
    /// dominated.</param>
    /// <returns>The rows kept, in descending order of the first dimension, or of the sum in four dimensions and
    /// more.</returns>
    public static int[] Keep(long[] vectors, int count, int dimensions, long tolerance) =>
        TryKeep(vectors, count, dimensions, tolerance, () => false)!;

    /// <summary>The same, or null when <paramref name="stop"/> says so on the way.</summary>
    public static int[]? TryKeep(long[] vectors, int count, int dimensions, long tolerance, Func<bool> stop)
    {
        if (count == 0) return [];
        var keys = ArrayPool<long>.Shared.Rent(count);
        var rows = ArrayPool<int>.Shared.Rent(count);
        for (var i = 0; i < count; i++)
        {
            rows[i] = i;
            var row = vectors.AsSpan(i * dimensions, dimensions);
            if (dimensions <= 3) keys[i] = -row[0];
            else
            {
                keys[i] = 0;
                foreach (var value in row) keys[i] -= value;
            }
        }

        Array.Sort(keys, rows, 0, count);
        var ordered = rows.AsSpan(0, count);
        var kept = dimensions switch
        {
            1 => [ordered[0]],
            2 => Two(vectors, ordered, tolerance),
            3 => new Staircase(vectors, count, tolerance).Sweep(ordered),
            _ => Many(vectors, ordered, dimensions, tolerance, stop),
        };
        ArrayPool<long>.Shared.Return(keys);
        ArrayPool<int>.Shared.Return(rows);
        return kept;
    }

    private static int[] Two(long[] u, ReadOnlySpan<int> rows, long tolerance)
    {
        var kept = new int[rows.Length];
        var n = 0;
        foreach (var row in rows)
        {
            if (n > 0 && u[2 * row + 1] <= u[2 * kept[n - 1] + 1] + tolerance) continue;
            while (n > 0 && u[2 * kept[n - 1]] <= u[2 * row] + tolerance) n--;
            kept[n++] = row;
        }

        return kept[..n];
    }

    private static int[]? Many(long[] u, ReadOnlySpan<int> rows, int dimensions, long tolerance, Func<bool> stop)
    {
        var tree = new DominanceTree(dimensions, tolerance);
        var kept = new List<int>();
        for (var i = 0; i < rows.Length; i++)
        {
            if ((i & 1023) == 1023 && stop()) return null;
            if (tree.AddUnlessDominated(u.AsSpan(rows[i] * dimensions, dimensions))) kept.Add(rows[i]);
        }

        return [.. kept];
    }

    /// <summary>The upper envelope of the second and third dimension of all rows seen, as the first one
    /// falls.</summary>
    private sealed class Staircase(long[] u, int count, long tolerance)
    {
        private readonly bool[] _dropped = new bool[count];
        private long[] _second = new long[64];
        private long[] _third = new long[64];
        private int[] _row = new int[64];
        private int _n;

        public int[] Sweep(ReadOnlySpan<int> rows)
        {
            var kept = new int[rows.Length];
            var n = 0;
            foreach (var row in rows)
                if (Add(row)) kept[n++] = row;
            var alive = 0;
            for (var i = 0; i < n; i++)
                if (!_dropped[kept[i]]) kept[alive++] = kept[i];
            return kept[..alive];
        }

        private bool Add(int row)
        {
            long first = u[3 * row], second = u[3 * row + 1], third = u[3 * row + 2];
            var at = Below(second - tolerance);
            if (at > 0 && _third[at - 1] >= third - tolerance) return false;
            // Steps from `from` on are no further in the second dimension; those up to `end` are no further in the
            // third.
            var from = Below(second);
            while (from > 0 && _second[from - 1] <= second) from--;
            var end = from;
            while (end < _n && _third[end] <= third)
            {
                if (u[3 * _row[end]] <= first + tolerance) _dropped[_row[end]] = true;
                end++;
            }

            Replace(from, end, second, third, row);
            return true;
        }

        /// <summary>The first step whose second dimension lies below <paramref name="value"/>.</summary>
        private int Below(long value)
        {
            int low = 0, high = _n;
            while (low < high)
            {
                var middle = (low + high) >>> 1;
                if (_second[middle] >= value) low = middle + 1;
                else high = middle;
            }

            return low;
        }

        private void Replace(int from, int end, long second, long third, int row)
        {
            if (from == end && _n == _row.Length)
            {
                Array.Resize(ref _second, 2 * _n);
                Array.Resize(ref _third, 2 * _n);
                Array.Resize(ref _row, 2 * _n);
            }

            if (end != from + 1)
            {
                Array.Copy(_second, end, _second, from + 1, _n - end);
                Array.Copy(_third, end, _third, from + 1, _n - end);
                Array.Copy(_row, end, _row, from + 1, _n - end);
                _n += from + 1 - end;
            }

            (_second[from], _third[from], _row[from]) = (second, third, row);
        }
    }
}
