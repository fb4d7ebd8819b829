using Entente.Negotiation;
using Entente.Storage.Ledger;
using NodaTime;

namespace Entente.Server.Negotiation;

/// <summary>One private message, opened.</summary>
/// <param name="IsCarried">It came from the other side through the chair.</param>
public sealed record CaucusNote(string Name, Seat Seat, Instant At, string Text, bool IsCarried = false);

/// <summary>A message that the chair offers to carry to the other side, opened.</summary>
public sealed record ShuttleNote(string Id, Instant At, string Text, ShuttleStanding Standing, string? Reason);

/// <summary>The thread of a caucus as its two members read it.</summary>
public sealed record CaucusView(IReadOnlyList<CaucusNote> Notes, IReadOnlyList<ShuttleNote> Shuttles)
{
    public static CaucusView Empty { get; } = new([], []);
}

/// <summary>Keeps what the chair and one side say in private, and carries what both found words for.</summary>
public sealed class CaucusDesk(Recorder recorder, SealedBox box)
{
    private sealed record Letter(string Name, string Text);

    public async Task<CaucusView> Read(string table, Side side)
    {
        var (state, _) = await recorder.Read<CaucusState, CaucusFact>(CaucusState.Id(table, side));
        return new CaucusView(
            [.. state.Notes.Select(note =>
            {
                var letter = box.Open<Letter>(Purpose(table, side), note.Cipher);
                return new CaucusNote(letter.Name, note.Seat, note.At, letter.Text, note.IsCarried);
            })],
            [.. state.Shuttles.Select(shuttle => new ShuttleNote(
                shuttle.Id, shuttle.At, box.Open<Letter>(Purpose(table, side), shuttle.Cipher).Text, shuttle.Standing,
                shuttle.ReasonCipher is { } reason ? box.Open<Letter>(Purpose(table, side), reason).Text : null))]);
    }

    public Task<Outcome<CaucusState>> Say(string table, Side side, Write write, string text) =>
        Record(table, side, write, _ => CaucusRules.Say(write.By, side, Seal(table, side, write, text)));

    /// <summary>The chair words what a side wants the other to hear.</summary>
    public Task<Outcome<CaucusState>> Word(string table, Side side, Write write, string text) =>
        Record(table, side, write, state => CaucusRules.Word(state, write.By, Seal(table, side, write, text)));

    /// <summary>The side approves the chair's words: they reach the other side's caucus in the same
    /// transaction.</summary>
    public Task<Outcome<CaucusState>> Approve(string table, Side side, Write write, string shuttle) =>
        recorder.Record<CaucusState, CaucusFact>(
            CaucusState.Id(table, side), write, (state, _) => CaucusRules.Approve(state, write.By, side, shuttle),
            async (state, _) =>
            {
                var letter = box.Open<Letter>(Purpose(table, side), state.Shuttle(shuttle)!.Cipher);
                var other = CaucusState.Id(table, side.Other);
                var (_, version) = await recorder.Read<CaucusState, CaucusFact>(other);
                return [StreamAppend.Of<CaucusFact>(
                    other, version, [new CaucusFact.Carried(box.Seal(Purpose(table, side.Other), letter))])];
            });

    public Task<Outcome<CaucusState>> Decline(string table, Side side, Write write, string shuttle, string reason) =>
        Record(table, side, write, state => CaucusRules.Decline(
            state, write.By, side, shuttle, Seal(table, side, write, reason)));

    private Task<Outcome<CaucusState>> Record(
        string table, Side side, Write write, Func<CaucusState, Decision<CaucusFact>> decide) =>
        recorder.Record<CaucusState, CaucusFact>(CaucusState.Id(table, side), write, (state, _) => decide(state));

    private string Seal(string table, Side side, Write write, string text) =>
        box.Seal(Purpose(table, side), new Letter(write.By.Name, text.Trim()));

    private static string Purpose(string table, Side side) => $"caucus {table} {side}";
}
