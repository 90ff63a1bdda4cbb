using Microsoft.AspNetCore.Components;
using MudBlazor;
using Nexus.Data;
using Nexus.Data.Identity;
using Nexus.Data.Lineage;
using Nexus.Data.Pipelines;
using Nexus.Jobs.Pipelines;
using Nexus.Jobs.Pipelines.Documents;
using Nexus.Web.Identity;
using Nexus.Web.Shell;
using Nexus.Web.Sweeps;

namespace Nexus.Web.Pipelines;

/// <summary>A pipeline's text with what is wrong at its place, the graph that it makes, and the way to a run.</summary>
public sealed partial class PipelinePage : ComponentBase, IDisposable
{
    private YamlEditor _editor = null!;
    private UnsavedChanges _unsaved = null!;
    private PipelineView? _saved;
    private PipelineAnalysis? _analysis;
    private string? _text;
    private string? _loaded;
    private KeysetTable<PipelineRevisionItem>? _table;
    private Quiet _quiet = null!;
    private int _asked;
    private string _now = "";
    private string _overrides = "";
    private string? _dataset;
    private string? _picked;
    private bool _mayWrite;
    private bool _acting;
    private double? _checkedAfter;
    private RunSummary? _last;
    private IReadOnlyList<string> _users = [];

    /// <summary>Null for one that does not exist yet.</summary>
    [Parameter] public string? Name { get; set; }

    /// <summary><c>composed</c>: the composed document stands under the editor.</summary>
    [SupplyParameterFromQuery] public string? Show { get; set; }

    /// <summary>An older text, to read.</summary>
    [SupplyParameterFromQuery] public int? Revision { get; set; }
    [Inject] public required TimeProvider Time { get; init; }
    [Inject] public required RunService Runs { get; init; }
    [Inject] public required UseService Uses { get; init; }
    [Inject] public required PageClock Clock { get; init; }
    [Inject] public required PipelineService Pipelines { get; init; }
    [Inject] public required PipelineAnalyzer Analyzer { get; init; }
    [Inject] public required RunLauncher Launcher { get; init; }
    [Inject] public required CurrentActor Me { get; init; }
    [Inject] public required Notices Notices { get; init; }
    [Inject] public required IDialogService Dialogs { get; init; }
    [Inject] public required NavigationManager Navigation { get; init; }

    private static IReadOnlyList<Crumb> Way => [new("Pipelines", "pipelines")];

    private bool Changed => _now != (_saved?.Yaml ?? PipelineStarter.Text);

    private bool Older => _saved is { } saved && saved.Revision != saved.Newest;

    private bool Composed => Show == "composed";

    /// <summary>It can be kept.</summary>
    private bool Sound => _analysis?.Sound == true;

    /// <summary>It can be started, as it stands and is overridden.</summary>
    private bool Ready => _analysis is { Problems.Count: 0 };

    private int Mistakes => _analysis?.Problems.Count(p => !p.Mandatory) ?? 0;

    /// <summary>All lines of a usual document are in sight.</summary>
    private int Height => Math.Clamp((_text!.Count(c => c == '\n') * 20) + 60, 400, 760);

    private bool Spans => _analysis?.Space.Dimensions.Count > 0;

    private string Start => (Changed || _saved is null ? "Save and " : "") switch
    {
        var save when !Spans => save.Length > 0 ? "Save and run" : "Run",
        var save => _analysis!.Space.Combinations is { } runs ? $"{(save.Length > 0 ? "Save and sweep" : "Sweep")} {Format.Count(runs, "run")}…" : save.Length > 0 ? "Save and sweep…" : "Sweep…",
    };

    private IReadOnlyList<string> Overrides => [.. _overrides.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    private IReadOnlyList<GraphNode> Nodes => _analysis is null ? [] : [.. _analysis.Steps.Select(step => new GraphNode(
        step.Name, step.Problems > 0 ? Format.Count(step.Problems, "problem") : step.About ?? step.Component ?? "no component",
        step.Problems > 0 ? ChipState.Bad : ChipState.Plain, [.. _analysis.Edges.Where(edge => edge.To == step.Name).Select(edge => edge.From)]))];

    public void Dispose() => _quiet.Dispose();

    protected override void OnInitialized() => _quiet = new(Time);

    protected override async Task OnParametersSetAsync()
    {
        var wanted = $"{Name}@{Revision}";
        if (_text is not null && _loaded == wanted) return;
        _loaded = wanted;
        _text = null;
        _mayWrite = (await Me.GetAsync()).Is(Role.Engineer);
        _saved = Name is null ? null : await Pipelines.GetAsync(Name, Revision, CancellationToken.None);
        _text = _now = _saved?.Yaml ?? PipelineStarter.Text;
        _users = Name is null ? [] : await Uses.OfPipelineAsync(Name, CancellationToken.None);
        if (Name is not null) _last = (await Runs.ListAsync(new(Name), new PageRequest(1), CancellationToken.None)).Items is [var run, ..] ? run : null;
        _analysis = await Analyzer.AnalyzeAsync(_now, Overrides, CancellationToken.None);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_analysis is null || _editor is null || await _editor.MarkAsync(_analysis.Problems) is not { } after) return;
        _checkedAfter = after;
        StateHasChanged();
    }

