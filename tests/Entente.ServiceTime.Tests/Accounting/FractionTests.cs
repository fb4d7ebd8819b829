using Entente.ServiceTime.Accounting;
using NodaTime;

namespace Entente.ServiceTime.Tests.Accounting;

public sealed class FractionTests
{
    [Theory]
    [InlineData(99.85, 1, RoundingMode.HalfUp, "999/10"), InlineData(99.85, 1, RoundingMode.HalfEven, "499/5")]
    [InlineData(99.89, 1, RoundingMode.Down, "499/5"), InlineData(99.81, 1, RoundingMode.Up, "999/10")]
    [InlineData(-0.5, 0, RoundingMode.Down, "-1/1"), InlineData(-0.5, 0, RoundingMode.Up, "0/1")]
    public void Rounding_is_exact(decimal value, int decimals, RoundingMode mode, string expected) =>
        Fraction.From(value).Round(decimals, mode).ToString().ShouldBe(expected);

    [Fact]
    public void Fractions_add_and_compare_exactly()
    {
        (new Fraction(1, 3) + new Fraction(1, 6)).ShouldBe(new Fraction(1, 2));
        (new Fraction(998_999_999, 1_000_000_000) < Fraction.From(0.999m)).ShouldBeTrue();
        new Fraction(2, 3).ToDecimal(4).ShouldBe(0.6667m);
        new Fraction(3, -6).ToString().ShouldBe("-1/2");
    }

    [Theory]
    [InlineData("FREQ=WEEKLY;BYDAY=SU;COUNT=3", "2026-01-01T02:00", "2026-01-04 2026-01-11 2026-01-18")]
    [InlineData("FREQ=MONTHLY;BYDAY=2TU;UNTIL=20260401", "2026-01-01T02:00", "2026-01-13 2026-02-10 2026-03-10")]
    [InlineData("FREQ=MONTHLY;BYDAY=-1SU;COUNT=2", "2026-01-01T02:00", "2026-01-25 2026-02-22")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=31;COUNT=3", "2026-01-31T02:00", "2026-01-31 2026-03-31 2026-05-31")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3", "2026-01-31T02:00", "2026-01-31 2026-02-28 2026-03-31")]
    [InlineData("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24,25;COUNT=3", "2026-01-01T00:00",
        "2026-12-24 2026-12-25 2027-12-24")]
    [InlineData("FREQ=DAILY;INTERVAL=10;COUNT=3", "2026-01-25T00:00", "2026-01-25 2026-02-04 2026-02-14")]
    [InlineData("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;COUNT=4", "2026-01-07T00:00",
        "2026-01-07 2026-01-19 2026-01-21 2026-02-02")]
    [InlineData("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=2", "2026-01-01T00:00", "2026-01-30 2026-02-27")]
    public void A_recurrence_gives_its_dates(string rule, string start, string dates)
    {
        var pattern = NodaTime.Text.LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm");
        var found = RecurrenceRule.Parse(rule)
            .Occurrences(pattern.Parse(start).Value, new LocalDateTime(2030, 1, 1, 0, 0));
        string.Join(' ', found.Select(one => one.Date.ToString("uuuu-MM-dd", null))).ShouldBe(dates);
    }

    [Theory]
    [InlineData("FREQ=HOURLY"), InlineData("BYDAY=MO"), InlineData("FREQ=WEEKLY;BYDAY=2TU"),
        InlineData("FREQ=DAILY;FOO=1"), InlineData("FREQ=DAILY;COUNT=x")]
    public void What_a_recurrence_does_not_understand_is_refused(string rule) =>
        Should.Throw<FormatException>(() => RecurrenceRule.Parse(rule));
}
