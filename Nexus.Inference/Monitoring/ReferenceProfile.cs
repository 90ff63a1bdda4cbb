namespace Nexus.Inference.Monitoring;

/// <summary>What a model version was trained on, as far as drift needs it; kept as JSON in <c>ModelVersion.Reference</c>.</summary>
/// <param name="Rows">Rows of the training split.</param>
/// <param name="Features">In the order of the ONNX's inputs.</param>
/// <param name="Labels">Label → rows; empty for regression.</param>
public sealed record ReferenceProfile(long Rows, IReadOnlyList<FeatureReference> Features, IReadOnlyDictionary<string, long> Labels);
