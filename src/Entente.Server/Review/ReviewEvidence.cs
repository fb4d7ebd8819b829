using Entente.Documentation;
using Entente.Server.Documentation;

namespace Entente.Server.Review;

/// <summary>What reports and reviews show for the clauses of practice.</summary>
public sealed class ReviewEvidence(ReviewDesk desk) : IPracticeEvidence
{
    public async Task<IReadOnlyList<(string Clause, Evidence Evidence)>> Shown(string engagement, Actor reader)
    {
        var states = (await desk.Boards(engagement)).Select(board => board.State).ToList();
        var issued = Evidence.Of(states.Sum(state => state.Reports.Count), "monthly report issued",
            "monthly reports issued", "review");
        var accepted = Evidence.Of(states.Sum(state => state.Reports.Values.Count(report => report.IsAccepted)),
            "report accepted by the customer", "reports accepted by the customer", "review");
        var reopened = Evidence.Of(states.Sum(state => state.Reopened.Count), "term sent back to be bettered",
            "terms sent back to be bettered", "review");
        return [("iso-9.4", issued), ("iso-8.3.3-watched", accepted), ("itil-review", accepted), ("itil-review", reopened)];
    }
}
