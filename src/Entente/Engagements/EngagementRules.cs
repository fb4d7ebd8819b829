namespace Entente.Engagements;

/// <summary>Decides who may open an engagement and who may sit where.</summary>
public static class EngagementRules
{
    public static Decision<EngagementFact> Open(EngagementState state, string title, string organisation, string provider, string customer) =>
        state.IsOpen ? new Refusal("engagement.exists", "This engagement is open already.")
        : string.Equals(provider.Trim(), customer.Trim(), StringComparison.OrdinalIgnoreCase)
            ? new Refusal("engagement.one_party", "Provider and customer must be two different parties.")
        : new EngagementFact.Opened(title.Trim(), organisation, provider.Trim(), customer.Trim());

    /// <remarks>The chair is neutral: whoever mediates holds no side, and whoever holds a side does not mediate.</remarks>
    public static Decision<EngagementFact> GrantSeat(EngagementState state, string person, string name, Seat seat) =>
        (state.Seats.GetValueOrDefault(person)?.Seat, seat) switch
        {
            _ when !state.IsOpen => new Refusal("engagement.unknown", "There is no such engagement."),
            (null, _) => new EngagementFact.SeatGranted(person, name, seat),
            (var held, _) when held == seat => Array.Empty<EngagementFact>(),
            (Seat.ServiceLevelManager, Seat.Provider or Seat.Customer) or (Seat.Provider or Seat.Customer, Seat.ServiceLevelManager) =>
                new Refusal("seat.neutral_chair", $"{name} cannot be service level manager and sit for a side in the same engagement."),
            (var held, _) => new Refusal("seat.taken", $"{name} already sits as {held!.Value.Words} here; leave that seat first."),
        };

    public static Decision<EngagementFact> LeaveSeat(EngagementState state, string person) =>
        state.Seats.GetValueOrDefault(person) switch
        {
            null => new Refusal("seat.none", "This person holds no seat here."),
            { Seat: Seat.ServiceLevelManager } when state.Holders(Seat.ServiceLevelManager).Count() == 1 =>
                new Refusal("seat.last_chair", "An engagement keeps at least one service level manager; name another first."),
            _ => new EngagementFact.SeatLeft(person),
        };

    public static Decision<EngagementFact> LabelHistory(EngagementState state, string label) =>
        state.HistoryLabel == label ? Array.Empty<EngagementFact>() : new EngagementFact.HistoryLabelled(label);
}
