using Microsoft.AspNetCore.Components;
using Nexus.Data.Pipelines;
using Nexus.Web.Registry;

namespace Nexus.Web.Pipelines;

/// <summary>Chooses among the columns that a list of runs can have: those of the run, and every parameter, metric and tag there is.</summary>
public sealed partial class RunColumnPicker : ComponentBase
{
    private const int Most = 100;
    private string? _find;

    [Parameter, EditorRequired] public RunKeys Keys { get; set; } = null!;
    [Parameter, EditorRequired] public IReadOnlyList<string> Chosen { get; set; } = [];
    [Parameter] public EventCallback<IReadOnlyList<string>> Changed { get; set; }

    private IEnumerable<(string Kind, IReadOnlyList<string> Names)> Offered =>
    [
        ("Run", Found(RunColumnNames.Own)),
        ("Metrics", Found(MetricNames.Ordered(Keys.Metrics).Select(key => $"metrics.{key}"))),
        ("Parameters", Found(Keys.Params.Select(key => $"params.{key}"))),
        ("Tags", Found(Keys.Tags.Select(key => $"tags.{key}"))),
    ];

    private static string Shown(string name) => name.Contains('.', StringComparison.Ordinal) ? name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..] : RunColumnNames.Header(name);

    private List<string> Found(IEnumerable<string> names) =>
        [.. names.Where(name => string.IsNullOrWhiteSpace(_find) || name.Contains(_find.Trim(), StringComparison.OrdinalIgnoreCase)).OrderBy(name => !Chosen.Contains(name)).Take(Most)];

    private Task ToggleAsync(string name) => Changed.InvokeAsync(Chosen.Contains(name) ? [.. Chosen.Where(other => other != name)] : [.. Chosen, name]);
}
