using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Entente.Server;

/// <summary>Collects what is wrong with an input and throws it all at once.</summary>
public sealed partial class Inputs
{
    private readonly List<Finding> _findings = [];

    /// <summary>A text that must say something and be no longer than <paramref name="most"/> characters.</summary>
    public Inputs Text(string path, string? value, int most = 4000, bool required = true)
    {
        if (required && string.IsNullOrWhiteSpace(value)) Add(path, "text.missing", "expected a text, found nothing");
        else if (value?.Length > most) Add(path, "text.too_long", $"expected at most {most} characters, found {value.Length}");
        return this;
    }

    public Inputs Check(bool holds, string path, string rule, string message)
    {
        if (!holds) Add(path, rule, message);
        return this;
    }

    public Inputs Take(IEnumerable<Finding> findings)
    {
        _findings.AddRange(findings);
        return this;
    }

    /// <exception cref="BadInputException">Something was wrong.</exception>
    public void Throw()
    {
        if (_findings.Any(finding => finding.Severity == Severity.Error)) throw new BadInputException(_findings);
    }

    /// <summary>Reads a request body in our one spelling: unknown fields, wrong types and missing values name their path.</summary>
    public static async Task<T> Body<T>(HttpContext http)
    {
        try
        {
            return await JsonSerializer.DeserializeAsync<T>(http.Request.Body, Json.Options, http.RequestAborted)
                ?? throw new BadInputException("$", "json.null", "expected an object, found null");
        }
        catch (JsonException json)
        {
            throw Of(json, typeof(T));
        }
    }

    /// <param name="body">What the whole body was to be; it tells what was expected at the place that is wrong.</param>
    public static BadInputException Of(JsonException json, Type? body = null)
    {
        var path = string.IsNullOrEmpty(json.Path) ? "$" : json.Path;
        var message = Noise().Replace(json.Message, "").Replace("Entente.Server.", "", StringComparison.Ordinal).Trim();
        if (body is not null && message.StartsWith("The JSON value could not be converted", StringComparison.Ordinal))
            message = $"expected {Expected(body, path)}";
        if (Missing().Match(message) is { Success: true } missing)
            message = $"expected {missing.Groups["names"].Value.Replace("'", "", StringComparison.Ordinal).TrimEnd('.')}, which is missing";
        return new BadInputException(path, "json.invalid", message);
    }

    /// <summary>What a path such as <c>$.seats[0].role</c> of a body asks for, in words.</summary>
    private static string Expected(Type body, string path)
    {
        Type? type = body;
        foreach (Match step in Steps().Matches(path))
        {
            type = step.Groups["name"].Success
                ? type?.GetProperties().FirstOrDefault(one => string.Equals(one.Name, step.Groups["name"].Value, StringComparison.OrdinalIgnoreCase))
                    ?.PropertyType
                : type?.GetElementType() ?? type?.GenericTypeArguments.FirstOrDefault();
            type = type is null ? null : Nullable.GetUnderlyingType(type) ?? type;
        }

        return type switch
        {
            null => "another kind of value",
            { IsEnum: true } => $"one of {string.Join(", ", Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName))}",
            _ when type == typeof(string) => "a text",
            _ when type == typeof(bool) => "true or false",
            { IsPrimitive: true } => "a number",
            _ when type == typeof(decimal) => "a number",
            _ when type.IsAssignableTo(typeof(System.Collections.IDictionary)) || type.Name.Contains("Dictionary", StringComparison.Ordinal) => "an object",
            _ when type.IsAssignableTo(typeof(System.Collections.IEnumerable)) => "a list",
            _ => "an object",
        };
    }

    private void Add(string path, string rule, string message) => _findings.Add(Finding.Error(path, rule, message));

    [GeneratedRegex(@"\s*Path: .*$|, or a '\.'[^.]*\.")]
    private static partial Regex Noise();

    [GeneratedRegex("missing required properties including: (?<names>.*)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Missing();

    [GeneratedRegex(@"\.(?<name>[A-Za-z]\w*)|\[\d+\]", RegexOptions.ExplicitCapture)]
    private static partial Regex Steps();
}
