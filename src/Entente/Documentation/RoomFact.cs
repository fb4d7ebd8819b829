using Entente.Terms;

namespace Entente.Documentation;

/// <summary>What one side wrote in its own room, where the other side sees nothing before it is released.</summary>
/// <remarks>The customer's room holds requirements; the provider's room holds spec sheets.</remarks>
public abstract record RoomFact
{
    private RoomFact() { }

    /// <summary>A term was drafted, or drafted again.</summary>
    public sealed record Drafted(string Service, Term Term) : RoomFact;

    public sealed record Dropped(string Service, string Term) : RoomFact;

    public sealed record SheetWritten(string Service, SpecSheet Sheet) : RoomFact;

    /// <summary>The guided interview was answered, for the first time or again.</summary>
    public sealed record Answered(string Service, ValueList<Answer> Answers) : RoomFact;

    /// <summary>These drafts, and the external sheet if it was meant too, were released to everybody.</summary>
    public sealed record Released(string Service, ValueList<string> Terms, bool Sheet) : RoomFact;

    /// <summary>The internal sheet was opened to the service level manager and to accounting, never to the customer.</summary>
    public sealed record InternalOpened(string Service) : RoomFact;
}

/// <summary>What was answered to one question of the interview.</summary>
public sealed record Answer(string Question, string Text);

/// <summary>A spec sheet beside its terms: what the customer gets, and how IT makes it.</summary>
/// <param name="External">What the customer gets, in the customer's words.</param>
public sealed record SpecSheet(string External, InternalSheet Internal);

/// <summary>How IT makes a service, and what that costs.</summary>
/// <param name="Assets">Keys of assets in the inventory that it stands on.</param>
/// <param name="Underpinning">Operational level agreements and contracts with suppliers that it rests on, one each.</param>
/// <param name="Cost">What making it costs in a period, as money such as <c>EUR 1200</c>.</param>
/// <param name="Invoicing">How the cost is invoiced.</param>
/// <param name="Risks">What worries IT about it.</param>
public sealed record InternalSheet(
    ValueList<string> Assets = default, ValueList<string> Underpinning = default, string Staffing = "", string Capacity = "",
    Money? Cost = null, string Invoicing = "", string Risks = "");
