namespace Nexus.Data.Registry;

/// <summary>What an ONNX takes and gives.</summary>
/// <param name="Task">binary, multiclass, regression; null where an uploaded model does not tell.</param>
/// <param name="Classes">The raw classes in the order of the scores; empty for regression.</param>
/// <param name="Positive">For binary: the class whose probability is the score.</param>
public sealed record ModelSignature(
    IReadOnlyList<TensorSignature> Inputs,
    IReadOnlyList<TensorSignature> Outputs,
    string? Task = null,
    IReadOnlyList<string>? Classes = null,
    string? Positive = null);
