namespace Nexus.Inference.Monitoring;

/// <summary>Whether an agent does well.</summary>
public enum AgentHealth
{
    /// <summary>Too little is known.</summary>
    Unknown,
    Healthy,

    /// <summary>What it is asked differs from what it learnt.</summary>
    Drifting,

    /// <summary>It fails to answer.</summary>
    Failing,
}
