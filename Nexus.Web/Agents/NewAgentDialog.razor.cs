using Microsoft.AspNetCore.Components;
using MudBlazor;
using Nexus.Data;
using Nexus.Data.Agents;
using Nexus.Data.Registry;
using Nexus.Web.Identity;

namespace Nexus.Web.Agents;

/// <summary>Asks for what an agent needs, and makes it.</summary>
public sealed partial class NewAgentDialog : ComponentBase
{
    private IReadOnlyList<ModelView> _models = [];
    private string _name = "";
    private string _model = "";
    private string _description = "";
    private string? _problem;
    private bool _saving;

    [CascadingParameter] public required IMudDialogInstance Dialog { get; set; }
    [Parameter] public string? Model { get; set; }
    [Inject] public required AgentService Agents { get; init; }
    [Inject] public required ModelCatalog Models { get; init; }
    [Inject] public required CurrentActor Me { get; init; }

    /// <param name="model">Chosen already, where the dialog is opened from a model.</param>
    /// <returns>The new agent's name; null where the person thought better of it.</returns>
    public static async Task<string?> AskAsync(IDialogService dialogs, string? model = null)
    {
        var dialog = await dialogs.ShowAsync<NewAgentDialog>(
            "New agent", new DialogParameters<NewAgentDialog> { { d => d.Model, model } }, new() { MaxWidth = MaxWidth.Small, FullWidth = true });
        return (await dialog.Result) is { Canceled: false, Data: string name } ? name : null;
    }

    protected override async Task OnInitializedAsync()
    {
        _model = Model ?? "";
        _models = (await Models.ListAsync(new(PageRequest.MaxSize), CancellationToken.None)).Items;
    }

    private async Task SaveAsync()
    {
        (_saving, _problem) = (true, null);
        try
        {
            await Agents.PutAsync(_name, _model, _description, await Me.GetAsync(), CancellationToken.None);
            Dialog.Close(DialogResult.Ok(_name));
        }
        catch (RefusedException refusal)
        {
            _problem = refusal.Message;
        }
        finally
        {
            _saving = false;
        }
    }

    private void Cancel() => Dialog.Cancel();
}
