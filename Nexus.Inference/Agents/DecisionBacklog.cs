namespace Nexus.Inference.Agents;

/// <summary>What this node has answered and the database does not know yet.</summary>
public sealed class DecisionBacklog
{
    private readonly JournalDrain _drain;

    internal DecisionBacklog(JournalDrain drain) => _drain = drain;

    /// <summary>Returns when every answer given before the call is in the database.</summary>
    public Task SettleAsync(CancellationToken ct) => _drain.DrainAsync(ct);
}
