using Nexus.Data.Registry;

namespace Nexus.Web.Registry;

/// <summary>A model as a program sees it: what is its own, and the fields of its newest version.</summary>
/// <param name="Version">The newest version; it and all that describes it are null where every version was deleted.</param>
internal sealed record ModelResponse(
    string Model,
    string Description,
    IReadOnlyDictionary<string, string> Tags,
    int? ProductionVersion,
    int Versions,
    IReadOnlyList<string> Agents,
    int? Version,
    Stage? Stage,
    IReadOnlyList<string> Aliases,
    string? Kind,
    string? Digest,
    ModelSignature? Signature,
    IReadOnlyDictionary<string, double> Metrics,
    IReadOnlyDictionary<string, MetricInterval> Intervals,
    Guid? RunId,
    string CreatedBy,
    DateTimeOffset CreatedAt)
{
    public static ModelResponse From(ModelView model) => new(
        model.Name,
        model.Description,
        model.Tags,
        model.ProductionVersion,
        model.Versions,
        model.Agents,
        model.Newest?.Version,
        model.Newest?.Stage,
        model.Newest?.Aliases ?? [],
        model.Newest?.Kind,
        model.Newest?.Digest,
        model.Newest?.Signature,
        model.Newest?.Metrics ?? new Dictionary<string, double>(),
        model.Newest?.Intervals ?? new Dictionary<string, MetricInterval>(),
        model.Newest?.RunId,
        model.Newest?.CreatedBy ?? model.CreatedBy,
        model.Newest?.CreatedAt ?? model.CreatedAt);
}
