using Microsoft.EntityFrameworkCore;
using Nexus.Data.Audit;
using Nexus.Data.Identity;
using Nexus.Data.Lineage;
using Nexus.Data.Live;

namespace Nexus.Data.Registry;

/// <summary>Puts model versions into the registry. Read them through <see cref="ModelCatalog"/>, move them through <see cref="TransitionService"/>.</summary>
public sealed class ModelService(IDbContextFactory<NexusDb> contexts, LiveEvents live, TimeProvider time)
{
    /// <summary>
    /// Registers the next version of a model, which is made where it is new; version, lineage and ledger in one transaction.
    /// The same run registers once: asking again answers the version that is there.
    /// </summary>
    /// <param name="fence">Within the transaction: throws where the caller may not write any more.</param>
    /// <exception cref="RefusedException">Invalid name; Conflict where the run has registered another artifact or model.</exception>
    public async Task<ModelVersionView> RegisterAsync(
        NewModelVersion added, Actor actor, CancellationToken ct, Func<NexusDb, CancellationToken, Task>? fence = null)
    {
        Names.Check(added.Model, "model");
        ModelText.Check(added.Description, added.Tags);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var (version, isNew) = await db.TransactAsync(
            async () =>
            {
                if (fence is not null) await fence(db, ct);
                return await RegisterAsync(db, added, actor, ct);
            },
            ct);
        if (isNew)
        {
            live.Publish("models", "registered", new { model = version.ModelName, version = version.Version });
            return ModelVersionView.From(version, []);
        }

        var aliases = await db.ModelAliases.Where(a => a.ModelId == version.ModelId && a.Version == version.Version).Select(a => a.Alias).ToListAsync(ct);
        return ModelVersionView.From(version, aliases);
    }

    private async Task<(ModelVersion Version, bool IsNew)> RegisterAsync(NexusDb db, NewModelVersion added, Actor actor, CancellationToken ct)
    {
        if (added.RunId is { } run && await db.ModelVersions.AsNoTracking().SingleOrDefaultAsync(v => v.RunId == run, ct) is { } existing)
        {
            return existing.ModelName == added.Model && existing.Digest == added.Artifact.Digest
                ? (existing, false)
                : throw Refused.Conflict($"The run has registered {existing.ModelName} {existing.Version} already; a run makes one model version.");
        }

        if (added.Id is { } id && await db.ModelVersions.AsNoTracking().SingleOrDefaultAsync(v => v.Id == id && v.ModelName == added.Model, ct) is { } made) return (made, false);

        var now = time.GetUtcNow();
        var model = await db.Models.SingleOrDefaultAsync(m => m.Name == added.Model, ct);
        if (model is null)
        {
            model = new() { Id = Ids.New(time), Name = added.Model, CreatedAt = now, CreatedBy = actor.Name };
            db.Models.Add(model);
        }

        model.LatestVersion++;
        var version = NewVersion(model, added, actor, now);
        db.ModelVersions.Add(version);
        await DrawLineageAsync(db, version, added.Dataset, ct);
        Ledger.Append(db, actor, "model.version-registered", StageChange.Subject(model.Name, version.Version), new
        {
            digest = version.Digest,
            bytes = version.Bytes,
            run = version.RunId,
            dataset = added.Dataset,
            metrics = added.Metrics,
        });
        await db.SaveChangesAsync(ct);
        return (version, true);
    }

    private ModelVersion NewVersion(Model model, NewModelVersion added, Actor actor, DateTimeOffset now) => new()
    {
        Id = added.Id ?? Ids.New(time),
        ModelId = model.Id,
        ModelName = model.Name,
        Version = model.LatestVersion,
        Kind = "onnx",
        Digest = added.Artifact.Digest,
        Bytes = added.Artifact.Bytes,
        Signature = CanonicalJson.Write(added.Signature),
        Metrics = CanonicalJson.Write(added.Metrics),
        Evaluation = added.Evaluation,
        Reference = added.Reference,
        RunId = added.RunId,
        Provenance = CanonicalJson.Write(added.Provenance),
        Description = added.Description,
        Tags = CanonicalJson.Write(added.Tags),
        CreatedAt = UtcMicroseconds.Truncate(now),
        CreatedBy = actor.Name,
    };

    private async Task DrawLineageAsync(NexusDb db, ModelVersion version, string? dataset, CancellationToken ct)
    {
        var subject = StageChange.Subject(version.ModelName, version.Version);
        if (version.RunId is not { } run)
        {
            if (dataset is not null) await LineageGraph.AddAsync(db, $"dataset/{dataset}", "made", subject, time, ct);
            return;
        }

        if (dataset is not null) await LineageGraph.AddAsync(db, $"dataset/{dataset}", "read", $"run/{run}", time, ct);
        await LineageGraph.AddAsync(db, $"run/{run}", "made", subject, time, ct);
        // Not through the entity: its lease changes beside us all the time.
        await db.Runs.Where(r => r.Id == run).ExecuteUpdateAsync(
            r => r.SetProperty(x => x.ModelName, version.ModelName).SetProperty(x => x.ModelVersion, version.Version), ct);
    }
}
