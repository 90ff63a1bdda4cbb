namespace Nexus.Jobs.Sweeps.Strategies;

/// <summary>A trial that a strategy learns from.</summary>
/// <param name="Values">In the order of the dimensions, as YAML text.</param>
/// <param name="Loss">What it came to, less is better; null while it works, where it was stopped early, or came to nothing.</param>
/// <param name="Hopeless">Whether it was stopped early.</param>
/// <param name="Open">Whether it still works.</param>
internal sealed record PastTrial(IReadOnlyList<string> Values, double? Loss, bool Hopeless = false, bool Open = false);
