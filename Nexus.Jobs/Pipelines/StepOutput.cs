using System.Text.Json.Nodes;
using Nexus.Data.Registry;

namespace Nexus.Jobs.Pipelines;

/// <summary>What a step made. Its digest, over all of it, is what the steps after it are keyed by.</summary>
/// <param name="Kind">table, features, model, report or pushed; see <see cref="StepKinds"/>.</param>
/// <param name="Blobs">Name → digest in the blob store.</param>
/// <param name="Facts">Small, for the steps after it and for the page.</param>
/// <param name="Metrics">The run's results; an evaluate step's alone.</param>
public sealed record StepOutput(
    string Kind,
    IReadOnlyDictionary<string, string> Blobs,
    JsonObject Facts,
    IReadOnlyDictionary<string, MetricEstimate>? Metrics = null);
