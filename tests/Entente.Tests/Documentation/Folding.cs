using NodaTime;

namespace Entente.Tests.Documentation;

/// <summary>Given facts, when asked, then: folds facts as their actors recorded them.</summary>
internal static class Folding
{
    public static readonly Actor Ann = new("ann", "Ann", Seat.ServiceLevelManager);
    public static readonly Actor Pia = new("pia", "Pia", Seat.Provider);
    public static readonly Actor Cem = new("cem", "Cem", Seat.Customer);
    public static readonly Actor Fee = new("fee", "Fee", Seat.Accounting);
    public static readonly Actor Sam = new("sam", "Sam", Seat.Stakeholder);

    public static readonly Instant Now = Instant.FromUtc(2026, 3, 2, 9, 0);

    public static TState Fold<TState, TFact>(this TState state, Actor by, Decision<TFact> decision)
        where TState : IState<TState, TFact>
    {
        foreach (var fact in decision.Facts) state = state.Apply(fact, new Stamp(by.Id, by.Role, Now, 1));
        return state;
    }
}
