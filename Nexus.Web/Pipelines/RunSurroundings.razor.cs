using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Components;
using Nexus.Data.Pipelines;
using Nexus.Jobs.Pipelines;
using Nexus.Web.Shell;

namespace Nexus.Web.Pipelines;

/// <summary>What the run is to be repeated with: code with its changes, seeds, machine, packages.</summary>
public sealed partial class RunSurroundings : ComponentBase
{
    [Parameter, EditorRequired] public RunDetail Run { get; set; } = null!;

    private RunArtifactView? Diff => Run.Artifacts.FirstOrDefault(artifact => artifact.Path == RunLauncher.DiffPath);

    private IEnumerable<(string Step, string Seed)> Seeds => Run.Steps.Where(step => step.With["seed"] is not null).Select(step => (step.Name, step.With["seed"]!.ToString()));

    private IReadOnlyList<(string Name, string Version)> Packages => Run.Environment["packages"] is JsonObject packages
        ? [.. packages.Select(package => (package.Key, package.Value?.ToString() ?? Format.Unknown))]
        : [];

    private string? Text(string name) => Run.Environment[name]?.ToString();

    private string Machine()
    {
        var memory = long.TryParse(Text("memoryBytes"), out var bytes) ? $", {Format.Bytes(bytes)} of memory" : "";
        return $"{Text("processors")} processors{(Text("processor") is { } name ? $" ({name})" : "")}{memory}";
    }
}
