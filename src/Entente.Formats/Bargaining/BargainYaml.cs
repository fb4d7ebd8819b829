using Entente.Bargaining;
using Entente.Bargaining.Issues;
using Entente.Bargaining.Preferences;

namespace Entente.Formats.Bargaining;

/// <summary>Our own form: issues with values or ranges, constraints between them, and parties with weights and value
/// curves.</summary>
/// <remarks>
/// <code>
/// issues:
///   - { name: hours, kind: ordered, values: [8x5, 12x5, 24x7] }
///   - { name: price, range: { from: 40, to: 60, step: 5, currency: EUR } }
/// constraints:
///   - { name: nights need five, if: { hours: 24x7 }, then: { onCall: ["5", "6"] } }
/// parties:
///   - name: Globex
///     reservation: 0.3
///     issues:
///       hours: { weight: 0.6, rising: 0.7 }
///       price: { weight: 0.4, points: { 40: 1, 50: 0.7, 60: 0 } }
/// </code>
/// </remarks>
internal static class BargainYaml
{
    public static BargainDocument? Read(SourceText domain, IReadOnlyList<SourceText> profiles, Findings findings)
    {
        if (YamlPlace.Parse(domain, findings) is not { } root) return null;
        root.Allow("name", "issues", "constraints", "parties");
        var issues = root.List("issues").Select(ReadIssue).OfType<Issue>().ToList();
        if (issues.Count == 0) root.Error("bargain.no_issues", "Expected a list of issues.");
        if (findings.HasError) return null;
        var plain = new Space(issues);
        var constraints = root.List("constraints").Select((place, i) => ReadConstraint(place, plain, i))
            .OfType<Constraint>().ToList();
        if (findings.HasError) return null;
        var space = plain.With(constraints);
        var places = root.List("parties")
            .Concat(profiles.SelectMany(profile => YamlPlace.Parse(profile, findings) is not { } more ? []
            : more.Has("parties") ? more.List("parties") : [more])).ToList();
        if (places.Count == 0) root.Error("bargain.no_parties",
            "Expected at least one party, here or in a file of its own.");
        var parties = places.Select((place, p) => ReadParty(place, space, p, findings)).ToList();
        var name = root.Text("name") ?? Path.GetFileNameWithoutExtension(domain.Path);
        return findings.HasError ? null : new BargainDocument(name, new Bargain(space, parties));
    }

    private static Issue? ReadIssue(YamlPlace place)
    {
        place.Allow("name", "kind", "values", "range");
        var name = place.Text("name");
        if (name is null) return place.Error("bargain.issue", "An issue needs a name.") as Issue;
        if (place.Has("values"))
        {
            var values = place.Texts("values");
            return place.Text("kind") is "ordered" ? Issue.Ordered(name, values) : Issue.Discrete(name, values);
        }

        var range = place.Map("range");
        if (range?.Number("from") is not { } from || range.Number("to") is not { } to)
            return place.Error("bargain.issue",
                $"The issue '{name}' needs values, or a range with from and to.") as Issue;
        range.Allow("from", "to", "step", "unit", "currency");
        var wide = range.Number("step") ?? 1;
        if (!(Math.Abs(from) < 1e15 && Math.Abs(to) < 1e15 && wide is > 1e-15 and < 1e15)) return range.Error(
            "bargain.issue_range", "The range is too wide, or its step is not above zero.") as Issue;
        var step = (decimal)wide;
        return range.Text("currency") is { } currency ? Issue.Money(name, (decimal)from, (decimal)to, step, currency)
            : Issue.Stepped(name, (decimal)from, (decimal)to, step, range.Text("unit"));
    }

    private static Constraint? ReadConstraint(YamlPlace place, Space space, int index)
    {
        place.Allow("name", "forbid", "if", "then", "budget");
        var name = place.Text("name") ?? $"constraint {index}";
        if (place.Map("forbid") is { } forbid) return new Constraint.Forbidden(name, Choices(forbid, space));
        if (place.Map("budget") is { } budget) return ReadBudget(budget, name, space);
        if (place.Map("if") is not { } condition || place.Map("then") is not { } then)
            return place.Error("bargain.constraint",
                "A constraint is 'forbid', 'if' with 'then', or 'budget'.") as Constraint;
        var implied = Choices(then, space);
        if (implied.Count != 1) return then.Error(
            "bargain.constraint", "'then' names exactly one issue.") as Constraint;
        var without = new Choice(implied[0].Issue,
            [.. Enumerable.Range(0, space.Issues[implied[0].Issue].Count).Where(v => !implied[0].Values.Contains(v))]);
        return new Constraint.Forbidden(name, [.. Choices(condition, space), without]);
    }

