using Microsoft.EntityFrameworkCore;
using Nexus.Data;
using Nexus.Data.Registry;
using Nexus.Data.Storage;

namespace Nexus.Inference.Onnx;

/// <summary>One session per model version, however many agents serve it.</summary>
public sealed class SessionPool(BlobStore blobs) : IDisposable
{
    private readonly Dictionary<string, ModelSession> _sessions = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _turn = new(1, 1);

    public void Dispose() => _turn.Dispose();

    /// <summary>Loads and warms the version, or shares the session that stands. Leave the session when it is no longer served.</summary>
    /// <exception cref="RefusedException">NotFound, where there is no such ONNX version; Invalid, where it does not load.</exception>
    public async Task<(ModelSession Session, bool TrainedHere)> LoadAsync(NexusDb db, string model, int version, CancellationToken ct)
    {
        var found = await db.ModelVersions.AsNoTracking()
            .Where(v => v.ModelName == model && v.Version == version && v.Kind == "onnx")
            .Select(v => new { v.Digest, v.Signature, Trained = v.RunId != null })
            .FirstOrDefaultAsync(ct) ?? throw Refused.NotFound("version", $"{model}@{version}");
        var key = $"{model}@{version}:{found.Digest}";
        await _turn.WaitAsync(ct);
        try
        {
            if (_sessions.TryGetValue(key, out var standing) && standing.TryEnter()) return (standing, found.Trained);
            var signature = CanonicalJson.Read<ModelSignature>(found.Signature);
            var file = await blobs.FetchAsync(found.Digest, ct);
            var loaded = await Task.Run(() => ModelSession.Load(file, signature), ct);
            foreach (var gone in _sessions.Where(s => s.Value.IsGone).Select(s => s.Key).ToList()) _sessions.Remove(gone);
            _sessions[key] = loaded;
            return (loaded, found.Trained);
        }
        finally
        {
            _turn.Release();
        }
    }
}
