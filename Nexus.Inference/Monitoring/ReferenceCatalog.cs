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

    /// <summary>Several at once, those not known yet by one query.</summary>
    public async Task<IReadOnlyDictionary<(string Model, int Version), FeatureLayout?>> FindAllAsync(
        NexusDb db, IReadOnlyCollection<(string Model, int Version)> wanted, CancellationToken ct)
    {
        var missing = wanted.Where(w => !_layouts.ContainsKey(w)).Distinct().ToList();
        if (missing.Count > 0)
        {
            var (models, versions) = (missing.Select(m => m.Model).Distinct().ToList(), missing.Select(m => m.Version).Distinct().ToList());
            var rows = await db.ModelVersions.Where(v => models.Contains(v.ModelName) && versions.Contains(v.Version))
                .Select(v => new { v.ModelName, v.Version, v.Reference }).ToListAsync(ct);
            foreach (var row in rows.Where(r => missing.Contains((r.ModelName, r.Version))))
                _layouts.TryAdd((row.ModelName, row.Version), row.Reference is null ? null : new FeatureLayout(CanonicalJson.Read<ReferenceProfile>(row.Reference)));
        }

        return wanted.Distinct().ToDictionary(w => w, w => _layouts.GetValueOrDefault(w));
    }

    /// <summary>The model is there no more; another one may come by its name.</summary>
    public void Forget(string model)
    {
        foreach (var key in _layouts.Keys.Where(k => k.Model == model)) _layouts.TryRemove(key, out _);
    }
}
