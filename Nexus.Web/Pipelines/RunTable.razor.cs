using System.Globalization;
using Microsoft.AspNetCore.Components;
using Nexus.Data;
using Nexus.Data.Pipelines;
using Nexus.Web.Shell;

namespace Nexus.Web.Pipelines;

/// <summary>Runs with the columns of one's choice; some of them can be picked for a comparison.</summary>
public sealed partial class RunTable : ComponentBase
{
    private readonly HashSet<string> _numeric = [];
    private KeysetTable<RunRow> _table = null!;
    private RunFilter? _shown;
    private IReadOnlyList<string> _columns = [];

    [Parameter, EditorRequired] public RunFilter Filter { get; set; } = new();

    /// <summary>As the address has them: <c>status</c>, <c>metrics.auc</c>, <c>params.train.params.leaves</c>.</summary>
    [Parameter, EditorRequired] public IReadOnlyList<string> Columns { get; set; } = [];

    /// <summary>The metric that stands for the result; what the result's header orders by.</summary>
    [Parameter] public string? Primary { get; set; }
    [Parameter] public HashSet<Guid> Selected { get; set; } = [];
    [Parameter] public EventCallback SelectedChanged { get; set; }
    [Parameter] public EventCallback<string> SortChanged { get; set; }

    /// <summary>A filter that is not understood; null where it is.</summary>
    [Parameter] public EventCallback<RefusedException?> Understood { get; set; }
    [Parameter] public RenderFragment? Picker { get; set; }
    [Parameter] public RenderFragment? Filters { get; set; }
    [Parameter] public RenderFragment? Empty { get; set; }
    [Parameter] public bool Tools { get; set; } = true;
    [Parameter] public string Label { get; set; } = "Runs";
    [Inject] public required RunListService Runs { get; init; }
    [Inject] public required PageClock Clock { get; init; }

    /// <summary>Rows change in place, new ones are announced.</summary>
    public Task RefreshAsync() => Filter.Sort is null or "-created" ? _table.RefreshAsync() : _table.ReloadAsync();

    protected override void OnInitialized() => (_shown, _columns) = (Filter, [.. Columns]);

    protected override async Task OnParametersSetAsync()
    {
        if (_table is null) return;
        var changed = _shown != Filter;
        if (!changed && _columns.SequenceEqual(Columns)) return;
        (_shown, _columns) = (Filter, [.. Columns]);
        await (changed ? _table.RestartAsync() : _table.ReloadAsync());
    }

    private async Task<Page<RunRow>> LoadAsync(PageRequest page, CancellationToken ct)
    {
        try
        {
            var rows = await Runs.ListAsync(Filter, RunColumns.Of([.. Columns]), page, ct);
            foreach (var (key, value) in rows.Items.SelectMany(row => row.Params))
            {
                if (double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _)) _numeric.Add($"params.{key}");
            }

            await Understood.InvokeAsync(null);
            return rows;
        }
        catch (RefusedException refusal) when (refusal.Column is not null && Understood.HasDelegate)
        {
            await Understood.InvokeAsync(refusal);
            return new([], null);
        }
    }

    private Task PickAsync(RunRow row, ChangeEventArgs change)
    {
        if (change.Value is true) Selected.Add(row.Summary.Id);
        else Selected.Remove(row.Summary.Id);
        return SelectedChanged.InvokeAsync();
    }
}
