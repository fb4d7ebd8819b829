namespace Entente.Documentation;

/// <summary>What people said about the services beside the two rooms: needs, doubts and worries, under their name or under none.</summary>
public abstract record VoiceFact
{
    private VoiceFact() { }

    /// <param name="Voice">Identifier of what was said.</param>
    /// <param name="Service">Key of the service it is about, if it is about one.</param>
    public sealed record Spoken(string Voice, string Text, Hearer To, string? Service = null) : VoiceFact;

    public sealed record Answered(string Voice, string Text) : VoiceFact;
}

/// <summary>Who reads what was said.</summary>
public enum Hearer { Everybody, ServiceLevelManager }
