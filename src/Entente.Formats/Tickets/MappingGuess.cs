using Entente.Monitoring;

namespace Entente.Formats.Tickets;

/// <summary>A mapping for a log, where it came from, and in words why.</summary>
/// <param name="IsGuess">Whether a person should look at it before it is trusted.</param>
public sealed record MappingChoice(TicketMapping Mapping, bool IsGuess, IReadOnlyList<string> Reasons);

/// <summary>
/// Proposes a mapping for columns nobody has described, from their names and from what stands in them.
/// </summary>
public static class MappingGuess
{
    private static readonly string[] s_missing = ["?", "null", "NULL", "N/A", "n/a", "None", "-", "NaN", "nan"];

    private static readonly (string Role, string[] Words)[] s_words =
    [
        ("case", ["number", "caseid", "case", "ticketid", "ticketnumber", "ticket", "incidentid", "incidentnumber",
            "incident",
            "issuekey", "key", "ref", "reference", "requestid", "id", "caseconceptname", "sr", "task"]),
        ("at", ["timestamp", "timetimestamp", "eventtime", "eventat", "at", "time", "sysupdatedat", "sysupdatedon",
            "updatedat",
            "changedat", "datetime", "date", "when", "completetimestamp", "starttimestamp"]),
        ("state", ["state", "status", "incidentstate", "ticketstate", "ticketstatus", "currentstate", "stage",
            "activity",
            "conceptname", "event", "eventtype", "action"]),
        ("team", ["assignmentgroup", "supportteam", "team", "group", "queue", "orggroup", "assignedgroup",
            "department"]),
        ("actor", ["actor", "resource", "user", "agent", "assignee", "assignedto", "owner", "updatedby", "sysupdatedby",
            "orgresource"]),
        ("priority", ["priority", "prio", "severity"]),
        ("impact", ["impact"]),
        ("urgency", ["urgency"]),
    ];

    private static readonly (string Moment, string[] Words)[] s_moments =
    [
        ("opened", ["open", "opened", "submitted", "reported", "registered", "received", "start"]),
        ("created", ["created", "create", "creation"]),
        ("assigned", ["assigned", "assignment", "acknowledged", "accepted"]),
        ("firstResponse", ["firstresponse", "firstreply", "responded", "response"]),
        ("resolved", ["resolved", "resolution", "solved", "solve", "fixed", "completed", "finished", "end"]),
        ("closed", ["closed", "close", "closure"]),
        ("updated", ["updated", "modified", "lastupdate", "mod"]),
    ];

    /// <summary>
    /// The shipped mapping that fits, or a guess; refused where not even a case and a time can be guessed.
    /// </summary>
    public static MappingChoice Choose(TicketFile file)
    {
        var (columns, rows) = file.Sample();
        if (ShippedMappings.Recognise(columns) is { } shipped)
            return new(shipped, false, [$"The columns are those of {shipped.Title}."]);
        if (rows.Count == 0) throw TicketImport.NoRows(file);
        return Guess(file.Name, columns, rows);
    }

    public static MappingChoice Guess(string name, TicketColumns columns, IReadOnlyList<string?[]> rows)
    {
        var profiles = columns.Names.Select((column, place) => Profile.Of(column, place, rows)).ToList();
        var times = profiles.Where(profile => profile.IsTime).ToList();
        var key = CaseColumn(profiles, rows.Count)
            ?? throw Refuse(name, columns, "the ticket's number", "case");
        if (times.Count == 0) throw Refuse(name, columns, "a time", "at");
        var repeats = key.Distinct < key.Filled;
        var at = repeats ? EventTime(times, key, rows) : null;
        var rest = profiles.Where(profile => profile != key && !profile.IsTime).ToList();
        var states = Named(rest, "state", profile => profile.Distinct <= 60);
        var state = states is { Name: var one }
            && rest.FirstOrDefault(profile => profile.Plain is "substatus" or "substate") is { } sub
            && sub.Name != one ? $"{one} + {sub.Name}" : states?.Name;
        var mapping = new TicketMapping
        {
            Name = "guess",
            Title = "Guessed",
            Shape = repeats ? TicketShape.Events : TicketShape.Cases,
            Case = key.Name,
            At = at?.Name,
            State = state,
            Team = Named(rest, "team")?.Name,
            Actor = Named(rest, "actor")?.Name,
            Priority = Named(rest, "priority")?.Name,
            Impact = Named(rest, "impact")?.Name,
            Urgency = Named(rest, "urgency")?.Name,
            Moments = Moments(times.Where(profile => profile != at)),
            Missing = [.. s_missing.Where(word => rows.Any(row => Array.IndexOf(row, word) >= 0))],
        };
        return new(mapping, true, Reasons(mapping, key, repeats));
    }

