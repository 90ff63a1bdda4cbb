namespace Nexus.Jobs.Pipelines;

/// <summary>What pipeline documents may do on this node, from the section <c>Nexus:Pipelines</c>.</summary>
public sealed class PipelineOptions
{
    public const string Section = "Nexus:Pipelines";

    /// <summary>The environment variables that <c>${env:NAME}</c> may read; what they hold is kept with each run. Default: none.</summary>
    public IList<string> Environment { get; } = [];
}
