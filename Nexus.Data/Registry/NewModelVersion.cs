using System.Text.Json.Nodes;
using Nexus.Data.Storage;

namespace Nexus.Data.Registry;

/// <summary>What a run, or a person with a file, puts into the registry.</summary>
/// <param name="Model">The model's name; the model is made where it is new.</param>
/// <param name="Artifact">Already in the blob store.</param>
/// <param name="Metrics">On the test split; empty where none were measured.</param>
/// <param name="Provenance">Where it comes from: dataset, commit, pipeline, revision, trainer, params, seed; or the upload's file name.</param>
public sealed record NewModelVersion(
    string Model,
    BlobRef Artifact,
    ModelSignature Signature,
    IReadOnlyDictionary<string, MetricEstimate> Metrics,
    JsonObject Provenance)
{
    /// <summary>The version's id to be, where the one who asks may ask again: then the version that bears it is answered.</summary>
    public Guid? Id { get; init; }

    /// <summary>The run that made it: the same run registers once, however often it asks.</summary>
    public Guid? RunId { get; init; }

    /// <summary>The dataset version that it was trained on: <c>elec2@3</c>.</summary>
    public string? Dataset { get; init; }

    /// <summary>JSON of the evaluation's report.</summary>
    public string? Evaluation { get; init; }

    /// <summary>JSON of the reference profile.</summary>
    public string? Reference { get; init; }

    /// <summary>Markdown.</summary>
    public string Description { get; init; } = "";
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();
}
