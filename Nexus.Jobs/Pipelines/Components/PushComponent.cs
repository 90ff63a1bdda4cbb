using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Nexus.Data;
using Nexus.Data.Registry;
using Nexus.Data.Storage;
using Nexus.Jobs.Registry.Explanations;

namespace Nexus.Jobs.Pipelines.Components;

/// <summary>Registers the trained model, with what made it, as the next version. A run registers once, however often the step runs.</summary>
internal sealed class PushComponent(IDbContextFactory<NexusDb> contexts, ModelService models, BlobStore blobs, ExplanationService explanations) : IComponent
{
    public string Name => "push";
    public string CodeVersion => "1";
    public string Summary => "Registers the model as the next version, if its report has passed.";
    public IReadOnlyDictionary<string, string> Inputs { get; } =
        new Dictionary<string, string> { ["model"] = StepKinds.Model, ["report"] = StepKinds.Report };
    public string? OutputKind => StepKinds.Pushed;
    public bool Cacheable => false;

    public string Schema => """
        {
          "type": "object", "additionalProperties": false, "required": ["model"],
          "properties": {
            "model": { "type": "string", "pattern": "^[a-z0-9][a-z0-9-]{0,62}$", "description": "The model's name in the registry; it is made where it is new." },
            "description": { "type": "string", "maxLength": 4000, "description": "Of the version, in Markdown." },
            "tags": { "type": "object", "additionalProperties": { "type": "string", "maxLength": 200 }, "description": "Tag → value, on the version." }
          }
        }
        """;

    public async Task<StepOutput> RunAsync(StepContext step, CancellationToken ct)
    {
        var (model, report) = (step.Inputs["model"], step.Inputs["report"]);
        if (report.Facts["passed"]?.GetValue<bool>() != true) throw Refused.Invalid("The report did not pass; nothing is pushed.");
        var artifact = model.Blobs["model"];
        var added = new NewModelVersion(
            step.With["model"]!.GetValue<string>(),
            new(artifact, new FileInfo(await blobs.FetchAsync(artifact, ct)).Length),
            model.Facts["signature"].Deserialize<ModelSignature>(CanonicalJson.Options)!,
            report.Metrics ?? new Dictionary<string, MetricEstimate>(),
            await ProvenanceAsync(step, model, ct))
        {
            RunId = step.RunId,
            Dataset = model.Facts["dataset"]?.GetValue<string>(),
            Evaluation = await blobs.ReadTextAsync(report.Blobs["report"], ct),
            Reference = model.Blobs.TryGetValue("reference", out var reference) ? await blobs.ReadTextAsync(reference, ct) : null,
            Description = step.With["description"]?.GetValue<string>() ?? "",
            Tags = step.With["tags"]?.AsObject().ToDictionary(t => t.Key, t => t.Value!.GetValue<string>()) ?? [],
        };
        var version = await models.RegisterAsync(added, step.Actor, ct, step.Fence);
        step.Log($"Registered as {version.Model} {version.Version}.");
        if (report.Facts["rowsDigest"]?.GetValue<string>() is { } rows)
            await explanations.AddAsync(version.Model, version.Version, rows, report.Facts["rowsAre"]!.GetValue<string>(), report.Facts["label"]!.GetValue<string>(), step.Actor, ct);
        return new(StepKinds.Pushed, new Dictionary<string, string>(), new() { ["model"] = version.Model, ["version"] = version.Version });
    }

    private async Task<JsonObject> ProvenanceAsync(StepContext step, StepOutput model, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var run = await db.Runs.Where(r => r.Id == step.RunId).Select(r => new { r.Number, r.Environment, r.ComposedDigest, r.SweepId }).SingleAsync(ct);
        var sweep = run.SweepId is { } id ? await db.Sweeps.Where(s => s.Id == id).Select(s => (int?)s.Number).SingleOrDefaultAsync(ct) : null;
        var environment = JsonNode.Parse(run.Environment)!;
        return new()
        {
            ["dataset"] = model.Facts["dataset"]?.DeepClone(),
            ["pipeline"] = step.Pipeline,
            ["revision"] = step.Revision,
            ["run"] = run.Number,
            ["sweep"] = sweep,
            ["document"] = run.ComposedDigest,
            ["commit"] = environment["commit"]?.DeepClone(),
            ["dirty"] = environment["dirty"]?.DeepClone(),
            ["trainer"] = model.Facts["trainer"]?.DeepClone(),
            ["params"] = model.Facts["params"]?.DeepClone(),
            ["seed"] = model.Facts["seed"]?.DeepClone(),
            ["trainerVersion"] = model.Facts["trainerVersion"]?.DeepClone(),
            ["trainRows"] = model.Facts["trainRows"]?.DeepClone(),
            ["testRows"] = model.Facts["testRows"]?.DeepClone(),
            ["largestDifference"] = model.Facts["largestDifference"]?.DeepClone(),
        };
    }
}
