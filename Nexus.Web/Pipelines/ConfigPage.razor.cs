using Microsoft.AspNetCore.Components;
using MudBlazor;
using Nexus.Data;
using Nexus.Data.Identity;
using Nexus.Jobs.Pipelines;
using Nexus.Jobs.Pipelines.Documents;
using Nexus.Web.Identity;
using Nexus.Web.Shell;

namespace Nexus.Web.Pipelines;

/// <summary>A config's text, what is composed of it, and its earlier texts.</summary>
public sealed partial class ConfigPage : ComponentBase
{
    private const string Starter = "# What stands here is merged under the group's key.\n";
    private YamlEditor _editor = null!;
    private UnsavedChanges _unsaved = null!;
    private KeysetTable<PipelineRevisionItem>? _table;
    private ConfigView? _saved;
    private IReadOnlyList<PipelineProblem> _problems = [];
    private string? _text;
    private string? _shown;
    private string _now = "";
    private string _group = "";
    private string _name = "";
    private double? _checkedAfter;
    private bool _mayWrite;
    private bool _acting;

    /// <summary>Group and name; null for one that does not exist yet.</summary>
    [Parameter] public string? Path { get; set; }

    /// <summary>An older text, to read.</summary>
    [SupplyParameterFromQuery] public int? Revision { get; set; }
    [Inject] public required ConfigService Configs { get; init; }
    [Inject] public required CurrentActor Me { get; init; }
    [Inject] public required Notices Notices { get; init; }
    [Inject] public required IDialogService Dialogs { get; init; }
    [Inject] public required NavigationManager Navigation { get; init; }

    private static IReadOnlyList<Crumb> Way => [new("Pipelines", "pipelines"), new("Configs", "configs")];

    private bool Older => _saved is { } saved && saved.Revision != saved.Newest;

    private bool Changed => _now != (_saved?.Yaml ?? Starter);

    private string Here => Path ?? $"{_group.Trim()}/{_name.Trim()}";

    private string Example
    {
        get
        {
            var slash = Here.LastIndexOf('/');
            var (group, name) = slash > 0 && slash < Here.Length - 1 ? (Here[..slash], Here[(slash + 1)..]) : ("group", "name");
            return $"defaults:\n  - {group}: {name}\n  - _self_\n\n# read by\n${{{group.Replace('/', '.')}.…}}";
        }
    }

    protected override async Task OnParametersSetAsync()
    {
        var wanted = $"{Path}@{Revision}";
        if (_text is not null && _shown == wanted) return;
        (_shown, _text) = (wanted, null);
        _mayWrite = (await Me.GetAsync()).Is(Role.Engineer);
        _saved = Path is null ? null : await Configs.GetAsync(Path, Revision, CancellationToken.None);
        _text = _now = _saved?.Yaml ?? Starter;
        _problems = _saved is null ? [] : await Configs.CheckAsync(Path!, _now, CancellationToken.None);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_editor is null || await _editor.MarkAsync(_problems) is not { } after) return;
        _checkedAfter = after;
        StateHasChanged();
    }

    private static string Address(string user) => user.StartsWith("pipeline/", StringComparison.Ordinal) ? "pipelines/" + user["pipeline/".Length..] : "configs/" + user["config/".Length..];

    private string Of(PipelineRevisionItem revision) => revision.Revision == _saved!.Newest ? $"configs/{Path}" : $"configs/{Path}?revision={revision.Revision}";

    private async Task CheckAsync(string text)
    {
        _now = text;
        try
        {
            // Before it has a name it is read as one of a group that nothing else is in.
            var problems = await Configs.CheckAsync(Named ? Here : "unnamed/unnamed", text, CancellationToken.None);
            if (_now == text) _problems = problems; // else a later key has asked again
        }
        catch (RefusedException)
        {
            _problems = []; // the name is not one yet; saving says so
        }
    }

    private bool Named => Path is not null || (_group.Trim().Length > 0 && _name.Trim().Length > 0);

    private Task NameAsync(string? text, bool group)
    {
        if (group) _group = text ?? "";
        else _name = text ?? "";
        return CheckAsync(_now);
    }

    private async Task SaveAsync()
    {
        await CheckAsync(await _editor.TextNowAsync());
        if (_acting || !_mayWrite || Older || _problems.Count > 0 || (_saved is not null && !Changed)) return;
        _acting = true;
        var kept = await Notices.TryAsync(async () =>
        {
            if (_saved is null && await Configs.ExistsAsync(Here, CancellationToken.None)) throw Refused.Conflict($"There is a config '{Here}' already. Choose another name.");
            await Configs.PutAsync(Here, _now, await Me.GetAsync(), CancellationToken.None, expected: _saved?.Revision ?? 0);
            _saved = await Configs.GetAsync(Here, null, CancellationToken.None);
        }, "Saved.");
        _acting = false;
        if (!kept) return;
        if (Path is null) _unsaved.Leave($"configs/{Here}");
        else if (_table is not null) await _table.ReloadAsync();
    }

    private async Task DeleteAsync()
    {
        var sure = await ConfirmDialog.AskAsync(Dialogs, $"Delete {Path}?", "Nothing is composed of it now. Its texts stay for the runs that they made.", "Delete", dangerous: true);
        if (sure is null) return;
        _acting = true;
        if (await Notices.TryAsync(async () => await Configs.DeleteAsync(Path!, await Me.GetAsync(), CancellationToken.None), "Deleted.")) _unsaved.Leave("configs");
        _acting = false;
    }
}
