using System.Text.Json.Nodes;
using Nexus.Jobs.Pipelines.Documents;

namespace Nexus.Web.Pipelines;

/// <summary>A pipeline composed as a run would have it.</summary>
/// <param name="Composed">The document; where the overrides name several values, with the first of each.</param>
/// <param name="Yaml">The same as text.</param>
/// <param name="Digest">SHA-256 of its canonical JSON.</param>
/// <param name="Origins">By path: where the value came from.</param>
/// <param name="Configs">What it was composed of.</param>
/// <param name="Space">What the overrides span.</param>
internal sealed record ComposeResponse(
    JsonObject Composed, string Yaml, string Digest, IReadOnlyDictionary<string, ValueOrigin> Origins, IReadOnlyList<UsedConfig> Configs, SweepSpace Space)
{
    public static ComposeResponse From(ComposedPipeline composed) => new(
        JsonNode.Parse(composed.Document.Composed)!.AsObject(), composed.Yaml, composed.Document.Digest,
        composed.Document.Origins, composed.Document.Configs, composed.Space);
}
