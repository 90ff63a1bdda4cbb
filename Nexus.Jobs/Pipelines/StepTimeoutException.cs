namespace Nexus.Jobs.Pipelines;

/// <summary>An attempt took longer than the step's <c>timeout</c>.</summary>
internal sealed class StepTimeoutException(TimeSpan timeout) : Exception($"It did not finish within its timeout of {timeout}.");