    private static Constraint.Budget? ReadBudget(YamlPlace place, string name, Space space)
    {
        place.Allow("limit", "costs");
        if (place.Number("limit") is not { } limit || place.Map("costs") is not { } costs)
            return place.Error("bargain.constraint", "A budget needs a limit and costs.") as Constraint.Budget;
        foreach (var key in costs.Keys.Where(key => space.IndexOf(key) < 0)) costs.Error(
            "bargain.issue", $"There is no issue '{key}'.");
        return new Constraint.Budget(name,
            [.. space.Issues.Select(issue => costs.Map(issue.Name) is { } of ? Table(of, issue, "bargain.cost")
                : new double[issue.Count])], limit);
    }

    private static List<Choice> Choices(YamlPlace place, Space space)
    {
        var choices = new List<Choice>();
        foreach (var key in place.Keys)
        {
            var issue = space.IndexOf(key);
            if (issue < 0)
            {
                place.Error("bargain.issue", $"There is no issue '{key}'.");
                continue;
            }

            var options = new List<int>();
            foreach (var text in place.Texts(key))
            {
                var named = Named(space.Issues[issue], text);
                if (named.Count == 0) place.Error("bargain.value_outside", $"The issue '{key}' has no value '{text}'.");
                options.AddRange(named);
            }

            choices.Add(new Choice(issue, options));
        }

        return choices;
    }

    /// <summary>The option of this name, or all options at least or at most a number: <c>">= 5"</c>.</summary>
    private static IReadOnlyList<int> Named(Issue issue, string text)
    {
        if (issue.IndexOf(text) is >= 0 and var one) return [one];
        var (atLeast, atMost) = (text.StartsWith(">=", StringComparison.Ordinal),
            text.StartsWith("<=", StringComparison.Ordinal));
        if (!(atLeast || atMost) || Number(text[2..]) is not { } limit) return [];
        return [.. Enumerable.Range(0, issue.Count).Where(v => Number(issue.Values[v]) is { } value
            && (atLeast ? value >= limit : value <= limit))];

        static double? Number(string number) => double.TryParse(number, System.Globalization.NumberStyles.Float,
            System.Globalization.CultureInfo.InvariantCulture, out var value) ? value : null;
    }

    private static Preference ReadParty(YamlPlace place, Space space, int index, Findings findings)
    {
        place.Allow("name", "reservation", "reservationPackage", "power", "discount", "riskAversion", "issues",
            "interactions", "mustHave");
        var name = place.Text("name") ?? $"party {index}";
        var issues = place.Map("issues");
        foreach (var key in issues?.Keys.Where(key => space.IndexOf(key) < 0) ?? [])
            issues!.Error("bargain.domains_differ", $"There is no issue '{key}' in the domain.");
        var worth = new (double Least, double Most)[space.Issues.Count][];
        var weights = 0.0;
        for (var i = 0; i < worth.Length; i++)
        {
            var issue = space.Issues[i];
            worth[i] = new (double, double)[issue.Count];
            if (issues?.Map(issue.Name) is not { } of)
            {
                place.Error("bargain.domains_differ", $"'{name}' says nothing about the issue '{issue.Name}'.");
                continue;
            }

            var weight = of.Weight(findings);
            weights += 0.5 * (weight.Least + weight.Most);
            worth[i] = [.. Values(of, issue).Select(value => Times(weight, value))];
        }

        findings.Weights[name] = weights;
        return new Preference(name, Of(w => 0.5 * (w.Least + w.Most)))
        {
            Range = worth.Any(row => row.Any(w => w.Least < w.Most))
                ? new WorthRange(Of(w => w.Least), Of(w => w.Most)) : null,
            Reservation = place.Number("reservation"),
            ReservationPackage = place.Map("reservationPackage") is { } stands ? ReadPackage(stands, space) : null,
            Power = place.Number("power") ?? 1,
            Discount = place.Number("discount"),
            RiskAversion = place.Number("riskAversion") ?? 0,
            MustHaves = place.Map("mustHave") is { } must ? Choices(must, space) : [],
            Interactions = [.. place.List("interactions").Select(pair => ReadInteraction(pair, space))
                .OfType<Interaction>()],
        };

        IReadOnlyList<double>[] Of(Func<(double Least, double Most), double> end) =>
            [.. worth.Select(row => (IReadOnlyList<double>)[.. row.Select(end)])];
    }

