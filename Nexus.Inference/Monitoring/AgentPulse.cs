namespace Nexus.Inference.Monitoring;

/// <summary>One agent at a glance, over one window.</summary>
/// <param name="Sentence">The state in words, with its figures.</param>
public sealed record AgentPulse(AgentHealth Health, string Sentence, PerformanceReport Performance, DriftReport Drift);
