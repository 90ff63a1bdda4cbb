using Microsoft.AspNetCore.Components;
using Nexus.Data.Samples;

namespace Nexus.Web.Samples;

/// <summary>On the page of the sample's agent: its traffic. On any other agent's: nothing.</summary>
public sealed partial class SampleAgentBar : ComponentBase
{
    private static readonly string[] Topics = [SampleStore.Topic];
    private SampleView? _sample;

    [Parameter, EditorRequired] public string Agent { get; set; } = "";
    [Inject] public required SampleStore Store { get; init; }
    [Inject] public required SampleMarks Marks { get; init; }

    protected override Task OnParametersSetAsync() => ReadAsync();

    private async Task ReadAsync() =>
        _sample = Marks.Has($"agent/{Agent}") && await Store.FindAsync(CancellationToken.None) is { Exists: true } sample && sample.Name == Agent ? sample : null;
}
