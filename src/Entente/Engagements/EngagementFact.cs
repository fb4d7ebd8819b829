namespace Entente.Engagements;

/// <summary>What happened to an engagement as such: that it began, and who sits where.</summary>
public abstract record EngagementFact
{
    private EngagementFact() { }

    /// <param name="Provider">The party that offers, such as Acme IT.</param>
    /// <param name="Customer">The party that buys, such as Globex Retail.</param>
    public sealed record Opened(string Title, string Organisation, string Provider, string Customer) : EngagementFact;

    /// <summary>What is agreed here underpins what another engagement promises.</summary>
    public sealed record Underpins(string Engagement) : EngagementFact;

    public sealed record SeatGranted(string Person, string Name, Seat Seat) : EngagementFact;

    public sealed record SeatLeft(string Person) : EngagementFact;

    /// <summary>Says on every page where the measured history comes from, such as a simulator or somebody else's public log.</summary>
    public sealed record HistoryLabelled(string Label) : EngagementFact;
}
