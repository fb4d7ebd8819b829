using System.Runtime.Intrinsics;

namespace Entente.Bargaining.Solutions;

/// <summary>A set of vectors that answers quickly whether one of them reaches another in every dimension.</summary>
/// <remarks>An ND-tree (Jaszkiewicz and Lust 2018): a node knows the best and the worst of its vectors in each
/// dimension.</remarks>
internal sealed class DominanceTree
{
    private const int LeafMax = 24;
    private readonly int _stride;
    private readonly int _dimensions;
    private readonly int _branches;
    private readonly long _tolerance;
    private readonly long[] _probe;
    private readonly long[] _eased;
    private readonly long[] _recent;
    private int _turn;
    private Node? _root;

    public DominanceTree(int dimensions, long tolerance)
    {
        _dimensions = dimensions;
        _stride = (dimensions + 3) & ~3;
        _branches = Math.Min(dimensions + 1, 6);
        _tolerance = tolerance;
        _probe = new long[_stride];
        _eased = new long[_stride];
        _recent = new long[8 * _stride];
        Array.Fill(_recent, long.MinValue);
    }

    public bool AddUnlessDominated(ReadOnlySpan<long> vector)
    {
        vector.CopyTo(_probe);
        for (var i = 0; i < _dimensions; i++) _eased[i] = vector[i] - _tolerance;
        for (var i = 0; i < 8; i++)
            if (Reaches(_recent, i * _stride)) return false;
        if (_root is not null && IsDominated(_root)) return false;
        _root ??= new Node(_stride);
        Insert(_root, _probe);
        return true;
    }

    private bool IsDominated(Node node)
    {
        if (!Reaches(node.Best, 0)) return false;
        if (Reaches(node.Worst, 0)) return true;
        if (node.Children is { } children)
        {
            foreach (var child in children)
                if (IsDominated(child)) return true;
            return false;
        }

        for (var i = 0; i < node.Count; i++)
        {
            if (!Reaches(node.Vectors, i * _stride)) continue;
            Array.Copy(node.Vectors, i * _stride, _recent, _turn * _stride, _stride);
            _turn = (_turn + 1) & 7;
            return true;
        }

        return false;
    }

    private bool Reaches(long[] vectors, int at)
    {
        for (var i = 0; i < _stride; i += 4)
        {
            var short_ = Vector256.GreaterThan(Vector256.Create(_eased, i), Vector256.Create(vectors, at + i));
            if (short_ != Vector256<long>.Zero) return false;
        }

        return true;
    }

    private void Insert(Node node, ReadOnlySpan<long> vector)
    {
        while (true)
        {
            node.Widen(vector);
            if (node.Children is null) break;
            node = Nearest(node.Children, vector);
        }

        node.Append(vector);
        if (node.Count > LeafMax) Split(node);
    }

    private static Node Nearest(Node[] children, ReadOnlySpan<long> vector)
    {
        var nearest = children[0];
        var least = double.MaxValue;
        foreach (var child in children)
        {
            var distance = child.Distance(vector);
            if (distance < least) (least, nearest) = (distance, child);
        }

        return nearest;
    }

    /// <summary>Seeds the children with vectors far from each other and gives each vector to the nearest.</summary>
    private void Split(Node node)
    {
        var children = new List<Node>();
        var taken = new bool[node.Count];
        var nearest = new double[node.Count];
        Array.Fill(nearest, double.MaxValue);
        for (var c = 0; c < _branches; c++)
        {
            var seed = 0;
            for (var i = 1; i < node.Count; i++)
                if (!taken[i] && (taken[seed] || nearest[i] > nearest[seed])) seed = i;
            taken[seed] = true;
            var child = new Node(_stride);
            child.Widen(node.Vector(seed));
            child.Append(node.Vector(seed));
            children.Add(child);
            for (var i = 0; i < node.Count; i++) nearest[i] = Math.Min(nearest[i], child.Distance(node.Vector(i)));
        }

        node.Children = [.. children];
        for (var i = 0; i < node.Count; i++)
        {
            if (taken[i]) continue;
            var child = Nearest(node.Children, node.Vector(i));
            child.Widen(node.Vector(i));
            child.Append(node.Vector(i));
        }

        node.Forget();
    }

    private sealed class Node(int stride)
    {
        public long[] Best { get; } = Filled(stride, long.MinValue);

        public long[] Worst { get; } = Filled(stride, long.MaxValue);

        public long[] Vectors { get; private set; } = new long[(LeafMax + 1) * stride];

        public int Count { get; private set; }

        public Node[]? Children { get; set; }

        public ReadOnlySpan<long> Vector(int i) => Vectors.AsSpan(i * stride, stride);

        public void Widen(ReadOnlySpan<long> vector)
        {
            for (var i = 0; i < stride; i++)
            {
                Best[i] = Math.Max(Best[i], vector[i]);
                Worst[i] = Math.Min(Worst[i], vector[i]);
            }
        }

        public void Append(ReadOnlySpan<long> vector)
        {
            vector.CopyTo(Vectors.AsSpan(Count * stride));
            Count++;
        }

        public void Forget() => (Vectors, Count) = ([], 0);

        public double Distance(ReadOnlySpan<long> vector)
        {
            var sum = 0.0;
            for (var i = 0; i < stride; i++)
            {
                var gap = vector[i] - (0.5 * Best[i] + 0.5 * Worst[i]);
                sum += gap * gap;
            }

            return sum;
        }

        private static long[] Filled(int length, long value)
        {
            var array = new long[length];
            Array.Fill(array, value);
            return array;
        }
    }
}
