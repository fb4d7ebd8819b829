using System.Reflection;

// A measurement is a static class `XBench` with `static Task<int> Run(string[] arguments)` or `static int Run(…)`.
var measurements = Assembly.GetExecutingAssembly().GetTypes()
    .Where(type => type.Name.EndsWith("Bench", StringComparison.Ordinal) && type.GetMethod("Run") is not null)
    .OrderBy(type => type.Name, StringComparer.Ordinal)
    .ToDictionary(type => type.Name[..^5].ToLowerInvariant(), type => type.GetMethod("Run")!);

if (args is not [var name, .. var rest] || !measurements.TryGetValue(name, out var run))
{
    Console.WriteLine($"Measure one of: {string.Join(", ", measurements.Keys)}");
    return args is [] ? 0 : 2;
}

return run.Invoke(null, [rest]) switch
{
    Task<int> later => await later,
    var code => (int)code!,
};
