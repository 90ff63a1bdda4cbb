namespace Nexus.Data.Registry;

/// <param name="Datatype">As the Open Inference Protocol writes it: FP32, INT64, BYTES …</param>
/// <param name="Shape">−1 for a free dimension.</param>
public sealed record TensorSignature(string Name, string Datatype, IReadOnlyList<long> Shape);
