using Microsoft.AspNetCore.Components;
using Nexus.Data.Pipelines;
using Nexus.Web.Shell;

namespace Nexus.Web.Pipelines;

/// <summary>One cell of a list of runs.</summary>
public sealed partial class RunCell : ComponentBase
{
    [Parameter, EditorRequired] public RunRow Row { get; set; } = null!;
    [Parameter, EditorRequired] public string Column { get; set; } = "";
    [Inject] public required PageClock Clock { get; init; }

    // A parameter stands as it was written: 0.05 and 5e-2 are two texts.
    private string? Text => Column.StartsWith("params.", StringComparison.Ordinal) ? Row.Params.GetValueOrDefault(Column["params.".Length..]) : null;
}
