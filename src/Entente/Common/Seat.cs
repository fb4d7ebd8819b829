namespace Entente;

/// <summary>Where a person sits in an engagement. One person holds at most one seat in it.</summary>
public enum Seat
{
    /// <summary>The neutral chair: mediates, and never sits for provider or customer.</summary>
    ServiceLevelManager,
    Provider,
    Customer,
    Accounting,
    Stakeholder,
}

/// <summary>The two sides that sign.</summary>
public enum Side { Provider, Customer }

/// <summary>Words for seats and sides.</summary>
public static class Seats
{
    extension(Seat seat)
    {
        public Side? Side => seat switch { Seat.Provider => Entente.Side.Provider, Seat.Customer => Entente.Side.Customer, _ => null };

        public string Words => seat switch
        {
            Seat.ServiceLevelManager => "service level manager",
            _ => seat.ToString().ToLowerInvariant(),
        };
    }

    extension(Side side)
    {
        public Seat Seat => side is Entente.Side.Provider ? Entente.Seat.Provider : Entente.Seat.Customer;

        public Side Other => side is Entente.Side.Provider ? Entente.Side.Customer : Entente.Side.Provider;
    }
}
