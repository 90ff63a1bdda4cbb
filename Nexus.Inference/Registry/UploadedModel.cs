using Nexus.Data;
using Nexus.Data.Registry;

namespace Nexus.Inference.Registry;

/// <summary>What a person says of a model made elsewhere.</summary>
/// <param name="FileName">As the person's machine calls it; kept as provenance.</param>
/// <param name="Description">Markdown.</param>
/// <param name="Metrics">As measured elsewhere.</param>
/// <param name="Task">binary, multiclass or regression; null where unknown.</param>
/// <param name="Classes">In the order of the scores.</param>
/// <param name="Positive">For binary: the class whose probability is the score.</param>
public sealed record UploadedModel(
    string FileName,
    string Description,
    IReadOnlyDictionary<string, string> Tags,
    IReadOnlyDictionary<string, MetricEstimate> Metrics,
    string? Task,
    IReadOnlyList<string>? Classes,
    string? Positive)
{
    /// <summary>See <see cref="NewModelVersion.Id"/>.</summary>
    public Guid? Id { get; init; }

    private static readonly string[] Tasks = ["binary", "multiclass", "regression"];

    /// <exception cref="RefusedException">Invalid, naming the field.</exception>
    internal void Check()
    {
        if (Task is not null && !Tasks.Contains(Task)) throw Refused.Invalid("task", "A task is binary, multiclass or regression.");
        if (Classes is { Count: > 10_000 } || Classes?.Any(c => c is null || c.Length > 256) == true) throw Refused.Invalid("classes", "Classes are at most 10,000 texts of at most 256 characters.");
        if (Task == "binary" && Classes is not null and not { Count: 2 }) throw Refused.Invalid("classes", "A binary model has two classes.");
        if (Positive is not null && Classes?.Contains(Positive) != true) throw Refused.Invalid("positive", "The positive class is one of the classes.");
        if (Metrics.Count > 100) throw Refused.Invalid("metrics", "There are at most 100 metrics.");
        foreach (var (name, metric) in Metrics)
        {
            if (name.Length is 0 or > 100 || !double.IsFinite(metric.Value) || metric.Lower > metric.Value || metric.Upper < metric.Value)
            {
                throw Refused.Invalid("metrics", $"The metric '{name}' is a finite number, within its interval where it has one.");
            }
        }
    }
}
