using Microsoft.EntityFrameworkCore;
using Nexus.Data;
using Nexus.Inference.Onnx;

namespace Nexus.Inference.Registry;

/// <summary>The sessions of the last few versions that somebody tried things with, kept warm; those that are served are shared with the agents.</summary>
public sealed class WarmSessions(IDbContextFactory<NexusDb> contexts, SessionPool pool) : IDisposable
{
    private const int Most = 4;
    private readonly LinkedList<(string Model, int Version, ModelSession Session, bool TrainedHere)> _warm = new();
    private readonly Lock _lock = new();

    /// <summary>Leave the session when done.</summary>
    /// <exception cref="RefusedException">NotFound, where there is no such ONNX version; Invalid, where it does not load.</exception>
    public async Task<(ModelSession Session, bool TrainedHere)> EnterAsync(string model, int version, CancellationToken ct)
    {
        if (Standing(model, version) is { } standing) return standing;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var loaded = await pool.LoadAsync(db, model, version, ct);
        lock (_lock)
        {
            _warm.AddFirst((model, version, loaded.Session, loaded.TrainedHere));
            // For the caller, beside the use that keeps it warm.
            loaded.Session.TryEnter();
            if (_warm.Count <= Most) return loaded;
            _warm.Last!.Value.Session.Leave();
            _warm.RemoveLast();
        }

        return loaded;
    }

    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var one in _warm) one.Session.Leave();
            _warm.Clear();
        }
    }

    private (ModelSession Session, bool TrainedHere)? Standing(string model, int version)
    {
        lock (_lock)
        {
            for (var node = _warm.First; node is not null; node = node.Next)
            {
                if (node.Value.Model != model || node.Value.Version != version || !node.Value.Session.TryEnter()) continue;
                _warm.Remove(node);
                _warm.AddFirst(node);
                return (node.Value.Session, node.Value.TrainedHere);
            }

            return null;
        }
    }
}
