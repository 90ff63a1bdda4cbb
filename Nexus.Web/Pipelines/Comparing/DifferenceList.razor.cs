using Microsoft.AspNetCore.Components;
using Nexus.Data.Pipelines.Comparing;
using Nexus.Web.Shell;

namespace Nexus.Web.Pipelines.Comparing;

/// <summary>What is not the same in all runs: each path with its values, and which runs have which.</summary>
public sealed partial class DifferenceList : ComponentBase
{
    private IReadOnlyList<(string Path, IReadOnlyList<(string? Value, IReadOnlyList<int> Runs)> Values)> _rows = [];
    private RunComparison? _read;
    private bool _all;

    [Parameter, EditorRequired] public string Title { get; set; } = "";
    [Parameter, EditorRequired] public RunComparison Comparison { get; set; } = null!;
    [Parameter, EditorRequired] public Func<ComparedRun, IReadOnlyDictionary<string, string>> Of { get; set; } = null!;

    /// <summary>What is said where nothing differs.</summary>
    [Parameter] public string Same { get; set; } = "";

    protected override void OnParametersSet()
    {
        if (_read == Comparison) return;
        _read = Comparison;
        _rows = Comparison.Differences(Of);
    }

    private string Names(IReadOnlyList<int> runs, int most) =>
        string.Join(", ", runs.Take(most).Select(run => ComparedName.Of(Comparison, run))) + (runs.Count > most ? $" and {Format.Count(runs.Count - most)} more" : "");
}
