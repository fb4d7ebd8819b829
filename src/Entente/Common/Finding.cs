namespace Entente;

/// <summary>How grave a finding is: an error makes the document unusable, a warning does not.</summary>
public enum Severity { Warning, Error }

/// <summary>One thing wrong in a document or an input: where it stands and what was expected there.</summary>
/// <param name="Path">Place inside the document, such as <c>weekly.monday[1]</c> or <c>line 12, column opened_at</c>.</param>
/// <param name="Rule">Stable code of the rule that was broken, such as <c>calendar.interval</c>.</param>
/// <param name="Line">One-based line where it is known.</param>
public sealed record Finding(Severity Severity, string Path, string Rule, string Message, int? Line = null)
{
    public static Finding Error(string path, string rule, string message, int? line = null) =>
        new(Severity.Error, path, rule, message, line);

    public static Finding Warning(string path, string rule, string message, int? line = null) =>
        new(Severity.Warning, path, rule, message, line);
}

/// <summary>What reading a document gave: a value where it was usable, and everything that was found on the way.</summary>
public sealed record Reading<T>(T? Value, IReadOnlyList<Finding> Findings)
    where T : class
{
    public bool IsUsable => Value is not null && Findings.All(finding => finding.Severity != Severity.Error);

    public T Get() => IsUsable ? Value! : throw new BadInputException(Findings);
}

/// <summary>Input that a door refuses with 400: every finding says where and what was expected.</summary>
public sealed class BadInputException(IReadOnlyList<Finding> findings)
    : Exception(string.Join("; ", findings.Where(f => f.Severity == Severity.Error).Select(f => $"{f.Path}: {f.Message}")))
{
    public BadInputException(string path, string rule, string message)
        : this([Finding.Error(path, rule, message)])
    {
    }

    public IReadOnlyList<Finding> Findings { get; } = findings;
}
