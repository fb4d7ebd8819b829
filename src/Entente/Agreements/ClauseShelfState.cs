using System.Collections.Immutable;
using NodaTime;

namespace Entente.Agreements;

/// <summary>The clauses that an engagement wrote itself, each with its versions.</summary>
public sealed record ClauseShelfState : IState<ClauseShelfState, ClauseFact>
{
    public static ClauseShelfState Empty { get; } = new();

    public ImmutableSortedDictionary<string, OwnClause> Clauses { get; init; } =
        ImmutableSortedDictionary.Create<string, OwnClause>(StringComparer.Ordinal);

    public IEnumerable<OwnClause> Offered => Clauses.Values.Where(clause => !clause.IsRetired);

    public ClauseShelfState Apply(ClauseFact fact, Stamp stamp) => fact switch
    {
        ClauseFact.Written written => this with
        {
            Clauses = Clauses.SetItem(written.Clause, new OwnClause(written.Clause, written.Kind,
                [.. Clauses.GetValueOrDefault(written.Clause)?.Versions ?? [],
                    new ClauseVersion(written.Text, stamp.By, stamp.At)], IsRetired: false)),
        },
        ClauseFact.Retired { Clause: var key } when Clauses.GetValueOrDefault(key) is { } clause =>
            this with { Clauses = Clauses.SetItem(key, clause with { IsRetired = true }) },
        _ => this,
    };
}

/// <summary>A clause of one's own. Its newest version is the last.</summary>
public sealed record OwnClause(string Key, string Kind, IReadOnlyList<ClauseVersion> Versions, bool IsRetired)
{
    public int Version => Versions.Count;

    public string Text => Versions[^1].Text;

    /// <summary>As a text names where its words come from: <c>clause uptime-plain, version 2</c>.</summary>
    public string Source => $"clause {Key}, version {Version}";
}

/// <summary>One wording of an own clause.</summary>
public sealed record ClauseVersion(string Text, string By, Instant At);
