using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Components;
using Nexus.Data.Pipelines;
using Nexus.Web.Shell;

namespace Nexus.Web.Pipelines;

/// <summary>A run's metrics with their intervals, and the gates that its model passed or did not.</summary>
public sealed partial class RunResults : ComponentBase
{
    [Parameter, EditorRequired] public RunDetail Run { get; set; } = null!;

    private JsonObject? Facts => Run.Steps.LastOrDefault(step => step.Component == "evaluate")?.Output?["facts"] as JsonObject;

    private string? Rows => Facts?["rows"] is JsonValue rows && rows.TryGetValue<long>(out var count) ? Format.Count(count) : null;

    private IReadOnlyList<(bool Passed, string Text)> Gates =>
        [.. (Facts?["gates"] as JsonArray ?? []).OfType<JsonObject>().Select(gate => (gate["passed"]?.GetValue<bool>() ?? false, gate["text"]?.ToString() ?? ""))];
}
