using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Nexus.Data;
using Nexus.Data.Datasets;
using Nexus.Data.Registry;
using Nexus.Data.Storage;
using Nexus.Jobs.Pipelines;
using Nexus.Jobs.Training.Features;

namespace Nexus.Jobs.Training.Evaluation;

/// <summary>Lets the exported ONNX answer the test split, and holds what it answers to what the pipeline asks for.</summary>
internal sealed class EvaluateComponent(BlobStore blobs, TableEngine tables, ProductionModel productions) : IComponent
{
    private const int MostConfused = 100;

    public string Name => "evaluate";
    public string CodeVersion => "2";
    public string Summary => "Measures the exported model on the test rows, with intervals and slices, and fails where a bound is unmet.";
    public IReadOnlyDictionary<string, string> Inputs { get; } = new Dictionary<string, string> { ["model"] = StepKinds.Model, ["data"] = StepKinds.Features };
    public string? OutputKind => StepKinds.Report;
    public bool Cacheable => true;
    public string Schema => EvaluateSchema.Json;

    public IEnumerable<(string Path, string Message)> Check(JsonObject with) => EvaluateSchema.Check(with);

    public async Task<JsonObject> ResolveAsync(StepContext step, CancellationToken ct) =>
        step.With["beat"] is null ? [] : await productions.FindAsync(step, EvaluateOptions.Read(step.With).Model, ct);

    public async Task<StepOutput> RunAsync(StepContext step, CancellationToken ct)
    {
        var options = EvaluateOptions.Read(step.With);
        var (model, data) = (step.Inputs["model"], step.Inputs["data"]);
        var plan = CanonicalJson.Read<FeaturePlan>(await blobs.ReadTextAsync(data.Blobs["plan"], ct));
        var parquet = await blobs.FetchAsync(data.Blobs["test"], ct);
        var columns = CanonicalJson.Read<List<DatasetColumn>>(data.Facts["columns"]!.ToJsonString());
        var sliced = options.Slices.Select(s => columns.Find(c => c.Name == s) ?? throw Refused.Invalid("slices", $"The data has no column '{s}'.")).ToList();

        step.Progress(0.1, "scoring the test rows");
        var features = plan.Columns.Select(c => new DatasetColumn(c.Name, c.Type)).ToList();
        var (table, labels) = await new LabelledRows(tables).ReadAsync(parquet, [.. features, .. sliced.Except(features)], plan, ct);
        var onnx = await blobs.ReadAsync(model.Blobs["model"], ct);
        var candidate = new Predictions(plan.Task, plan.Classes.Count, await Task.Run(() => Score(onnx, table, plan, ct), ct), labels);
        var unknown = plan.Task == "regression" ? 0 : labels.Count(l => l < 0);
        if (unknown > 0) step.Log($"{unknown:N0} test rows are of classes that the training split does not have; they count as wrong.");

        step.Progress(0.3, "measuring");
        var metrics = await Task.Run(() => Bootstrap.Estimate(candidate.Metrics(), candidate.Rows, options.Seed, ct), ct);
        foreach (var (name, estimate) in metrics) step.Log($"{name} {Text(estimate)}");
        step.Progress(0.5, "measuring slices");
        var slices = await Task.Run(() => Slices(sliced, table, candidate, options.Seed, ct), ct);
        step.Progress(0.8, "comparing");
        var gates = new Gates(options, metrics, slices);
        var (comparison, because, isObstacle) = await CompareAsync(step, parquet, columns, plan, candidate, options.Seed, ct);
        List<EvaluationGate> held = [.. gates.Require(), .. gates.Beat(comparison, because, isObstacle)];
        foreach (var gate in held) step.Log($"{(gate.Passed ? "met" : "UNMET")}: {gate.Text}");
        var scored = ScoredTable.Of(candidate, plan, data.Blobs["test"], $"test split of {(string?)data.Facts["dataset"]}", sliced, table);
        var scores = await blobs.PutAsync(scored.Write(), ct);
        var report = Report(data, plan, candidate, metrics, slices, held, comparison) with { RowsDigest = data.Blobs["test"], Scores = scores.Digest };
        if (!report.Passed)
        {
            step.Results(metrics);
            throw Refused.Invalid(string.Join("; ", held.Where(g => !g.Passed).Select(g => g.Text)) + ".");
        }

        return new(
            StepKinds.Report,
            new Dictionary<string, string> { ["report"] = (await blobs.PutTextAsync(CanonicalJson.Write(report), ct)).Digest, ["scores"] = scores.Digest },
            Facts(report, comparison, plan.Label, scored.RowsAre), metrics);
    }

