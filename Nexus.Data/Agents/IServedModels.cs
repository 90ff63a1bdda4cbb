namespace Nexus.Data.Agents;

/// <summary>What serves on this node. Called after a commit that changes what agents serve; returns when that is in force here.</summary>
public interface IServedModels
{
    /// <summary>A model's Production version, or an agent's model or plan, has changed.</summary>
    Task RefreshAsync(CancellationToken ct);
}
