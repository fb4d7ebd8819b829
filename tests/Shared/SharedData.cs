namespace Entente.Tests.Shared;

/// <summary>Finds real data by others, which lies beside the checkout and never inside it.</summary>
public static class SharedData
{
    /// <summary>The root of the checkout: the folder of <c>Entente.slnx</c>.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>A file or folder of the shared data; a clear failure where it is missing.</summary>
    public static string Path(params string[] parts)
    {
        string?[] places =
        [
            Environment.GetEnvironmentVariable("ENTENTE_SHARED"),
            System.IO.Path.Combine(Root, "..", "shared"),
            System.IO.Path.Combine(Root, "..", "..", "shared"),
        ];
        var path = places.OfType<string>()
            .Select(place => System.IO.Path.GetFullPath(System.IO.Path.Combine([place, "data", .. parts])))
            .FirstOrDefault(candidate => File.Exists(candidate) || Directory.Exists(candidate));
        return path ?? throw new FileNotFoundException(
            $"The shared data '{string.Join('/', parts)}' is missing: put it at ../shared/data beside the checkout, "
            + "or name its parent in ENTENTE_SHARED.");
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "Entente.slnx")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("The tests run outside a checkout of Entente.");
    }
}
