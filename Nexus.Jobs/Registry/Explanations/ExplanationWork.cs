using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Nexus.Data;
using Nexus.Data.Registry;
using Nexus.Data.Storage;
using Nexus.Inference.Onnx;
using Nexus.Jobs.Training.Evaluation;
using Nexus.Jobs.Training.Features;

namespace Nexus.Jobs.Registry.Explanations;

/// <summary>Computes one explanation, from the rows to the result; keeps no state, so that another process can begin anew.</summary>
internal sealed class ExplanationWork(IDbContextFactory<NexusDb> contexts, BlobStore blobs, ExplanationRows rows)
{
    private const int Seed = 0;
    private const int MostRows = 5_000;
    private const int FewestRows = 500;
    private const long RowScores = 10_000_000;
    private const int MostCurves = 12;

    /// <exception cref="RefusedException">Where it cannot be explained, for a reason that its author can mend.</exception>
    public async Task<Explained> RunAsync(ModelExplanation explanation, Action<double> progress, CancellationToken ct)
    {
        var version = await VersionAsync(explanation, ct);
        var signature = CanonicalJson.Read<ModelSignature>(version.Signature);
        var columns = await rows.ColumnsAsync(explanation.RowsDigest, ct);
        var matched = ExplanationRows.Match(signature, columns, explanation.Label);
        var file = await blobs.FetchAsync(version.Digest, ct);
        using var model = await Task.Run(() => Load(version, file, signature, matched), ct);
        var (table, labels, total) = await rows.ReadAsync(explanation.RowsDigest, signature, matched, columns, explanation.Label, model.Task, model.Classes, ct);
        if (model.Task != "regression" && labels.All(l => l < 0))
            throw Refused.Invalid($"No row of '{explanation.Label}' is of a class that the model answers ({string.Join(", ", model.Classes.Take(10))}).");
        var gain = await GainAsync(version, ct);
        return await Task.Run(() => ComputeAsync(explanation, version, model, table, labels, total, [.. matched.SelectMany(m => m)], gain, progress, ct), ct);
    }

    private async Task<ModelVersion> VersionAsync(ModelExplanation explanation, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.ModelVersions.AsNoTracking().SingleOrDefaultAsync(v => v.ModelName == explanation.ModelName && v.Version == explanation.Version, ct)
            ?? throw Refused.NotFound("model version", $"{explanation.ModelName}@{explanation.Version}");
    }

    private static TableScorer Load(ModelVersion version, string file, ModelSignature signature, IReadOnlyList<IReadOnlyList<string>> matched)
    {
        var session = ModelSession.Load(file, signature);
        try
        {
            // The session's inputs stand in an order of their own.
            var byName = signature.Inputs.Zip(matched).ToDictionary(i => i.First.Name, i => i.Second, StringComparer.Ordinal);
            return new(session, signature, [.. session.Inputs.Select(i => byName[i.Name])]);
        }
        catch
        {
            session.Leave();
            throw;
        }
    }

    private async Task<Explained> ComputeAsync(
        ModelExplanation explanation, ModelVersion version, TableScorer model, RawTable table, double[] labels, long total,
        IReadOnlyList<string> features, IReadOnlyList<FeatureGain> gain, Action<double> progress, CancellationToken ct)
    {
        var notes = new List<string>();
        var plain = new Predictions(model.Task, model.Classes.Count, model.Score(table, ct), labels);
        var unknown = model.Task == "regression" ? 0 : labels.Count(l => l < 0);
        if (unknown > 0) notes.Add($"{unknown:N0} rows are of classes that the model does not answer; they count as wrong.");
        progress(0.05);
        var search = Search(model.Task, table, features, plain, ct);
        progress(0.1);
        var most = (int)Math.Clamp(RowScores / Math.Max(1L, features.Count * PermutationImportance.Repeats), FewestRows, MostRows);
        var kept = RowSample.Of(table.Rows, most, Seed);
        var (sample, known) = (table.Take(kept), kept.Select(r => labels[r]).ToArray());
        var metric = PermutationImportance.MetricOf(model.Task, known);
        var importance = PermutationImportance.Of(model, sample, known, features, metric, Seed, share => progress(0.1 + (0.75 * share)), ct);
        var curves = DependenceCurves.Of(model, sample, [.. importance.Take(MostCurves).Select(i => i.Feature)], Seed, notes.Add, ct);
        progress(0.95);
        var (scores, metrics) = await KeepAsync(explanation, version, model, plain, total, ct);
        var set = plain.Take(kept).Metrics();
        var values = new double[set.Names.Count];
        set.Compute(null, values);
        return new(
            new(model.Task, total, sample.Rows, metric, values[set.Names.Index().First(n => n.Item == metric).Index], PermutationImportance.Repeats, importance, gain, curves, search, notes),
            scores, metrics);
    }

    private static SliceSearch? Search(string task, RawTable table, IReadOnlyList<string> features, Predictions plain, CancellationToken ct)
    {
        var kept = RowSample.Of(table.Rows, 10 * MostRows, Seed);
        var errors = Array.ConvertAll(kept, r => task == "regression" ? Math.Abs(plain.Scores[r] - plain.Labels[r]) : plain.Predicted(r) == plain.Labels[r] ? 0.0 : 1.0);
        return SliceFinder.Find(kept.Length == table.Rows ? table : table.Take(kept), features, errors, task == "regression" ? "absoluteError" : "errorRate", Seed, ct);
    }

    // What the version's own evaluation holds of these rows is not kept twice.
    private async Task<(string? Scores, IReadOnlyDictionary<string, MetricEstimate>? Metrics)> KeepAsync(
        ModelExplanation explanation, ModelVersion version, TableScorer model, Predictions plain, long total, CancellationToken ct)
    {
        if (version.Evaluation is { } evaluation && CanonicalJson.Read<EvaluationReport>(evaluation).RowsDigest == explanation.RowsDigest) return (null, null);
        var scored = ScoredTable.Of(plain, model.Classes, explanation.Label, explanation.RowsDigest, explanation.RowsAre, total, []);
        return ((await blobs.PutAsync(scored.Write(), ct)).Digest, Bootstrap.Estimate(scored.Metrics(), scored.Rows, Seed, ct));
    }

    /// <summary>Where a run of the portal trained trees, their text and the plan of their features lie with the run.</summary>
    private async Task<IReadOnlyList<FeatureGain>> GainAsync(ModelVersion version, CancellationToken ct)
    {
        if (version.RunId is not { } run || (string?)JsonNode.Parse(version.Provenance)?["trainer"] != "lightgbm") return [];
        await using var db = await contexts.CreateDbContextAsync(ct);
        var artifacts = await db.RunArtifacts.AsNoTracking().Where(a => a.RunId == run).Select(a => new { a.Path, a.Digest }).ToListAsync(ct);
        var (native, plan) = (artifacts.Where(a => a.Path.EndsWith("/native", StringComparison.Ordinal)).ToList(), artifacts.Where(a => a.Path.EndsWith("/plan", StringComparison.Ordinal)).ToList());
        if (native is not [var text] || plan is not [var columns]) return [];
        return SplitGain.Of(await blobs.ReadTextAsync(text.Digest, ct), CanonicalJson.Read<FeaturePlan>(await blobs.ReadTextAsync(columns.Digest, ct)));
    }
}
