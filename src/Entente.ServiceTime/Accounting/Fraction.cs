using System.Globalization;
using System.Numerics;

namespace Entente.ServiceTime.Accounting;

/// <summary>An exact fraction in lowest terms; what is attained is kept as one and rounded only for the eye.</summary>
public readonly struct Fraction : IEquatable<Fraction>, IComparable<Fraction>
{
    private readonly BigInteger _denominator;

    /// <exception cref="DivideByZeroException">The denominator is zero.</exception>
    public Fraction(BigInteger numerator, BigInteger denominator)
    {
        if (denominator.IsZero) throw new DivideByZeroException("A fraction needs a denominator other than zero.");
        var divisor = BigInteger.GreatestCommonDivisor(numerator, denominator) * denominator.Sign;
        (Numerator, _denominator) = (numerator / divisor, denominator / divisor);
    }

    public static Fraction Zero => new(0, 1);

    public static Fraction One => new(1, 1);

    public BigInteger Numerator { get; }

    public BigInteger Denominator => _denominator.IsZero ? BigInteger.One : _denominator;

    public static Fraction From(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var mantissa = new BigInteger(new decimal(bits[0], bits[1], bits[2], isNegative: false, scale: 0));
        return new Fraction(value < 0 ? -mantissa : mantissa, BigInteger.Pow(10, value.Scale));
    }

    public static Fraction operator +(Fraction a, Fraction b) =>
        new(a.Numerator * b.Denominator + b.Numerator * a.Denominator, a.Denominator * b.Denominator);

    public static Fraction operator -(Fraction a, Fraction b) =>
        new(a.Numerator * b.Denominator - b.Numerator * a.Denominator, a.Denominator * b.Denominator);

    public static Fraction operator *(Fraction a, Fraction b) =>
        new(a.Numerator * b.Numerator, a.Denominator * b.Denominator);

    public static Fraction operator /(Fraction a, Fraction b) =>
        new(a.Numerator * b.Denominator, a.Denominator * b.Numerator);

    public static bool operator <(Fraction a, Fraction b) => a.CompareTo(b) < 0;

    public static bool operator >(Fraction a, Fraction b) => a.CompareTo(b) > 0;

    public static bool operator <=(Fraction a, Fraction b) => a.CompareTo(b) <= 0;

    public static bool operator >=(Fraction a, Fraction b) => a.CompareTo(b) >= 0;

    public static bool operator ==(Fraction a, Fraction b) => a.Equals(b);

    public static bool operator !=(Fraction a, Fraction b) => !a.Equals(b);

    public int CompareTo(Fraction other) => (Numerator * other.Denominator).CompareTo(other.Numerator * Denominator);

    public bool Equals(Fraction other) => Numerator == other.Numerator && Denominator == other.Denominator;

    public override bool Equals(object? obj) => obj is Fraction other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Numerator, Denominator);

    /// <summary>The value rounded exactly to so many decimals.</summary>
    public Fraction Round(int decimals, RoundingMode mode)
    {
        var scale = BigInteger.Pow(10, decimals);
        return new Fraction(Whole(Numerator * scale, Denominator, mode), scale);
    }

    /// <summary>The nearest decimal with so many decimals, half to even; at most 18.</summary>
    public decimal ToDecimal(int decimals = 12)
    {
        var scale = BigInteger.Pow(10, decimals);
        var whole = Whole(Numerator * scale, Denominator, RoundingMode.HalfEven);
        return (decimal)whole / (decimal)scale;
    }

    public double ToDouble() => (double)ToDecimal(15);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Numerator}/{Denominator}");

    private static BigInteger Whole(BigInteger numerator, BigInteger denominator, RoundingMode mode)
    {
        var floor = BigInteger.DivRem(numerator, denominator, out var rest);
        if (rest.Sign < 0) (floor, rest) = (floor - 1, rest + denominator);
        var up = mode switch
        {
            RoundingMode.Down => false,
            RoundingMode.Up => !rest.IsZero,
            RoundingMode.HalfUp => rest * 2 >= denominator,
            _ => rest * 2 > denominator || (rest * 2 == denominator && !floor.IsEven),
        };
        return up ? floor + 1 : floor;
    }
}

/// <summary>How a number is rounded; down and up are toward minus and plus infinity.</summary>
public enum RoundingMode { HalfUp, HalfEven, Down, Up }
