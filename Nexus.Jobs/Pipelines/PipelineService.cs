using Microsoft.EntityFrameworkCore;
using Nexus.Data;
using Nexus.Data.Audit;
using Nexus.Data.Identity;
using Nexus.Data.Live;
using Nexus.Data.Storage;
using Nexus.Jobs.Pipelines.Documents;

namespace Nexus.Jobs.Pipelines;

/// <summary>Keeps the texts of pipelines; only what composes is kept, though values may still have to be given (<c>???</c>).</summary>
public sealed class PipelineService
{
    private readonly IDbContextFactory<NexusDb> _contexts;
    private readonly PipelineComposer _composer;
    private readonly LiveEvents _live;
    private readonly TimeProvider _time;

    internal PipelineService(IDbContextFactory<NexusDb> contexts, PipelineComposer composer, LiveEvents live, TimeProvider time) =>
        (_contexts, _composer, _live, _time) = (contexts, composer, live, time);

    /// <summary>Keeps a text as the newest revision; the newest text again is the same revision.</summary>
    /// <param name="expected">The revision that the text was written over, 0 for none; null: whatever there is.</param>
    /// <exception cref="RefusedException">Invalid, with line and column; Conflict where somebody else wrote at the same time, or since.</exception>
    public async Task<PutPipeline> PutAsync(string name, string yaml, Actor actor, CancellationToken ct, int? expected = null)
    {
        actor.DemandUnlessSystem(Role.Engineer);
        Names.Check(name);
        var composition = await _composer.TryAsync(yaml, [], dataset: null, ct);
        if (!composition.IsSound) throw PipelineComposer.Refuse(composition);
        await using var db = await _contexts.CreateDbContextAsync(ct);
        var pipeline = await db.Pipelines.FirstOrDefaultAsync(p => p.Name == name, ct);
        var created = pipeline is null;
        var digest = CanonicalJson.Digest(yaml);
        if (pipeline is null)
        {
            pipeline = new() { Id = Ids.New(_time), Name = name, CreatedAt = _time.GetUtcNow(), CreatedBy = actor.Name };
            db.Pipelines.Add(pipeline);
        }
        else if (await db.PipelineRevisions.AnyAsync(r => r.PipelineId == pipeline.Id && r.Revision == pipeline.Revision && r.Digest == digest, ct))
        {
            return new(name, pipeline.Revision, false);
        }

        if (expected is { } over && over != pipeline.Revision)
        {
            var newest = await db.PipelineRevisions.Where(r => r.PipelineId == pipeline.Id && r.Revision == pipeline.Revision).Select(r => new { r.CreatedBy, r.CreatedAt }).FirstOrDefaultAsync(ct);
            throw OverwrittenRevision.Refusal($"pipeline '{name}'", over, pipeline.Revision, newest?.CreatedBy, newest?.CreatedAt);
        }

        pipeline.Revision++;
        pipeline.Description = composition.Resolved!["description"]?.Text ?? "";
        db.PipelineRevisions.Add(new()
        {
            Id = Ids.New(_time),
            PipelineId = pipeline.Id,
            Revision = pipeline.Revision,
            Yaml = yaml,
            Digest = digest,
            CreatedAt = _time.GetUtcNow(),
            CreatedBy = actor.Name,
        });
        await ConfigUses.WriteAsync(db, $"pipeline/{name}", composition.Configs ?? [], ct);
        ConfigUses.Draw(db, composition.Configs ?? [], $"pipeline/{name}@{pipeline.Revision}", _time);
        Ledger.Append(db, actor, created ? "pipeline.created" : "pipeline.changed", $"pipeline/{name}", new { revision = pipeline.Revision, digest });
        await SaveAsync(db, ct);
        _live.Publish("pipelines", "changed", new { name, revision = pipeline.Revision });
        return new(name, pipeline.Revision, created);
    }

    /// <summary>By name.</summary>
    public async Task<Page<PipelineItem>> ListAsync(PageRequest page, CancellationToken ct)
    {
        await using var db = await _contexts.CreateDbContextAsync(ct);
        return (await db.Pipelines.AsNoTracking().ToPageByNameAsync(p => p.Name, page, ct))
            .Select(p => new PipelineItem(p.Name, p.Description, p.Revision, p.Runs, p.CreatedAt, p.CreatedBy));
    }

    public async Task<bool> ExistsAsync(string name, CancellationToken ct)
    {
        await using var db = await _contexts.CreateDbContextAsync(ct);
        return await db.Pipelines.AnyAsync(p => p.Name == name, ct);
    }

    /// <exception cref="RefusedException">NotFound.</exception>
    public async Task<PipelineView> GetAsync(string name, CancellationToken ct) => await GetAsync(name, null, ct);

    /// <param name="revision">Null: the newest.</param>
    /// <exception cref="RefusedException">NotFound.</exception>
    public async Task<PipelineView> GetAsync(string name, int? revision, CancellationToken ct)
    {
        await using var db = await _contexts.CreateDbContextAsync(ct);
        var pipeline = await db.Pipelines.AsNoTracking().FirstOrDefaultAsync(p => p.Name == name, ct) ?? throw Refused.NotFound("pipeline", name);
        var wanted = revision ?? pipeline.Revision;
        var text = await db.PipelineRevisions.AsNoTracking().FirstOrDefaultAsync(r => r.PipelineId == pipeline.Id && r.Revision == wanted, ct)
            ?? throw Refused.NotFound("revision", wanted);
        return new(name, pipeline.Description, wanted, pipeline.Revision, pipeline.Runs, text.Yaml, pipeline.CreatedAt, pipeline.CreatedBy, text.CreatedAt, text.CreatedBy);
    }

    /// <summary>Newest first.</summary>
    /// <exception cref="RefusedException">NotFound.</exception>
    public async Task<Page<PipelineRevisionItem>> RevisionsAsync(string name, PageRequest page, CancellationToken ct)
    {
        await using var db = await _contexts.CreateDbContextAsync(ct);
        var id = await db.Pipelines.Where(p => p.Name == name).Select(p => (Guid?)p.Id).FirstOrDefaultAsync(ct) ?? throw Refused.NotFound("pipeline", name);
        return (await db.PipelineRevisions.AsNoTracking().Where(r => r.PipelineId == id).ToPageAsync(r => r.CreatedAt, r => r.Id, page, ct))
            .Select(r => new PipelineRevisionItem(r.Revision, r.Digest, r.CreatedAt, r.CreatedBy));
    }

    private static async Task SaveAsync(NexusDb db, CancellationToken ct)
    {
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException taken) when (taken is DbUpdateConcurrencyException || UniqueViolation.Is(taken))
        {
            throw Refused.Conflict("Somebody else changed the pipeline at the same time. Read it again.");
        }
    }
}
