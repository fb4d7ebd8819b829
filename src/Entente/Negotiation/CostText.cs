using System.Globalization;

namespace Entente.Negotiation;

/// <summary>A cost model as people type it: one line each, <c>name | kind | term | amount</c>.</summary>
public static class CostText
{
    public static string Write(CostModel? model) => string.Join('\n', (model?.Lines ?? []).Select(line =>
        $"{line.Name} | {Words(line.Kind)} | {line.Term} | {Amount(line)}"));

    /// <exception cref="BadInputException">A line is none, with its place.</exception>
    public static CostModel Read(string currency, string text, string notes)
    {
        List<CostLine> lines = [];
        var rows = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        for (var i = 0; i < rows.Length; i++) lines.Add(Line(rows[i], $"lines[{i}]"));
        return new CostModel(currency.Trim().ToUpperInvariant(), lines.ToValueList(), notes.Trim());
    }

    private static CostLine Line(string row, string path)
    {
        var parts = row.Split('|', StringSplitOptions.TrimEntries);
        if (parts.Length != 4) throw new BadInputException(path, "cost.line", "expected name | kind | term | amount");
        CostKind? found = Enum.GetValues<CostKind>().Where(kind => Words(kind) == parts[1].ToLowerInvariant())
            .Select(kind => (CostKind?)kind).FirstOrDefault();
        if (found is not { } kind) throw new BadInputException(
            path, "cost.kind", $"expected {string.Join(", ", Enum.GetValues<CostKind>().Select(Words))}, found \"{parts[1]}\"");
        var line = new CostLine(parts[0], kind, Term: parts[2].Length == 0 ? null : parts[2]);
        if (kind is CostKind.Steps) return line with
        {
            Steps = parts[3].Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(step => Step(step, path)).ToValueList(),
        };
        var amounts = parts[3].Split('x', StringSplitOptions.TrimEntries);
        return line with { Amount = Number(amounts[0], path), People = amounts.Length > 1 ? Number(amounts[1], path) : 1m };
    }

    private static CostStep Step(string text, string path)
    {
        var at = text.LastIndexOf(':');
        return at < 1 ? throw new BadInputException(path, "cost.step", $"expected a step such as 99.9 %: 6000, found \"{text}\"")
            : new CostStep(text[..at].Trim(), Number(text[(at + 1)..], path));
    }

    private static decimal Number(string text, string path) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands | NumberStyles.AllowLeadingWhite
            | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number)
            ? number : throw new BadInputException(path, "number.invalid", $"expected a number, found \"{text.Trim()}\"");

    private static string Amount(CostLine line) => line.Kind is CostKind.Steps
        ? string.Join("; ", line.Steps.Select(step => string.Create(CultureInfo.InvariantCulture, $"{step.From}: {step.Amount}")))
        : string.Create(CultureInfo.InvariantCulture, $"{line.Amount}{(line.People == 1m ? "" : $" x {line.People}")}");

    private static string Words(CostKind kind) => kind switch
    {
        CostKind.PerUnit => "per unit",
        CostKind.PerStaffedHour => "per staffed hour",
        _ => kind.ToString().ToLowerInvariant(),
    };
}
