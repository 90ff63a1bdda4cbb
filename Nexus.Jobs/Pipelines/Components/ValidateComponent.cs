using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Nexus.Data;
using Nexus.Data.Datasets;
using Nexus.Data.Storage;

namespace Nexus.Jobs.Pipelines.Components;

/// <summary>Holds the data to a reference and lists what is out of line; passes the same rows on.</summary>
internal sealed class ValidateComponent(IDbContextFactory<NexusDb> contexts, TableEngine tables, BlobStore blobs) : IComponent
{
    public string Name => "validate";
    public string CodeVersion => "1";
    public string Summary => "Holds schema, values and distributions to a reference and fails, or warns, at anomalies.";
    public IReadOnlyDictionary<string, string> Inputs { get; } = new Dictionary<string, string> { ["data"] = StepKinds.Table };
    public string? OutputKind => null;
    public bool Cacheable => true;

    public string Schema => """
        {
          "type": "object", "additionalProperties": false,
          "properties": {
            "against": { "type": "string", "default": "previous", "description": "The reference: `previous` (the dataset's version before), `training` (what the Production version of `model` was trained on), or a version as `elec2@1`. Passes where there is none." },
            "model": { "type": "string", "pattern": "^[a-z0-9][a-z0-9-]{0,62}$", "description": "With `against: training`: the model." },
            "failOn": { "enum": ["error", "warning", "never"], "default": "error", "description": "From which severity on the step fails." },
            "limits": { "type": "object", "additionalProperties": false, "description": "What single values may do.", "properties": {
              "minRows": { "type": "integer", "minimum": 0, "default": 1, "description": "Fewer rows are an error." },
              "missing": { "type": "number", "minimum": 0, "maximum": 1, "default": 0.05, "description": "How much the share of missing values may grow." },
              "unseen": { "type": "number", "minimum": 0, "maximum": 1, "default": 0, "description": "Which share of rows may hold values that the reference does not have." } } },
            "drift": { "type": "object", "additionalProperties": false, "description": "How far distributions may move.", "properties": {
              "jensenShannon": { "type": "number", "minimum": 0, "maximum": 1, "default": 0.1, "description": "Divergence of a number's distribution." },
              "lInfinity": { "type": "number", "minimum": 0, "maximum": 1, "default": 0.1, "description": "Largest change of a value's share." },
              "severity": { "enum": ["warning", "error"], "default": "warning", "description": "What it is when they move further." } } }
          }
        }
        """;

    public IEnumerable<(string Path, string Message)> Check(JsonObject with)
    {
        var against = Against(with);
        if (against is not ("previous" or "training") && DatasetRef.Read(against) is not { Version: not null })
            yield return ("against", $"'{against}' is neither previous, training, nor a dataset's version as elec2@1.");
        if (against == "training" && with["model"] is null) yield return ("against", "'against: training' needs 'model', whose training data is meant.");
    }

    public async Task<JsonObject> ResolveAsync(StepContext step, CancellationToken ct)
    {
        var version = await ReferenceAsync(step, ct);
        return new() { ["against"] = version is null ? null : $"{version.DatasetName}@{version.Version}", ["digest"] = version?.ParquetDigest };
    }

    public async Task<StepOutput> RunAsync(StepContext step, CancellationToken ct)
    {
        var data = step.Inputs["data"];
        var columns = data.Facts["columns"].Deserialize<DatasetColumn[]>(CanonicalJson.Options)!;
        var reference = await ReferenceAsync(step, ct);
        step.Log(reference is null
            ? $"There is nothing to compare with ({Against(step.With)}); only what needs no reference is checked."
            : $"Against {reference.DatasetName}@{reference.Version}.");
        using var statistics = new TableStatistics(
            tables, await blobs.FetchAsync(data.Blobs["rows"], ct), reference is null ? null : await blobs.FetchAsync(reference.ParquetDigest, ct));
        var before = reference is null ? null : CanonicalJson.Read<DatasetColumn[]>(reference.Columns);
        var anomalies = await new TableValidator(statistics, ValidationLimits.From(step.With)).CheckAsync(columns, before, step.Progress, ct);
        foreach (var anomaly in anomalies) step.Log($"{anomaly.Severity} {anomaly.Kind}: {anomaly.Long}");
        step.Log($"{anomalies.Count(a => a.Severity == Anomaly.Error)} errors, {anomalies.Count(a => a.Severity == Anomaly.Warning)} warnings.");
        Judge(step.With["failOn"]?.GetValue<string>() ?? Anomaly.Error, anomalies);

        var facts = data.Facts.DeepClone().AsObject();
        facts["against"] = reference is null ? null : $"{reference.DatasetName}@{reference.Version}";
        facts["anomalies"] = JsonSerializer.SerializeToNode(anomalies, CanonicalJson.Options);
        return new(data.Kind, data.Blobs, facts);
    }

    private static void Judge(string failOn, IReadOnlyList<Anomaly> anomalies)
    {
        var fatal = anomalies.Where(a => failOn == Anomaly.Warning || (failOn == Anomaly.Error && a.Severity == Anomaly.Error)).ToList();
        if (fatal.Count == 0) return;
        var more = fatal.Count > 3 ? $" And {fatal.Count - 3} more." : "";
        throw Refused.Invalid($"{string.Join(" ", fatal.Take(3).Select(a => $"{a.Kind}: {a.Long}"))}{more}");
    }

    private static string Against(JsonObject with) => with["against"]?.GetValue<string>() ?? "previous";

    private async Task<DatasetVersion?> ReferenceAsync(StepContext step, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var versions = db.DatasetVersions.AsNoTracking();
        var against = Against(step.With);
        if (against == "previous")
        {
            if (DatasetRef.Read(step.Inputs["data"].Facts["dataset"]?.GetValue<string>() ?? "") is not { } now) return null;
            return await versions.Where(v => v.DatasetName == now.Name && v.Version < now.Version).OrderByDescending(v => v.Version).FirstOrDefaultAsync(ct);
        }

        if (against == "training")
        {
            var model = step.With["model"]!.GetValue<string>();
            var provenance = await (
                from m in db.Models
                join v in db.ModelVersions on m.Id equals v.ModelId
                where m.Name == model && m.ProductionVersion == v.Version
                select v.Provenance).FirstOrDefaultAsync(ct);
            against = provenance is null ? "" : JsonNode.Parse(provenance)?["dataset"]?.GetValue<string>() ?? "";
            if (DatasetRef.Read(against) is null) return null;
        }

        var (name, version) = DatasetRef.Read(against)!;
        return await versions.FirstOrDefaultAsync(v => v.DatasetName == name && v.Version == version, ct)
            ?? throw Refused.Invalid($"There is no dataset '{against}' to compare with.");
    }
}
