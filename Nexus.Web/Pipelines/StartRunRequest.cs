namespace Nexus.Web.Pipelines;

/// <param name="Overrides"><c>train.params.learningRate=0.05</c>, <c>~train.params</c>.</param>
/// <param name="Dataset">Binds the ingest step's dataset: <c>elec2</c> or <c>elec2@3</c>.</param>
internal sealed record StartRunRequest(IReadOnlyList<string>? Overrides = null, string? Dataset = null);
