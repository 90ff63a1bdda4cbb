using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using MudBlazor;
using Nexus.Data;
using Nexus.Data.Registry;
using Nexus.Inference.Registry;
using Nexus.Web.Identity;

namespace Nexus.Web.Registry;

/// <summary>Takes an ONNX file and what is known of it.</summary>
public sealed partial class UploadDialog : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private string _model = "";
    private string _task = "";
    private string _classes = "";
    private string _description = "";
    private IBrowserFile? _file;
    private double? _progress;
    private string? _problem;

    [CascadingParameter] public required IMudDialogInstance Dialog { get; set; }

    /// <summary>The model that the version is of; null where the person may choose.</summary>
    [Parameter] public string? Model { get; set; }
    [Inject] public required ModelUploads Uploads { get; init; }
    [Inject] public required CurrentActor Current { get; init; }

    /// <returns>The registered version; null where the person thought better of it.</returns>
    public static async Task<ModelVersionView?> AskAsync(IDialogService dialogs, string? model = null)
    {
        var parameters = new DialogParameters<UploadDialog> { { d => d.Model, model } };
        var dialog = await dialogs.ShowAsync<UploadDialog>("Upload", parameters, new DialogOptions { MaxWidth = MaxWidth.Small, FullWidth = true });
        return (await dialog.Result)?.Data as ModelVersionView;
    }

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override void OnInitialized() => _model = Model ?? "";

    private void Cancel() => Dialog.Cancel();

    private async Task UploadAsync()
    {
        (_problem, _progress) = (null, 0);
        try
        {
            if (_file!.Size > ModelUploads.MaxBytes) throw Refused.TooLarge($"A model file has at most {ModelUploads.MaxBytes >> 20} MiB.");
            await using var content = new ProgressStream(_file.OpenReadStream(ModelUploads.MaxBytes, _gone.Token), Told);
            var path = await Uploads.ReceiveAsync(content, _gone.Token);
            Told(_file.Size);
            var version = await Uploads.RegisterAsync(_model, path, Described(), await Current.GetAsync(), _gone.Token);
            Dialog.Close(DialogResult.Ok(version));
        }
        catch (RefusedException refusal)
        {
            (_problem, _progress) = (refusal.Message, null);
        }
    }

    private UploadedModel Described() => new(
        _file!.Name,
        _description,
        new Dictionary<string, string>(),
        new Dictionary<string, MetricEstimate>(),
        _task.Length == 0 ? null : _task,
        _task is "binary" or "multiclass" && _classes.Length > 0 ? _classes.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) : null,
        Positive: null);

    private void Told(long bytes)
    {
        var share = Math.Min(1, bytes / (double)Math.Max(1, _file!.Size));
        if (share < 1 && share - _progress < 0.01) return;
        _progress = share;
        _ = InvokeAsync(StateHasChanged);
    }
}
