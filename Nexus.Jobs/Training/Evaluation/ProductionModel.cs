using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Nexus.Data;
using Nexus.Data.Datasets;
using Nexus.Data.Registry;
using Nexus.Data.Storage;
using Nexus.Jobs.Pipelines;
using Nexus.Jobs.Training.Features;

namespace Nexus.Jobs.Training.Evaluation;

/// <summary>Finds the version in Production that a candidate is compared with, and lets it answer the same rows.</summary>
internal sealed class ProductionModel(IDbContextFactory<NexusDb> contexts, BlobStore blobs, TableEngine tables)
{
    // How wide a foreign model becomes inside is not known; small batches keep its memory bounded.
    private const int AssumedWidth = 32_768;

    /// <summary>The model that the pipeline's push step names, unless the step names one: else the pipeline's own name.</summary>
    public async Task<JsonObject> FindAsync(StepContext step, string? model, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        model ??= Pushed(await db.Runs.Where(r => r.Id == step.RunId).Select(r => r.Composed).SingleOrDefaultAsync(ct)) ?? step.Pipeline;
        var found = await db.ModelVersions.AsNoTracking()
            .Where(v => v.ModelName == model && v.Stage == Stage.Production)
            .Select(v => new { v.Version, v.Digest, v.Kind, v.Signature }).SingleOrDefaultAsync(ct);
        return new()
        {
            ["model"] = model,
            ["production"] = found is null ? null : new JsonObject
            {
                ["version"] = found.Version,
                ["digest"] = found.Digest,
                ["kind"] = found.Kind,
                ["signature"] = JsonNode.Parse(found.Signature),
            },
        };
    }

    /// <param name="columns">All columns of the rows.</param>
    /// <exception cref="RefusedException">Invalid, where the model cannot answer these rows; the message says why.</exception>
    public async Task<Predictions> PredictAsync(
        JsonObject production, string parquet, IReadOnlyList<DatasetColumn> columns, FeaturePlan plan, double[] labels, CancellationToken ct)
    {
        var signature = CanonicalJson.Read<ModelSignature>(production["signature"]!.ToJsonString());
        if (production["kind"]!.GetValue<string>() != "onnx") throw Refused.Invalid("it is no ONNX");
        if (signature.Task != plan.Task) throw Refused.Invalid($"it does {signature.Task ?? "an unknown task"}, not {plan.Task}");
        if (!plan.Classes.Order(StringComparer.Ordinal).SequenceEqual((signature.Classes ?? []).Order(StringComparer.Ordinal)))
            throw Refused.Invalid("its classes are others");
        var taken = signature.Inputs.Select(i => columns.FirstOrDefault(c => c.Name == i.Name) ?? throw Refused.Invalid($"the rows have no column '{i.Name}', which it takes")).ToList();
        var table = await new RawTableReader(tables).ReadAsync(parquet, taken, ct);
        var onnx = await blobs.ReadAsync(production["digest"]!.GetValue<string>(), ct);
        var scores = await Task.Run(() =>
        {
            using var scorer = new OnnxScorer(onnx, ModelExport.OutputOf(plan.Task));
            return scorer.Score(table, AssumedWidth, ct);
        }, ct);
        return new(plan.Task, plan.Classes.Count, InOrderOf(plan.Classes, signature.Classes ?? [], scores), labels);
    }

    private static float[] InOrderOf(IReadOnlyList<string> wanted, IReadOnlyList<string> given, float[] scores)
    {
        if (wanted.SequenceEqual(given)) return scores;
        var places = wanted.Select(c => given.Index().First(g => g.Item == c).Index).ToArray();
        return [.. Enumerable.Range(0, scores.Length).Select(i => scores[i - (i % wanted.Count) + places[i % wanted.Count]])];
    }

    private static string? Pushed(string? composed)
    {
        if (composed is null || JsonNode.Parse(composed)?["steps"] is not JsonObject steps) return null;
        var push = steps.Select(s => s.Value).FirstOrDefault(s => (string?)s?["component"] == "push");
        return (string?)push?["with"]?["model"];
    }
}
