using System.Text.Json.Nodes;

namespace Nexus.Jobs.Pipelines.Documents;

/// <summary>A step, checked and resolved.</summary>
/// <param name="Inputs">Input name → step.</param>
/// <param name="Retries">How often it is tried again after a passing failure.</param>
/// <param name="Timeout">For each attempt; null: none.</param>
/// <param name="Cache">False: always run.</param>
public sealed record PipelineStep(
    string Name,
    string Component,
    IReadOnlyDictionary<string, string> Inputs,
    JsonObject With,
    int Retries,
    TimeSpan? Timeout,
    bool Cache)
{
    public const int DefaultRetries = 2;

    /// <summary>Reads a step of a composed document, which was checked when it was composed.</summary>
    internal static PipelineStep From(string name, JsonObject step) => new(
        name,
        step["component"]!.GetValue<string>(),
        step["inputs"]?.AsObject().ToDictionary(i => i.Key, i => i.Value!.GetValue<string>()) ?? [],
        step["with"]?.DeepClone().AsObject() ?? [],
        step["retries"]?.GetValue<int>() ?? DefaultRetries,
        step["timeout"] is { } timeout ? Duration.Read(timeout.GetValue<string>()) : null,
        step["cache"]?.GetValue<bool>() ?? true);
}
