namespace Nexus.Data.Pipelines;

/// <summary>The run that another is compared with.</summary>
public sealed record EarlierRun(Guid Id, int Number, IReadOnlyDictionary<string, string> Params);
