using System.Collections.Immutable;
using System.Globalization;
using Entente.ServiceTime.Calendars;
using Entente.ServiceTime.Clocks;
using NodaTime;
using YamlDotNet.RepresentationModel;

namespace Entente.Formats.Calendars;

/// <summary>Clock definitions as a YAML or JSON file; the format is described in <c>docs/service-time.md</c>.</summary>
public static class ClockYaml
{
    /// <param name="text">The file.</param>
    /// <param name="readFile">Gives the text of a calendar file that the definition names; the door decides where it
    /// lies.</param>
    public static Reading<ClockBook> Read(string text, Func<string, string> readFile)
    {
        var findings = new List<Finding>();
        if (YamlMap.Read(text, "calendars and clocks", findings) is not { } map) return new(null, findings);
        var calendars = Calendars(map, readFile);
        var versions = new List<ClockVersion>();
        if (map.Has("versions"))
        {
            foreach (var (node, path) in map.Items("versions"))
                if (map.AsMap(node, path) is { } item) versions.Add(Version(item, calendars));
        }
        else versions.Add(Version(map, calendars));

        map.RefuseOthers();
        if (findings.Any(f => f.Severity == Severity.Error)) return new(null, findings);
        var book = new ClockBook(versions);
        findings.AddRange(book.Validate().Select(p => Finding.Error(p.Path, p.Code, p.Message)));
        return new(book, findings);
    }

    private static Dictionary<string, CompiledCalendar> Calendars(YamlMap map, Func<string, string> readFile)
    {
        var result = new Dictionary<string, CompiledCalendar> { ["always"] = CompiledCalendar.Always };
        if (map.Map("calendars") is not { } list) return result;
        foreach (var name in list.Names.ToList())
        {
            var history = list.Find(name) is YamlScalarNode { Value: { } file }
                ? FromFile(list, name, file, readFile) : list.Map(name) is { } inline ? CalendarHistory.Read(inline)
                    : null;
            if (history is not null && !map.Findings.Any(f => f.Severity == Severity.Error))
                result[name] = history.Compile();
        }

        return result;
    }

    private static CalendarHistory? FromFile(YamlMap map, string name, string file, Func<string, string> readFile)
    {
        var reading = CalendarYaml.ReadVersions(readFile(file));
        map.Findings.AddRange(
            reading.Findings.Select(f => f with { Path = $"{map.At(name)} ({file}) {f.Path}".TrimEnd() }));
        return reading.Value;
    }

    private static ClockVersion Version(YamlMap map, Dictionary<string, CompiledCalendar> calendars)
    {
        var clocks = new List<ClockDefinition>();
        if (map.Map("clocks") is { } list)
        {
            foreach (var name in list.Names.ToList())
                if (list.Map(name) is { } clock && Clock(clock, name, calendars) is { } definition)
                    clocks.Add(definition);
        }
        else map.Refuse<object>(map.Node, map.At("clocks"), "clock.none", "Expected clocks, each with a name.");

        var from = CalendarHistory.EffectiveFrom(map, map.Text("timeZone") ?? "UTC") ?? CompiledCalendar.Earliest;
        var appliesTo = map.Text("appliesTo");
        if (appliesTo is not (null or "new" or "running"))
            map.Refuse<object>(map.Find("appliesTo")!, map.At("appliesTo"), "clock.applies",
                "Expected new or running.");
        var version = new ClockVersion
        {
            Label = map.Text("version"),
            EffectiveFrom = from,
            TakesOver = appliesTo == "running",
            Priority = Priority(map.Map("priority")),
            Clocks = [.. clocks],
        };
        map.RefuseOthers();
        return version;
    }

    private static PriorityMatrix? Priority(YamlMap? map)
    {
        if (map is null) return null;
        var cells = ImmutableDictionary.CreateBuilder<(string, string), string>();
        if (map.Map("matrix") is { } matrix)
        {
            foreach (var impact in matrix.Names.ToList())
                if (matrix.Map(impact) is { } row)
                    foreach (var urgency in row.Names.ToList())
                        if (row.Text(urgency) is { } priority) cells[(impact, urgency)] = priority;
        }
        else map.Refuse<object>(map.Node, map.At("matrix"), "clock.matrix",
            "Expected rows by impact, each with a priority by urgency.");

        var result = new PriorityMatrix(map.Text("impact") ?? "impact", map.Text("urgency") ?? "urgency",
            map.Text("into") ?? "priority", cells.ToImmutable());
        map.RefuseOthers();
        return result;
    }