    private static Profile? CaseColumn(List<Profile> profiles, int rows) =>
        Named(profiles.Where(profile => !profile.IsTime && profile.Filled >= rows * 0.9).ToList(), "case",
            profile => profile.Distinct > Math.Min(20, rows / 50))
        ?? profiles.Where(profile => !profile.IsTime && profile.Filled >= rows * 0.98 && profile.Distinct > rows * 0.02
            && !profile.IsAmount)
            .MaxBy(profile => profile.Distinct);

    /// <remarks>The time of an event differs among the rows of one case, and seldom runs backward.</remarks>
    private static Profile? EventTime(List<Profile> times, Profile key, IReadOnlyList<string?[]> rows)
    {
        var changes = times.Select(time =>
        {
            var last = new Dictionary<string, string>();
            var changed = 0;
            foreach (var row in rows)
            {
                if (row.ElementAtOrDefault(key.Place) is not { } id
                    || row.ElementAtOrDefault(time.Place) is not { } at) continue;
                if (last.TryGetValue(id, out var before) && before != at) changed++;
                last[id] = at;
            }

            return (time, changed);
        }).ToList();
        var most = changes.Max(change => change.changed);
        var likely = changes.Where(change => change.changed >= most * 0.9).Select(change => change.time).ToList();
        return Named(likely, "at") ?? likely[0];
    }

    private static Profile? Named(IReadOnlyList<Profile> profiles, string role, Func<Profile, bool>? also = null)
    {
        var words = s_words.First(entry => entry.Role == role).Words;
        foreach (var word in words)
            if (profiles.FirstOrDefault(profile => profile.Plain == word
                && also?.Invoke(profile) != false) is { } exact) return exact;
        return profiles.FirstOrDefault(profile => also?.Invoke(profile) != false
            && words.Any(word => word.Length > 3 && profile.Plain.Contains(word, StringComparison.Ordinal)));
    }

    private static Dictionary<string, string> Moments(IEnumerable<Profile> times)
    {
        var moments = new Dictionary<string, string>();
        foreach (var time in times)
        {
            var known = s_moments.FirstOrDefault(entry =>
                entry.Words.Any(word => time.Plain.StartsWith(word, StringComparison.Ordinal)
                || time.Plain.StartsWith("sys" + word, StringComparison.Ordinal)));
            if (known.Moment is null || !moments.TryAdd(known.Moment, time.Name)) moments.TryAdd(time.Name, time.Name);
        }

        return moments;
    }

    private static List<string> Reasons(TicketMapping mapping, Profile key, bool repeats) =>
    [
        repeats
            ? $"'{key.Name}' repeats, so each row is an event of a case."
            : $"'{key.Name}' never repeats, so each row is a case.",
        .. mapping.Roles().Select(role => $"{role.Role}: {role.Column}"),
    ];

    private static BadInputException Refuse(string name, TicketColumns columns, string what, string role) =>
        new(name, "ticket.guess",
        $"No column looks like {what}. The log has: {string.Join(", ", columns.Names)}. Name it as '{role}:' in a "
            + $"mapping file.");

    /// <summary>What the sample says of one column.</summary>
    private sealed record Profile(string Name, int Place, string Plain, int Filled, int Distinct, bool IsTime,
        bool IsAmount)
    {
        public static Profile Of(string name, int place, IReadOnlyList<string?[]> rows)
        {
            var values = rows.Select(row => place < row.Length ? row[place] : null)
                .Where(value => value is not null && !s_missing.Contains(value)).Select(value => value!).ToList();
            var looked = values.Take(500).ToList();
            var plain = ColumnNames.Plain(name);
            var times = looked.Count(value => value.Length >= 8 && Stamp.Read(value, DateOrder.Dmy) is not null
                || Stamp.Read(value, DateOrder.Mdy) is not null && value.Length >= 8);
            var amounts = looked.Count(value =>
                decimal.TryParse(value, System.Globalization.CultureInfo.InvariantCulture, out _));
            var numeric = amounts >= looked.Count * 0.95;
            var named = !numeric || plain.EndsWith("at", StringComparison.Ordinal)
                || plain.EndsWith("time", StringComparison.Ordinal)
                || plain.EndsWith("date", StringComparison.Ordinal)
                    || plain.EndsWith("timestamp", StringComparison.Ordinal);
            return new(name, place, plain, values.Count, values.Distinct().Count(),
                looked.Count > 0 && times >= looked.Count * 0.8 && named
                    && !looked.All(value => value.StartsWith("1970-", StringComparison.Ordinal)),
                numeric);
        }
    }
}
