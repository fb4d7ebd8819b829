using System.Globalization;
using System.Security;
using System.Text;
using Entente.Bargaining;
using Entente.Bargaining.Solutions;

namespace Entente.Formats.Bargaining;

/// <summary>The frontier of two parties (or a view of two of more) with the solutions on it, as a picture.</summary>
public static class FrontierSvg
{
    private const int Width = 640;
    private const int Height = 520;
    private const int Left = 70;
    private const int Right = 190;
    private const int Top = 30;
    private const int Bottom = 60;

    public static string Draw(Bargain bargain, Frontier frontier, SolutionSet? solutions, int across = 0, int up = 1)
    {
        if (bargain.Parties.Count < 2) throw new BargainException("bargain.svg", "parties", "A picture needs two parties.");
        var (x, y) = (Scale(frontier, across, Left, Width - Right), Scale(frontier, up, Height - Bottom, Top));
        var svg = new StringBuilder();
        svg.AppendLine(
            Text($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" role=\"img\" ")
            + "font-family=\"system-ui, sans-serif\" font-size=\"12\">");
        svg.AppendLine(
            $"<title>Frontier of {Escape(bargain.Parties[across].Party)} and {Escape(bargain.Parties[up].Party)}: "
            + $"{Counted.Of(frontier.Points.Count, "efficient point")}</title>");
        svg.AppendLine(Text($"<rect width=\"{Width}\" height=\"{Height}\" fill=\"#fff\"/>"));
        Axes(svg, bargain, x, y, across, up);
        foreach (var point in frontier.Points)
            svg.AppendLine(
                Text($"<circle cx=\"{x.At(point[across]):0.#}\" cy=\"{y.At(point[up]):0.#}\" ")
                + "r=\"2.5\" fill=\"#6b7f99\"/>");
        if (solutions is not null) Marks(svg, solutions, x, y, across, up);
        return svg.AppendLine("</svg>").ToString();
    }

    private sealed record Axis(double Least, double Most, double From, double To)
    {
        public double At(double value) => From + (To - From) * (value - Least) / (Most - Least);
    }

    private static Axis Scale(Frontier frontier, int party, double from, double to)
    {
        var (least, most) = (frontier.Points.Min(p => p[party]), frontier.Points.Max(p => p[party]));
        var margin = Math.Max(0.05 * (most - least), 0.01);
        return new Axis(least - margin, most + margin, from, to);
    }

    private static void Axes(StringBuilder svg, Bargain bargain, Axis x, Axis y, int across, int up)
    {
        svg.AppendLine(Text($"<path d=\"M{x.From} {y.To}V{y.From}H{x.To}\" fill=\"none\" stroke=\"#333\"/>"));
        for (var i = 0; i <= 4; i++)
        {
            var (u, v) = (x.Least + (x.Most - x.Least) * i / 4, y.Least + (y.Most - y.Least) * i / 4);
            svg.AppendLine(
                Text($"<text x=\"{x.At(u):0.#}\" y=\"{y.From + 18}\" text-anchor=\"middle\">{u:0.00}</text>"));
            svg.AppendLine(
                Text($"<text x=\"{x.From - 8}\" y=\"{y.At(v) + 4:0.#}\" text-anchor=\"end\">{v:0.00}</text>"));
        }

        svg.AppendLine(
            Text($"<text x=\"{(x.From + x.To) / 2}\" y=\"{Height - 16}\" text-anchor=\"middle\">")
            + $"{Escape(bargain.Parties[across].Party)}</text>");
        svg.AppendLine(
            Text($"<text transform=\"translate(18 {(y.From + y.To) / 2}) rotate(-90)\" text-anchor=\"middle\">")
            + $"{Escape(bargain.Parties[up].Party)}</text>");
        var (d, e) = (bargain.Disagreement[across], bargain.Disagreement[up]);
        if (d > x.Least && d < x.Most) svg.AppendLine(
            Text($"<path d=\"M{x.At(d):0.#} {y.To}V{y.From}\" stroke=\"#b33\" stroke-dasharray=\"4 3\"/>"));
        if (e > y.Least && e < y.Most) svg.AppendLine(
            Text($"<path d=\"M{x.From} {y.At(e):0.#}H{x.To}\" stroke=\"#b33\" stroke-dasharray=\"4 3\"/>"));
    }

    private static void Marks(StringBuilder svg, SolutionSet solutions, Axis x, Axis y, int across, int up)
    {
        (string Name, Solution? Point, string Colour)[] marks =
        [
            ("Nash", solutions.Nash, "#1f6feb"), ("Kalai-Smorodinsky", solutions.KalaiSmorodinsky, "#2a9d4a"),
            ("egalitarian", solutions.Egalitarian, "#e08a00"), ("utilitarian", solutions.Utilitarian, "#8a3ffc"),
        ];
        var radius = 10.0;
        var line = Top + 10;
        foreach (var (name, point, colour) in marks)
        {
            if (point is null) continue;
            var (cx, cy) = (x.At(point.Utilities[across]), y.At(point.Utilities[up]));
            svg.AppendLine(
                Text($"<circle cx=\"{cx:0.#}\" cy=\"{cy:0.#}\" r=\"{radius:0.#}\" ")
                + $"fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"><title>{name}</title></circle>");
            svg.AppendLine(
                Text($"<circle cx=\"{Width - Right + 20}\" cy=\"{line - 4}\" r=\"6\" ")
                + $"fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>");
            svg.AppendLine(Text($"<text x=\"{Width - Right + 34}\" y=\"{line}\">{name}</text>"));
            (radius, line) = (radius - 2, line + 22);
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Escape(string text) => SecurityElement.Escape(text);
}
