using System.Globalization;
using Entente.Documentation;
using Entente.Server.Layout;
using Entente.Terms;

namespace Entente.Server.Documentation;

/// <summary>A charter as the fields of its form: lists one item a line, cells of a row apart by bars.</summary>
public static class CharterForm
{
    public static Fielded<Charter> Spelling { get; } = new(Fields, fields => Read(fields));

    public static IReadOnlyDictionary<string, string> Fields(Charter charter) => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["purpose"] = charter.Purpose.ReplaceLineEndings("\n"),
        ["scope"] = charter.Scope.ReplaceLineEndings("\n"),
        ["sponsor"] = charter.Sponsor,
        ["roles"] = string.Join('\n', charter.Roles),
        ["raci"] = string.Join('\n', charter.Raci),
        ["calendar"] = string.Join('\n', charter.Calendar),
        ["measures"] = string.Join('\n', charter.SuccessMeasures),
        ["escalation"] = charter.Escalation.ReplaceLineEndings("\n"),
        ["words"] = string.Join('\n', charter.Words),
        ["quorum"] = $"{charter.Quorum}",
        ["votingRights"] = string.Join('\n', charter.VotingRights),
    };

    /// <exception cref="BadInputException">A field is not what it should be; every such field is named.</exception>
    public static Charter Read(IReadOnlyDictionary<string, string> fields)
    {
        var inputs = new Inputs();
        var charter = new Charter(
            Text("purpose"), Text("scope"), Forms.Lines(Text("roles")), Rows<SuccessMeasure>("measures"), Text("sponsor"), Rows<CharterDate>("calendar"),
            Text("escalation"), Rows<RaciRow>("raci"), Rows<CharterWord>("words"), Percent("quorum"),
            Rows<VotingRight>("votingRights"));
        inputs.Throw();
        return CharterApi.Check(charter, "");

        string Text(string name) => fields.GetValueOrDefault(name, "").ReplaceLineEndings("\n").Trim();

        int Percent(string name)
        {
            var text = Text(name).TrimEnd('%').TrimEnd();
            var isWhole = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var percent);
            inputs.Check(text.Length == 0 || isWhole, name, "percent.range", "expected a percentage from 0 to 100");
            return percent;
        }

        ValueList<T> Rows<T>(string name)
            where T : ITextual<T>
        {
            List<T> rows = [];
            foreach (var line in Lines.Of(Text(name)))
            {
                if (T.TryParse(line, out var row)) rows.Add(row);
                else inputs.Check(holds: false, name, "row.invalid", $"expected {T.Expected}, found '{line}'");
            }

            return rows.ToValueList();
        }
    }
}
