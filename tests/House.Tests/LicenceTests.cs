using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Entente.House.Tests;

/// <summary>What the product is made of may be passed on under its own licence.</summary>
public sealed partial class LicenceTests
{
    private static readonly string[] Allowed =
        ["MIT", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "BSD-0-Clause", "PostgreSQL", "MS-PL"];

    [Fact]
    public void Every_restored_package_has_an_allowed_licence()
    {
        var packages = RestoredPackages().Distinct().ToList();
        packages.Count.ShouldBeGreaterThan(20);
        packages.Select(package => (package.Name, Licence: LicenceOf(package.Folder)))
            .Where(package => !IsAllowed(package.Licence))
            .ShouldBeEmpty();
    }

    [Fact]
    public void Every_npm_package_that_is_shipped_has_an_allowed_licence()
    {
        using var locked = JsonDocument.Parse(Checkout.Read("package-lock.json"));
        var shipped = locked.RootElement.GetProperty("packages").EnumerateObject()
            .Where(package => package.Name.Length > 0 && !package.Value.TryGetProperty("dev", out _))
            .Select(package => (package.Name, Licence: package.Value.TryGetProperty("license", out var licence)
                ? licence.GetString()!
                : NameOf(File.ReadAllText(Path.Combine(Checkout.Full(package.Name), "LICENSE")))))
            .ToList();
        shipped.ShouldNotBeEmpty();
        shipped.Where(package => !IsAllowed(package.Licence)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("MS-PL OR Apache-2.0", true)]
    [InlineData("AGPL-3.0-only", false)]
    [InlineData("AGPL-3.0-only OR MIT", true)]
    [InlineData("MIT AND AGPL-3.0-only", false)]
    [InlineData("", false)]
    public void One_allowed_choice_is_enough_and_one_forbidden_duty_is_too_much(string expression, bool isAllowed) =>
        IsAllowed(expression).ShouldBe(isAllowed);

    private static bool IsAllowed(string expression) => expression.Trim('(', ')').Split(" OR ")
        .Any(choice => choice.Split(" AND ").All(duty => Allowed.Contains(duty.Trim('(', ')', ' '))));

    private static IEnumerable<(string Name, string Folder)> RestoredPackages()
    {
        foreach (var project in Checkout.Named(".csproj"))
        {
            var assets = Path.Combine(Checkout.Root, Path.GetDirectoryName(project)!, "obj", "project.assets.json");
            File.Exists(assets).ShouldBeTrue($"{project} is not restored: dotnet restore");
            using var document = JsonDocument.Parse(File.ReadAllBytes(assets));
            var stores = document.RootElement.GetProperty("packageFolders").EnumerateObject()
                .Select(store => store.Name).ToList();
            foreach (var library in document.RootElement.GetProperty("libraries").EnumerateObject())
            {
                if (library.Value.GetProperty("type").GetString() != "package") continue;
                var path = library.Value.GetProperty("path").GetString()!;
                yield return (library.Name, stores.Select(store => Path.Combine(store, path)).First(Directory.Exists));
            }
        }
    }

    private static string LicenceOf(string folder)
    {
        var description = XDocument.Load(Directory.GetFiles(folder, "*.nuspec").Single());
        var licence = description.Descendants().FirstOrDefault(element => element.Name.LocalName == "license");
        if (licence is null) return "";
        if ((string?)licence.Attribute("type") == "expression") return licence.Value;
        return NameOf(File.ReadAllText(Path.Combine(folder, licence.Value)));
    }

    private static string NameOf(string licence)
    {
        var text = Spaces().Replace(licence, " ");
        return text switch
        {
            _ when text.Contains("Permission is hereby granted, free of charge, to any person",
                StringComparison.Ordinal) => "MIT",
            _ when text.Contains("Apache License Version 2.0", StringComparison.Ordinal) => "Apache-2.0",
            // SQLite itself: nobody owns it, so nobody's terms apply.
            _ when text.Trim().StartsWith("SQLite is Public Domain", StringComparison.Ordinal) => "0BSD",
            _ => text,
        };
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
