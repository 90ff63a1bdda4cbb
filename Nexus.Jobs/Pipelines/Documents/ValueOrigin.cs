using System.Text.Json.Serialization;

namespace Nexus.Jobs.Pipelines.Documents;

/// <summary>Where a value of a composed document came from.</summary>
/// <param name="Source"><c>pipeline</c>, <c>config</c>, <c>override</c> or <c>environment</c>.</param>
/// <param name="Name">The config with its revision, the override's text, or the variable; null for the pipeline's own text.</param>
/// <param name="Line">Of the value in that text; of an environment variable, of the interpolation that reads it. 1-based.</param>
/// <param name="Column">1-based.</param>
/// <param name="Via">The interpolations that led there, the value's own first; or that stand in it.</param>
public sealed record ValueOrigin(
    string Source,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Name,
    int Line,
    int Column,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Via)
{
    /// <summary>For a person: <c>line 12</c>, <c>data/elec2@3, line 2</c>, <c>override train.seed=7</c>.</summary>
    [JsonIgnore]
    public string Words => Source switch
    {
        "pipeline" => $"line {Line}",
        "config" => $"{Name}, line {Line}",
        "environment" => $"environment {Name}",
        _ => $"override {Name}",
    };
}
