using NodaTime;

namespace Entente.ServiceTime.Calendars;

/// <summary>Why a stretch of time is open or closed.</summary>
/// <param name="Start">First instant.</param>
/// <param name="End">First instant after it.</param>
/// <param name="IsOpen">Whether it counts.</param>
/// <param name="Entry">The entry that decides, such as <c>weekly.monday[0]</c> or <c>holidays[2] Christmas Day</c>;
/// <c>weekly</c> alone where no hours are given.</param>
public sealed record CalendarStretch(Instant Start, Instant End, bool IsOpen, string Entry);

/// <content>Explaining: the layers again, this time with their names.</content>
public sealed partial class CompiledCalendar
{
    /// <summary>Every second of <c>[from, to)</c> once, in order, with the entry that opens or closes it.</summary>
    public IReadOnlyList<CalendarStretch> Explain(Instant from, Instant to)
    {
        var result = new List<CalendarStretch>();
        for (var i = 0; i < _versions.Count && from < to; i++)
        {
            var start = i == 0 ? from : Instant.Max(from, At(_versions[i].From, 0));
            var end = i == _versions.Count - 1 ? to : Instant.Min(to, At(_versions[i + 1].From, 0));
            if (start < end) Explain(result, _versions[i], _versions.Count == 1 ? "" : $"versions[{i}].", start, end);
        }

        return result;
    }

    private static void Explain(List<CalendarStretch> result, Version version, string prefix, Instant from, Instant to)
    {
        var (first, last) = (Split(from).Second, Split(to).Second + 1);
        var times = new OpenTimes(version.Definition, version.Zone, first, last);
        var layers = new[] { times.Removed(true), times.Opened(true), times.Closed(true), times.Weekly(true) }
            .Select(StretchList.Disjoint).ToArray();
        var edges = layers.SelectMany(layer => layer.SelectMany(s => new[] { s.Start, s.End }))
            .Where(edge => first < edge && edge < last).Append(first).Append(last).Distinct().Order().ToList();
        var at = new int[layers.Length];
        for (var i = 0; i + 1 < edges.Count; i++)
        {
            var (isOpen, entry) = Deciding(layers, at, edges[i]);
            var (start, end) = (Instant.Max(from, At(edges[i], 0)), Instant.Min(to, At(edges[i + 1], 0)));
            if (start >= end) continue;
            if (result.Count > 0 && result[^1] is var before && before.End == start && before.Entry == prefix + entry)
                result[^1] = before with { End = end };
            else result.Add(new(start, end, isOpen, prefix + entry));
        }
    }

    /// <summary>The uppermost layer that covers the second: removed, opened, closed dates, weekly hours.</summary>
    private static (bool IsOpen, string Entry) Deciding(List<Stretch>[] layers, int[] at, long second)
    {
        for (var layer = 0; layer < layers.Length; layer++)
        {
            while (at[layer] < layers[layer].Count && layers[layer][at[layer]].End <= second) at[layer]++;
            if (at[layer] < layers[layer].Count && layers[layer][at[layer]] is var s && s.Start <= second)
                return (layer is 1 or 3, s.Source!);
        }

        return (false, "weekly");
    }
}
