namespace Nexus.Jobs.Pipelines.Documents;

/// <summary>A piece of a text with interpolations in it.</summary>
internal abstract record TextPart;

/// <param name="Quoted">It stood in quotes: a text, whatever it looks like.</param>
internal sealed record PlainPart(string Text, bool Quoted = false) : TextPart;

/// <param name="Text">As written: <c>${params.leaves}</c>.</param>
/// <param name="Resolver"><c>env</c> of <c>${env:NAME,default}</c>; null where it is a path.</param>
/// <param name="Arguments">The path alone, or what stands between the commas.</param>
internal sealed record ReferencePart(string Text, string? Resolver, IReadOnlyList<IReadOnlyList<TextPart>> Arguments) : TextPart;