    private async Task AnalyzeAsync(string text)
    {
        _now = text;
        var mine = ++_asked;
        var analysis = await Analyzer.AnalyzeAsync(text, Overrides, CancellationToken.None);
        if (mine == _asked) _analysis = analysis; // else a later key has asked again, in the text or the overrides
    }

    private Task OverrideAsync(string overrides)
    {
        _overrides = overrides;
        return _quiet.AfterAsync(_ => AnalyzeAsync(_now));
    }

    private void ToggleComposed() =>
        _unsaved.Leave(Navigation.GetUriWithQueryParameter("show", Composed ? null : "composed"), replace: true);

    private Task RevealAsync((int Line, int Column) place) => _editor.RevealAsync(place.Line, place.Column);

    private Task MendAsync(PipelineProblem problem) => _editor.MendAsync(problem);

    private string Of(PipelineRevisionItem revision) => revision.Revision == _saved!.Newest ? $"pipelines/{Name}" : $"pipelines/{Name}?revision={revision.Revision}";

    private string LastRun(RunSummary run) => run.Status switch
    {
        RunStatus.Queued => "waits",
        RunStatus.Running => "is at work",
        RunStatus.Succeeded => $"took {Format.Duration(RunWords.Took(run.StartedAt, run.EndedAt, Clock.Now))}",
        RunStatus.Failed => "failed",
        _ => "was canceled",
    };

    private async Task PickAsync(string step)
    {
        _picked = step;
        if (_analysis?.Steps.FirstOrDefault(s => s.Name == step) is { Config: null } outline) await _editor.RevealAsync(outline.Line, outline.Column);
    }

    private async Task SaveAsync()
    {
        if (await StoreAsync() is { } name && Name is null) _unsaved.Leave($"pipelines/{name}");
    }

    private async Task RunAsync()
    {
        if (await StoreAsync() is not { } name) return;
        _acting = true;
        await Notices.TryAsync(async () =>
        {
            var dataset = string.IsNullOrWhiteSpace(_dataset) ? null : _dataset.Trim();
            var id = await Launcher.StartAsync(name, Overrides, dataset, await Me.GetAsync(), CancellationToken.None);
            _unsaved.Leave($"runs/{id}");
        });
        _acting = false;
    }

    private async Task SweepAsync()
    {
        if (await StoreAsync() is not { } name) return;
        if (await SweepDialog.AskAsync(Dialogs, name, Overrides, string.IsNullOrWhiteSpace(_dataset) ? null : _dataset.Trim()) is { } id) _unsaved.Leave($"sweeps/{id}");
    }

    /// <returns>The pipeline's name; null where it was refused.</returns>
    private async Task<string?> StoreAsync()
    {
        await AnalyzeAsync(await _editor.TextNowAsync());
        if (_acting || !Sound || !_mayWrite || Older) return null;
        if (_saved is not null && !Changed) return Name;
        if ((Name ?? DocumentName) is not { } name)
        {
            Notices.Refused(Refused.Invalid("Say its name at the top of the document: 'name: my-pipeline'."));
            return null;
        }

        _acting = true;
        var kept = await Notices.TryAsync(async () =>
        {
            if (_saved is null && await Pipelines.ExistsAsync(name, CancellationToken.None)) throw Refused.Conflict($"There is a pipeline '{name}' already. Choose another name in the document.");
            await Pipelines.PutAsync(name, _now, await Me.GetAsync(), CancellationToken.None, expected: _saved?.Revision ?? 0);
            _saved = await Pipelines.GetAsync(name, CancellationToken.None);
        }, "Saved.");
        _acting = false;
        if (kept && _table is not null) await _table.ReloadAsync();
        return kept ? name : null;
    }

    /// <summary>Also of a text whose values are still to be given.</summary>
    private string? DocumentName => _analysis!.Composed.FirstOrDefault(line => line.Path == "name")?.Text["name:".Length..].Trim();
}
