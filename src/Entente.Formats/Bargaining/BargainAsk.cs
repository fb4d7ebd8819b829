using System.Diagnostics;
using Entente.Bargaining;
using Entente.Bargaining.Issues;
using Entente.Bargaining.Solutions;

namespace Entente.Formats.Bargaining;

/// <summary>A bargain that a command or a route asks about: how far the computation may go, and how that door spells its
/// fields in messages (<c>--seconds</c> or <c>$.seconds</c>).</summary>
public sealed class BargainAsk
{
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly Func<string, string> _place;

    /// <param name="seconds">The computation stops after this time with the best found and its bound.</param>
    /// <param name="megabytes">A stage of the frontier that needs more is thinned, with a bound.</param>
    public BargainAsk(BargainDocument document, IReadOnlyList<Finding> findings, double seconds, int megabytes,
        Func<string, string> place)
    {
        (Name, Bargain, _place) = (document.Name, document.Bargain, place);
        Warnings = [.. findings.Select(finding => finding.Path.Length == 0 ? finding.Message
            : $"{finding.Path}: {finding.Message}")];
        if (!(seconds > 0)) throw Wrong("seconds", "seconds", "Expected a number above zero.");
        if (megabytes < 1) throw Wrong("memory", "memory", "Expected at least one megabyte.");
        Limits = new Limits
        {
            Stop = () => _watch.Elapsed.TotalSeconds > seconds,
            // A stage holds a point's numbers, its back pointers and, before pruning, all its candidates: about 1.5 kB
            // a point.
            FrontierPointsMax = (int)Math.Min(10_000_000, megabytes * 1_000_000L / 1500),
        };
    }

    public string Name { get; }

    public Bargain Bargain { get; }

    public IReadOnlyList<string> Warnings { get; }

    public Limits Limits { get; }

    public double Seconds => _watch.Elapsed.TotalSeconds;

    /// <summary>The package that a field names.</summary>
    public Package Package(string field, string? text) => BargainQuestions.ReadPackage(
        Bargain.Space, text ?? throw Wrong(field, "package", "Expected a package such as 0,2,1 or hours=24x7; price=50."),
        _place(field));

    public int Party(string field, int? party) => party is { } seat && seat >= 0 && seat < Bargain.Parties.Count ? seat
        : throw Wrong(field, "party", $"The parties are 0 to {Bargain.Parties.Count - 1}.");

    public int AtLeast(int least, string field, int? value, int otherwise) => (value ?? otherwise) is var number
        && number >= least ? number : throw Wrong(field, "number", $"Expected at least {least}.");

    /// <summary>Asks the engine; what it cannot compute with is bad input, at the field or the file that is
    /// wrong.</summary>
    /// <param name="file">The domain, as messages name it.</param>
    public static T Answer<T>(string file, Func<string, string> place, Func<T> ask)
    {
        try
        {
            return ask();
        }
        catch (BargainException wrong)
        {
            var where = wrong.Path switch
            {
                "package" or "tactics" => place(wrong.Path),
                "tactic" => place("tactics"),
                "" => file,
                _ => $"{file}: {wrong.Path}",
            };
            throw new BadInputException(where, wrong.Code, wrong.Message);
        }
    }

    public BadInputException Wrong(string field, string rule, string message) =>
        new(_place(field), $"bargain.{rule}", message);
}
