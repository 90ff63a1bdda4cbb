using System.Text.Json;

namespace Nexus.Data.Registry;

/// <summary>A model version as pages and programs see it.</summary>
/// <param name="Metrics">Metric → value on the test split.</param>
/// <param name="Intervals">Metric → its 95 % interval, for those that have one.</param>
/// <param name="Evaluated">Whether there is an evaluation to look at.</param>
public sealed record ModelVersionView(
    string Model,
    int Version,
    Stage Stage,
    IReadOnlyList<string> Aliases,
    string Kind,
    string Digest,
    long Bytes,
    ModelSignature Signature,
    IReadOnlyDictionary<string, double> Metrics,
    IReadOnlyDictionary<string, MetricInterval> Intervals,
    Guid? RunId,
    string CreatedBy,
    DateTimeOffset CreatedAt,
    string Description,
    IReadOnlyDictionary<string, string> Tags,
    JsonElement Provenance,
    bool Evaluated)
{
    internal static ModelVersionView From(ModelVersion version, IEnumerable<string> aliases)
    {
        var metrics = CanonicalJson.Read<SortedDictionary<string, MetricEstimate>>(version.Metrics);
        return new(
            version.ModelName,
            version.Version,
            version.Stage,
            [.. aliases],
            version.Kind,
            version.Digest,
            version.Bytes,
            CanonicalJson.Read<ModelSignature>(version.Signature),
            metrics.ToDictionary(m => m.Key, m => m.Value.Value),
            metrics.Where(m => m.Value is { Lower: not null, Upper: not null })
                .ToDictionary(m => m.Key, m => new MetricInterval(m.Value.Lower!.Value, m.Value.Upper!.Value)),
            version.RunId,
            version.CreatedBy,
            version.CreatedAt,
            version.Description,
            CanonicalJson.Read<SortedDictionary<string, string>>(version.Tags),
            CanonicalJson.Read<JsonElement>(version.Provenance),
            version.Evaluation is not null);
    }
}
