using Microsoft.Extensions.ObjectPool;
using Nexus.Data;

namespace Nexus.Inference.Agents;

/// <summary>
/// Answers requests: the agent's snapshot, the model, the journal, the answer. Nothing here reads the database, and what a
/// request needs was made before it came.
/// </summary>
public sealed class DecisionService : IDisposable
{
    private static readonly byte[] Production = "production"u8.ToArray();
    private static readonly byte[] Explicit = "explicit"u8.ToArray();

    private readonly AgentDirectory _agents;
    private readonly ExplicitVersions _versions;
    private readonly DefaultObjectPool<InferenceCall> _calls;

    public DecisionService(AgentDirectory agents, ExplicitVersions versions, DecisionJournal journal, TimeProvider time)
    {
        (_agents, _versions, Journal, Time) = (agents, versions, journal, time);
        _calls = new(new Policy(this), Environment.ProcessorCount * 32);
    }

    internal DecisionJournal Journal { get; }

    internal TimeProvider Time { get; }

    /// <summary>Answers one row of features by name.</summary>
    /// <param name="body">JSON: <c>{inputs, unit?, subject?, context?}</c>.</param>
    /// <param name="started">When the request came, as <see cref="TimeProvider.GetTimestamp"/> tells it.</param>
    /// <returns>The call with its answer written; dispose it when that is sent.</returns>
    /// <exception cref="RefusedException">NotFound; Conflict without a Production version; Malformed; Invalid, naming the feature; Unavailable.</exception>
    public ValueTask<InferenceCall> DecideAsync(string agent, ReadOnlySpan<byte> body, long started)
    {
        var call = Open(agent, started);
        try
        {
            var details = DecideRequest.Read(body, call);
            call.Run();
            var recorded = call.RecordAsync(details);
            DecideAnswer.Write(call);
            return recorded.IsCompletedSuccessfully ? new(call) : AwaitAsync(call, recorded);
        }
        catch
        {
            call.Dispose();
            throw;
        }
    }

    /// <summary>A call to what the agent serves in Production.</summary>
    /// <exception cref="RefusedException">NotFound; Conflict without a Production version; Unavailable where it could not be loaded.</exception>
    public InferenceCall Open(string agent, long started)
    {
        while (true)
        {
            var found = Find(agent);
            var version = found.Production ?? throw NothingServed(found);
            if (!version.Session.TryEnter()) continue; // Swapped this moment: its successor is there already.
            return Start(found, version, "production", Production, started);
        }
    }

    /// <summary>A call to a version that the request names; one that is not in Production is loaded for it.</summary>
    /// <exception cref="RefusedException">NotFound, where there is no such agent or version.</exception>
    public async ValueTask<InferenceCall> OpenAsync(string agent, int version, long started, CancellationToken ct)
    {
        while (true)
        {
            var found = Find(agent);
            if (found.Production is { } production && production.Number == version)
            {
                if (production.Session.TryEnter()) return Start(found, production, "production", Production, started);
                continue;
            }

            var named = await _versions.EnterAsync(found, version, ct);
            return Start(found, named, "explicit", Explicit, started);
        }
    }

    /// <exception cref="RefusedException">NotFound; Unavailable on a node without the role inference.</exception>
    public ServedAgent Find(string agent) => _agents.Find(agent) ?? throw (_agents.IsHere
        ? Refused.NotFound("agent", agent.Length <= 80 ? agent : agent[..80] + "…")
        : Refused.Unavailable("This node answers no decisions; ask one with the role inference."));

    public void Dispose() => _versions.Dispose();

    internal void Keep(InferenceCall call) => _calls.Return(call);

    /// <summary>What a request to an agent without a served version is told.</summary>
    public static RefusedException NothingServed(ServedAgent agent) => agent.Fault is { } fault
        ? Refused.Unavailable(fault)
        : Refused.Conflict($"The agent '{agent.Name}' serves nothing: its model '{agent.Model}' has no Production version.");

    private InferenceCall Start(ServedAgent agent, ServedVersion version, string variant, byte[] utf8Variant, long started)
    {
        var call = _calls.Get();
        call.Start(agent, version, variant, utf8Variant, started);
        return call;
    }

    private static async ValueTask<InferenceCall> AwaitAsync(InferenceCall call, Task recorded)
    {
        try
        {
            await recorded;
            return call;
        }
        catch
        {
            call.Dispose();
            throw;
        }
    }

    private sealed class Policy(DecisionService service) : PooledObjectPolicy<InferenceCall>
    {
        // A call that carried megabytes would keep them.
        private const int Largest = 256 * 1024;

        public override InferenceCall Create() => new(service);

        public override bool Return(InferenceCall obj) => obj.Answer.Capacity <= Largest;
    }
}
