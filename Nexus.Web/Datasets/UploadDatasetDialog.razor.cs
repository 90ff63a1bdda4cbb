using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;
using Nexus.Data;
using Nexus.Web.Shell;

namespace Nexus.Web.Datasets;

/// <summary>
/// Sends a file to the REST endpoint straight from the browser, by the session's cookie: a file of gigabytes passes
/// the circuit by, and the progress is the sender's own.
/// </summary>
public sealed partial class UploadDatasetDialog : ComponentBase, IAsyncDisposable
{
    private ElementReference _input;
    private DotNetObjectReference<UploadDatasetDialog>? _self;
    private PageScript _script = null!;
    private string _name = "";
    private string? _file;
    private long _sent;
    private long _total;
    private string? _problem;
    private long? _line;
    private long? _column;

    [CascadingParameter] public required IMudDialogInstance Dialog { get; set; }

    /// <summary>The dataset that the file is a version of; null where the person names one.</summary>
    [Parameter] public string? Name { get; set; }
    [Inject] public required IJSRuntime Js { get; init; }

    private bool Busy => _total > 0;

    private int Percent => _total == 0 ? 0 : (int)(100 * _sent / _total);

    private string Progress => _sent < _total
        ? $"{Percent} % of {Format.Bytes(_total)}"
        : $"{Format.Bytes(_total)} sent; reading and profiling …";

    /// <returns>The address of the version's page; null where the person thought better of it.</returns>
    public static async Task<string?> AskAsync(IDialogService dialogs, string? name = null)
    {
        var parameters = new DialogParameters<UploadDatasetDialog> { { d => d.Name, name } };
        var options = new DialogOptions { MaxWidth = MaxWidth.Small, FullWidth = true, BackdropClick = false };
        var dialog = await dialogs.ShowAsync<UploadDatasetDialog>("Upload", parameters, options);
        return (await dialog.Result)?.Data as string;
    }

    /// <summary>Told by the browser, a few times a second.</summary>
    [JSInvokable]
    public void Progressed(long sent, long total)
    {
        (_sent, _total) = (sent, total);
        StateHasChanged();
    }

    /// <summary>Told by the browser when the answer is there; status 0 where the connection went.</summary>
    [JSInvokable]
    public void Finished(int status, string body)
    {
        (_sent, _total) = (0, 0);
        var answer = Parse(body);
        if (status is 200 or 201)
        {
            Dialog.Close(DialogResult.Ok($"/datasets/{answer.GetProperty("name").GetString()}/{answer.GetProperty("version").GetInt32()}"));
            return;
        }

        _line = Number(answer, "line");
        _column = Number(answer, "column");
        _problem = status == 0 ? "The connection was lost before the file had arrived."
            : answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("detail", out var detail) ? detail.GetString()
            : $"The portal answered {status}.";
        StateHasChanged();
    }

    public async ValueTask DisposeAsync()
    {
        await _script.EndAsync("stop", _input);
        _self?.Dispose();
    }

    protected override void OnInitialized() => (_name, _script) = (Name ?? "", PageScript.At(Js, "/js/upload.js"));

    private async Task ChosenAsync()
    {
        (_problem, _line) = (null, null);
        _file = await _script.AskAsync<string>("fileName", _input);
        if (Name is null && _name.Length == 0 && _file is not null) _name = Suggest(_file);
    }

    private async Task UploadAsync()
    {
        (_problem, _line, _sent, _total) = (null, null, 0, 1);
        _self ??= DotNetObjectReference.Create(this);
        await _script.DoAsync("start", _input, $"/api/v1/datasets/{_name}/versions", _self);
    }

    private async Task CancelAsync()
    {
        if (!Busy)
        {
            Dialog.Cancel();
            return;
        }

        await _script.DoAsync("stop", _input);
        (_sent, _total) = (0, 0);
    }

    private static string Suggest(string file)
    {
        var name = NoName().Replace(Path.GetFileNameWithoutExtension(file).ToLowerInvariant(), "-").Trim('-');
        return name.Length <= Names.MaxLength ? name : name[..Names.MaxLength];
    }

    private static JsonElement Parse(string body)
    {
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(body);
        }
        catch (JsonException)
        {
            return default;
        }
    }

    private static long? Number(JsonElement problem, string member) =>
        problem.ValueKind == JsonValueKind.Object && problem.TryGetProperty(member, out var value) && value.TryGetInt64(out var number) ? number : null;

    [GeneratedRegex("[^a-z0-9]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex NoName();
}
