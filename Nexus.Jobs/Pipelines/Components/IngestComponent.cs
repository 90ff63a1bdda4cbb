using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Nexus.Data;
using Nexus.Data.Datasets;

namespace Nexus.Jobs.Pipelines.Components;

/// <summary>Takes a dataset version into the run; <c>elec2</c> is the newest one at the time the step runs.</summary>
internal sealed class IngestComponent(IDbContextFactory<NexusDb> contexts) : IComponent
{
    public string Name => "ingest";
    public string CodeVersion => "1";
    public string Summary => "Takes a dataset version into the run.";
    public IReadOnlyDictionary<string, string> Inputs { get; } = new Dictionary<string, string>();
    public string? OutputKind => StepKinds.Table;
    public bool Cacheable => true;

    public string Schema => """
        {
          "type": "object", "additionalProperties": false, "required": ["dataset"],
          "properties": {
            "dataset": { "type": "string", "minLength": 1, "maxLength": 80, "description": "The dataset: `elec2` for its newest version, `elec2@3` for that one." }
          }
        }
        """;

    public IEnumerable<(string Path, string Message)> Check(JsonObject with)
    {
        var dataset = with["dataset"]!.GetValue<string>();
        if (DatasetRef.Read(dataset) is null) yield return ("dataset", $"'{dataset}' is not a dataset: name, or name@version.");
    }

    public async Task<JsonObject> ResolveAsync(StepContext step, CancellationToken ct)
    {
        var dataset = step.With["dataset"]!.GetValue<string>();
        var (name, wanted) = DatasetRef.Read(dataset)!;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var version = await db.DatasetVersions.AsNoTracking()
            .Where(v => v.DatasetName == name && (wanted == null || v.Version == wanted))
            .OrderByDescending(v => v.Version).FirstOrDefaultAsync(ct) ?? throw Refused.Invalid($"There is no dataset '{dataset}'.");
        return new() { ["dataset"] = $"{name}@{version.Version}", ["digest"] = version.ParquetDigest };
    }

    public async Task<StepOutput> RunAsync(StepContext step, CancellationToken ct)
    {
        var (name, number) = DatasetRef.Read(step.Resolved["dataset"]!.GetValue<string>())!;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var version = await db.DatasetVersions.AsNoTracking().SingleAsync(v => v.DatasetName == name && v.Version == number, ct);
        var columns = CanonicalJson.Read<DatasetColumn[]>(version.Columns);
        step.Log($"{name}@{number}: {version.Rows:N0} rows of {columns.Length} columns.");
        return new(
            StepKinds.Table,
            new Dictionary<string, string> { ["rows"] = version.ParquetDigest },
            new()
            {
                ["dataset"] = $"{name}@{number}",
                ["rows"] = version.Rows,
                ["columns"] = JsonNode.Parse(version.Columns),
            });
    }
}
