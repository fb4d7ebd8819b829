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
            throw Of(json);
        }
    }

    public static BadInputException Of(JsonException json)
    {
        var message = Noise().Replace(json.Message, "").Replace("Entente.Server.", "", StringComparison.Ordinal);
        return new BadInputException(string.IsNullOrEmpty(json.Path) ? "$" : json.Path, "json.invalid", message.Trim());
    }

    private void Add(string path, string rule, string message) => _findings.Add(Finding.Error(path, rule, message));

    [GeneratedRegex(@"\s*Path: .*$|, or a '\.'[^.]*\.")]
    private static partial Regex Noise();
}
