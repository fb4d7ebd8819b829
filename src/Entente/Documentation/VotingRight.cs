using System.Text.Json.Serialization;
using Entente.Terms;

namespace Entente.Documentation;

/// <summary>What the voice of somebody beside the two sides weighs at the table.</summary>
/// <remarks>Optional: counts in the quorum, and may be outvoted. Mandatory: nothing is agreed without their yes.
/// Consulted: asked and recorded, and counts for nothing.</remarks>
public enum VoteWeight { Optional, Mandatory, Consulted }

/// <summary>Whose voice weighs what: <c>Sam | mandatory</c>, or <c>accounting | consulted</c> for everybody of a
/// seat.</summary>
[JsonConverter(typeof(TextJson<VotingRight>))]
public readonly record struct VotingRight(string Who, VoteWeight Weight) : ITextual<VotingRight>
{
    public static string Expected =>
        "the name of somebody of accounting or the stakeholders, or accounting or stakeholder, and mandatory, optional "
        + "or consulted, such as 'Sam | mandatory'";

    public static bool TryParse(string text, out VotingRight value)
    {
        var cells = Cells.Of(text, 2);
        var isWeight = Enum.TryParse<VoteWeight>(cells?[1], ignoreCase: true, out var weight) && Enum.IsDefined(weight);
        value = isWeight ? new(cells![0], weight) : default;
        return isWeight;
    }

    public override string ToString() => Cells.Text(Who, Weight.ToString().ToLowerInvariant());

    public bool Names(string name, Seat seat) => IsSeat(seat) || IsName(name);

    /// <summary>What somebody's voice weighs: as their name says, else as their seat says, else it is optional.</summary>
    public static VoteWeight Of(IEnumerable<VotingRight> rights, string name, Seat seat)
    {
        var all = rights.ToList();
        return all.Where(right => right.IsName(name)).Concat(all.Where(right => right.IsSeat(seat)))
            .Select(right => right.Weight).FirstOrDefault();
    }

    private bool IsSeat(Seat seat) => string.Equals(Who, seat.Words, StringComparison.OrdinalIgnoreCase);

    private bool IsName(string name) => string.Equals(Who, name, StringComparison.OrdinalIgnoreCase);
}
