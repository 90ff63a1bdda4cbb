using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using Microsoft.JSInterop;
using Nexus.Data;
using Nexus.Data.Datasets;
using Nexus.Data.Datasets.Queries;
using Nexus.Web.Identity;
using Nexus.Web.Shell;

namespace Nexus.Web.Datasets;

/// <summary>A statement over the version and its answer. Leaving the page ends the work; earlier statements stay in the browser.</summary>
public sealed partial class DatasetQuery : ComponentBase, IAsyncDisposable
{
    private const int PageSize = 100;
    private const int MaxColumns = 200;
    private ElementReference _editor;
    private DotNetObjectReference<DatasetQuery>? _self;
    private PageScript _script = null!;
    private CancellationTokenSource? _running;
    private QueryResult? _result;
    private RefusedException? _failure;
    private string[] _history = [];
    private string _sql = "SELECT *\nFROM data\nLIMIT 100";
    private int _shown = PageSize;
    private bool _gone;

    [Parameter, EditorRequired] public DatasetVersionView Version { get; set; } = null!;

    /// <summary>The statement; in the address, so that it can be sent on.</summary>
    [SupplyParameterFromQuery(Name = "sql")] public string? Sql { get; set; }
    [Inject] public required TableQueryService Queries { get; init; }
    [Inject] public required IOptions<QueryOptions> Options { get; init; }
    [Inject] public required CurrentActor Current { get; init; }
    [Inject] public required NavigationManager Navigation { get; init; }
    [Inject] public required Downloads Files { get; init; }
    [Inject] public required Notices Notices { get; init; }
    [Inject] public required IJSRuntime Js { get; init; }

    /// <summary>Told by the browser at Ctrl+Enter, with what stands in the box.</summary>
    [JSInvokable]
    public async Task Asked(string sql)
    {
        _sql = sql;
        if (_running is null) await RunAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _gone = true;
        if (_running is { } running) await running.CancelAsync();
        await _script.EndAsync();
        _self?.Dispose();
    }

    protected override void OnInitialized()
    {
        _script = PageScript.At(Js, "/js/query.js");
        if (!string.IsNullOrWhiteSpace(Sql)) _sql = Sql;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        _self = DotNetObjectReference.Create(this);
        _history = await _script.AskAsync<string[]>("start", _editor, _self, (await Current.GetAsync()).Name) ?? [];
        StateHasChanged();
    }

    private static bool IsNumber(QueryColumn column) =>
        column.Type is "TINYINT" or "SMALLINT" or "INTEGER" or "BIGINT" or "HUGEINT" or "UBIGINT" or "FLOAT" or "DOUBLE" || column.Type.StartsWith("DECIMAL", StringComparison.Ordinal);

    private static string Text(JsonElement cell) => cell.ValueKind == JsonValueKind.String ? cell.GetString()! : cell.GetRawText();

    private static string OneLine(string sql) => string.Join(' ', sql.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Say(QueryResult result) =>
        $"{Format.Count(result.Rows.Count, "row")}{(result.Truncated ? ", and more" : "")} in {Format.Duration(TimeSpan.FromMilliseconds(result.ElapsedMilliseconds))}";

    private void Recall(ChangeEventArgs change)
    {
        if (int.TryParse(change.Value?.ToString(), out var index) && index < _history.Length) _sql = _history[index];
    }

    private async Task RunAsync()
    {
        using var running = _running = new CancellationTokenSource();
        (_result, _failure, _shown) = (null, null, PageSize);
        StateHasChanged();
        try
        {
            _result = await Queries.RunAsync(new(Version.Name, Version.Version), _sql, null, await Current.GetAsync(), running.Token);
            _history = await _script.AskAsync<string[]>("remember", (await Current.GetAsync()).Name, _sql) ?? _history;
            if (!_gone && _sql.Length <= 1500) Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("sql", _sql), replace: true);
        }
        catch (RefusedException refused)
        {
            _failure = refused;
        }
        catch (OperationCanceledException) when (running.IsCancellationRequested)
        {
            // Stopped, or the page went away.
        }
        finally
        {
            _running = null;
            if (!_gone) StateHasChanged();
        }
    }

    private Task StopAsync() => _running?.CancelAsync() ?? Task.CompletedTask;

    private Task<bool> SaveAsync() => Notices.TryAsync(() => Files.SaveAsync($"{Version.Name}-{Version.Version}-query.csv", "text/csv", LinesAsync(_result!), CancellationToken.None));

    private static async IAsyncEnumerable<string> LinesAsync(QueryResult result)
    {
        await Task.CompletedTask;
        yield return CsvText.Line(result.Columns.Select(c => (object?)c.Name));
        foreach (var row in result.Rows) yield return CsvText.Line(row.Select(cell => cell.ValueKind == JsonValueKind.Null ? null : (object?)Text(cell)));
    }
}
