using Entente.Terms;

namespace Entente.Documentation;

/// <summary>Decides what a side may write in its own room and what it may release.</summary>
public static class RoomRules
{
    public static Decision<RoomFact> Draft(CharterState charter, DescriptionState description, RoomState room, Actor by, string service, Term term)
    {
        term = term with { Service = service };
        return Enter(charter, description, by, service) is { } refusal ? refusal
            : Untestable(term) is { } untestable ? untestable
            : Holder(description, room, term.Key, service) is { } other
                ? new Refusal("description.key_taken",
                    $"The term key '{term.Key}' is used for '{other}' already; rename yours, for example to '{service}.{term.Key}'.")
            : room.Of(service).Drafts.GetValueOrDefault(term.Key) is { } known && TermText.Same(known.Term, term) ? Array.Empty<RoomFact>()
            : new RoomFact.Drafted(service, term);
    }

    public static Decision<RoomFact> Drop(RoomState room, Actor by, string service, string term) =>
        by.Side is null ? NoRoom
        : !room.Of(service).Drafts.ContainsKey(term) ? new Refusal("room.term_unknown", $"Your room has no term '{term}' for '{service}'.")
        : new RoomFact.Dropped(service, term);

    public static Decision<RoomFact> WriteSheet(
        CharterState charter, DescriptionState description, RoomState room, Actor by, string service, SpecSheet sheet) =>
        by.Side is not Side.Provider ? new Refusal("room.provider_only", "The provider writes the spec sheet.")
        : Enter(charter, description, by, service) is { } refusal ? refusal
        : room.Of(service).Sheet == sheet ? Array.Empty<RoomFact>()
        : new RoomFact.SheetWritten(service, sheet);

    /// <summary>Takes answers of the guided interview, and turns them into drafts.</summary>
    /// <remarks>A draft that somebody wrote or changed by hand stays; one that came from earlier answers follows the new ones.</remarks>
    public static Decision<RoomFact> Answer(
        CharterState charter, DescriptionState description, RoomState room, Actor by, string service, IReadOnlyDictionary<string, string> answers)
    {
        if (Enter(charter, description, by, service) is { } refusal) return refusal;
        var (side, name, shelf) = (by.Side!.Value, description.Services[service].Card.Name, room.Of(service));
        var given = Interview.Of(side).Where(question => !string.IsNullOrWhiteSpace(answers.GetValueOrDefault(question.Key)))
            .Select(question => new Answer(question.Key, answers[question.Key].Trim())).ToValueList();
        List<RoomFact> facts = [];
        if (given != shelf.Answers) facts.Add(new RoomFact.Answered(service, given));
        var before = Interview.Drafts(side, service, name, shelf.AnswersByQuestion).ToDictionary(term => term.Key, StringComparer.Ordinal);
        foreach (var term in Interview.Drafts(side, service, name,
            given.ToDictionary(answer => answer.Question, answer => answer.Text, StringComparer.Ordinal)))
        {
            var standing = shelf.Drafts.GetValueOrDefault(term.Key)?.Term;
            if (standing is not null && (TermText.Same(standing, term) || !TermText.Same(standing, before.GetValueOrDefault(term.Key)))) continue;
            if (Holder(description, room, term.Key, service) is null) facts.Add(new RoomFact.Drafted(service, term));
        }

        return facts;
    }

    /// <summary>Releases a side's drafts for a service.</summary>
    /// <param name="terms">The keys meant; none given means every unreleased draft, and the external sheet.</param>
    public static Decision<RoomFact> Release(
        CharterState charter, DescriptionState description, RoomState room, Actor by, string service, IReadOnlyList<string> terms)
    {
        if (Enter(charter, description, by, service) is { } refusal) return refusal;
        var shelf = room.Of(service);
        if (terms.FirstOrDefault(key => !shelf.Drafts.ContainsKey(key)) is { } unknown)
            return new Refusal("room.term_unknown", $"Your room has no term '{unknown}' for '{service}'.");
        ValueList<string> keys = shelf.Drafts.Where(pair => !pair.Value.IsReleased && (terms.Count == 0 || terms.Contains(pair.Key)))
            .Select(pair => pair.Key).ToValueList();
        var sheet = terms.Count == 0 && shelf.Sheet is { External.Length: > 0 } && !shelf.SheetIsReleased;
        return keys.Count == 0 && !sheet
            ? new Refusal("room.nothing_to_release", "Everything you wrote for this service is released already.")
            : new RoomFact.Released(service, keys, sheet);
    }

    public static Decision<RoomFact> OpenInternal(RoomState room, Actor by, string service) =>
        by.Side is not Side.Provider ? new Refusal("room.provider_only", "The provider opens its internal sheet.")
        : room.Of(service).Sheet is null ? new Refusal("room.no_sheet", "There is no spec sheet to open yet.")
        : room.Of(service).InternalIsOpen ? Array.Empty<RoomFact>()
        : new RoomFact.InternalOpened(service);

    private static Refusal NoRoom { get; } = new("room.sides_only", "Requirements and spec sheets are written by customer and provider, each in its own room.");

    private static Refusal? Enter(CharterState charter, DescriptionState description, Actor by, string service) =>
        CharterRules.Blocks(charter) is { } blocked ? blocked
        : by.Side is null ? NoRoom
        : !description.Services.TryGetValue(service, out var entry) ? new Refusal("description.unknown", $"There is no service '{service}'.")
        : !entry.IsOffered ? new Refusal("description.retired", $"{entry.Card.Name} is retired.")
        : null;

    /// <remarks>Only what everybody sees and the writer's own room are asked: the answer must not tell what the other side drafts.</remarks>
    private static string? Holder(DescriptionState description, RoomState room, string term, string service) =>
        description.FindServiceOf(term) is { } released && released != service ? released
        : room.Shelves.FirstOrDefault(shelf => shelf.Key != service && shelf.Value.Drafts.ContainsKey(term)).Key;

    private static Refusal? Untestable(Term term) => term switch
    {
        Term.TicketClock { Within.IsMeasurable: false } clock => NotMeasurable("within", $"'{clock.Within}'", "say a time such as 4 h or 2 business days"),
        Term.Workload { Of: var of } when string.IsNullOrWhiteSpace(of) => NotMeasurable("of", "a limit of nothing", "say what is counted, such as tickets"),
        Term.CountLimit { Of: var of } when string.IsNullOrWhiteSpace(of) => NotMeasurable("of", "a limit of nothing", "say what is counted, such as outages"),
        Term.FreeClause { Proof: null } clause => NotMeasurable("proof", $"'{clause.Text}'",
            "write it as a response time, an availability or a ticket clock, with a number; or say how both tell whether it is kept: "
            + "document, inspection, occurrence, or agreement"),
        _ => null,
    };

    private static Refusal NotMeasurable(string field, string what, string remedy) =>
        new("requirement.not_measurable", $"{field}: {what} cannot be measured; {remedy}.");
}
