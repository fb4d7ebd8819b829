namespace Entente.Bargaining;

/// <summary>A space, preference or question that cannot be computed with: what is wrong, and where.</summary>
/// <param name="code">Stable code such as <c>bargain.space_empty</c>.</param>
/// <param name="path">Place inside the input, such as <c>parties[0].worth[3][1]</c>; empty for the whole.</param>
public sealed class BargainException(string code, string path, string message) : Exception(message)
{
    public string Code { get; } = code;

    public string Path { get; } = path;
}
