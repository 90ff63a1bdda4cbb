using Microsoft.EntityFrameworkCore;

namespace Nexus.Data.Samples;

/// <summary>Deletes the rows of one sample workspace, within the caller's transaction, children first.</summary>
/// <param name="counts">What went, by kind; added to.</param>
internal sealed class SampleRows(NexusDb db, string name, SortedDictionary<string, long> counts)
{
    public async Task DeleteAsync(HashSet<string> stays, CancellationToken ct)
    {
        await ForgetAsync([$"agent/{name}"], ct);
        if (!stays.Contains($"model/{name}")) await DeleteModelAsync(ct);
        if (!stays.Contains($"pipeline/{name}")) await DeletePipelineAsync(ct);
        if (!stays.Contains($"dataset/{name}")) await DeleteDatasetAsync(ct);
        await DeletePeopleAsync(ct);
        await db.SampleThings.ExecuteDeleteAsync(ct);
        await db.SampleWorkspaces.ExecuteUpdateAsync(
            w => w.SetProperty(x => x.State, SampleState.Removed).SetProperty(x => x.Name, "").SetProperty(x => x.Engineer, "").SetProperty(x => x.Approver, "")
                .SetProperty(x => x.Step, "").SetProperty(x => x.StepsDone, 0).SetProperty(x => x.Error, (string?)null).SetProperty(x => x.RemovedAgent, (Guid?)null)
                .SetProperty(x => x.TrafficUntil, (DateTimeOffset?)null).SetProperty(x => x.ReadyAt, (DateTimeOffset?)null),
            ct);
    }

    private async Task DeleteModelAsync(CancellationToken ct)
    {
        var prefix = $"model/{name}@";
        var approvals = await db.Approvals.Where(a => a.Subject.StartsWith(prefix)).Select(a => a.Id).ToListAsync(ct);
        counts["approvals"] = await db.Approvals.Where(a => a.Subject.StartsWith(prefix)).ExecuteDeleteAsync(ct);
        await db.ModelExplanations.Where(e => e.ModelName == name).ExecuteDeleteAsync(ct);
        await db.ModelCardRevisions.Where(c => c.ModelName == name).ExecuteDeleteAsync(ct);
        counts["model versions"] = await db.ModelVersions.Where(v => v.ModelName == name).ExecuteDeleteAsync(ct);
        counts["models"] = await db.Models.Where(m => m.Name == name).ExecuteDeleteAsync(ct);
        await ForgetAsync([.. approvals.Select(id => $"approval/{id}"), $"model/{name}"], ct);
        await ForgetVersionsAsync(prefix, ct);
    }

    private async Task DeletePipelineAsync(CancellationToken ct)
    {
        var runs = await db.Runs.Where(r => r.PipelineName == name).Select(r => r.Id).ToListAsync(ct);
        var sweeps = await db.Sweeps.Where(s => s.PipelineName == name).Select(s => s.Id).ToListAsync(ct);
        var mine = db.Runs.Where(r => r.PipelineName == name).Select(r => r.Id);
        await db.StepCacheEntries.Where(e => mine.Contains(e.RunId)).ExecuteDeleteAsync(ct);
        counts["sweeps"] = await db.Sweeps.Where(s => s.PipelineName == name).ExecuteDeleteAsync(ct);
        counts["runs"] = await db.Runs.Where(r => r.PipelineName == name).ExecuteDeleteAsync(ct);
        await db.PipelineRevisions.Where(r => db.Pipelines.Any(p => p.Id == r.PipelineId && p.Name == name)).ExecuteDeleteAsync(ct);
        counts["pipelines"] = await db.Pipelines.Where(p => p.Name == name).ExecuteDeleteAsync(ct);
        await ForgetAsync([.. runs.Select(id => $"run/{id}"), .. sweeps.Select(id => $"sweep/{id}"), $"pipeline/{name}"], ct);
        await ForgetVersionsAsync($"pipeline/{name}@", ct);
    }

    private async Task DeleteDatasetAsync(CancellationToken ct)
    {
        counts["dataset versions"] = await db.DatasetVersions.Where(v => v.DatasetName == name).ExecuteDeleteAsync(ct);
        counts["datasets"] = await db.Datasets.Where(d => d.Name == name).ExecuteDeleteAsync(ct);
        await ForgetAsync([$"dataset/{name}"], ct);
        await ForgetVersionsAsync($"dataset/{name}@", ct);
    }

    private async Task DeletePeopleAsync(CancellationToken ct)
    {
        var people = await db.SampleThings.Where(t => t.Subject.StartsWith("person/")).Select(t => t.Subject).ToListAsync(ct);
        var names = people.Select(p => p["person/".Length..].ToUpperInvariant()).ToList();
        var ids = await db.Users.Where(u => names.Contains(u.NormalizedUserName!)).Select(u => u.Id).ToListAsync(ct);
        await db.SetupLinks.Where(l => l.PersonId != null && ids.Contains(l.PersonId.Value)).ExecuteDeleteAsync(ct);
        await db.ApiKeys.Where(k => ids.Contains(k.PersonId)).ExecuteDeleteAsync(ct);
        counts["people"] = await db.Users.Where(u => ids.Contains(u.Id)).ExecuteDeleteAsync(ct);
        await ForgetAsync(people, ct);
    }

    /// <summary>No arrow of the lineage and no search leads there any more.</summary>
    private async Task ForgetAsync(IReadOnlyCollection<string> subjects, CancellationToken ct)
    {
        foreach (var some in subjects.Chunk(400))
        {
            await db.LineageEdges.Where(e => some.Contains(e.From) || some.Contains(e.To)).ExecuteDeleteAsync(ct);
            await db.SearchEntries.Where(e => some.Contains(e.Subject)).ExecuteDeleteAsync(ct);
        }
    }

    private async Task ForgetVersionsAsync(string prefix, CancellationToken ct)
    {
        await db.LineageEdges.Where(e => e.From.StartsWith(prefix) || e.To.StartsWith(prefix)).ExecuteDeleteAsync(ct);
        await db.SearchEntries.Where(e => e.Subject.StartsWith(prefix)).ExecuteDeleteAsync(ct);
    }
}
