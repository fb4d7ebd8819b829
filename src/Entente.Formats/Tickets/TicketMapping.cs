using Entente.Monitoring;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Entente.Formats.Tickets;

/// <summary>How the rows of a log make events: one row is one event, one case, or one change of one field.</summary>
public enum TicketShape { Auto, Events, Cases, Changes }

/// <summary>
/// Which columns of a log mean what. A role names one column, alternatives (<c>opened_at | Opened</c>, the first that
/// exists is taken), or columns that belong together (<c>status + sub_status</c>).
/// </summary>
public sealed record TicketMapping
{
    public string Name { get; init; } = "";

    public string Title { get; init; } = "";

    /// <summary>Roles that must find their columns for the mapping to be taken unasked.</summary>
    public IReadOnlyList<string> RecognisedBy { get; init; } = [];

    public TicketShape Shape { get; init; }

    public required string Case { get; init; }

    public string? At { get; init; }

    public string? State { get; init; }

    /// <summary>Where the log names its events itself, beside or instead of states.</summary>
    public string? Event { get; init; }

    /// <summary>
    /// Column that says <c>true</c> where a row tells a moment of the case and not a step of its history.
    /// </summary>
    public string? IsMoment { get; init; }

    public string? Team { get; init; }

    public string? Actor { get; init; }

    public string? Priority { get; init; }

    public string? Impact { get; init; }

    public string? Urgency { get; init; }

    /// <summary>Time columns of the case by the name of the moment they tell.</summary>
    public IReadOnlyDictionary<string, string> Moments { get; init; } = new Dictionary<string, string>();

    /// <summary>Where each row is a change: the columns with the field's name and its new value.</summary>
    public string? Field { get; init; }

    public string? NewValue { get; init; }

    /// <summary>Where each row is a change: the role that each field of the tool plays.</summary>
    public IReadOnlyDictionary<string, string> FieldRoles { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// The tool's words for its own codes of a role, such as GLPI's <c>4: Pending</c> for <c>state</c>.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Words { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, string>>();

    /// <summary>Words that stand for "nothing here", beside an empty cell.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>IANA zone of times that say no offset; UTC where nobody says.</summary>
    public string? TimeZone { get; init; }

    public DateOrder? Dates { get; init; }

    /// <summary>JSON: the member that holds the tickets, and the path to the list of changes inside each.</summary>
    public string? Rows { get; init; }

    public string? Nested { get; init; }

    /// <summary>Every role this mapping gives a column, with the column as written.</summary>
    public IEnumerable<(string Role, string Column)> Roles() =>
        new (string, string?)[]
            {
                ("case", Case), ("at", At), ("state", State), ("event", Event), ("isMoment", IsMoment), ("team", Team),
                    ("actor", Actor), ("priority", Priority),
                ("impact", Impact), ("urgency", Urgency), ("field", Field), ("newValue", NewValue),
            }
            .Where(role => role.Item2 is not null).Select(role => (role.Item1, role.Item2!))
            .Concat(Moments.Select(moment => ("moments." + moment.Key, moment.Value)));

    /// <summary>Reads a mapping file; a wrong word in it is refused with its line.</summary>
    public static TicketMapping Parse(string yaml, string name)
    {
        var reader = new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance)
            .WithEnumNamingConvention(CamelCaseNamingConvention.Instance).Build();
        try
        {
            var read = reader.Deserialize<Draft?>(yaml)
                ?? throw new BadInputException(name, "mapping.empty",
                    "The mapping is empty: at least 'case:' is expected.");
            return read.Checked(name);
        }
        catch (YamlException bad)
        {
            throw new BadInputException($"{name}: line {bad.Start.Line}, column {bad.Start.Column}", "mapping.yaml",
                $"{(bad.InnerException ?? bad).Message} A mapping knows: {Draft.Keys}.");
        }
    }

    public string ToYaml() =>
        new SerializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance)
            .WithEnumNamingConvention(CamelCaseNamingConvention.Instance)
            .ConfigureDefaultValuesHandling(DefaultValuesHandling.OmitNull | DefaultValuesHandling.OmitEmptyCollections
                | DefaultValuesHandling.OmitDefaults)
            .Build().Serialize(Draft.Of(this));

    /// <summary>The mapping as the YAML reader fills it: everything may be absent.</summary>
    private sealed class Draft
    {
        public string? Name { get; set; }
        public string? Title { get; set; }
        public List<string>? RecognisedBy { get; set; }
        public TicketShape Shape { get; set; }
        public string? Case { get; set; }
        public string? At { get; set; }
        public string? State { get; set; }
        public string? Event { get; set; }
        public string? IsMoment { get; set; }
        public string? Team { get; set; }
        public string? Actor { get; set; }
        public string? Priority { get; set; }
        public string? Impact { get; set; }
        public string? Urgency { get; set; }
        public Dictionary<string, string>? Moments { get; set; }
        public string? Field { get; set; }
        public string? NewValue { get; set; }
        public Dictionary<string, string>? FieldRoles { get; set; }
        public Dictionary<string, Dictionary<string, string>>? Words { get; set; }
        public List<string>? Missing { get; set; }
        public string? TimeZone { get; set; }
        public DateOrder? Dates { get; set; }
        public string? Rows { get; set; }
        public string? Nested { get; set; }

        public static string Keys { get; } = string.Join(", ", typeof(Draft).GetProperties()
            .Where(property => property.GetMethod is { IsStatic: false })
            .Select(property => CamelCaseNamingConvention.Instance.Apply(property.Name)));

        public static Draft Of(TicketMapping mapping) => new()
        {
            Name = mapping.Name,
            Title = mapping.Title,
            Shape = mapping.Shape,
            Case = mapping.Case,
            At = mapping.At,
            State = mapping.State,
            Event = mapping.Event,
            IsMoment = mapping.IsMoment,
            Team = mapping.Team,
            Actor = mapping.Actor,
            Priority = mapping.Priority,
            Impact = mapping.Impact,
            Urgency = mapping.Urgency,
            Moments = new(mapping.Moments),
            Field = mapping.Field,
            NewValue = mapping.NewValue,
            FieldRoles = new(mapping.FieldRoles),
            Missing = [.. mapping.Missing],
            TimeZone = mapping.TimeZone,
            Dates = mapping.Dates,
            Rows = mapping.Rows,
            Nested = mapping.Nested,
        };

        public TicketMapping Checked(string name)
        {
            if (string.IsNullOrWhiteSpace(Case))
                throw new BadInputException(name, "mapping.case",
                    "'case:' must name the column with the ticket's number.");
            if (At is null && Moments is null or { Count: 0 })
                throw new BadInputException(name, "mapping.at",
                    "'at:' must name the time of an event, or 'moments:' the time columns of a case.");
            return new()
            {
                Name = Name ?? name,
                Title = Title ?? "",
                RecognisedBy = RecognisedBy ?? [],
                Shape = Shape,
                Case = Case,
                At = At,
                State = State,
                Event = Event,
                IsMoment = IsMoment,
                Team = Team,
                Actor = Actor,
                Priority = Priority,
                Impact = Impact,
                Urgency = Urgency,
                Moments = Moments ?? [],
                Field = Field,
                NewValue = NewValue,
                FieldRoles = FieldRoles ?? [],
                Missing = Missing ?? [],
                Words = (Words ?? []).ToDictionary(role => role.Key, role =>
                    (IReadOnlyDictionary<string, string>)role.Value),
                TimeZone = TimeZone,
                Dates = Dates,
                Rows = Rows,
                Nested = Nested,
            };
        }
    }
}
