namespace Nexus.Jobs.Pipelines.Documents.Grammar;

/// <param name="Text">What it means: without quotes or the backslash of an escape.</param>
/// <param name="Column">1-based, within the override.</param>
/// <param name="End">The column behind its last character.</param>
internal readonly record struct OverrideToken(OverrideTokenKind Kind, string Text, int Column, int End);
