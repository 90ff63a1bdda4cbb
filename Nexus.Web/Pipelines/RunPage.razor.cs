using Microsoft.AspNetCore.Components;
using MudBlazor;
using Nexus.Data.Pipelines;
using Nexus.Jobs.Pipelines;
using Nexus.Web.Identity;
using Nexus.Web.Shell;

namespace Nexus.Web.Pipelines;

/// <summary>One run: is it working? Its graph, the picked step's log and curves, its parameters and what it made.</summary>
public sealed partial class RunPage : ComponentBase
{
    private RunDetail? _run;
    private string[] _topics = [];
    private int _version;
    private bool _acting;

    [Parameter] public Guid Id { get; set; }

    /// <summary>The picked step; without it the one that needs to be seen.</summary>
    [SupplyParameterFromQuery(Name = "step")] public string? Picked { get; set; }
    [Inject] public required RunService Runs { get; init; }
    [Inject] public required RunLauncher Launcher { get; init; }
    [Inject] public required CurrentActor Me { get; init; }
    [Inject] public required IDialogService Dialogs { get; init; }
    [Inject] public required Notices Notices { get; init; }
    [Inject] public required NavigationManager Navigation { get; init; }
    [Inject] public required PageClock Clock { get; init; }

    private bool Open => _run!.Summary.Status is RunStatus.Queued or RunStatus.Running;

    private IReadOnlyList<GraphNode> Nodes => [.. _run!.Steps.Select(step => RunWords.Node(step, Open, Clock.Now))];

    private RunStepView? Step =>
        _run!.Steps.FirstOrDefault(step => step.Name == Picked)
        ?? _run.Steps.FirstOrDefault(step => step.Status == StepStatus.Failed)
        ?? _run.Steps.FirstOrDefault(step => step.Status == StepStatus.Running)
        ?? _run.Steps.LastOrDefault(step => step.Component == "train" && step.Status == StepStatus.Succeeded && !Open)
        ?? _run.Steps.LastOrDefault(step => step.Status == StepStatus.Succeeded)
        ?? (_run.Steps.Count > 0 ? _run.Steps[0] : null);

    private string? Commit => _run!.Environment["commit"]?.ToString();

    private string? Dataset => _run!.Steps.Select(step => step.Output?["facts"]?["dataset"]?.ToString()).FirstOrDefault(dataset => dataset is not null);

    protected override async Task OnParametersSetAsync()
    {
        if (_run?.Summary.Id == Id) return;
        _run = null;
        _topics = [$"run:{Id}"];
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        _run = await Runs.GetAsync(Id, CancellationToken.None);
        _version++;
    }

    private string Sentence()
    {
        var (run, took) = (_run!.Summary, Format.Duration(RunWords.Took(_run.Summary.StartedAt, _run.Summary.EndedAt, Clock.Now)));
        return run.Status switch
        {
            RunStatus.Queued => "It waits for a worker.",
            RunStatus.Running when _run.Steps.Where(step => step.Status == StepStatus.Running).ToList() is [_, _, ..] several => $"At {RunWords.Steps(several.ConvertAll(step => step.Name))}.",
            RunStatus.Running when _run.Steps.FirstOrDefault(step => step.Status == StepStatus.Running) is { } step =>
                $"At {step.Name}" + (step.RemainingSeconds is { } left ? $", about {Format.Duration(TimeSpan.FromSeconds(left))} left in it." : "."),
            RunStatus.Succeeded => $"All {run.Steps} steps took {took}.",
            RunStatus.Failed => $"It failed after {took}; no step began after that.",
            RunStatus.Canceled => $"It was canceled after {took}.",
            _ => "",
        };
    }

    private void Select(string step) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("step", step), replace: true);

    private async Task CancelAsync()
    {
        var sure = await ConfirmDialog.AskAsync(
            Dialogs, $"Cancel {_run!.Summary.Pipeline} #{_run.Summary.Number}?", "What is at work stops within seconds. What is done stays, and the run can be retried from there.", "Cancel the run", dangerous: true);
        if (sure is not null) await ActAsync(async () => await Launcher.CancelAsync(Id, await Me.GetAsync(), CancellationToken.None));
    }

    private Task RetryAsync() => ActAsync(async () => await Launcher.RetryAsync(Id, await Me.GetAsync(), CancellationToken.None));

    private async Task ActAsync(Func<Task> act)
    {
        _acting = true;
        await Notices.TryAsync(act);
        await LoadAsync();
        _acting = false;
    }
}
