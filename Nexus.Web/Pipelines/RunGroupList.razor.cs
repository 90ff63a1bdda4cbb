using System.Globalization;
using Microsoft.AspNetCore.Components;
using Nexus.Data;
using Nexus.Data.Pipelines;
using Nexus.Data.Pipelines.Filters;

namespace Nexus.Web.Pipelines;

/// <summary>Runs by what they agree in, each group with its count, best and mean; a group opens into its runs.</summary>
public sealed partial class RunGroupList : ComponentBase
{
    private readonly HashSet<string> _open = [];
    private readonly Dictionary<string, RunTable?> _tables = [];
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
        await ReadAsync();
    }

    /// <summary>Groups and counts as they are now; in open ones rows change in place.</summary>
    public async Task RefreshAsync()
    {
        await ReadAsync();
        foreach (var group in _groups!.Where(group => _open.Contains(Key(group))))
        {
            if (_tables.GetValueOrDefault(Key(group)) is { } table) await table.RefreshAsync();
        }
    }

    private async Task ReadAsync()
    {
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
        if (!_open.Remove(Key(group))) _open.Add(Key(group));
        _tables.Remove(Key(group));
    }

    private static string Key(RunGroup group) => group.Value ?? "";

    private string Within(RunGroup group)
    {
        var condition = group.Value switch
        {
            null => $"{FilterText.Field(By)} is null",
            { } value when By == "sweep" => $"pipeline = {FilterText.Value(value[..value.LastIndexOf(' ')])} and sweep = {value[(value.LastIndexOf(' ') + 1)..]}",
            { } value when double.TryParse(value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out _) => $"{FilterText.Field(By)} = {value}",
            { } value => $"{FilterText.Field(By)} = {FilterText.Value(value)}",
        };
        return string.IsNullOrWhiteSpace(Filter.Text) ? condition : $"({Filter.Text}) and {condition}";
    }
}
