using Nexus.Data.Registry;

namespace Nexus.Inference.Registry;

/// <summary>What the worker reads from its standard input.</summary>
/// <param name="Limit">How long loading and running may take in all.</param>
internal sealed record ModelTrialWork(string Path, ModelSignature Signature, TimeSpan Limit);

/// <summary>What it writes to its standard output.</summary>
/// <param name="Refusal">Null where the model may be let in.</param>
internal sealed record ModelTrialAnswer(string? Refusal);
