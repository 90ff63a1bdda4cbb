namespace Nexus.Data.Datasets;

/// <summary>What was made from a dataset version, from the lineage graph.</summary>
/// <param name="Subject"><c>run/{id}</c>, <c>model/elec2@1</c>, <c>dataset/elec2@4</c>.</param>
/// <param name="Relation">The verb: <c>read</c>, <c>made</c>.</param>
/// <param name="Via">The subject between, where the arrow is an indirect one: a model's run.</param>
public sealed record DatasetUse(string Subject, string Relation, DateTimeOffset At, string? Via);