    /// <summary>The least and the most a product may be; exactly the product where both factors are known.</summary>
    private static (double Least, double Most) Times((double Least, double Most) weight, (double Least, double Most) value)
    {
        double[] ends = [weight.Least * value.Least, weight.Least * value.Most, weight.Most * value.Least,
            weight.Most * value.Most];
        return (ends.Min(), ends.Max());
    }

    private static Package? ReadPackage(YamlPlace place, Space space)
    {
        var choices = Choices(place, space);
        if (choices.Count == space.Issues.Count && choices.TrueForAll(c => c.Values.Count == 1))
            return new Package([.. choices.OrderBy(c => c.Issue).Select(c => c.Values.Single())]);
        return place.Error("bargain.package", "A package names one value for every issue.") as Package;
    }

    private static IEnumerable<(double Least, double Most)> Values(YamlPlace place, Issue issue)
    {
        place.Allow("weight", "values", "points", "rising", "falling");
        if (place.Number("rising") is { } rising) return Known(new ValueFunction.Rising(rising));
        if (place.Number("falling") is { } falling) return Known(new ValueFunction.Falling(falling));
        if (place.Map("points") is { } points)
            return Known(new ValueFunction.PiecewiseLinear([.. points.Keys.Select(key => (
                double.TryParse(key, System.Globalization.CultureInfo.InvariantCulture, out var at) ? at : double.NaN,
                points.Number(key) ?? 0))]));
        if (place.Map("values") is { } table)
        {
            CheckKeys(table, issue, "bargain.value_missing");
            return [.. issue.Values.Select(value => table.Has(value) ? table.Span(value) ?? (0, 0) : (0, 0))];
        }

        place.Error("bargain.values", $"Expected values, points, rising or falling for '{issue.Name}'.");
        return new (double, double)[issue.Count];

        IEnumerable<(double, double)> Known(ValueFunction curve) => curve.Values(issue).Select(v => (v, v));
    }

    private static double[] Table(YamlPlace place, Issue issue, string rule)
    {
        CheckKeys(place, issue, rule);
        return [.. issue.Values.Select(value => place.Has(value) ? place.Number(value) ?? 0 : 0)];
    }

    private static void CheckKeys(YamlPlace place, Issue issue, string rule)
    {
        foreach (var key in place.Keys.Where(key => issue.IndexOf(key) < 0))
            place.Error("bargain.value_outside", $"The issue '{issue.Name}' has no value '{key}'.");
        foreach (var value in issue.Values.Where(value => !place.Has(value)))
            place.Error(rule, $"Expected a number for '{value}' of '{issue.Name}'.");
    }

    private static Interaction? ReadInteraction(YamlPlace place, Space space)
    {
        place.Allow("between", "worth");
        var between = place.Texts("between").Select(space.IndexOf).ToArray();
        if (between.Length != 2 || between.Contains(-1) || place.Map("worth") is not { } worth)
            return place.Error("bargain.interaction",
                "An interaction needs 'between' with two issues and 'worth' by their values.") as Interaction;
        foreach (var key in worth.Keys.Where(key => space.Issues[between[0]].IndexOf(key) < 0))
            worth.Error("bargain.value_outside", $"The issue '{space.Issues[between[0]].Name}' has no value '{key}'.");
        return new Interaction(between[0], between[1], [.. space.Issues[between[0]].Values.Select(first =>
            (IReadOnlyList<double>)[.. space.Issues[between[1]]
                .Values.Select(second => worth.Map(first)?.Number(second) ?? 0)])]);
    }
}
