using Microsoft.AspNetCore.Components;
using Nexus.Data.Pipelines;

namespace Nexus.Web.Pipelines;

/// <summary>A run's parameters, those first that differ from the run before it.</summary>
public sealed partial class RunParameterPanel : ComponentBase
{
    private EarlierRun? _previous;
    private Guid _shown;
    private bool _all;
    private IReadOnlyList<(string Key, string? Now, string? Before)> _different = [];

    [Parameter, EditorRequired] public RunDetail Run { get; set; } = null!;
    [Inject] public required EarlierRuns Earlier { get; init; }

    protected override async Task OnParametersSetAsync()
    {
        if (_shown == Run.Summary.Id) return;
        _shown = Run.Summary.Id;
        _previous = await Earlier.BeforeAsync(Run.Summary.Id, CancellationToken.None);
        var before = _previous?.Params ?? Run.Params;
        _different = [.. Run.Params.Keys.Union(before.Keys).Order(StringComparer.Ordinal)
            .Select(key => (key, Run.Params.GetValueOrDefault(key), before.GetValueOrDefault(key)))
            .Where(pair => pair.Item2 != pair.Item3)];
    }

    private static string Key(string path) => path.StartsWith("steps.", StringComparison.Ordinal) ? path[6..].Replace(".with.", ".", StringComparison.Ordinal) : path;
}
