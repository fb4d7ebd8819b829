using NodaTime;

namespace Entente.ServiceTime.Calendars;

/// <summary>Dates on a wall calendar, first and last included: once, or every year, over new year too.</summary>
public abstract record DateSpan
{
    private DateSpan()
    {
    }

    public static DateSpan On(LocalDate date) => new Once(date, date);

    public static DateSpan Between(LocalDate first, LocalDate last) => new Once(first, last);

    public static DateSpan EveryYear(AnnualDate first, AnnualDate last) => new Yearly(first, last);

    public abstract bool Contains(LocalDate date);

    /// <summary>The ranges that begin in one of the years, or in the year before the first.</summary>
    internal abstract IEnumerable<(LocalDate First, LocalDate Last)> In(int fromYear, int toYear);

    public sealed record Once(LocalDate First, LocalDate Last) : DateSpan
    {
        public override bool Contains(LocalDate date) => First <= date && date <= Last;

        internal override IEnumerable<(LocalDate First, LocalDate Last)> In(int fromYear, int toYear) =>
            [(First, Last)];
    }

    /// <remarks>
    /// A last day before the first lies in the next year: 24 December to 2 January. 29 February alone exists in leap
    /// years
    /// only; a range that begins or ends on it begins on 1 March or ends on 28 February in other years.
    /// </remarks>
    public sealed record Yearly(AnnualDate First, AnnualDate Last) : DateSpan
    {
        public override bool Contains(LocalDate date)
        {
            var day = new AnnualDate(date.Month, date.Day);
            return First <= Last ? First <= day && day <= Last : First <= day || day <= Last;
        }

        internal override IEnumerable<(LocalDate First, LocalDate Last)> In(int fromYear, int toYear)
        {
            var leap = new AnnualDate(2, 29);
            for (var year = fromYear - 1; year <= toYear; year++)
            {
                var isShort = First == leap && !First.IsValidYear(year);
                if (isShort && Last == leap) continue;
                var first = isShort ? new LocalDate(year, 3, 1) : First.InYear(year);
                yield return (first, Last.InYear(First <= Last ? year : year + 1));
            }
        }
    }
}
