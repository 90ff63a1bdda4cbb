using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;

namespace Nexus.Data.Samples;

/// <summary>
/// Finds what of the sample workspace other things rest on. A model that somebody's agent serves stays, with the pipeline, runs
/// and dataset that it comes from; a dataset that somebody's pipeline reads stays.
/// </summary>
internal static partial class SampleStays
{
    public static async Task<IReadOnlyList<SampleStay>> FindAsync(NexusDb db, string name, CancellationToken ct)
    {
        var stays = new List<SampleStay>();
        if (await WhyModelAsync(db, name, ct) is { } why)
        {
            stays.Add(new($"model/{name}", why));
            stays.Add(new($"pipeline/{name}", $"Its runs made the model {name}, which stays."));
            stays.Add(new($"dataset/{name}", $"The model {name}, which stays, was trained on it."));
        }
        else if (await WhyDatasetAsync(db, name, ct) is { } read)
        {
            stays.Add(new($"dataset/{name}", read));
        }

        return stays;
    }

    private static async Task<string?> WhyModelAsync(NexusDb db, string name, CancellationToken ct)
    {
        if (await db.Agents.Where(a => a.ModelName == name && a.Name != name).OrderBy(a => a.Name).Select(a => a.Name).FirstOrDefaultAsync(ct) is { } agent)
            return $"The agent {agent} serves it.";
        var foreign = await db.ModelVersions.Where(v => v.ModelName == name && (v.RunId == null || !db.Runs.Any(r => r.Id == v.RunId && r.PipelineName == name)))
            .OrderBy(v => v.Version).Select(v => new { v.Version, v.CreatedBy, v.RunId }).FirstOrDefaultAsync(ct);
        return foreign is null ? null : $"Version {foreign.Version} of it is {foreign.CreatedBy}'s{(foreign.RunId is null ? " upload" : ", made by another pipeline")}.";
    }

    private static async Task<string?> WhyDatasetAsync(NexusDb db, string name, CancellationToken ct)
    {
        var prefix = $"dataset/{name}@";
        var readers = await db.LineageEdges.Where(e => e.From.StartsWith(prefix) && !e.To.StartsWith(prefix)).Select(e => e.To).Distinct().ToListAsync(ct);
        if (readers.FirstOrDefault(to => to.StartsWith("dataset/", StringComparison.Ordinal)) is { } derived) return $"{derived} was made from it.";
        if (readers.FirstOrDefault(to => to.StartsWith("model/", StringComparison.Ordinal) && !to.StartsWith($"model/{name}@", StringComparison.Ordinal)) is { } model)
            return $"{model} was trained on it.";
        var runs = readers.Where(to => to.StartsWith("run/", StringComparison.Ordinal)).Select(to => Guid.TryParse(to.AsSpan(4), out var id) ? id : Guid.Empty).ToList();
        foreach (var some in runs.Chunk(500))
        {
            var run = await db.Runs.Where(r => some.Contains(r.Id) && r.PipelineName != name).Select(r => new { r.PipelineName, r.Number }).FirstOrDefaultAsync(ct);
            if (run is not null) return $"{run.PipelineName} #{run.Number} read it.";
        }

        return await WhyTextAsync(db, name, ct);
    }

    private static async Task<string?> WhyTextAsync(NexusDb db, string name, CancellationToken ct)
    {
        var texts = await (
            from pipeline in db.Pipelines
            join revision in db.PipelineRevisions on new { pipeline.Id, pipeline.Revision } equals new { Id = revision.PipelineId, revision.Revision }
            where pipeline.Name != name && revision.Yaml.Contains(name)
            select new { Who = "The pipeline " + pipeline.Name, revision.Yaml }).ToListAsync(ct);
        texts.AddRange(await (
            from config in db.Configs
            join revision in db.ConfigRevisions on new { config.Id, config.Revision } equals new { Id = revision.ConfigId, revision.Revision }
            where revision.Yaml.Contains(name)
            select new { Who = "The config " + config.Group + "/" + config.Name, revision.Yaml }).ToListAsync(ct));
        return texts.FirstOrDefault(t => DatasetNames().Matches(t.Yaml).Any(m => m.Groups[1].Value == name))?.Who is { } who ? $"{who} reads it." : null;
    }

    [GeneratedRegex("dataset:\\s*[\"']?([a-z0-9][a-z0-9-]{0,62})", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DatasetNames();
}
