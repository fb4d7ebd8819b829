namespace Entente.Server;

/// <summary>How one kind of text is spelt as fields, so that what two people wrote is merged field by field and line by line.</summary>
public sealed record Fielded<T>(Func<T, IReadOnlyDictionary<string, string>> Write, Func<IReadOnlyDictionary<string, string>, T> Read)
    where T : class;

/// <summary>What two people wrote from the same beginning.</summary>
/// <param name="Base">As it stood when both began; nothing when there was none.</param>
/// <param name="Merged">Both together, when nothing collides.</param>
/// <param name="Fields">Every field that either of them changed.</param>
public sealed record Merge<T>(T? Base, T? Theirs, T Mine, T? Merged, IReadOnlyList<FieldMerge> Fields)
    where T : class
{
    /// <summary>A form as it was sent, with what others wrote in it too.</summary>
    /// <remarks>A field of one line cannot hold two versions: it stays as it was sent, and the other version is shown beside.</remarks>
    public IReadOnlyDictionary<string, string> Of(IReadOnlyDictionary<string, string> sent) => sent.ToDictionary(
        pair => pair.Key, pair => Fields.FirstOrDefault(field => field.Field == pair.Key && !IsChoice(field))?.Text ?? pair.Value, StringComparer.Ordinal);

    private static bool IsChoice(FieldMerge field) => field.Collides && !field.Theirs.Contains('\n') && !field.Mine.Contains('\n');
}

/// <summary>A text as it is kept: at a version, and now.</summary>
public sealed record Kept<T>(Func<long, Task<T?>> At, Func<Task<(T? Text, long Version)>> Now)
    where T : class;

/// <summary>Lets two people write the same text: what does not collide is merged, what collides is shown to the second of them.</summary>
public static class Merging
{
    private const int TriesMost = 5;

    /// <summary>Writes a text; when somebody else wrote in between, both are merged and written if the writer wants that and
    /// nothing collides.</summary>
    /// <returns>How it ended, and where nothing was written for the other's sake, what differs.</returns>
    public static async Task<(Outcome<TState> Outcome, Merge<T>? Difference)> Record<TState, T>(
        Write write, T mine, Fielded<T> spelling, Kept<T> kept, Func<Write, T, Task<Outcome<TState>>> record)
        where T : class
    {
        for (var attempt = 1; ; attempt++)
        {
            var outcome = await record(write, mine);
            if (outcome is not Outcome<TState>.Stale || write.ExpectedVersion is not { } seen || attempt == TriesMost) return (outcome, null);
            var (theirs, version) = await kept.Now();
            var merge = Of(await kept.At(seen), theirs, mine, spelling);
            if (!write.Merges || merge.Merged is not { } merged) return (outcome, merge);
            (mine, write) = (merged, write with { ExpectedVersion = version });
        }
    }

    private static Merge<T> Of<T>(T? beginning, T? theirs, T mine, Fielded<T> spelling)
        where T : class
    {
        var fields = FieldMerge.Of(Fields(beginning), Fields(theirs), Fields(mine)).Where(field => field.Theirs != field.Base || field.Mine != field.Base)
            .ToList();
        var merged = fields.Any(field => field.Collides) ? null
            : spelling.Read(Fields(mine).ToDictionary(
                pair => pair.Key, pair => fields.FirstOrDefault(field => field.Field == pair.Key)?.Text ?? pair.Value, StringComparer.Ordinal));
        return new(beginning, theirs, mine, merged, fields);

        IReadOnlyDictionary<string, string> Fields(T? text) => text is null ? new Dictionary<string, string>() : spelling.Write(text);
    }
}
