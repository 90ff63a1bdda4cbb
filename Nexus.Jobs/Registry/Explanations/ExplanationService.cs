using Microsoft.EntityFrameworkCore;
using Nexus.Data;
using Nexus.Data.Audit;
using Nexus.Data.Datasets;
using Nexus.Data.Identity;
using Nexus.Data.Registry;

namespace Nexus.Jobs.Registry.Explanations;

/// <summary>
/// Asks for explanations: by a run that registered a version, over the rows it was evaluated on; by a person, over a dataset of their choice.
/// An approval is not bound to them: what is signed is the evaluation, and an explanation that arrives later lapses nothing.
/// </summary>
public sealed class ExplanationService
{
    private readonly IDbContextFactory<NexusDb> _contexts;
    private readonly ExplanationRows _rows;
    private readonly ExplanationSignal _signal;
    private readonly TimeProvider _time;

    internal ExplanationService(IDbContextFactory<NexusDb> contexts, ExplanationRows rows, ExplanationSignal signal, TimeProvider time) =>
        (_contexts, _rows, _signal, _time) = (contexts, rows, signal, time);

    /// <param name="dataset"><c>elec2@3</c>, or <c>elec2</c> for the newest version.</param>
    /// <param name="label">The column that holds the truth.</param>
    /// <param name="id">See <see cref="NewModelVersion.Id"/>.</param>
    /// <returns>The explanation; one that stands or is under way for the same rows is answered again.</returns>
    /// <exception cref="RefusedException">Forbidden without the role Engineer; NotFound; Invalid, where the rows lack what the model takes.</exception>
    public async Task<Guid> RequestAsync(string model, int version, string dataset, string label, Actor actor, CancellationToken ct, Guid? id = null)
    {
        actor.Demand(Role.Engineer);
        if (string.IsNullOrWhiteSpace(label) || label.Length > 256) throw Refused.Invalid("label", "Name the column that holds the truth.");
        var reference = DatasetRef.Read(dataset ?? "") ?? throw Refused.Invalid("dataset", "A dataset is written elec2 or elec2@3.");
        await using var db = await _contexts.CreateDbContextAsync(ct);
        var found = await db.ModelVersions.AsNoTracking().SingleOrDefaultAsync(v => v.ModelName == model && v.Version == version, ct)
            ?? throw Refused.NotFound("model version", $"{model}@{version}");
        if (found.Kind != "onnx") throw Refused.Invalid("Only ONNX versions can be explained.");
        var rows = await db.DatasetVersions.AsNoTracking().Where(v => v.DatasetName == reference.Name && (reference.Version == null || v.Version == reference.Version))
            .OrderByDescending(v => v.Version).Select(v => new { v.ParquetDigest, v.DatasetName, v.Version, v.Rows }).FirstOrDefaultAsync(ct) ?? throw Refused.NotFound("dataset version", dataset!);
        if (rows.Rows == 0) throw Refused.Invalid("dataset", $"{rows.DatasetName}@{rows.Version} has no rows.");
        ExplanationRows.Match(CanonicalJson.Read<ModelSignature>(found.Signature), await _rows.ColumnsAsync(rows.ParquetDigest, ct), label);
        return await AddAsync(model, version, rows.ParquetDigest, $"{rows.DatasetName}@{rows.Version}", label, actor, id, ct);
    }

    /// <summary>Lets another version answer the rows that this one was measured on, so that both can be compared row by row.</summary>
    /// <exception cref="RefusedException">Forbidden; NotFound; Conflict, where no rows of the version are kept; Invalid, where the other cannot take them.</exception>
    public async Task<Guid> MeasureAlikeAsync(string model, int version, int other, Actor actor, CancellationToken ct)
    {
        actor.Demand(Role.Engineer);
        await using var db = await _contexts.CreateDbContextAsync(ct);
        var source = await db.ModelExplanations.AsNoTracking().Where(e => e.ModelName == model && e.Version == version && e.State == ExplanationState.Succeeded)
            .OrderByDescending(e => e.CreatedAt).Select(e => new { e.RowsDigest, e.RowsAre, e.Label }).FirstOrDefaultAsync(ct)
            ?? throw Refused.Conflict($"Version {version} itself is not explained yet; its rows are not known.");
        var signature = await db.ModelVersions.AsNoTracking().Where(v => v.ModelName == model && v.Version == other).Select(v => v.Signature).SingleOrDefaultAsync(ct)
            ?? throw Refused.NotFound("model version", $"{model}@{other}");
        ExplanationRows.Match(CanonicalJson.Read<ModelSignature>(signature), await _rows.ColumnsAsync(source.RowsDigest, ct), source.Label);
        return await AddAsync(model, other, source.RowsDigest, source.RowsAre, source.Label, actor, null, ct);
    }

    /// <summary>For a run: the rows are those of its evaluation.</summary>
    internal Task<Guid> AddAsync(string model, int version, string rowsDigest, string rowsAre, string label, Actor actor, CancellationToken ct) =>
        AddAsync(model, version, rowsDigest, rowsAre, label, actor, null, ct);

    private async Task<Guid> AddAsync(string model, int version, string rowsDigest, string rowsAre, string label, Actor actor, Guid? id, CancellationToken ct)
    {
        await using var db = await _contexts.CreateDbContextAsync(ct);
        var added = await db.TransactAsync(
            async () =>
            {
                var standing = await db.ModelExplanations.Where(e => e.ModelName == model && e.Version == version && e.RowsDigest == rowsDigest && e.Label == label && e.State != ExplanationState.Failed)
                    .Select(e => (Guid?)e.Id).FirstOrDefaultAsync(ct);
                if (standing is { } there) return there;
                await ExplanationCatalog.DemandVersionAsync(db, model, version, ct);
                var explanation = new ModelExplanation
                {
                    Id = id ?? Ids.New(_time),
                    ModelName = model,
                    Version = version,
                    RowsDigest = rowsDigest,
                    RowsAre = rowsAre,
                    Label = label,
                    CreatedAt = UtcMicroseconds.Truncate(_time.GetUtcNow()),
                    CreatedBy = actor.Name,
                };
                db.ModelExplanations.Add(explanation);
                Ledger.Append(db, actor, "model.explanation-requested", $"model/{model}@{version}", new { explanation = explanation.Id, rows = rowsAre, label });
                await db.SaveChangesAsync(ct);
                return explanation.Id;
            },
            ct);
        _signal.Set();
        return added;
    }
}
