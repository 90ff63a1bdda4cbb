namespace Nexus.Jobs.Pipelines.Documents;

/// <summary>A key of a mapping with what stands under it.</summary>
internal sealed record DocumentMember(string Name, Place NamePlace, DocumentNode Node);
