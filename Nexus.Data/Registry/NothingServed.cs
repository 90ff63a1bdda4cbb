using Nexus.Data.Agents;

namespace Nexus.Data.Registry;

/// <summary>A node that serves nothing: nothing to refresh.</summary>
internal sealed class NothingServed : IServedModels
{
    public Task RefreshAsync(CancellationToken ct) => Task.CompletedTask;
}
