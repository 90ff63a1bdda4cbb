using Microsoft.AspNetCore.Components;
using Nexus.Data;
using Nexus.Data.Registry;

namespace Nexus.Web.Registry;

/// <summary>Which other version this one is seen against.</summary>
public sealed partial class AgainstPicker : ComponentBase
{
    private const int Most = 200;
    private IReadOnlyList<ModelVersionView> _versions = [];
    private (string, int)? _read;

    [Parameter, EditorRequired] public VersionState State { get; set; } = null!;
    [Parameter] public int? Against { get; set; }
    [Parameter] public EventCallback<int?> AgainstChanged { get; set; }

    /// <summary>What follows it on the line.</summary>
    [Parameter] public RenderFragment? ChildContent { get; set; }
    [Inject] public required ModelCatalog Catalog { get; init; }

    protected override async Task OnParametersSetAsync()
    {
        if (_read == (State.Model.Name, State.Model.LatestVersion)) return;
        _read = (State.Model.Name, State.Model.LatestVersion);
        _versions = (await Catalog.VersionsAsync(State.Model.Name, new PageRequest(Most), CancellationToken.None)).Items;
    }

    private Task Chosen(ChangeEventArgs change) => AgainstChanged.InvokeAsync(int.TryParse(change.Value?.ToString(), out var number) ? number : null);
}
