namespace Nexus.Jobs.Pipelines.Documents.Grammar;

/// <summary>What stands behind the equals sign once functions have done their work: one value, or several to choose from.</summary>
internal abstract record OverrideTerm(int Column);

internal sealed record ValueTerm(int Column, DocumentNode Node) : OverrideTerm(Column);

internal sealed record ChoiceTerm(int Column, IReadOnlyList<DocumentNode> Values) : OverrideTerm(Column);

/// <summary>Start included, stop excluded; kept as such until it is counted out, since casts change its ends and its step.</summary>
internal sealed record RangeTerm(int Column, decimal Start, decimal Stop, decimal Step, bool Float) : OverrideTerm(Column);

internal sealed record IntervalTerm(int Column, SweepInterval Interval) : OverrideTerm(Column);

/// <summary>The options of a group whose names fit; which there are, the grammar does not know.</summary>
internal sealed record GlobTerm(int Column, IReadOnlyList<string> Include, IReadOnlyList<string> Exclude) : OverrideTerm(Column);
