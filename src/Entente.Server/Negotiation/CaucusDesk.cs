using Entente.Negotiation;
using NodaTime;

namespace Entente.Server.Negotiation;

/// <summary>One private message, opened.</summary>
public sealed record CaucusNote(string Name, Seat Seat, Instant At, string Text);

/// <summary>Keeps what the chair and one side say in private.</summary>
public sealed class CaucusDesk(Recorder recorder, SealedBox box)
{
    private sealed record Letter(string Name, string Text);

    public async Task<IReadOnlyList<CaucusNote>> Read(string table, Side side)
    {
        var (state, _) = await recorder.Read<CaucusState, CaucusFact>(CaucusState.Id(table, side));
        return [.. state.Notes.Select(note =>
        {
            var letter = box.Open<Letter>(Purpose(table, side), note.Cipher);
            return new CaucusNote(letter.Name, note.Seat, note.At, letter.Text);
        })];
    }

    public Task<Outcome<CaucusState>> Say(string table, Side side, Write write, string text)
    {
        var cipher = box.Seal(Purpose(table, side), new Letter(write.By.Name, text.Trim()));
        return recorder.Record<CaucusState, CaucusFact>(CaucusState.Id(table, side), write, (_, _) =>
            write.By.Seat == Seat.ServiceLevelManager || write.By.Side == side
                ? new CaucusFact.Said(cipher)
                : new Refusal("caucus.not_yours", "A caucus is between the service level manager and one side."));
    }

    private static string Purpose(string table, Side side) => $"caucus {table} {side}";
}
