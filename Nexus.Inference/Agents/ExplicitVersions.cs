using Microsoft.EntityFrameworkCore;
using Nexus.Data;
using Nexus.Inference.Onnx;

namespace Nexus.Inference.Agents;

/// <summary>Versions that requests name beside the one in Production: loaded when asked for, the last few kept.</summary>
public sealed class ExplicitVersions(IDbContextFactory<NexusDb> contexts, SessionPool sessions) : IDisposable
{
    private const int Kept = 4;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly LinkedList<(Guid Agent, ServedVersion Version)> _recent = [];

    /// <summary>The version, entered: leave its session after the call.</summary>
    /// <exception cref="RefusedException">NotFound, where the agent's model has no such version.</exception>
    public async Task<ServedVersion> EnterAsync(ServedAgent agent, int number, CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            var found = _recent.FirstOrDefault(r => r.Agent == agent.Id && r.Version.Number == number && r.Version.Model == agent.Model);
            if (found.Version is null)
            {
                await using var db = await contexts.CreateDbContextAsync(ct);
                var (session, trained) = await sessions.LoadAsync(db, agent.Model, number, ct);
                found = (agent.Id, new(agent.Id, agent.Name, agent.Model, number, trained, session));
            }
            else
            {
                _recent.Remove(found);
            }

            _recent.AddFirst(found);
            found.Version.Session.TryEnter();
            if (_recent.Count > Kept)
            {
                _recent.Last!.Value.Version.Session.Leave();
                _recent.RemoveLast();
            }

            return found.Version;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose()
    {
        foreach (var (_, version) in _recent) version.Session.Leave();
        _recent.Clear();
        _turn.Dispose();
    }
}
