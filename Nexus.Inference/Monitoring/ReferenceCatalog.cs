using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Nexus.Data;

namespace Nexus.Inference.Monitoring;

/// <summary>The layouts of model versions, read once each: a version's reference never changes while the model is there.</summary>
public sealed class ReferenceCatalog
{
    private readonly ConcurrentDictionary<(string Model, int Version), FeatureLayout?> _layouts = new();

    /// <returns>Null where the version has no reference, as an uploaded one may not.</returns>
    public async Task<FeatureLayout?> FindAsync(NexusDb db, string model, int version, CancellationToken ct)
    {
        if (_layouts.TryGetValue((model, version), out var known)) return known;
        var row = await db.ModelVersions.Where(v => v.ModelName == model && v.Version == version)
            .Select(v => new { v.Reference }).FirstOrDefaultAsync(ct);
        if (row is null) return null;
        return _layouts.GetOrAdd((model, version), row.Reference is null ? null : new FeatureLayout(CanonicalJson.Read<ReferenceProfile>(row.Reference)));
    }

    /// <summary>The model is there no more; another one may come by its name.</summary>
    public void Forget(string model)
    {
        foreach (var key in _layouts.Keys.Where(k => k.Model == model)) _layouts.TryRemove(key, out _);
    }
}
