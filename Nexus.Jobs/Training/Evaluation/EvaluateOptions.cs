using System.Text.Json;
using System.Text.Json.Nodes;
using Nexus.Data;

namespace Nexus.Jobs.Training.Evaluation;

/// <summary>The parameters of evaluate, as its schema describes them.</summary>
internal sealed record EvaluateOptions
{
    public IReadOnlyList<string> Slices { get; init; } = [];
    public IReadOnlyDictionary<string, Bounds> Require { get; init; } = new Dictionary<string, Bounds>();
    public Beaten? Beat { get; init; }
    public string? Model { get; init; }
    public int Seed { get; init; }
    public int MinSliceRows { get; init; } = 50;

    public static EvaluateOptions Read(JsonObject with) => with.Deserialize<EvaluateOptions>(CanonicalJson.Options)!;

    internal sealed record Bounds(double? Min = null, double? Max = null, Bounds? Slices = null);

    internal sealed record Beaten(IReadOnlyDictionary<string, Margin> Production);

    internal sealed record Margin(double By = 0);
}
