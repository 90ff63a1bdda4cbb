using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Nexus.Data.Pipelines;
using Nexus.Data.Registry;
using Nexus.Jobs.Pipelines;

namespace Nexus.Web.Pipelines;

/// <summary>A run.</summary>
/// <param name="Params">By path: <c>params.leaves</c> of the document, <c>train.params.leaves</c> of a step, as they ran.</param>
/// <param name="Metrics">The evaluate step's, on the test split.</param>
/// <param name="Intervals">The same with their 95 % intervals.</param>
/// <param name="Origins">By path in the composed document: where the value came from.</param>
/// <param name="Configs">The configs that the document was composed of, with their revisions.</param>
/// <param name="MetricKeys">Curves, read at <c>/runs/{id}/metrics/{key}</c>.</param>
internal sealed record RunResponse(
    Guid Id,
    string Pipeline,
    int Number,
    int Revision,
    string Status,
    string Trigger,
    IReadOnlyDictionary<string, JsonNode?> Params,
    IReadOnlyDictionary<string, double> Metrics,
    IReadOnlyDictionary<string, MetricEstimate> Intervals,
    IReadOnlyList<RunStepResponse> Steps,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] RunModelResponse? ModelVersion,
    DateTimeOffset CreatedAt,
    string CreatedBy,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt,
    string? Error,
    IReadOnlyList<string> Overrides,
    JsonNode Origins,
    JsonNode Configs,
    JsonObject Environment,
    IReadOnlyList<RunArtifactView> Artifacts,
    IReadOnlyList<string> MetricKeys,
    string Note,
    IReadOnlyDictionary<string, string> Tags)
{
    public static RunResponse From(RunDetail detail)
    {
        var run = detail.Summary;
        return new(
            run.Id, run.Pipeline, run.Number, run.Revision, run.Status.ToString(), run.Trigger,
            ComposedParameters.Of(detail.Composed), run.Metrics.ToDictionary(m => m.Key, m => m.Value.Value), run.Metrics,
            [.. detail.Steps.Select(RunStepResponse.From)], RunModelResponse.From(run),
            run.CreatedAt, run.CreatedBy, run.StartedAt, run.EndedAt, run.Error,
            detail.Overrides, detail.Origins["values"]?.DeepClone() ?? new JsonObject(), detail.Origins["configs"]?.DeepClone() ?? new JsonArray(), detail.Environment, detail.Artifacts, detail.MetricKeys, detail.Note, detail.Tags);
    }
}
