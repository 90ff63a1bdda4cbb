using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Nexus.Jobs.Pipelines.Documents;
using Nexus.Web.Shell;

namespace Nexus.Web.Pipelines;

/// <summary>
/// A YAML editor that tells its owner of every pause in typing, shows problems at their places, and asks the analyzer what could
/// stand at the cursor and what a word means.
/// </summary>
public sealed partial class YamlEditor : ComponentBase, IAsyncDisposable
{
    private ElementReference _element;
    private PageScript _script = null!;
    private DotNetObjectReference<YamlEditor>? _self;
    private IReadOnlyList<PipelineProblem> _problems = [];
    private bool _open;

    /// <summary>What it opens with; later texts come from the person alone.</summary>
    [Parameter, EditorRequired] public string Text { get; set; } = "";
    [Parameter] public bool ReadOnly { get; set; }

    /// <summary>Where the text is a config's: its group; null for a pipeline.</summary>
    [Parameter] public string? ConfigGroup { get; set; }
    [Parameter] public int Height { get; set; } = 480;

    /// <summary>A fifth of a second after the last key.</summary>
    [Parameter] public EventCallback<string> TextChanged { get; set; }

    /// <summary>Ctrl S.</summary>
    [Parameter] public EventCallback<string> Saving { get; set; }
    [Inject] public required IJSRuntime Js { get; init; }
    [Inject] public required PipelineAnalyzer Analyzer { get; init; }

    /// <returns>The milliseconds since the last key; null where these were marked before, or no key was pressed.</returns>
    public async Task<double?> MarkAsync(IReadOnlyList<PipelineProblem> problems)
    {
        if (ReferenceEquals(problems, _problems)) return null;
        _problems = problems;
        return _open ? await ShowAsync() : null;
    }

    /// <summary>Writes what the problem suggests in its place.</summary>
    public async Task MendAsync(PipelineProblem problem)
    {
        if (_open && !ReadOnly) await _script.DoAsync("mend", _element, problem);
    }

    public async Task RevealAsync(int line, int column)
    {
        if (_open) await _script.DoAsync("reveal", _element, line, column);
    }

    /// <summary>The text as it stands, the last keys included.</summary>
    public async Task<string> TextNowAsync() =>
        _open ? await _script.AskAsync<string>("text", _element) ?? Text : Text;

    [JSInvokable]
    public Task Changed(string text) => InvokeAsync(() => TextChanged.InvokeAsync(text));

    [JSInvokable]
    public Task Save(string text) => InvokeAsync(() => Saving.InvokeAsync(text));

    [JSInvokable]
    public Task<IReadOnlyList<CompletionItem>> Complete(string text, int line, int column) =>
        ConfigGroup is null ? Analyzer.CompleteAsync(text, line, column, CancellationToken.None) : Analyzer.CompleteConfigAsync(ConfigGroup, text, line, column, CancellationToken.None);

    [JSInvokable]
    public Task<HoverText?> Hover(string text, int line, int column) =>
        ConfigGroup is null ? Analyzer.HoverAsync(text, line, column, CancellationToken.None) : Task.FromResult<HoverText?>(null);

    public async ValueTask DisposeAsync()
    {
        await _script.EndAsync("close", _element);
        _self?.Dispose();
    }

    protected override void OnInitialized() => _script = PageScript.At(Js, "/js/editor.js");

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        _self = DotNetObjectReference.Create(this);
        _open = await _script.DoAsync("open", _element, _self, Text, ReadOnly);
        await ShowAsync();
    }

    private Task<double?> ShowAsync() => _script.AskAsync<double?>("mark", _element, _problems.Where(p => p.IsHere));
}
