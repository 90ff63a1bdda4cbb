using Microsoft.Extensions.Options;
using Nexus.Data;
using Nexus.Data.Nodes;
using Nexus.Data.Storage.Health;

namespace Nexus.Inference.Agents;

/// <summary>A node that cannot record what it answers does not answer.</summary>
internal sealed class JournalProbe(DecisionJournal journal, IOptions<NexusOptions> options) : ISystemProbe
{
    public string Part => SystemHealth.Journal;

    public Task<string?> LookAsync(CancellationToken ct) => Task.FromResult(
        options.Value.Does(NodeRole.Inference) && journal.Fault is not null ? "Decisions cannot be recorded, so none are made until they can." : null);
}
