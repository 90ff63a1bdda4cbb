namespace Nexus.Data.Nodes;

/// <summary>The kinds of work that <see cref="NexusOptions.Roles"/> gives to a node.</summary>
public static class NodeRole
{
    /// <summary>Pages, REST and live events.</summary>
    public const string Web = "web";

    /// <summary>Runs, sweeps, explanations and what is done on a timer.</summary>
    public const string Jobs = "jobs";

    /// <summary>Decisions, and the journal that keeps them.</summary>
    public const string Inference = "inference";

    public static IReadOnlyList<string> All { get; } = [Web, Jobs, Inference];
}