    private static ClockDefinition? Clock(YamlMap map, string name, Dictionary<string, CompiledCalendar> calendars)
    {
        var calendarName = map.Text("calendar") ?? "always";
        if (!calendars.TryGetValue(calendarName, out var calendar))
            map.Refuse<object>(map.Find("calendar") ?? map.Node, map.At("calendar"), "clock.calendar",
                $"\"{calendarName}\" is not among the calendars: expected {string.Join(", ", calendars.Keys)}.");
        var retroactive = map.Find("retroactive") is YamlScalarNode { Value: "true" or "false" };
        var definition = new ClockDefinition
        {
            Name = name,
            Calendar = calendar ?? CompiledCalendar.Always,
            Target = Target(map),
            Warnings = [.. map.Items("warnings")
                .Select(item => Warning(map, item.Node, item.Path)).OfType<WarningPoint>()],
            Start = ConditionText.Read(map, "start"),
            Pause = ConditionText.Read(map, "pause"),
            Resume = ConditionText.Read(map, "resume"),
            Stop = ConditionText.Read(map, "stop"),
            Reset = ConditionText.Read(map, "reset"),
            Cancel = ConditionText.Read(map, "cancel"),
            FromFirstEvent = retroactive && map.Flag("retroactive"),
            RetroactiveFrom = retroactive ? null : ConditionText.Read(map, "retroactive"),
            Reopen = Reopen(map),
            Each = map.Text("each"),
            Only = [.. map.Items("only").Select(item => (item.Node as YamlScalarNode)?.Value).OfType<string>()],
            WaitsFor = Waits(map),
        };
        map.RefuseOthers();
        return definition;
    }

    private static TargetRule? Target(YamlMap map)
    {
        switch (map.Find("target"))
        {
            case null:
                return null;
            case YamlScalarNode:
                return new TargetRule(Length(map, "target"));
            default:
                if (map.Map("target") is not { } targets) return null;
                var byValue = ImmutableSortedDictionary.CreateBuilder<string, Duration>(StringComparer.Ordinal);
                var (field, otherwise) = (targets.Text("by") ?? "priority", Length(targets, "otherwise"));
                foreach (var value in targets.Names.Where(n => n is not ("by" or "otherwise")).ToList())
                    if (Length(targets, value) is { } length) byValue[value] = length;
                return new TargetRule(otherwise, field, byValue.ToImmutable());
        }
    }

    private static WarningPoint? Warning(YamlMap map, YamlNode node, string path)
    {
        var text = (node as YamlScalarNode)?.Value ?? "";
        if (text.EndsWith('%') && double.TryParse(text[..^1], CultureInfo.InvariantCulture, out var share)
            && share is > 0 and <= 100)
            return WarningPoint.At(share / 100);
        if (IsoDuration.TryParse(text, out var left) && left > Duration.Zero) return WarningPoint.Before(left);
        map.Refuse<object>(node, path, "clock.warning",
            $"\"{text}\": expected a share such as 75%, or time left such as PT30M.");
        return null;
    }

    private static ReopenRule Reopen(YamlMap map)
    {
        if (map.Find("reopen") is YamlScalarNode single) return new(Policy(map, single, map.At("reopen")));
        if (map.Map("reopen") is not { } rule) return ReopenRule.Never;
        var grace = Length(rule, "grace");
        var policy = rule.Find("policy") is { } node ? Policy(rule, node, rule.At("policy"))
            : grace is not null ? ReopenPolicy.Grace : ReopenPolicy.Continue;
        var result = new ReopenRule(policy, grace, ConditionText.Read(rule, "when"));
        rule.RefuseOthers();
        return result;
    }

    private static ReopenPolicy Policy(YamlMap map, YamlNode node, string path)
    {
        switch ((node as YamlScalarNode)?.Value)
        {
            case "never": return ReopenPolicy.Never;
            case "continue": return ReopenPolicy.Continue;
            case "newCycle": return ReopenPolicy.NewCycle;
            case "grace": return ReopenPolicy.Grace;
            default:
                map.Refuse<object>(node, path, "clock.reopen", "Expected never, continue, newCycle, or {grace: P2D}.");
                return ReopenPolicy.Never;
        }
    }

    private static WaitsFor Waits(YamlMap map)
    {
        var text = map.Text("waitsFor");
        if (text is null) return WaitsFor.Provider;
        if (Enum.TryParse<WaitsFor>(text, ignoreCase: true, out var waits) && char.IsLetter(text[0])) return waits;
        map.Refuse<object>(map.Find("waitsFor")!, map.At("waitsFor"), "clock.waits",
            "Expected provider, customer or supplier.");
        return WaitsFor.Provider;
    }

    private static Duration? Length(YamlMap map, string name)
    {
        if (map.Text(name) is not { } text) return null;
        if (IsoDuration.TryParse(text, out var length)) return length;
        map.Refuse<object>(map.Find(name)!, map.At(name), "time.duration",
            $"\"{text}\": expected a duration such as PT4H or PT30M.");
        return null;
    }
}
