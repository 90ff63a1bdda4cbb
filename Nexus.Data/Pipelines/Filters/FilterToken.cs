namespace Nexus.Data.Pipelines.Filters;

/// <param name="Column">1-based.</param>
internal sealed record FilterToken(FilterTokenKind Kind, string Text, int Column)
{
    public bool Is(string word) => Kind == FilterTokenKind.Word && string.Equals(Text, word, StringComparison.OrdinalIgnoreCase);
}
