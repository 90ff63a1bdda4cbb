using Microsoft.EntityFrameworkCore;
using Nexus.Data.Agents;

namespace Nexus.Data.Lineage;

/// <summary>Titles, states and times of things: one query a kind, however many things there are.</summary>
internal sealed class LineageDetails(NexusDb db, ArchivedDecisions archive, CancellationToken ct)
{
    private readonly Dictionary<string, LineageDetail> _details = new(StringComparer.Ordinal);

    public async Task ReadAsync(IReadOnlyCollection<string> subjects)
    {
        foreach (var kind in subjects.Select(LineageSubject.Of).GroupBy(s => s.Kind, StringComparer.Ordinal))
        {
            var names = kind.Select(s => s.Name).Distinct(StringComparer.Ordinal).ToList();
            var numbers = kind.Select(s => s.Number).OfType<int>().Distinct().ToList();
            var ids = kind.Select(s => s.Id).OfType<Guid>().ToList();
            await (kind.Key switch
            {
                "dataset" => DatasetsAsync(names, numbers),
                "pipeline" => PipelinesAsync(names, numbers),
                "config" => ConfigsAsync(names, numbers),
                "run" => RunsAsync(ids),
                "sweep" => SweepsAsync(ids),
                "model" => ModelsAsync(names, numbers),
                "approval" => ApprovalsAsync(ids),
                "agent" => AgentsAsync(names),
                "decision" => DecisionsAsync(ids),
                _ => Task.CompletedTask,
            });
        }
    }

    /// <summary>Null where the portal has no such thing (any more), or keeps nothing about its kind.</summary>
    public LineageDetail? Find(string subject) => _details.GetValueOrDefault(subject);

    private async Task DatasetsAsync(List<string> names, List<int> numbers)
    {
        var ids = await db.Datasets.Where(d => names.Contains(d.Name)).Select(d => d.Id).ToListAsync(ct);
        foreach (var v in await db.DatasetVersions.Where(v => ids.Contains(v.DatasetId) && numbers.Contains(v.Version))
            .Select(v => new { v.DatasetName, v.Version, v.CreatedAt }).ToListAsync(ct))
            Add(new("dataset", v.DatasetName, v.Version), $"{v.DatasetName} {v.Version}", null, v.CreatedAt);
    }

    private async Task PipelinesAsync(List<string> names, List<int> numbers)
    {
        foreach (var r in await (
            from pipeline in db.Pipelines
            join revision in db.PipelineRevisions on pipeline.Id equals revision.PipelineId
            where names.Contains(pipeline.Name) && numbers.Contains(revision.Revision)
            select new { pipeline.Name, revision.Revision, revision.CreatedAt }).ToListAsync(ct))
            Add(new("pipeline", r.Name, r.Revision), $"{r.Name} revision {r.Revision}", null, r.CreatedAt);
    }

    private async Task ConfigsAsync(List<string> paths, List<int> numbers)
    {
        foreach (var r in await (
            from config in db.Configs
            join revision in db.ConfigRevisions on config.Id equals revision.ConfigId
            where paths.Contains(config.Path) && numbers.Contains(revision.Revision)
            select new { config.Path, config.DeletedAt, revision.Revision, revision.CreatedAt }).ToListAsync(ct))
            Add(new("config", r.Path, r.Revision), $"{r.Path} revision {r.Revision}", r.DeletedAt is null ? null : "Deleted", r.CreatedAt);
    }

    private async Task RunsAsync(List<Guid> ids)
    {
        foreach (var r in await db.Runs.Where(r => ids.Contains(r.Id)).Select(r => new { r.Id, r.PipelineName, r.Number, r.Status, r.CreatedAt }).ToListAsync(ct))
            Add(new("run", $"{r.Id}", null), $"{r.PipelineName} #{r.Number}", r.Status.ToString(), r.CreatedAt);
    }

    private async Task SweepsAsync(List<Guid> ids)
    {
        foreach (var s in await db.Sweeps.Where(s => ids.Contains(s.Id)).Select(s => new { s.Id, s.PipelineName, s.Number, s.State, s.CreatedAt }).ToListAsync(ct))
            Add(new("sweep", $"{s.Id}", null), $"{s.PipelineName} sweep {s.Number}", s.State.ToString(), s.CreatedAt);
    }

    private async Task ModelsAsync(List<string> names, List<int> numbers)
    {
        var ids = await db.Models.Where(m => names.Contains(m.Name)).Select(m => m.Id).ToListAsync(ct);
        foreach (var v in await db.ModelVersions.Where(v => ids.Contains(v.ModelId) && numbers.Contains(v.Version))
            .Select(v => new { v.ModelName, v.Version, v.Stage, v.CreatedAt }).ToListAsync(ct))
            Add(new("model", v.ModelName, v.Version), $"{v.ModelName} {v.Version}", v.Stage.ToString(), v.CreatedAt);
    }

    private async Task ApprovalsAsync(List<Guid> ids)
    {
        foreach (var a in await db.Approvals.Where(a => ids.Contains(a.Id)).Select(a => new { a.Id, a.Subject, a.State, a.DecidedBy, a.CreatedAt }).ToListAsync(ct))
        {
            var of = LineageSubject.Of(a.Subject);
            Add(new("approval", $"{a.Id}", null), $"{of.Name} {of.Number}".TrimEnd() + (a.DecidedBy is null ? "" : $", by {a.DecidedBy}"), a.State.ToString(), a.CreatedAt);
        }
    }

    private async Task AgentsAsync(List<string> names)
    {
        foreach (var a in await db.Agents.Where(a => names.Contains(a.Name)).Select(a => new { a.Name, a.ServedVersion, a.CreatedAt }).ToListAsync(ct))
            Add(new("agent", a.Name, null), a.Name, a.ServedVersion is null ? "Idle" : "Serving", a.CreatedAt);
    }

    private async Task DecisionsAsync(List<Guid> ids)
    {
        foreach (var d in await (
            from decision in db.Decisions
            join agent in db.Agents on decision.AgentId equals agent.Id
            where ids.Contains(decision.Id)
            select new { decision.Id, agent.Name, decision.Label, decision.At }).ToListAsync(ct))
            AddDecision(d.Id, d.Name, d.Label, d.At);
        var missing = ids.Where(id => Find($"decision/{id}") is null).ToList();
        foreach (var d in await archive.FindAsync(db, missing, ct))
        {
            if (await db.Agents.Where(a => a.Id == d.AgentId).Select(a => a.Name).FirstOrDefaultAsync(ct) is { } name) AddDecision(d.Id, name, d.Label, d.At);
        }
    }

    private void AddDecision(Guid id, string agent, string? label, DateTimeOffset at) =>
        Add(new("decision", $"{id}", null), label is null ? $"answer of {agent}" : $"{label}, by {agent}", null, at);

    private void Add(LineageSubject subject, string title, string? state, DateTimeOffset at) => _details[subject.ToString()] = new(title, state, at);
}
