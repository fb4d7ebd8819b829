using Entente.Monitoring;

namespace Entente.Formats.Tickets;

/// <summary>One row of a log before it means anything.</summary>
/// <param name="Line">One-based line of the text, or the number of the record in a tree-shaped log.</param>
/// <param name="Trouble">Why the row cannot be used, where reading it already failed.</param>
public readonly record struct TicketRow(int Line, string?[] Values, string? Trouble = null);

/// <summary>The rows of one log, read as they are asked for.</summary>
public interface ITicketRows : IDisposable
{
    TicketColumns Columns { get; }

    IEnumerable<TicketRow> Read();
}
