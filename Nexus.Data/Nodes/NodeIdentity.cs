namespace Nexus.Data.Nodes;

/// <summary>Which node this process is; another one at every start.</summary>
public sealed class NodeIdentity
{
    public Guid Id { get; } = Guid.NewGuid();
}
