using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace Nexus.Data.Agents;

/// <summary>What agents served, read from the lineage graph.</summary>
public sealed class ServiceHistory(IDbContextFactory<NexusDb> contexts)
{
    private const int Most = 200;

    /// <summary>Every version that the agent served, newest first; by when it served it first.</summary>
    public async Task<IReadOnlyList<ServedModelVersion>> ListAsync(string agent, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var to = $"agent/{agent}";
        var edges = await db.LineageEdges.AsNoTracking().Where(e => e.To == to && e.Relation == "serves")
            .OrderByDescending(e => e.CreatedAt).Take(Most).Select(e => new { e.From, e.CreatedAt }).ToListAsync(ct);
        return [.. edges.Select(e => Read(e.From, e.CreatedAt)).OfType<ServedModelVersion>()];
    }

    private static ServedModelVersion? Read(string from, DateTimeOffset at)
    {
        var (start, cut) = ("model/".Length, from.LastIndexOf('@'));
        return cut > start && int.TryParse(from.AsSpan(cut + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? new(from[start..cut], version, at)
            : null;
    }
}
