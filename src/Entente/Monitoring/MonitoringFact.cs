using NodaTime;

namespace Entente.Monitoring;

/// <summary>What people decided about the measured history of an engagement. The rows themselves lie in tables.</summary>
public abstract record MonitoringFact
{
    private MonitoringFact() { }

    public sealed record Imported(Import Import) : MonitoringFact;

    /// <summary>An import that was a mistake: its rows no longer count, in any period that is not closed.</summary>
    public sealed record ImportWithdrawn(string Import, string Reason) : MonitoringFact;
}

/// <summary>One file of measurements that was taken in.</summary>
/// <param name="Id">Identifier, such as <c>imp_…</c>.</param>
/// <param name="Sha256">Digest of the file's bytes, in hexadecimal: the same file is taken once.</param>
/// <param name="Kinds">What it held: counts, states, checks, values, tickets.</param>
/// <param name="Refused">Rows that were left out because something in them was wrong.</param>
/// <param name="ShiftDays">Whole days by which all its instants were moved; 0 for a history of one's own.</param>
/// <param name="ListsOutagesOnly">A list of what went wrong: time without an entry is up.</param>
public sealed record Import(
    string Id, string Name, string Sha256, ValueList<string> Kinds, int Rows, int Refused, Instant? First, Instant? Last,
    int ShiftDays = 0, bool ListsOutagesOnly = false);
