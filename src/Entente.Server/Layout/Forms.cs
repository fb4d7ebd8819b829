using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Entente.Server.Layout;

/// <summary>Reads fields of posted forms; what is wrong names the field.</summary>
public static class Forms
{
    /// <summary>The lines that say something.</summary>
    public static ValueList<string> Lines(StringValues field) =>
        field.ToString().Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0).ToValueList();

    public static int Number(IFormCollection form, string field) =>
        int.TryParse(form[field].ToString(), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new BadInputException(field, "number.invalid", $"expected a whole number, found \"{form[field]}\"");

    public static decimal Decimal(string text, string field) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new BadInputException(field, "number.invalid", $"expected a number, found \"{text}\"");

    public static string Text(IFormCollection form, string field, int most = 4000)
    {
        var text = form[field].ToString().Trim();
        new Inputs().Text(field, text, most).Throw();
        return text;
    }

    public static T Choice<T>(IFormCollection form, string field)
        where T : struct, Enum => Choice<T>(field, form[field].ToString());

    public static T Choice<T>(string field, string text)
        where T : struct, Enum =>
        Enum.TryParse<T>(text, ignoreCase: true, out var choice) && Enum.IsDefined(choice)
            ? choice
            : throw new BadInputException(field, "choice.unknown", $"expected one of {string.Join(", ", Enum.GetNames<T>())}, found \"{text}\"");
}
