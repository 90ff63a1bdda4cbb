using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Nexus.Data.Agents;

namespace Nexus.Data.Lineage;

/// <summary>Where a walk starts.</summary>
internal static class LineageRoot
{
    /// <summary>The subject as the graph has it: with the version in Production, or the newest, where none is named; ids in lower case.</summary>
    public static async Task<string> ResolveAsync(NexusDb db, LineageSubject subject, CancellationToken ct)
    {
        if (subject.Id is { } id) return $"{subject.Kind}/{id}";
        if (subject.Number is not null) return subject.ToString();
        var name = subject.Name;
        var number = subject.Kind switch
        {
            "dataset" => await db.Datasets.Where(d => d.Name == name).Select(d => (int?)d.LatestVersion).FirstOrDefaultAsync(ct),
            "pipeline" => await db.Pipelines.Where(p => p.Name == name).Select(p => (int?)p.Revision).FirstOrDefaultAsync(ct),
            "config" => await db.Configs.Where(c => c.Path == name).Select(c => (int?)c.Revision).FirstOrDefaultAsync(ct),
            "model" => await db.Models.Where(m => m.Name == name).Select(m => m.ProductionVersion ?? m.LatestVersion).FirstOrDefaultAsync(ct),
            _ => null,
        };
        return (subject with { Number = number is 0 ? null : number }).ToString();
    }

    /// <summary>
    /// The arrows of a decision, which are too many to keep: who answered, and the version that did. An agent may have
    /// changed its model since, so the version is read from what it served.
    /// </summary>
    public static async Task<List<LineageArrow>> DecisionAsync(NexusDb db, ArchivedDecisions archive, string root, CancellationToken ct)
    {
        if (LineageSubject.Of(root) is not { Kind: "decision", Id: { } id }) return [];
        var found = await db.Decisions.AsNoTracking().Where(d => d.Id == id).Select(d => new { d.AgentId, d.ModelVersion, d.At }).FirstOrDefaultAsync(ct);
        if (found is null && await archive.FindAsync(db, [id], ct) is [var cold, ..]) found = new { cold.AgentId, cold.ModelVersion, cold.At };
        if (found is null || await db.Agents.AsNoTracking().FirstOrDefaultAsync(a => a.Id == found.AgentId, ct) is not { } agent) return [];
        var decision = new { agent.Name, agent.ModelName, found.ModelVersion, found.At };
        var to = $"agent/{decision.Name}";
        var suffix = string.Create(CultureInfo.InvariantCulture, $"@{decision.ModelVersion}");
        var served = await db.LineageEdges.Where(e => e.To == to && e.Relation == "serves" && e.From.EndsWith(suffix)).Select(e => e.From).ToListAsync(ct);
        var now = $"model/{decision.ModelName}{suffix}";
        var version = served.Count == 0 || served.Contains(now) ? now : served[0];
        return [new(version, root, "answered", decision.At), new(to, root, "gave", decision.At)];
    }
}
