namespace Nexus.Jobs.Pipelines.Documents.Grammar;

/// <param name="Text">As it was given.</param>
/// <param name="Value">Null for <c>~key</c> alone.</param>
internal sealed record ParsedOverride(string Text, OverrideMark Mark, OverrideKey Key, OverrideTerm? Value)
{
    /// <summary>The mark and key as given: what a run's own override begins with.</summary>
    public string Left => $"{(Mark switch { OverrideMark.Add => "+", OverrideMark.Force => "++", OverrideMark.Remove => "~", _ => "" })}{Key}";
}
