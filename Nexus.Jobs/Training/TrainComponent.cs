using System.Text.Json;
using System.Text.Json.Nodes;
using Nexus.Data;
using Nexus.Data.Datasets;
using Nexus.Data.Storage;
using Nexus.Jobs.Pipelines;
using Nexus.Jobs.Training.Features;

namespace Nexus.Jobs.Training;

/// <summary>Fits a model on the training split and exports it, with the transform, as one ONNX.</summary>
internal sealed class TrainComponent(BlobStore blobs, TableEngine tables, TrainerTurns turns, IEnumerable<ITrainer> trainers) : IComponent
{
    private readonly IReadOnlyList<ITrainer> _trainers = [.. trainers];

    public string Name => "train";
    public string CodeVersion => "2";
    public string Summary => "Fits a model on the training rows and exports it, from raw columns to label and scores, as one ONNX.";
    public IReadOnlyDictionary<string, string> Inputs { get; } = new Dictionary<string, string> { ["data"] = StepKinds.Features };
    public string? OutputKind => StepKinds.Model;
    public bool Cacheable => true;

    // The parameters depend on the trainer, which an override may change: Check looks at them.
    public string Schema => $$"""
        {
          "type": "object", "additionalProperties": false, "required": ["trainer"],
          "properties": {
            "trainer": { "enum": {{JsonSerializer.Serialize(_trainers.Select(t => t.Name))}}, "description": "lightgbm: gradient-boosted trees. linear: logistic, multinomial or least-squares regression." },
            "seed": { "type": "integer", "minimum": 0, "maximum": 2147483647, "default": 0, "description": "The same seed gives the same model." },
            "params": { "type": "object", "description": {{JsonSerializer.Serialize(string.Join(" ", _trainers.Select(Describe)))}} }
          }
        }
        """;

    public IEnumerable<(string Path, string Message)> Check(JsonObject with) =>
        with["params"] is JsonObject given && _trainers.FirstOrDefault(t => t.Name == (string?)with["trainer"]) is { } trainer
            ? new TrainerSettings(trainer.Parameters, given).Problems(trainer.Name).Select(p => ($"params.{p.Name}", p.Message))
            : [];

    public async Task<StepOutput> RunAsync(StepContext step, CancellationToken ct)
    {
        var data = step.Inputs["data"];
        var plan = CanonicalJson.Read<FeaturePlan>(await blobs.ReadTextAsync(data.Blobs["plan"], ct));
        var trainer = _trainers.First(t => t.Name == (string?)step.With["trainer"]);
        foreach (var (_, message) in Check(step.With)) throw Refused.Invalid(message);
        if (!trainer.TakesMissing && plan.Columns.Any(c => c.Number is { Impute: null } || c.Parts?.Any(p => p.Number.Impute is null) == true))
            throw Refused.Invalid($"{trainer.Name} cannot take missing numbers; let transform impute them (numeric.impute).");
        var settings = new TrainerSettings(trainer.Parameters, step.With["params"] as JsonObject);
        var seed = step.With["seed"]?.Deserialize<int>() ?? 0;
        var encoder = new FeatureEncoder(plan, trainer.WantsScaling);
        var columns = plan.Columns.Select(c => new DatasetColumn(c.Name, c.Type)).ToList();
        var reader = new LabelledRows(tables);

        step.Progress(0, "reading");
        var train = await reader.ReadAsync(await blobs.FetchAsync(data.Blobs["train"], ct), columns, plan, ct);
        var set = new TrainingSet(encoder.Encode(train.Table, ct), train.Labels, plan.Task, plan.Classes.Count, (string?)data.Facts["split"] == "time");
        step.Log($"{trainer.Name} on {set.Features.Rows:N0} rows of {plan.Width:N0} features.");
        using var model = await FitAsync(step, trainer, set, settings, seed, ct);

        step.Progress(null, "comparing the ONNX with the trainer");
        var onnx = ModelExport.Write(plan, trainer, model);
        var test = await reader.ReadAsync(await blobs.FetchAsync(data.Blobs["test"], ct), columns, plan, ct);
        var difference = await Task.Run(() => Difference(onnx, model, encoder, test.Table, plan, ct), ct);
        step.Log($"Exported as ONNX of {onnx.Length:N0} bytes; on all {test.Table.Rows:N0} test rows it differs from the trainer by {difference:G2} at most.");
        return new(StepKinds.Model, new Dictionary<string, string>
        {
            ["model"] = (await blobs.PutAsync(onnx, ct)).Digest,
            ["native"] = (await blobs.PutAsync(model.Native, ct)).Digest,
            ["reference"] = data.Blobs["reference"],
        }, new()
        {
            ["trainer"] = trainer.Name,
            ["trainerVersion"] = trainer.Version,
            ["trainRows"] = train.Table.Rows,
            ["testRows"] = test.Table.Rows,
            ["params"] = settings.ToJson(),
            ["seed"] = seed,
            ["task"] = plan.Task,
            ["classes"] = data.Facts["classes"]?.DeepClone(),
            ["positive"] = plan.Positive,
            ["signature"] = JsonSerializer.SerializeToNode(ModelExport.Signature(onnx, plan), CanonicalJson.Options),
            ["dataset"] = data.Facts["dataset"]?.DeepClone(),
            ["width"] = plan.Width,
            ["bytes"] = onnx.Length,
            ["largestDifference"] = difference,
        });
    }

    private async Task<ITrainedModel> FitAsync(StepContext step, ITrainer trainer, TrainingSet set, TrainerSettings settings, int seed, CancellationToken ct)
    {
        using var turn = await turns.TakeAsync(() => step.Progress(null, "waiting for other fits"), ct);
        return await trainer.TrainAsync(set, settings, seed, new(step.Log, step.Metric, step.Progress), ct);
    }

    private static double Difference(byte[] onnx, ITrainedModel model, FeatureEncoder encoder, RawTable test, FeaturePlan plan, CancellationToken ct)
    {
        using var scorer = new OnnxScorer(onnx, ModelExport.OutputOf(plan.Task));
        return ModelExport.Compare(scorer.Score(test, plan.Width, ct), model.Predict(encoder.Encode(test, ct)), plan.Task);
    }

    private static string Describe(ITrainer trainer) =>
        $"{trainer.Name}: {string.Join("; ", trainer.Parameters.Select(p => FormattableString.Invariant($"{p.Name} ({p.Default}): {p.Description}")))}";
}
