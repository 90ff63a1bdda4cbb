using System.Text.Json.Serialization;
using Nexus.Data.Pipelines;

namespace Nexus.Web.Pipelines;

/// <summary>A run in a list.</summary>
/// <param name="Metrics">The evaluate step's, on the test split.</param>
internal sealed record RunItemResponse(
    Guid Id,
    string Pipeline,
    int Number,
    int Revision,
    string Status,
    string Trigger,
    IReadOnlyDictionary<string, double> Metrics,
    int StepsDone,
    int Steps,
    DateTimeOffset CreatedAt,
    string CreatedBy,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt,
    string? Error,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] RunModelResponse? ModelVersion)
{
    public static RunItemResponse From(RunSummary run) => new(
        run.Id, run.Pipeline, run.Number, run.Revision, run.Status.ToString(), run.Trigger,
        run.Metrics.ToDictionary(m => m.Key, m => m.Value.Value), run.StepsDone, run.Steps,
        run.CreatedAt, run.CreatedBy, run.StartedAt, run.EndedAt, run.Error, RunModelResponse.From(run));
}
