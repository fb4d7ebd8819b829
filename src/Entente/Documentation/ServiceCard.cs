namespace Entente.Documentation;

/// <summary>Where a service stands in its life.</summary>
public enum ServiceStatus { Proposed, Live, Retiring, Retired }

/// <summary>One service in the words of both sides: what the customer buys, and how IT sees the same thing.</summary>
/// <param name="BusinessView">What it does for the customer, in the customer's words.</param>
/// <param name="TechnicalView">What it is made of, in IT's words.</param>
/// <param name="Owner">Who answers for it.</param>
/// <param name="Hours">When it is needed: a calendar key, or words.</param>
/// <param name="DependsOn">Keys of services and assets that it stands on.</param>
/// <param name="Charge">What it costs the customer, as it is quoted: <c>EUR 1200 a month</c>.</param>
public sealed record ServiceCard(
    string Name,
    string BusinessView,
    string TechnicalView = "",
    string Owner = "",
    string Users = "",
    string Hours = "",
    string Support = "",
    ServiceStatus Status = ServiceStatus.Live,
    ValueList<string> DependsOn = default,
    string? Charge = null);
