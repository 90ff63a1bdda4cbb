using System.Globalization;
using Microsoft.AspNetCore.Components;
using Nexus.Data.Datasets;
using Nexus.Web.Shell;

namespace Nexus.Web.Datasets;

/// <summary>The first rows, in the file's order.</summary>
public sealed partial class DatasetPreview : ComponentBase, IDisposable
{
    private const int MaxRows = 50;
    private const int MaxColumns = 100;
    private readonly CancellationTokenSource _gone = new();
    private TablePreview? _preview;
    private DatasetVersionView? _shown;
    private string _say = "";

    [Parameter, EditorRequired] public DatasetVersionView Version { get; set; } = null!;
    [Inject] public required DatasetCatalog Catalog { get; init; }

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_shown == Version) return;
        _shown = Version;
        _preview = await Catalog.PreviewAsync(new(Version.Name, Version.Version), MaxRows, _gone.Token);
        var rows = _preview.Rows.Count < Version.Rows ? $"The first {_preview.Rows.Count} of {Format.Count(Version.Rows, "row")}" : "All rows";
        _say = $"{rows}, in the file's order{(Version.Columns.Count > MaxColumns ? $"; the first {MaxColumns} of {Format.Count(Version.Columns.Count)} columns" : "")}.";
    }

    private static string? Css(DatasetColumn column) => ColumnTypes.IsNumeric(column.Type) ? "num" : null;

    // As in the file: a preview rounds nothing.
    private static string? Text(object? cell) => cell switch
    {
        null => null,
        bool b => b ? "true" : "false",
        IFormattable f => f.ToString(null, CultureInfo.InvariantCulture),
        _ => cell.ToString(),
    };
}
