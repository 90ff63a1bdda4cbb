using Nexus.Data.Pipelines;

namespace Nexus.Web.Pipelines;

/// <summary>The model version that a run made.</summary>
internal sealed record RunModelResponse(string Model, int Version)
{
    public static RunModelResponse? From(RunSummary run) =>
        run is { ModelName: { } model, ModelVersion: { } version } ? new(model, version) : null;
}
