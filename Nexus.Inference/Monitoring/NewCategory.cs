namespace Nexus.Inference.Monitoring;

/// <summary>A category that the training split did not have, and how often it was seen in the window.</summary>
public sealed record NewCategory(string Value, long Count);
