using System.Text.Json.Serialization;
using Entente.Terms;
using NodaTime;

namespace Entente.Documentation;

/// <summary>The four things an inventory holds.</summary>
public enum InventoryKind { Asset, Person, Practice, Goal }

/// <summary>Where an asset stands in its life.</summary>
public enum Lifecycle { Planned, InUse, Retiring, Retired }

/// <summary>Whether a goal is for this year or for later.</summary>
public enum Horizon { Short, Long }

/// <summary>One thing that tells what IT can really do, or what the business is after.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Asset), "asset")]
[JsonDerivedType(typeof(Person), "person")]
[JsonDerivedType(typeof(Practice), "practice")]
[JsonDerivedType(typeof(Goal), "goal")]
public abstract record InventoryItem
{
    /// <summary>Unique among the items of its kind: lower case letters, digits, hyphens and dots.</summary>
    [JsonPropertyOrder(-3)]
    public required string Key { get; init; }

    [JsonPropertyOrder(-2)]
    public required string Name { get; init; }

    /// <summary>Whose it is: the provider's (IT) or the customer's (the business).</summary>
    [JsonPropertyOrder(-1)]
    public Side Side { get; init; }

    /// <summary>Who answers for it.</summary>
    public string Owner { get; init; } = "";

    public string Notes { get; init; } = "";

    [JsonIgnore]
    public abstract InventoryKind Kind { get; }

    /// <summary>A word for what it is within its kind: a server, a team, a long-term goal.</summary>
    [JsonIgnore]
    public abstract string Type { get; }

    /// <summary>Something a service stands on.</summary>
    public sealed record Asset : InventoryItem
    {
        /// <summary>What it is: server, virtual machine, site, circuit, application, database, supplier.</summary>
        public string What { get; init; } = "asset";

        public Lifecycle Lifecycle { get; init; } = Lifecycle.InUse;

        /// <summary>What buying it cost, once.</summary>
        public Money? Purchase { get; init; }

        /// <summary>What running it costs in a month.</summary>
        public Money? Run { get; init; }

        /// <summary>What one more unit of it costs in a month.</summary>
        public Money? PerUnit { get; init; }

        public Quantity? Capacity { get; init; }

        /// <summary>Keys of assets without which it does not work.</summary>
        public ValueList<string> DependsOn { get; init; }

        /// <summary>Keys of assets that carry on when it fails.</summary>
        public ValueList<string> RedundantWith { get; init; }

        /// <summary>Groups of which some must work: two of three web servers.</summary>
        public ValueList<KOfN> Needs { get; init; }

        /// <summary>Names of the series that measure it; none means that nothing does.</summary>
        public ValueList<string> MeasuredBy { get; init; }

        [JsonIgnore] public override InventoryKind Kind => InventoryKind.Asset;

        [JsonIgnore] public override string Type => What;

        /// <summary>The same asset without what it costs, for those who are not to see that.</summary>
        public Asset WithoutCost() => this with { Purchase = null, Run = null, PerUnit = null };
    }

    /// <summary>A person or a team.</summary>
    public sealed record Person : InventoryItem
    {
        public bool IsTeam { get; init; }

        public ValueList<string> Skills { get; init; }

        /// <summary>When they work: a calendar key, or words.</summary>
        public string Shift { get; init; } = "";

        /// <summary>Hours a week that are left for this engagement's services.</summary>
        public decimal? HoursPerWeek { get; init; }

        [JsonIgnore] public override InventoryKind Kind => InventoryKind.Person;

        [JsonIgnore] public override string Type => IsTeam ? "team" : "person";
    }

    /// <summary>A practice or method in use, such as incident management.</summary>
    public sealed record Practice : InventoryItem
    {
        /// <summary>0 (not done) to 5 (improves itself).</summary>
        public int Maturity { get; init; }

        /// <summary>What shows it: a document, a record, an address.</summary>
        public string Evidence { get; init; } = "";

        [JsonIgnore] public override InventoryKind Kind => InventoryKind.Practice;

        [JsonIgnore] public override string Type => $"maturity {Maturity}";
    }

    /// <summary>What IT or the business wants to reach.</summary>
    public sealed record Goal : InventoryItem
    {
        public Horizon Horizon { get; init; }

        /// <summary>How both will know that it is reached.</summary>
        public string Measure { get; init; } = "";

        public LocalDate? Due { get; init; }

        [JsonIgnore] public override InventoryKind Kind => InventoryKind.Goal;

        [JsonIgnore] public override string Type => Horizon is Horizon.Short ? "short-term goal" : "long-term goal";
    }
}

/// <summary>So many of these must work.</summary>
public sealed record KOfN(int K, ValueList<string> Of);
