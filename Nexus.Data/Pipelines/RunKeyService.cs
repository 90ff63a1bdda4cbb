using Microsoft.EntityFrameworkCore;
using Nexus.Data.Pipelines.Filters;

namespace Nexus.Data.Pipelines;

/// <summary>
/// The keys of all runs' parameters, metrics and tags. Each is one seek in an index, so that it does not matter how many runs there
/// are; kept for some seconds, as a list asks for them at every turn.
/// </summary>
public sealed class RunKeyService(IDbContextFactory<NexusDb> contexts, TimeProvider time)
{
    private const int Most = 1000;
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);
    private Kept? _kept;

    /// <summary>Of each kind the first thousand by name: what is suggested, not all that there may be.</summary>
    public async Task<RunKeys> AllAsync(CancellationToken ct)
    {
        if (_kept is { } kept && time.GetUtcNow() - kept.At < Fresh) return kept.Keys;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var keys = new RunKeys(
            await SeekAsync(db.RunParams.Select(p => p.Key), ct), await SeekAsync(db.RunLatestMetrics.Select(m => m.Key), ct), await SeekAsync(db.RunTags.Select(t => t.Key), ct));
        _kept = new(keys, time.GetUtcNow());
        return keys;
    }

    internal async Task<bool> HasAsync(FilterField field, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return field.Kind switch
        {
            FilterFieldKind.Param => await db.RunParams.AnyAsync(p => p.Key == field.Name, ct),
            FilterFieldKind.Metric => await db.RunLatestMetrics.AnyAsync(m => m.Key == field.Name, ct),
            FilterFieldKind.Tag => await db.RunTags.AnyAsync(t => t.Key == field.Name, ct),
            _ => true,
        };
    }

    private static async Task<List<string>> SeekAsync(IQueryable<string> all, CancellationToken ct)
    {
        var found = new List<string>();
        for (var last = ""; found.Count < Most; last = found[^1])
        {
            var after = last;
            if (await all.Where(key => string.Compare(key, after) > 0).OrderBy(key => key).FirstOrDefaultAsync(ct) is not { } next) break;
            found.Add(next);
        }

        return found;
    }

    // One reference: many lists ask at the same time.
    private sealed record Kept(RunKeys Keys, DateTimeOffset At);
}
