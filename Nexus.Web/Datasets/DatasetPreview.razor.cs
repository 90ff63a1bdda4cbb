using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Nexus.Data;
using Nexus.Data.Datasets;
using Nexus.Data.Datasets.Rows;
using Nexus.Web.Shell;

namespace Nexus.Web.Datasets;

/// <summary>All rows, page by page: in the file's order, or by a column; those that meet a condition.</summary>
public sealed partial class DatasetPreview : ComponentBase
{
    private const int MaxColumns = 100;
    private static readonly (RowOperator Value, string Text)[] Operators =
    [
        (RowOperator.Contains, "contains"), (RowOperator.Equals, "is"), (RowOperator.AtLeast, "is at least"), (RowOperator.AtMost, "is at most"),
        (RowOperator.Missing, "is missing"), (RowOperator.Present, "is there"),
    ];

    private KeysetTable<TableRow> _table = null!;
    private string _column = "";
    private RowOperator _operator;
    private string _value = "";

    [Parameter, EditorRequired] public DatasetVersionView Version { get; set; } = null!;

    /// <summary>A column, with a minus before it for the largest first; in the address, as the filter.</summary>
    [SupplyParameterFromQuery(Name = "sort")] public string? SortText { get; set; }
    [SupplyParameterFromQuery(Name = "column")] public string? FilterColumn { get; set; }
    [SupplyParameterFromQuery(Name = "is")] public string? FilterOperator { get; set; }
    [SupplyParameterFromQuery(Name = "value")] public string? FilterValue { get; set; }
    [Inject] public required RowReader Rows { get; init; }
    [Inject] public required NavigationManager Navigation { get; init; }

    private RowFilter? Shown => string.IsNullOrEmpty(FilterColumn) ? null
        : new(FilterColumn, Enum.TryParse<RowOperator>(FilterOperator, ignoreCase: true, out var known) && Enum.IsDefined(known) ? known : RowOperator.Contains, FilterValue ?? "");

    private RowFilter? Asked => _column.Length == 0 ? null : new(_column, _operator, _operator is RowOperator.Missing or RowOperator.Present ? "" : _value);

    private bool Same => Asked == Shown;

    private string Say =>
        $"{Format.Count(Version.Rows, "row")}{(Shown is null && string.IsNullOrEmpty(SortText) ? ", in the file's order" : "")}{(Version.Columns.Count > MaxColumns ? $"; the first {MaxColumns} of {Format.Count(Version.Columns.Count)} columns" : "")}.";

    protected override void OnInitialized()
    {
        if (Shown is { } filter) (_column, _operator, _value) = (filter.Column, filter.Operator, filter.Value);
    }

    private Task<Page<TableRow>> LoadAsync(PageRequest request, CancellationToken ct) =>
        Rows.ReadAsync(new(Version.Name, Version.Version), SortText, Shown, request, ct);

    private Task SortAsync(string sort)
    {
        SortText = sort;
        return GoAsync(new() { ["sort"] = sort });
    }

    private Task ApplyAsync()
    {
        (FilterColumn, FilterOperator, FilterValue) = Asked is { } asked ? (asked.Column, asked.Operator.ToString().ToLowerInvariant(), asked.Value) : (null, null, (string?)null);
        return GoAsync(new() { ["column"] = FilterColumn, ["is"] = FilterOperator, ["value"] = string.IsNullOrEmpty(FilterValue) ? null : FilterValue });
    }

    private async Task GoAsync(Dictionary<string, object?> query)
    {
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(query), replace: true);
        await _table.RestartAsync();
    }

    private Task KeyAsync(KeyboardEventArgs key) => key.Key == "Enter" && !Same ? ApplyAsync() : Task.CompletedTask;

    // As in the file: a preview rounds nothing.
    private static string? Text(object? cell) => cell switch
    {
        null => null,
        bool b => b ? "true" : "false",
        IFormattable f => f.ToString(null, CultureInfo.InvariantCulture),
        _ => cell.ToString(),
    };
}
