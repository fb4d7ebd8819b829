using System.Collections.Immutable;
using Entente.Terms;

namespace Entente.Documentation;

/// <summary>Everything one side has written, released or not. Only that side reads it.</summary>
public sealed record RoomState : IState<RoomState, RoomFact>
{
    public static RoomState Empty { get; } = new();

    /// <summary>What was written for each service, by service key.</summary>
    public ImmutableSortedDictionary<string, Shelf> Shelves { get; init; } = ImmutableSortedDictionary.Create<string, Shelf>(StringComparer.Ordinal);

    /// <summary>Stream of a side's room. It does not begin with the engagement, so that not even a beat of it reaches the other side's pages.</summary>
    public static string Id(string engagement, Side side) => $"{side.Seat.Words}.{engagement}";

    public Shelf Of(string service) => Shelves.GetValueOrDefault(service) ?? Shelf.Bare;

    public RoomState Apply(RoomFact fact, Stamp stamp) => fact switch
    {
        RoomFact.Drafted drafted => With(drafted.Service, shelf => shelf with
        {
            Drafts = shelf.Drafts.SetItem(drafted.Term.Key, new Draft(drafted.Term, IsReleased: false)),
        }),
        RoomFact.Dropped dropped => With(dropped.Service, shelf => shelf with { Drafts = shelf.Drafts.Remove(dropped.Term) }),
        RoomFact.SheetWritten written => With(written.Service, shelf => shelf with
        {
            Sheet = written.Sheet,
            Sheets = shelf.Sheets.Add(new(shelf.Sheets.Count + 1, written.Sheet, stamp.By, stamp.At)),
            SheetIsReleased = shelf.SheetIsReleased && shelf.Sheet?.External == written.Sheet.External,
        }),
        RoomFact.Answered answered => With(answered.Service, shelf => shelf with { Answers = answered.Answers }),
        RoomFact.Released released => With(released.Service, shelf => shelf with
        {
            Drafts = shelf.Drafts.SetItems(released.Terms.Select(key => KeyValuePair.Create(key, shelf.Drafts[key] with { IsReleased = true }))),
            SheetIsReleased = shelf.SheetIsReleased || released.Sheet,
        }),
        RoomFact.InternalOpened opened => With(opened.Service, shelf => shelf with { InternalIsOpen = true }),
        _ => this,
    };

    private RoomState With(string service, Func<Shelf, Shelf> change) =>
        this with { Shelves = Shelves.SetItem(service, change(Of(service))) };
}

/// <summary>What one side wrote for one service.</summary>
public sealed record Shelf
{
    public static Shelf Bare { get; } = new();

    public ImmutableSortedDictionary<string, Draft> Drafts { get; init; } = ImmutableSortedDictionary.Create<string, Draft>(StringComparer.Ordinal);

    public SpecSheet? Sheet { get; init; }

    /// <summary>Every edition of the sheet, the first first.</summary>
    public ImmutableList<SheetEdition> Sheets { get; init; } = [];

    /// <summary>What the guided interview was answered last.</summary>
    public ValueList<Answer> Answers { get; init; }

    public IReadOnlyDictionary<string, string> AnswersByQuestion =>
        Answers.ToDictionary(answer => answer.Question, answer => answer.Text, StringComparer.Ordinal);

    public bool SheetIsReleased { get; init; }

    public bool InternalIsOpen { get; init; }

    public bool HasUnreleased => Drafts.Values.Any(draft => !draft.IsReleased) || (Sheet is not null && !SheetIsReleased);
}

/// <summary>A term as its side wrote it last.</summary>
/// <param name="IsReleased">Whether everybody sees it as it stands here.</param>
public sealed record Draft(Term Term, bool IsReleased);
