using System.CommandLine;
using Entente.Storage;
using Entente.Storage.Ledger;
using Spectre.Console;

namespace Entente.Cli;

/// <summary><c>entente ledger</c>: looks after the ledger of facts.</summary>
public static class LedgerCommands
{
    private sealed record Verdict(bool IsWhole, long Facts, long? BrokenAt, string? What);

    public static Command Create()
    {
        var verify = new Command("verify", "Walk the chain of hashes and name the first broken link.");
        verify.AddDatabase();
        verify.SetAction((result, _) => Output.Guard(result, () => Verify(result)));
        return new Command("ledger", "The append-only record of every decision.") { verify };
    }

    private static async Task<int> Verify(ParseResult result)
    {
        await using var database = Place.Database(result);
        await Migrations.Run(database);
        var ledger = new FactLedger(database, [], new LedgerPulse());
        var broken = await ledger.Verify();
        var verdict = new Verdict(broken is null, await ledger.Position(), broken?.Position, broken?.What);
        Output.Write(result, verdict, (console, it) => console.MarkupLine(it.IsWhole
            ? $"[green]whole[/]: {Counted.Of(it.Facts, "fact")}, every link holds"
            : $"[red]broken[/]: {Markup.Escape(it.What!)}"));
        return verdict.IsWhole ? 0 : 1;
    }
}