    private static float[] Score(byte[] onnx, RawTable table, FeaturePlan plan, CancellationToken ct)
    {
        using var scorer = new OnnxScorer(onnx, ModelExport.OutputOf(plan.Task));
        return scorer.Score(table, plan.Width, ct);
    }

    private static List<EvaluationSlice> Slices(List<DatasetColumn> columns, RawTable table, Predictions candidate, int seed, CancellationToken ct) =>
    [
        .. columns.SelectMany(column => Slicer.Slices(column, table.Columns[column.Name]).Where(s => s.Rows.Count > 0).Select(slice =>
            new EvaluationSlice(column.Name, slice.Name, slice.Rows.Count, Bootstrap.Estimate(candidate.Take(slice.Rows).Metrics(), slice.Rows.Count, seed, ct)))),
    ];

    private async Task<(ProductionComparison? Comparison, string Because, bool IsObstacle)> CompareAsync(
        StepContext step, string parquet, List<DatasetColumn> columns, FeaturePlan plan, Predictions candidate, int seed, CancellationToken ct)
    {
        if (step.With["beat"] is null) return (null, "", false);
        var name = step.Resolved["model"]!.GetValue<string>();
        if (step.Resolved["production"] is not JsonObject found) return (null, $"no version of {name} is in Production; there is nothing to beat", false);
        var version = found["version"]!.Deserialize<int>();
        try
        {
            var production = await productions.PredictAsync(found, parquet, columns, plan, candidate.Labels, ct);
            return await Task.Run(() => (new ProductionComparison(
                name, version,
                Bootstrap.Estimate(production.Metrics(), production.Rows, seed, ct),
                Bootstrap.Difference(candidate.Metrics(), production.Metrics(), candidate.Rows, seed, ct)), "", false), ct);
        }
        catch (RefusedException refused)
        {
            return (null, $"{name} {version} in Production cannot be compared with: {refused.Message}", true);
        }
    }

    private static EvaluationReport Report(
        StepOutput data, FeaturePlan plan, Predictions candidate, Dictionary<string, MetricEstimate> metrics,
        List<EvaluationSlice> slices, List<EvaluationGate> gates, ProductionComparison? comparison)
    {
        var positive = plan.Task == "binary" ? candidate.PositiveScores : [];
        long[] counts = [.. plan.Classes.Select(c => data.Facts["labelCounts"]![c].Deserialize<long>())];
        var baselines = Baselines.Of(candidate, plan.Classes, counts, data.Facts["labelMean"]?.Deserialize<double>() ?? 0, (string?)data.Facts["split"] == "time");
        return new(
            plan.Task, (string?)data.Facts["dataset"] ?? "", candidate.Rows, gates.TrueForAll(g => g.Passed), metrics, [.. baselines], slices, gates, comparison,
            positive.Length == 0 ? [] : Curves.Calibration(positive, candidate.Labels),
            positive.Length == 0 ? [] : Curves.Roc(positive, candidate.Labels),
            positive.Length == 0 ? [] : Curves.PrecisionRecall(positive, candidate.Labels),
            plan.Task == "regression" || plan.Classes.Count > MostConfused ? null : Curves.Confusion(candidate, plan.Classes));
    }

    private static JsonObject Facts(EvaluationReport report, ProductionComparison? comparison, string label, string rowsAre) => new()
    {
        ["passed"] = report.Passed,
        ["rows"] = report.Rows,
        ["gates"] = JsonSerializer.SerializeToNode(report.Gates, CanonicalJson.Options),
        ["baseline"] = comparison?.Version,
        ["rowsDigest"] = report.RowsDigest,
        ["rowsAre"] = rowsAre,
        ["label"] = label,
    };

    private static string Text(MetricEstimate estimate) => string.Create(
        CultureInfo.InvariantCulture,
        $"{estimate.Value:0.####}{(estimate.Lower is null ? "" : string.Create(CultureInfo.InvariantCulture, $" [{estimate.Lower:0.####}, {estimate.Upper:0.####}]"))}");
}
