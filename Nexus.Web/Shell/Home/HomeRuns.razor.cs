using Microsoft.AspNetCore.Components;
using Nexus.Data.Pipelines;
using Nexus.Web.Pipelines;

namespace Nexus.Web.Shell.Home;

/// <summary>What runs now: the step, how far it is, and how long it will take if it takes as long as the last time.</summary>
public sealed partial class HomeRuns : ComponentBase, IDisposable
{
    private IDisposable? _tick;

    [Parameter, EditorRequired] public IReadOnlyList<RunningRun> Running { get; set; } = [];
    /// <summary>Shown where nothing runs.</summary>
    [Parameter] public IReadOnlyList<RunSummary> Ended { get; set; } = [];
    [Inject] public required PageClock Clock { get; init; }

    public void Dispose() => _tick?.Dispose();

    protected override void OnInitialized() => _tick = Clock.OnTick(() => InvokeAsync(() => { if (Running.Count > 0) StateHasChanged(); }));

    private static string Where(RunningRun run) => run switch
    {
        { StartedAt: null } => "waits",
        { Working.Count: 0 } => $"{run.StepsDone} of {run.Steps}",
        { Working: [var only], Progress: { } done } => $"{only} · {Format.Percent(Math.Round(done, 2))}",
        { Working: [var only] } => $"{only} · {run.StepsDone + 1} of {run.Steps}",
        _ => $"{RunWords.Steps(run.Working)} · {run.StepsDone} of {run.Steps} done",
    };

    private string Left(RunningRun run)
    {
        var by = run.Trigger == "manual" ? run.CreatedBy : run.Trigger;
        if (run.StartedAt is not { } started) return $"asked by {by}, {Format.Relative(run.CreatedAt, Clock.Now)}";
        var elapsed = Clock.Now - started;
        if (run.Usual is not { } usual) return $"started by {by}, {Format.Relative(started, Clock.Now)}";
        return usual > elapsed ? $"about {Format.Duration(usual - elapsed)} left" : $"{Format.Duration(elapsed - usual)} longer than last time";
    }
}
