using System.Globalization;
using Microsoft.AspNetCore.Components;
using Nexus.Data;
using Nexus.Data.Pipelines;

namespace Nexus.Web.Pipelines;

/// <summary>Runs by what they agree in, each group with its count, best and mean; a group opens into its runs.</summary>
public sealed partial class RunGroupList : ComponentBase
{
    private readonly HashSet<string> _open = [];
    private IReadOnlyList<RunGroup>? _groups;
    private (RunFilter, string?)? _shown;

    /// <summary>What they agree in: <c>pipeline</c>, <c>params.train.trainer</c>.</summary>
    [Parameter, EditorRequired] public string By { get; set; } = "";
    [Parameter, EditorRequired] public RunFilter Filter { get; set; } = new();

    /// <summary>The metric that is summarized.</summary>
    [Parameter] public string? Metric { get; set; }
    [Parameter, EditorRequired] public IReadOnlyList<string> Columns { get; set; } = [];
    [Parameter] public HashSet<Guid> Selected { get; set; } = [];
    [Parameter] public EventCallback SelectedChanged { get; set; }
    [Parameter] public EventCallback<string> SortChanged { get; set; }
    [Parameter] public EventCallback<RefusedException?> Understood { get; set; }
    [Inject] public required RunListService Runs { get; init; }

    protected override async Task OnParametersSetAsync()
    {
        if (_shown == (Filter, Metric)) return;
        _shown = (Filter, Metric);
        try
        {
            _groups = await Runs.GroupAsync(Filter, By, Metric, CancellationToken.None);
            await Understood.InvokeAsync(null);
        }
        catch (RefusedException refusal)
        {
            _groups = [];
            await Understood.InvokeAsync(refusal);
        }
    }

    private string Name(RunGroup group) => group.Value is null ? $"no {By}" : By == "sweep" ? $"sweep {group.Value[(group.Value.LastIndexOf(' ') + 1)..]} of {group.Value[..group.Value.LastIndexOf(' ')]}" : group.Value;

    private void Toggle(RunGroup group)
    {
        if (!_open.Remove(group.Value ?? "")) _open.Add(group.Value ?? "");
    }

    private string Within(RunGroup group)
    {
        var condition = group.Value switch
        {
            null => $"{By} is null",
            { } value when By == "sweep" => $"pipeline = {Quoted(value[..value.LastIndexOf(' ')])} and sweep = {value[(value.LastIndexOf(' ') + 1)..]}",
            { } value when double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _) => $"{By} = {value}",
            { } value => $"{By} = {Quoted(value)}",
        };
        return string.IsNullOrWhiteSpace(Filter.Text) ? condition : $"({Filter.Text}) and {condition}";
    }

    private static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
